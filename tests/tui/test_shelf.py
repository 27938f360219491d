"""What the library holds, as documents to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.document import headings, to_text
from be_tui.core.errors import InputError
from be_tui.core.knowledge import open_library
from be_tui.tui.shelf import (
    START,
    Shelf,
    found_list,
    is_read_here,
    place_of,
    split_address,
    warm_up,
)
from tests.tui.packs import write_pack

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def bundled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = write_pack(tmp_path / "bundled")
    monkeypatch.setattr("be_tui.core.knowledge.packs.knowledge_dir", lambda: str(root))
    return root


@pytest.fixture
def shelf(bundled: Path, tmp_path: Path) -> Iterator[Shelf]:  # noqa: ARG001
    with open_library(tmp_path) as library:
        yield Shelf(library)


def test_an_address_parts_into_document_and_section() -> None:
    assert split_address("guide#caching") == ("guide", "caching")
    assert split_address("tree:optimize") == ("tree:optimize", "")


def test_references_checklists_and_rules_are_read_here_and_nothing_else() -> None:
    addresses = ("guide", "checklist:x", "rule:x", "tree:x", "https://x", "screen:home", "file:a")
    assert [is_read_here(each) for each in addresses] == [True, True, True, *[False] * 4]


def test_the_first_page_lists_references_checklists_and_trees(shelf: Shelf) -> None:
    start = shelf.open(START)
    assert to_text(start.document, 60) == (
        "Library\n───────\n\n"
        "References\n──────────\n\n"
        "• Glossary (glossary)  Words, each in a sentence.\n"
        "• The handbook (handbook)  What we do, and why.\n\n"
        "Checklists\n──────────\n\n"
        "• Before you merge (checklist:review)  What to look at.\n\n"
        "Trees\n─────\n\n"
        "• When to tune (tree:tune)  Whether it is worth it.\n"
    )
    assert "• Before you merge (checklist:review)" in to_text(start.contents)


def test_a_reference_comes_with_its_contents_and_where_it_stands(
    shelf: Shelf, bundled: Path, tmp_path: Path
) -> None:
    opened = shelf.open("handbook")
    assert opened.title == "The handbook"
    assert to_text(opened.contents) == "• Caching\n  • Invalidation\n• Queues\n"
    assert opened.titles["caching"] == "Caching"
    assert opened.path == str(bundled / "references" / "handbook.md")
    assert place_of(opened, "caching", str(tmp_path / "x")) == "bundled · references/handbook.md:13"
    assert place_of(opened, "", "", short=True) == "bundled · handbook.md"
    assert shelf.open("handbook") is opened
    assert shelf.kept("handbook") is opened
    assert shelf.kept("glossary") is None


def test_a_reference_without_a_title_of_its_own_gets_one(shelf: Shelf) -> None:
    opened = shelf.open("glossary")
    assert [heading.slug for heading in headings(opened.document)] == ["", "ttl"]
    assert to_text(opened.contents) == "• TTL\n"


def test_a_checklist_is_read_as_a_document(shelf: Shelf) -> None:
    opened = shelf.open("checklist:review")
    assert "Does every table have a key?" in to_text(opened.document)
    assert opened.line_of("data") == 0
    assert opened.list_title == "On this page"


def test_what_is_not_there_is_refused_with_what_is_near(shelf: Shelf) -> None:
    with pytest.raises(InputError, match="did you mean 'handbook'"):
        shelf.open("handbok")


def test_what_was_found_says_where_it_stands_and_what_it_says(shelf: Shelf) -> None:
    text = to_text(found_list(shelf.search("commit", 9), "commit"), 70)
    assert text.startswith("• Invalidation (handbook#invalidation)\n  Caching  ")
    assert "commit" in text
    tree = to_text(found_list(shelf.search("tune", 9), "tune"), 70)
    assert "• When to tune (tree:tune)\n  tree  " in tree


def test_a_long_passage_is_cut_short(shelf: Shelf) -> None:
    hits = shelf.search("caching", 9)
    assert len(to_text(found_list(hits[:1], "caching"), 500).splitlines()[1]) < 120


def test_nothing_found_is_said_in_words(shelf: Shelf) -> None:
    assert "Nothing was found for “zz”." in to_text(found_list(shelf.search("zzqq", 9), "zz"))


def test_own_files_are_shown_from_the_project_or_the_home(
    bundled: Path,  # noqa: ARG001
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    project = tmp_path / "shop"
    write_pack(project / ".be-tui")
    own = tmp_path / "home"
    monkeypatch.setenv("HOME", str(own))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(own / ".config"))
    (own / ".config/be-tui/pack/references").mkdir(parents=True)
    (own / ".config/be-tui/pack/references/mine.md").write_text(
        "---\nid: mine\ntitle: Mine\nsummary: Own.\n---\n\n## A\n\nb\n", encoding="utf-8"
    )
    with open_library(project) as library:
        shelf = Shelf(library)
        here = place_of(shelf.open("handbook"), "queues", str(project))
        mine = place_of(shelf.open("mine"), "a", str(project))
    assert here == "project · .be-tui/references/handbook.md:25"
    assert mine == "user · ~/.config/be-tui/pack/references/mine.md:7"


def test_an_empty_library_says_what_to_give_it_and_a_broken_one_how_to_mend_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "be_tui.core.knowledge.packs.knowledge_dir", lambda: str(tmp_path / "nothing")
    )
    with open_library(tmp_path) as library:
        start = Shelf(library).open(START)
    assert "There is nothing to read yet." in to_text(start.document)
    assert start.contents.blocks == ()
    assert place_of(start, "", "") == ""
    (tmp_path / ".be-tui/trees").mkdir(parents=True)
    (tmp_path / ".be-tui/trees/bad.yaml").write_text("{", encoding="utf-8")
    with open_library(tmp_path) as library:
        start = Shelf(library).open(START)
    assert "be-tui knowledge check" in to_text(start.document)


def test_reading_can_be_made_ready_for() -> None:
    warm_up()
