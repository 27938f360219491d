"""The library opens whatever the packs hold, lists what is whole, and says why the rest is not."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from be_tui.core.document import Heading, to_text
from be_tui.core.errors import InputError
from be_tui.core.knowledge import Entry, Library, open_library
from tests.core.knowledge.making import CHECKLIST, FILES, REFERENCE, TREE, changed, write_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(write_project(tmp_path)) as opened:
        yield opened


def of_project(library: Library) -> list[Entry]:
    return [entry for entry in library.entries() if entry.pack == "project"]


def test_entries_are_listed_by_kind_and_id(library: Library, tmp_path: Path) -> None:
    assert [(entry.kind, entry.id, entry.title) for entry in of_project(library)] == [
        ("tree", "tea", "Tea or coffee"),
        ("checklist", "kitchen", "Kitchen check"),
        ("reference", "drinks", "Drinks"),
        ("rule", "stale-water", "The water is stale"),
    ]
    entry = of_project(library)[0]
    assert entry.path == str(tmp_path / ".be-tui" / "trees" / "tea.yaml")
    assert entry.summary == "A small decision."
    assert [each.address for each in of_project(library)] == [
        "tree:tea",
        "checklist:kitchen",
        "drinks",
        "rule:stale-water",
    ]
    assert {each.kind for each in library.entries("tree")} == {"tree"}


def test_titles_are_given_of_what_stands_at_addresses(library: Library) -> None:
    assert library.titles(["drinks#tea", "tree:tea", "drinks", "drinks#wine"]) == {
        "drinks#tea": "Tea",
        "tree:tea": "Tea or coffee",
        "drinks": "Drinks",
    }
    assert library.titles(()) == {}


def test_a_broken_project_pack_never_keeps_the_library_from_opening(tmp_path: Path) -> None:
    broken = dict.fromkeys(FILES, "a: b: c")
    write_project(tmp_path, broken | {"trees/good.yaml": TREE})
    with open_library(tmp_path) as library:
        assert [entry.id for entry in of_project(library)] == ["tea"]
        assert library.troubled
        assert {fault.rule for fault in library.faults()} == {
            "pack-syntax",
            "pack-missing-key",
            "reference-dead-link",
        }
        assert library.search("tea")


def test_sound_packs_have_no_faults_and_nothing_is_read_to_know_it(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("be_tui.core.knowledge.survey.read_item", None)
    assert not library.troubled
    assert library.faults() == ()


def test_a_broken_item_says_what_is_wrong_when_it_is_asked_for(tmp_path: Path) -> None:
    tree = changed("first: hour", "first: our", changed("answer: no", "answer: never"))
    write_project(tmp_path, FILES | {"trees/tea.yaml": tree})
    with open_library(tmp_path) as library:
        assert "tea" not in [entry.id for entry in library.entries("tree")]
        with pytest.raises(InputError) as raised:
            library.tree("tea")
    assert str(raised.value) == (
        f"{tmp_path}/.be-tui/trees/tea.yaml:6:8: no question or outcome `our`; "
        "did you mean `hour`? (1 more); "
        f"`be-tui knowledge check {tmp_path}/.be-tui/trees/tea.yaml` lists all"
    )


def test_a_broken_override_does_not_let_the_overridden_through(tmp_path: Path) -> None:
    write_project(tmp_path, {"trees/optimize.yaml": "a: b: c"})
    with open_library(tmp_path) as library:
        assert "optimize" not in [entry.id for entry in library.entries("tree")]
        with pytest.raises(InputError, match="not YAML"):
            library.tree("optimize")


def test_an_item_is_read_as_its_file_is_now(library: Library, tmp_path: Path) -> None:
    path = tmp_path / ".be-tui" / "trees" / "tea.yaml"
    path.write_text(changed("title: Tea or coffee", "title: Tea or milk"))
    assert library.tree("tea").title == "Tea or milk"
    path.write_text("a: b: c")
    with pytest.raises(InputError, match="not YAML"):
        library.tree("tea")
    path.unlink()
    with pytest.raises(InputError, match="No such file"):
        library.tree("tea")


def test_a_mended_file_is_listed_again(tmp_path: Path) -> None:
    write_project(tmp_path, FILES | {"trees/tea.yaml": "a: b: c"})
    open_library(tmp_path).close()
    write_project(tmp_path)
    with open_library(tmp_path) as library:
        assert "tea" in [entry.id for entry in library.entries("tree")]


def test_a_link_that_leads_nowhere_does_not_close_a_tree(tmp_path: Path) -> None:
    tree = changed("references: [drinks#tea]", "references: [drinks#tee]")
    write_project(tmp_path, FILES | {"trees/tea.yaml": tree})
    with open_library(tmp_path) as library:
        assert library.tree("tea").title == "Tea or coffee"
        assert [fault.rule for fault in library.faults()] == ["reference-dead-link"]


@pytest.mark.parametrize(
    ("ask", "line"),
    [
        (lambda library: library.tree("te"), "no tree 'te'; did you mean 'tea'?"),
        (
            lambda library: library.checklist("zzz"),
            "no checklist 'zzz'; there are code-review, kitchen",
        ),
        (
            lambda library: library.reference("drink"),
            "no reference 'drink'; did you mean 'drinks'?",
        ),
        (lambda library: library.rule("stale"), "no rule 'stale'; did you mean 'stale-water'?"),
        (lambda library: library.tree("\udce9"), "no tree '\\udce9'; there are "),
    ],
)
def test_an_unknown_id_names_the_nearest(library: Library, ask: object, line: str) -> None:
    assert callable(ask)
    with pytest.raises(InputError) as raised:
        ask(library)
    assert str(raised.value).startswith(line)


def test_a_kind_of_which_there_is_none_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("be_tui.core.knowledge.packs.knowledge_dir", lambda: str(tmp_path / "none"))
    with open_library() as library:
        assert library.entries() == ()
        assert library.search("anything") == library.search("") == ()
        with pytest.raises(InputError, match="there is no tree at all"):
            library.tree("x")


def test_sections_are_looked_for_anew_once_a_reference_has_changed(
    library: Library, tmp_path: Path
) -> None:
    path = tmp_path / ".be-tui" / "references" / "drinks.md"
    before = path.stat()
    path.write_text(changed("## Tea {#tea}", "## Green tea\n\n## Tea {#tea}", REFERENCE))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1_000_000))
    slugs = [section.slug for section in library.reference("drinks").sections]
    assert slugs == ["all-drinks", "green-tea", "tea", "steeping", "water"]
    path.write_text("no front matter")
    with pytest.raises(InputError, match="front matter is missing"):
        library.reference("drinks")


def text_of(library: Library, address: str) -> str:
    return to_text(library.page(address), 100)


def test_a_reference_is_shown_whole_under_its_title(library: Library) -> None:
    page = library.page("drinks")
    assert isinstance(page.blocks[0], Heading)
    text = to_text(page, 100)
    assert text.startswith("Drinks\n")
    assert "All drinks" in text
    assert "pour --cold" in text


def test_a_section_is_shown_with_those_below_it(library: Library) -> None:
    text = text_of(library, "drinks#tea")
    assert text.startswith("Tea\n")
    assert "Three minutes at 80 degrees." in text
    assert "H2O" not in text
    assert text_of(library, "drinks#water").startswith("Water\n")


def test_a_reference_with_a_title_of_its_own_gets_no_second_one(tmp_path: Path) -> None:
    text = changed("Before all else, [water](#water).\n\n", "", REFERENCE)
    with open_library(write_project(tmp_path, FILES | {"references/drinks.md": text})) as library:
        assert text_of(library, "drinks").startswith("All drinks\n")


def test_a_tree_a_checklist_and_a_rule_are_shown_in_words(library: Library) -> None:
    tree = text_of(library, "tree:tea")
    for words in ("What should the team drink?", "be-tui decide tea", "What time is it?", "Coffee"):
        assert words in tree
    checklist = text_of(library, "checklist:kitchen")
    for words in ("Was it boiled?", "Germs.", "Source: On tea", "See drinks#water"):
        assert words in checklist
    rule = text_of(library, "rule:stale-water")
    for words in ("It tastes flat.", "Nobody drinks it.", "old-water", "warning", "drinks#water"):
        assert words in rule


def test_a_page_of_a_rule_leaves_out_what_it_does_not_say(library: Library) -> None:
    text = text_of(library, "rule:pack-syntax")
    assert "When it is fine" not in text
    assert "Also known as" not in text


def test_several_sources_are_told_as_such(tmp_path: Path) -> None:
    text = changed("[grey]", "[grey, two]", CHECKLIST)
    text = changed("  grey: {title: On tea}", "  grey: {title: On tea}\n  two: {title: Two}", text)
    write_project(tmp_path, FILES | {"checklists/kitchen.yaml": text})
    with open_library(tmp_path) as library:
        assert "Sources: On tea; Two" in text_of(library, "checklist:kitchen")


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("drinks#te", "no section 'te' in 'drinks'; did you mean 'drinks#tea'?"),
        ("drinks#zzz", "no section 'zzz' in 'drinks'; see `be-tui refs show drinks`"),
        ("drink#tea", "no reference 'drink'; did you mean 'drinks'?"),
        ("poem:tea", "no address 'poem:tea'; write `guide`"),
        ("tree:te", "no tree 'te'; did you mean 'tea'?"),
        ("", "no reference ''; there are "),
    ],
)
def test_an_address_where_nothing_stands_is_one_clear_line(
    library: Library, address: str, line: str
) -> None:
    with pytest.raises(InputError) as raised:
        library.page(address)
    assert str(raised.value).startswith(line)


def test_the_public_face_has_what_it_says() -> None:
    import be_tui.core.knowledge as face

    for name in face.__all__:
        assert getattr(face, name) is not None
    with pytest.raises(AttributeError, match="nonsense"):
        face.nonsense  # noqa: B018
