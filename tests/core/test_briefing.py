"""What the first page says."""

from __future__ import annotations

from pathlib import Path

from be_tui.core.briefing import TREES, TreeProgress, next_page, offered, project_page
from be_tui.core.decisions import Decided
from be_tui.core.document import Document, Heading, Lines, Paragraph
from be_tui.core.evidence import Fact
from be_tui.core.project.model import Project, Size, Trait


def _text(document: Document) -> str:
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Lines):
            lines += ["".join(span.text for span in line) for line in block.lines]
        elif isinstance(block, (Heading, Paragraph)):
            lines.append("".join(span.text for span in block.text))
    return "\n".join(lines)


def _links(document: Document) -> set[str]:
    lines = [line for block in document.blocks if isinstance(block, Lines) for line in block.lines]
    return {span.link for line in lines for span in line if span.link}


def test_a_trait_is_told_with_its_version_and_the_file_that_shows_it() -> None:
    trait = Trait("framework", "FastAPI", "0.115", (Fact("a dependency", "pyproject.toml", 12),))
    page = project_page(Project(Path("/srv/shop"), "shop", (trait,)))
    assert "Framework    FastAPI 0.115  pyproject.toml:12" in _text(page)
    assert "file:pyproject.toml:12" in _links(page)


def test_what_every_service_has_is_named_where_none_was_found() -> None:
    text = _text(project_page(Project(Path("/srv/shop"), "shop")))
    assert "Tests        none found" in text
    assert "Queue" not in text


def test_many_traits_of_a_kind_are_counted_after_the_third() -> None:
    traits = tuple(Trait("language", name) for name in ("Go", "Python", "Java", "Ruby", "C"))
    text = _text(project_page(Project(Path("/srv/shop"), "shop", traits)))
    assert "and 2 more" in text
    assert "Ruby" not in text


def test_a_size_that_is_only_a_lower_bound_says_so() -> None:
    project = Project(Path("/srv/shop"), "shop", size=Size(5000, 600000, bounded=True))
    assert "at least 5,000 source files, 600,000 lines" in _text(project_page(project))


def test_people_and_the_time_of_reading_are_told() -> None:
    project = Project(Path("/srv/shop"), "shop", authors_90d=1, read="2026-11-23T05:40:12Z")
    text = _text(project_page(project))
    assert "1 person committed" in text
    assert "Read 2026-11-23 05:40 UTC." in text


def test_what_could_not_be_read_is_said() -> None:
    project = Project(Path("/srv/shop"), "shop", trouble=("go.mod: no permission",))
    assert "! go.mod: no permission" in _text(project_page(project))


def test_trees_are_numbered_and_say_how_far_they_were_walked() -> None:
    trees = (
        TreeProgress("optimize", "Should we optimise this now?", 3),
        TreeProgress("refactor", "Should we refactor this?", 5, "Write tests first"),
        TreeProgress("caching", "Should we cache this?"),
    )
    page = next_page(trees, 33, (), 2, 13)
    text = _text(page)
    assert "1  Should we optimise this now?  3 answered, go on" in text
    assert "2  Should we refactor this?  decided: Write tests first" in text
    assert "3  Should we cache this?\n" in text
    assert "D  All 33 decision trees" in text
    assert "(2 of 13 points stated)" in text
    assert {"tree:optimize", "screen:profile", "screen:library"} <= _links(page)


def test_decisions_that_stand_can_be_opened() -> None:
    decided = Decided(4, "Keep the monolith", Path("/shop/docs/decisions/0004-keep.md"), "accepted")
    page = next_page((), 0, (decided,), 0, 13)
    assert "0004  Keep the monolith  accepted" in _text(page)
    assert "file:/shop/docs/decisions/0004-keep.md" in _links(page)


def test_without_decisions_it_says_how_to_keep_one() -> None:
    assert "a walk's end offers one" in _text(next_page((), 0, (), 0, 13))


def test_trees_for_any_service_keep_their_numbers_and_begun_ones_come_next() -> None:
    trees = [TreeProgress(f"tree-{number}", f"Question {number}") for number in range(30)]
    trees += [TreeProgress("refactor", "Refactor?"), TreeProgress("caching", "Cache?", 2)]
    ids = [tree.id for tree in offered(trees)]
    assert ids[:3] == ["refactor", "caching", "tree-0"]
    assert len(ids) == TREES
