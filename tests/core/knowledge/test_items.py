"""References of items: listed, narrowed down, opened item by item, and told as documents."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from be_tui.core.document import Document, headings, to_text
from be_tui.core.errors import InputError
from be_tui.core.knowledge import Library, open_library
from be_tui.core.knowledge.conditions import Compares
from be_tui.core.knowledge.entries import Facets
from be_tui.core.knowledge.item_json import item_json
from be_tui.core.knowledge.item_pages import LEVEL_WORDS, chapter_page, item_page, shown_words
from be_tui.core.knowledge.items import SCALES, ByHand, ByProbe, ByTool, Shows
from tests.core.knowledge.making import FILES, ITEM_FILES, LEAVES, changed, write_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ITEM = """\
Brew loose leaves, not bags
───────────────────────────

SHOULD · Green 10+ · Black

Bags hold dust; see tea (drinks#tea).

When not: Nobody has a strainer.

Wrong: fails with “no such table” on SQLite; fails with “does not exist” on PostgreSQL

  SELECT tea FROM cups;

Right: gives 0 rows and gives NULL on SQLite; gives 0 rows and gives 3 on PostgreSQL

  SELECT tea FROM cup;

The name is `cup`.

Right

  GET /tea HTTP/1.1
  Accept: text/tea

How to check

• be-tui: it is morning  `clock.hour`
• nose: rule `smells-fresh`
• By hand: Look into the pot

What has changed: Bags were new once.

Says otherwise brewing#bags

Sources: Earl Grey, On tea, ch. 2 (https://example.org/tea); What we do (rule of thumb).
Checked 2026-03-01.

See tree:tea, drinks#tea

In Leaves (brewing#leaves)
"""

CONTENTS = """\
Brewing
───────

How to make it.

Leaves (brewing#leaves)
───────────────────────

• SHOULD  Brew loose leaves, not bags (brewing#loose-leaves)
• MAY     Brew bags (brewing#bags)

Heat (brewing#heat)
───────────────────

• MUST    Boil the water first (brewing#boil-water)
"""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    write_project(tmp_path, FILES | ITEM_FILES)
    with open_library(tmp_path) as opened:
        yield opened


def slugs(document: Document) -> list[str]:
    return [heading.slug for heading in headings(document)]


def test_an_item_is_read_as_a_typed_value(library: Library) -> None:
    item = library.item("brewing#loose-leaves")
    assert (item.id, item.level, item.statement) == (
        "loose-leaves",
        "should",
        "Brew loose leaves, not bags",
    )
    assert item.ways == (
        ByProbe("clock", Compares("clock.hour", "below", 12), "clock.hour", "it is morning"),
        ByTool("nose", "rule `smells-fresh`"),
        ByHand("Look into the pot"),
    )
    assert item.checked == date(2026, 3, 1)
    assert [source.id for source in item.sources] == ["grey", "habit"]
    assert (item.subject, item.position) == ("bags", "against")
    assert (item.applies_to, item.concepts) == (("Green 10+", "Black"), ("green tea",))
    assert item.probes == ("clock",)


def test_an_example_says_what_each_engine_must_show(library: Library) -> None:
    sql, http = library.item("brewing#loose-leaves").examples
    assert sql.engines == ("sqlite", "postgresql")
    assert sql.setup == "CREATE TABLE cup (tea text);"
    assert sql.wrong_shows == (
        Shows("sqlite", fails="no such table"),
        Shows("postgresql", fails="does not exist"),
    )
    assert sql.right_shows == (
        Shows("sqlite", rows=0, value="NULL"),
        Shows("postgresql", rows=0, value="3"),
    )
    assert (http.language, http.wrong, http.wrong_shows) == ("http", "", ())
    assert http.right == "GET /tea HTTP/1.1\nAccept: text/tea"


def test_expectations_for_all_engines_count_for_each(tmp_path: Path) -> None:
    shows = '{rows: 0, value: {sqlite: "NULL", postgresql: "3"}}'
    text = changed(shows, "{works: true, plan: Scan, plan_without: Sort, waits: true}", LEAVES)
    write_project(tmp_path, FILES | ITEM_FILES | {"references/brewing/01-leaves.yaml": text})
    with open_library(tmp_path) as library:
        (sqlite, postgresql) = library.item("brewing#loose-leaves").examples[0].right_shows
    assert sqlite == Shows("sqlite", works=True, plan="Scan", plan_without="Sort", waits=True)
    assert (postgresql.engine, postgresql.plan) == ("postgresql", "Scan")


def test_the_whole_reference_is_one_of_the_same_kind_as_any(library: Library) -> None:
    reference = library.reference("brewing")
    assert slugs(reference.document) == [
        *("brewing", "leaves", "loose-leaves", "bags", "heat", "boil-water")
    ]
    assert [section.slug for section in reference.sections] == slugs(reference.document)[1:]
    assert [chapter.id for chapter in reference.chapters] == ["leaves", "heat"]
    section = reference.section("boil-water")
    assert section is not None
    assert (section.title, section.line) == ("Boil the water first", 7)


def test_an_item_is_told_with_all_that_is_known_of_it(library: Library) -> None:
    assert to_text(library.page("brewing#loose-leaves"), 90) == ITEM


def test_the_contents_have_levels_and_addresses(library: Library) -> None:
    assert to_text(library.page("brewing"), 80) == CONTENTS


def test_a_chapter_is_told_with_its_items(library: Library) -> None:
    page = library.page("brewing#leaves")
    assert slugs(page) == ["leaves", "loose-leaves", "bags"]
    assert "Before all else" in to_text(page)
    assert page == chapter_page(library.chapter("brewing#bags"))


def test_something_can_be_said_beside_an_item(library: Library) -> None:
    chapter = library.chapter("brewing#heat")
    here = library.page("rule:stale-water").blocks[1:2]
    page = item_page(chapter, chapter.items[0], lambda _: here)
    assert page.blocks[2:3] == here


@pytest.mark.parametrize(
    ("facets", "left"),
    [
        (Facets(), ["loose-leaves", "bags", "boil-water"]),
        (Facets(level="must"), ["boil-water"]),
        (Facets(checkable=True), ["loose-leaves", "boil-water"]),
        (Facets(applies="green"), ["loose-leaves", "bags"]),
        (Facets(applies=" BLACK"), ["loose-leaves", "bags", "boil-water"]),
        (Facets(applies="reen"), ["bags"]),
        (Facets(applies="%"), ["bags"]),
        (Facets("should", "black", checkable=True), ["loose-leaves"]),
        (Facets(level="a"), []),
    ],
)
def test_facets_narrow_the_items_down(library: Library, facets: Facets, left: list[str]) -> None:
    found = [each.address.partition("#")[2] for each in library.items("brewing", facets)]
    assert found == left
    shown = to_text(library.page("brewing", facets))
    assert ("No item is left" in shown) is not bool(left)


def test_the_items_of_all_references_are_listed_together(library: Library) -> None:
    here = [each for each in library.items() if each.address.startswith("brewing#")]
    assert [each.level for each in here] == ["should", "may", "must"]
    assert {each.chapter for each in here} == {"brewing#leaves", "brewing#heat"}
    assert (here[0].applies_to, here[0].probes, here[0].checked) == (
        "Green 10+, Black",
        "clock",
        "2026-03-01",
    )


def test_a_search_finds_items_under_their_addresses(library: Library) -> None:
    assert library.search("strainer")[0].address == "brewing#loose-leaves"
    assert library.search("strainer")[0].trail == "Brewing › Leaves"
    assert library.search("FROM cup;")[0].address == "brewing#loose-leaves"
    assert library.search("boiling point")[0].address == "brewing#boil-water"


@pytest.mark.parametrize("query", ["germs", "boil", "", "_"])
def test_a_search_with_facets_finds_items_alone(library: Library, query: str) -> None:
    found = library.search(query, 500, Facets(level="must", applies="black"))
    own = {each.address for each in library.items(facets=Facets(level="must", applies="black"))}
    assert {hit.address for hit in found} <= own
    assert ("brewing#boil-water" in {hit.address for hit in found}) == (query != "_")


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("brewing#bag", "no section 'bag' in 'brewing'; did you mean 'brewing#bags'?"),
        ("brewing#zzz", "no section 'zzz' in 'brewing'; see `be-tui refs show brewing`"),
        ("brewin#bags", "no reference 'brewin'; did you mean 'brewing'?"),
        ("brewing#leaves", "no section 'leaves' in 'brewing'"),
    ],
)
def test_an_item_that_does_not_stand_is_one_clear_line(
    library: Library, address: str, line: str
) -> None:
    with pytest.raises(InputError) as raised:
        library.item(address)
    assert str(raised.value).startswith(line)


def test_a_broken_chapter_is_left_out_and_the_rest_stands(tmp_path: Path) -> None:
    broken = changed("level: may", "level: perhaps", LEAVES)
    write_project(tmp_path, FILES | ITEM_FILES | {"references/brewing/01-leaves.yaml": broken})
    with open_library(tmp_path) as library:
        assert [each.address for each in library.chapters("brewing")] == ["brewing#heat"]
        assert [each.id for each in library.reference("brewing").chapters] == ["heat"]
        assert library.search("strainer") == ()
        with pytest.raises(InputError, match="no section 'bags'"):
            library.item("brewing#bags")


def test_a_chapter_that_has_broken_since_is_refused_in_one_line(
    library: Library, tmp_path: Path
) -> None:
    (tmp_path / ".be-tui" / "references" / "brewing" / "02-heat.yaml").write_text("chapter: heat")
    with pytest.raises(InputError, match="`reference` is missing"):
        library.item("brewing#boil-water")


def test_a_reference_with_a_broken_cover_is_not_listed(tmp_path: Path) -> None:
    write_project(tmp_path, FILES | ITEM_FILES)
    (tmp_path / ".be-tui" / "references" / "brewing" / "reference.yaml").write_text("title: x")
    with open_library(tmp_path) as library:
        assert library.chapters("brewing") == ()
        assert "brewing" not in [entry.id for entry in library.entries("reference")]


def test_a_json_form_has_every_field_and_conditions_in_words(library: Library) -> None:
    chapter = library.chapter("brewing#bags")
    form = json.loads(json.dumps(item_json(chapter, chapter.items[0])))
    assert form["address"] == "brewing#loose-leaves"
    assert form["checked"] == "2026-03-01"
    assert form["check"] == [
        {
            "probe": "clock",
            "measure": "clock.hour",
            "passes": "clock.hour below 12",
            "says": "it is morning",
        },
        {"tool": "nose", "how": "rule `smells-fresh`"},
        {"hand": "Look into the pot"},
    ]
    assert form["examples"][0]["right_shows"][0]["value"] == "NULL"


@pytest.mark.parametrize(
    ("shows", "words"),
    [
        (Shows("sqlite", works=True), "works"),
        (Shows("sqlite", rows=1), "gives 1 row"),
        (Shows("sqlite", plan="Seq Scan"), "its plan has “Seq Scan”"),
        (Shows("sqlite", plan_without="Sort"), "its plan has no “Sort”"),
        (Shows("postgresql", locks="ShareLock"), "holds ShareLock"),
        (Shows("postgresql", waits=True, rows=2), "gives 2 rows and waits for a lock"),
    ],
)
def test_what_an_engine_shows_is_told_in_words(shows: Shows, words: str) -> None:
    assert shown_words(shows) == words


def test_every_scale_is_explained() -> None:
    assert LEVEL_WORDS.keys() == SCALES.keys()
