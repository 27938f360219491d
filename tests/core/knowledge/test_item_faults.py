"""References of items: every fault of a cover, a chapter or an item is told with its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from be_tui.core.knowledge import check_paths
from tests.core.knowledge.making import (
    COVER,
    FILES,
    HEAT,
    ITEM_FILES,
    KNOWN,
    LEAVES,
    REFERENCE,
    SPRING,
    changed,
    check,
    write_project,
)

if TYPE_CHECKING:
    from tests.core.knowledge.test_check import Case

CASES: list[Case] = yaml.safe_load(Path(__file__).with_name("item_faults.yaml").read_text("utf-8"))

DAYS = [
    (date(2027, 3, 1), set()),
    (date(2027, 3, 2), {("item-due", "warning")}),
    (date(2028, 3, 1), {("item-due", "warning")}),
    (date(2028, 3, 2), {("item-overdue", "error")}),
]


def told(project: Path, files: dict[str, str]) -> list[str]:
    write_project(project, FILES | ITEM_FILES | files)
    inside = f"{project / '.be-tui'}/"
    return [
        f"{Path(each.place.path).name}:{each.place.line}:{each.place.column} "
        f"{each.severity} {each.rule} {each.message.replace(inside, '')}"
        for each in check(project)
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"].replace(" ", "-"))
def test_a_broken_item_is_told_with_its_place(tmp_path: Path, case: Case) -> None:
    text = changed(case["old"], case["new"], ITEM_FILES[case["file"]])
    assert told(tmp_path, {case["file"]: text}) == case["faults"]


def test_a_sound_reference_of_items_has_no_fault(tmp_path: Path) -> None:
    assert told(tmp_path, {}) == []


@pytest.mark.parametrize(("today", "expected"), DAYS)
def test_an_item_is_due_after_its_months_and_overdue_after_twice_as_many(
    tmp_path: Path, today: date, expected: set[tuple[str, str]]
) -> None:
    write_project(tmp_path, FILES | ITEM_FILES)
    found = check_paths([tmp_path / ".be-tui"], project=tmp_path, known=KNOWN, today=today)
    assert {(each.rule, each.severity) for each in found} == expected


def test_a_reference_that_sets_no_months_never_falls_due(tmp_path: Path) -> None:
    cover = changed("checked_for: 12", "checked_for: 0", COVER)
    write_project(tmp_path, FILES | ITEM_FILES | {"references/brewing/reference.yaml": cover})
    found = check_paths(
        [tmp_path / ".be-tui"], project=tmp_path, known=KNOWN, today=date(2090, 1, 1)
    )
    assert found == ()


def test_a_chapter_without_a_cover_is_told(tmp_path: Path) -> None:
    write_project(tmp_path, {"references/brewing/02-heat.yaml": HEAT})
    (fault,) = (each for each in check(tmp_path) if each.rule == "reference-chapters")
    assert fault.message == "no reference.yaml stands beside this chapter"


def test_two_chapters_of_one_id_are_told(tmp_path: Path) -> None:
    found = told(tmp_path, {"references/brewing/03-more.yaml": HEAT})
    assert any("error pack-duplicate-id the chapter `brewing/heat`" in each for each in found)


def test_a_chapter_is_checked_by_its_path_against_all_that_stands_around_it(
    tmp_path: Path,
) -> None:
    broken = changed("tea, drinks#tea]", "tea, drinks#tee]", LEAVES)
    write_project(tmp_path, FILES | ITEM_FILES | {"references/brewing/01-leaves.yaml": broken})
    folder = tmp_path / ".be-tui" / "references" / "brewing"

    def rules(path: Path) -> list[str]:
        found = check_paths([path], project=tmp_path, known=KNOWN, today=SPRING)
        return [each.rule for each in found]

    assert rules(folder / "01-leaves.yaml") == rules(folder) == ["reference-dead-link"]
    assert rules(folder / "02-heat.yaml") == rules(folder / "reference.yaml") == []


def test_a_chapter_elsewhere_is_known_by_what_it_says(tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    path.write_text(HEAT)
    found = check_paths([path], known=KNOWN, today=SPRING)
    assert {each.rule for each in found} == {"reference-chapters"}


def test_a_projects_reference_replaces_the_bundled_one_whole(tmp_path: Path) -> None:
    """Its own items are all there is: what stood in the bundled one is a dead link."""
    cover = changed("reference: brewing", "reference: guide", COVER)
    files = {name.replace("brewing", "guide"): text for name, text in ITEM_FILES.items()}
    files = {name: text.replace("brewing", "guide") for name, text in files.items()}
    files["references/guide/reference.yaml"] = cover
    links = "See [x](guide#caching), [y](guide#bags) and [z](guide#heat)."
    text = changed("An overview.", links, REFERENCE)
    write_project(tmp_path, FILES | {**files, "references/drinks.md": text})
    found = [each.message for each in check(tmp_path) if "drinks.md" in each.place.path]
    assert found == ["nothing stands at `guide#caching`"]
