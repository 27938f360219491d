"""Decisions as records in the project."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.decisions import (
    Walk,
    deciders,
    record,
    record_root,
    start,
    supports_of,
    walk_from_json,
)
from be_tui.core.decisions.markdown import code, escaped, linked
from be_tui.core.decisions.recording import next_number
from be_tui.core.document import Document, Heading, parse_markdown
from be_tui.core.document.model import CodeBlock, Paragraph
from be_tui.core.errors import InputError
from be_tui.core.evidence import Evidence, Fact, Measure
from be_tui.core.files import compare, export, undo
from be_tui.core.knowledge import Route
from be_tui.core.project import Project, Trait
from tests.core.decisions.strategies import example_tree, walks

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = date(2026, 11, 22)
COUNT = Evidence(
    "size",
    "How much is there?",
    "12 tests in *3* files",
    (Measure("size.files", 90.0), Measure("size.tests", 12.0)),
    (Fact("12 functions <script>", "tests/test_a.py", 4), Fact("CI runs them")),
    command="git ls-files",
    taken="2026-11-22T10:00:00Z",
)


def walked() -> Walk:
    walk = start(example_tree(), [COUNT]).answer("felt", "yes").answer("where", "")
    return walk.answer("tests", "some", "measured")


def project(root: Path) -> Project:
    return Project(root, "shop_api [x]", (Trait("language", "Python"),))


def text_of(walk: Walk, *makers: str) -> str:
    files = record(
        walk, supports_of(walk), project(Path("/p")), Path("adr"), TODAY, decision_makers=makers
    )
    return files.files[0].text


def path_of(root: Path, folder: str = "docs/decisions") -> str:
    walk = walked()
    return record(walk, (), project(root), Path(folder), TODAY).files[0].path


def heads(text: str) -> list[str]:
    body = text.split("---\n", 2)[2]
    blocks = parse_markdown(body).blocks
    return ["".join(s.text for s in each.text) for each in blocks if isinstance(each, Heading)]


def test_it_has_the_sections_of_madr_4_in_their_order() -> None:
    assert heads(text_of(walked())) == [
        "When to tune: Tune it",
        "Context and Problem Statement",
        "Decision Drivers",
        "Considered Options",
        "Decision Outcome",
        "Consequences",
        "Confirmation",
        "More Information",
        "Evidence",
        "What would change this",
        "Sources",
        "For be-tui",
    ]


def test_its_front_matter_is_yaml_with_status_date_and_who_decided() -> None:
    front = yaml.safe_load(text_of(walked(), 'Ada "Al" Lovelace', "Bö: b").split("---\n")[1])
    assert front == {
        "status": "proposed",
        "date": TODAY,
        "decision-makers": ['Ada "Al" Lovelace', "Bö: b"],
    }


def test_what_rests_on_no_assumption_is_accepted() -> None:
    walk = walked().answer("where", "code")
    assert text_of(walk).startswith("---\nstatus: accepted\ndate: 2026-11-22\ndecision-makers: []")


def test_it_tells_the_path_with_how_each_answer_is_known() -> None:
    text = text_of(walked())
    assert "* Does anyone feel it? **Yes** (said by the decision-makers).\n" in text
    assert "* Where does the time go? **The database** (assumed, because nobody knew).\n" in text
    assert "* Do tests pin what it does? **Yes** (measured: there are tests).\n" in text


def test_a_route_taken_is_told() -> None:
    tree = example_tree()
    route = replace(tree.questions[1].routes[0], label="a big_thing")
    where = replace(tree.questions[1], routes=(route,))
    tree = replace(tree, questions=(tree.questions[0], where, tree.questions[2]))
    many = replace(COUNT, measures=(Measure("size.files", 900.0),))
    walk = start(tree, [many]).answer("felt", "yes").answer("where", "code")
    assert isinstance(route, Route)
    assert "**Our code** (said by the decision-makers). This led on because: a big_thing." in (
        text_of(walk)
    )


def test_an_answer_taken_from_a_measure_that_is_gone_is_still_told_as_measured() -> None:
    assert "**Yes** (measured).\n" in text_of(walked().with_evidence(()))


def test_it_tells_the_evidence_with_its_places_and_escapes_what_comes_from_outside() -> None:
    text = text_of(walked())
    assert "**How much is there?** 12 tests in \\*3\\* files" in text
    assert "* 12 functions \\<script> (`tests/test_a.py:4`)\n* CI runs them\n" in text
    assert "(measured, confidence high, taken 2026-11-22T10:00:00Z, seen by `git ls-files`)" in text
    assert "About shop_api \\[x\\] · Python." in text


def test_evidence_without_a_time_or_command_leaves_them_out() -> None:
    walk = walked().with_evidence([replace(COUNT, command="", taken="")])
    assert "\n(measured, confidence high)\n" in text_of(walk)


def test_evidence_that_answers_two_questions_is_told_once() -> None:
    walk = walked()
    twice = (*supports_of(walk), replace(supports_of(walk)[0], question="felt"))
    text = record(walk, twice, project(Path("/p")), Path("adr"), TODAY).files[0].text
    assert text.count("12 functions") == 1


def test_it_tells_the_options_that_were_near_and_counts_the_others() -> None:
    text = text_of(walked())
    assert "* Tune it\n* Leave it\n* Pin it by tests first\n* 1 more that the tree knows" in text


def test_it_tells_the_price_the_assumptions_and_how_to_confirm() -> None:
    text = text_of(walked())
    assert "* Good, because it can be undone cheaply (a two-way door)\n" in text
    assert "* Bad, if it turns out wrong: an hour\n" in text
    assert (
        "* Bad, if an assumption is wrong (Where does the time go? The database):"
        " a week in the wrong place\n" in text
    )
    assert "Look again: next year" in text
    assert "* Where does the time go? take one profile\n" in text
    assert "measured again by `be-tui decide speed --auto`" in text


def test_it_tells_what_would_change_it() -> None:
    text = text_of(walked())
    assert "* Do tests pin what it does? With “No” it would be: Pin it by tests first\n" in text
    unsure = text_of(start(example_tree()).answer("felt", ""))
    assert (
        "* Does anyone feel it? (assumed so far) With “Yes” it would have to be asked:"
        " Where does the time go? (2 outcomes are possible)\n" in unsure
    )


def test_a_decision_that_nothing_would_change_says_so_and_needs_no_measuring() -> None:
    tree = example_tree()
    options = tuple(replace(each, to="leave") for each in tree.questions[0].options)
    leave = replace(tree.outcomes[0], steps=(), references=("guide#caching",), door="one-way")
    felt = replace(tree.questions[0], options=options, sources=())
    alone = replace(tree, questions=(felt,), outcomes=(leave,))
    text = text_of(start(alone).answer("felt", "no"))
    assert "No single answer would change this" in text
    assert "To do, in this order" not in text
    assert "measured again" not in text
    assert "### Sources" not in text
    assert "To read on: `be-tui refs show guide#caching`" in text
    assert "* Bad, because it is hard to undo (a one-way door)\n" in text
    assert "more that the tree knows" not in text


def block_of(text: str) -> dict[str, object]:
    found = re.search(r"^```json be-tui decision\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert found is not None
    loaded = json.loads(found[1])
    assert isinstance(loaded, dict)
    return loaded


def test_its_block_tells_a_program_what_to_walk_and_measure_again() -> None:
    assert block_of(text_of(walked())) == {
        "format": 1,
        "tree": "speed",
        "version": 3,
        "answers": [
            {"question": "felt", "option": "yes", "origin": "stated"},
            {"question": "where", "option": "", "origin": "stated", "assumed": "database"},
            {"question": "tests", "option": "some", "origin": "measured"},
        ],
        "outcome": "tune",
        "evidence": [
            {
                "probe": "size",
                "taken": "2026-11-22T10:00:00Z",
                "measures": {"size.files": 90.0, "size.tests": 12.0},
            }
        ],
    }


@given(walks(finished=True))
def test_walking_its_block_again_ends_where_it_ended(walk: Walk) -> None:
    block = block_of(text_of(walk))
    assert isinstance(block["answers"], list)
    parts = ("question", "option", "origin")
    answers = [{part: each[part] for part in parts} for each in block["answers"]]
    value = {"tree": block["tree"], "version": 1, "at": "", "answers": answers, "evidence": []}
    again = walk_from_json(walk.tree, value).walk.with_evidence(walk.evidence)
    assert again.path == walk.path
    assert again.outcome is not None
    assert again.outcome.id == block["outcome"]


def test_a_fence_in_a_text_does_not_end_the_block() -> None:
    nasty = replace(COUNT, measures=(*COUNT.measures, Measure("size.name", "a\n```\nb")))
    walk = walked().with_evidence([nasty])
    assert block_of(text_of(walk))["outcome"] == "tune"


def test_an_unfinished_walk_has_nothing_to_record() -> None:
    with pytest.raises(InputError, match=r"come to no outcome yet.*answer where first"):
        text_of(start(example_tree()).answer("felt", "yes"))


@pytest.mark.parametrize(
    ("standing", "number"),
    [
        ((), "0001"),
        (("0001-a.md", "0002-b.md"), "0003"),
        (("0001-a.md", "0007-b.md"), "0008"),
        (("001-a.md", "009-b.md"), "010"),
        (("99-a.md",), "100"),
        (("README.md", "template.md", "adr-template.md", "a-0009.md"), "0001"),
        (("adr-0004-x.md", "ADR 0011.md", "0002_y.md"), "0012"),
        (("2026-11-22-notes.md", "20261122-x.md", "0003-y.md"), "0004"),
        (("0009-superseded.md.bak", "0008-a.md"), "0010"),
        (("00019-a.md",), "00020"),
    ],
)
def test_the_number_is_the_next_one_and_as_wide(standing: tuple[str, ...], number: str) -> None:
    assert next_number(standing) == number


@given(st.lists(st.integers(1, 9998), max_size=8))
def test_no_number_is_used_twice(numbers: list[int]) -> None:
    names = [f"{number:04}-x.md" for number in numbers]
    new = f"{next_number(names)}-y.md"
    assert int(new[:4]) > max(numbers, default=0)
    assert next_number([*names, new]) != next_number(names)


def test_it_is_named_after_the_tree_and_the_outcome(tmp_path: Path) -> None:
    assert path_of(tmp_path) == "docs/decisions/0001-when-to-tune-tune-it.md"


def test_a_long_or_foreign_title_makes_a_name_all_the_same(tmp_path: Path) -> None:
    walk = walked()
    assert walk.outcome is not None

    def name(title: str, tree_title: str = "Größe") -> str:
        ends = tuple(
            replace(each, title=title) if each.id == "tune" else each for each in walk.tree.outcomes
        )
        tree = replace(walk.tree, title=tree_title, outcomes=ends)
        again = walk_from_json(
            tree, {"tree": "speed", "version": 1, "at": "", "answers": [], "evidence": []}
        ).walk
        for answer in walk.answers:
            again = again.answer(answer.question, answer.option)
        return record(again, (), project(tmp_path), Path(), TODAY).files[0].path

    assert name("Cache l'été / don't") == "0001-grosse-cache-lete-dont.md"
    assert len(name("word " * 60)) <= 4 + 1 + 60 + 3
    assert name("缓存", "优化") == "0001-speed.md"
    assert len(name("x" * 300)) <= 4 + 1 + 60 + 3
    assert len(name("x" * 300, "y" * 300)) <= 4 + 1 + 60 + 3


def test_it_stands_in_the_project_or_beside_it(tmp_path: Path) -> None:
    root, other = tmp_path / "shop", tmp_path / "adr"
    assert record_root(root, Path("docs/decisions")) == root
    assert record_root(root, root / "docs") == root
    assert record_root(root, other) == other
    assert record_root(root, Path("../adr")) == other
    assert path_of(root, str(other)) == "0001-when-to-tune-tune-it.md"
    assert path_of(root, ".") == "0001-when-to-tune-tune-it.md"


def test_it_is_written_once_numbered_after_the_last_and_can_be_undone(tmp_path: Path) -> None:
    written = []
    for _ in range(2):
        files = record(walked(), (), project(tmp_path), Path("docs/decisions"), TODAY)
        changes = compare(files, record_root(tmp_path, Path("docs/decisions")))
        assert [change.status for change in changes] == ["new"]
        written.append(export(changes, tmp_path))
    names = sorted(path.name for path in (tmp_path / "docs" / "decisions").iterdir())
    assert [name[:4] for name in names] == ["0001", "0002"]
    undo(written[1])
    undo(written[0])
    assert not (tmp_path / "docs" / "decisions" / names[0]).exists()


def test_a_file_where_the_folder_should_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "docs").write_text("a file")
    with pytest.raises(InputError, match=r"docs: not a directory; name a folder"):
        path_of(tmp_path, "docs")


def test_a_link_out_of_the_project_is_a_conflict(tmp_path: Path) -> None:
    root, outside = tmp_path / "shop", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (root / "adr").symlink_to(outside)
    files = record(walked(), (), project(root), Path("adr"), TODAY)
    (change,) = compare(files, record_root(root, Path("adr")))
    assert change.status == "conflict"


def test_who_decides_is_who_commits(
    tmp_path: Path, git: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert deciders(tmp_path) == ()
    subprocess.run([git, "init", "-q", str(tmp_path)], check=True)
    subprocess.run([git, "-C", str(tmp_path), "config", "user.name", "Ada"], check=True)
    assert deciders(tmp_path) == ("Ada",)
    monkeypatch.setenv("PATH", "")
    assert deciders(tmp_path) == ()


def plain(document: Document) -> str:
    """Give the text of a document that is one paragraph without any mark-up."""
    (block,) = document.blocks
    assert isinstance(block, Paragraph)
    assert {span.role for span in block.text} <= {"text"}
    assert not any(span.link for span in block.text)
    return "".join(span.text for span in block.text)


tricky = st.text(st.sampled_from("ab1 \\`*_[]<>#|~$&;!().-+=:\n\t'\"{}^"), min_size=1).filter(
    lambda text: text.strip() != ""
)


@given(tricky)
def test_an_escaped_text_is_read_back_as_itself(text: str) -> None:
    assert plain(parse_markdown(escaped(text))) == " ".join(text.split())


@given(tricky)
def test_a_text_as_code_is_read_back_as_itself(text: str) -> None:
    (block,) = parse_markdown(f"x {code(text)}").blocks
    assert isinstance(block, Paragraph)
    assert not isinstance(block, CodeBlock)
    assert [(span.text, span.role) for span in block.text if span.role == "code"] == [
        (" ".join(text.split()), "code")
    ]


def test_only_addresses_for_a_browser_become_links() -> None:
    assert linked("a [b]", "https://x.org/a b>c") == "[a \\[b\\]](<https://x.org/a%20b%3Ec>)"
    assert linked("a", "javascript:alert(1)") == "a"
    assert linked("a*", "") == "a\\*"


@pytest.mark.parametrize("write", [escaped, code])
def test_nothing_from_outside_turns_the_writing_or_speaks_to_a_terminal(
    write: Callable[[str], str],
) -> None:
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202e]", write("\x1b[31mred\a \u202egnp \x9b2J"))
