"""Comparisons from YAML: read whole, and every fault with its place and its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.comparisons.model import Breach, Estimate, Risk, Scale
from be_tui.core.errors import InputError
from be_tui.core.knowledge import open_library
from tests.core.knowledge.making import check, write_project

if TYPE_CHECKING:
    from pathlib import Path

COMPARISON = """\
comparison: drinks
version: 2
title: Drinks
question: Which drink for the team?
summary: For a team that has to choose.
references: [drinks#tea, "tree:tea"]
sources:
  grey: {title: On tea, by: Earl Grey}
  ours: {title: What we saw, rule_of_thumb: true}
criteria:
  taste:
    title: Taste
    why: People drink what they *like*.
    weight: 6
    low: nobody likes it
    high: everybody does
    serves: reliability
    sources: [grey]
  price:
    title: Price
    why: It is paid daily.
    weight: 2.5
    low: free
    high: dear
    better: less
    figures: {unit: EUR, low: 0, high: 10}
options:
  tea:
    title: Tea
    summary: Leaves in water.
    scores:
      taste: {score: 4, why: Most like it., sources: [grey]}
      price: {score: 1.5-2, why: "See [the drinks](drinks#tea).", sources: [ours]}
    risks:
      - {risk: It gets cold., remedy: A pot with a lid.}
    future: [It grows again.]
    references: [drinks#water]
  water:
    title: Water
    summary: From the tap.
    scores:
      taste: {score: "?"}
constraints:
  warm:
    must: It is served warm
    sources: [ours]
    rules_out:
      - {option: water, why: It comes cold.}
"""


def with_comparison(text: str) -> dict[str, str]:
    return {"comparisons/drinks.yaml": text}


def test_a_comparison_is_read_whole(tmp_path: Path) -> None:
    write_project(tmp_path)
    write_project(tmp_path, with_comparison(COMPARISON))
    assert check(tmp_path) == ()
    with open_library(tmp_path) as library:
        found = library.comparison("drinks")
        assert "comparison:drinks" in [each.address for each in library.entries("comparison")]
        assert "comparison:drinks" in {hit.address for hit in library.search("leaves in water")}
        page = library.page("comparison:drinks")
    assert page.blocks
    taste, price = found.criteria
    assert (taste.weight, taste.serves, taste.better, taste.scale) == (
        6,
        "reliability",
        "more",
        None,
    )
    assert (price.weight, price.better, price.scale) == (2.5, "less", Scale("EUR", 0, 10))
    tea, water = found.options
    assert tea.cell("price").estimate == Estimate(1.5, 2)
    assert tea.risks == (Risk("It gets cold.", "A pot with a lid."),)
    assert tea.future == ("It grows again.",)
    assert water.cell("taste").estimate is None
    assert water.cell("price").estimate is None
    assert found.constraints[0].breaches == (Breach("water", "It comes cold."),)
    assert found.pack == "project"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("weight: 6", "weight: 16", "error pack-wrong-type weight: expected a number from 0"),
        ("weight: 6", "weight: lots", "error pack-wrong-type weight: expected a number, found"),
        (
            "low: 0, high",
            "low: 12, high",
            "error pack-wrong-type criteria.price.figures: low: ex",
        ),
        (
            "serves: reliability",
            "serves: speed",
            "error pack-wrong-type serves: expected one of",
        ),
        ("score: 4", "score: 6", "error pack-wrong-type score: taste: 6 is not between 1 and 5"),
        ("score: 4", "score: good", "error pack-wrong-type score: taste: 'good' is no score"),
        (
            "score: 4, why: Most like it.,",
            "score: 4,",
            "error pack-missing-key `why` is missing",
        ),
        (
            "  taste: {score: 4",
            "  tast: {score: 4",
            "error comparison-unknown-name no criterion `t",
        ),
        (
            "option: water, why",
            "option: wter, why",
            "error comparison-unknown-name no option `wter`",
        ),
        (
            ", sources: [ours]}\n    risks",
            "}\n    risks",
            "warning comparison-unsourced a score",
        ),
        ("[drinks#tea, ", "[drinks#te, ", "error reference-dead-link nothing stands at"),
        ("better: less", "better: cheaper", "error pack-wrong-type better: expected one of"),
        ("title: Drinks", "owner: me\ntitle: Drinks", "error pack-unknown-key unknown key `owner`"),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert COMPARISON.count(old) == 1, old
    write_project(tmp_path)
    write_project(tmp_path, with_comparison(COMPARISON.replace(old, new)))
    severity, rule, words = fault.split(" ", 2)
    line = COMPARISON[: COMPARISON.index(old)].count("\n") + 1
    found = [
        (each.severity, each.rule, each.place.line)
        for each in check(tmp_path)
        if words in each.message
    ]
    assert found == [(severity, rule, line)], check(tmp_path)


def test_a_criterion_by_which_all_are_the_same_is_told(tmp_path: Path) -> None:
    same = COMPARISON.replace('{score: "?"}', "{score: 4, why: Some do., sources: [grey]}")
    write_project(tmp_path)
    write_project(tmp_path, with_comparison(same))
    (fault,) = check(tmp_path)
    assert (fault.rule, fault.severity) == ("comparison-idle-criterion", "warning")
    assert fault.why


def test_without_any_weight_nothing_can_be_compared(tmp_path: Path) -> None:
    none = COMPARISON.replace("weight: 6", "weight: 0").replace("weight: 2.5", "weight: 0")
    write_project(tmp_path)
    write_project(tmp_path, with_comparison(none))
    assert ["at least one needs a weight" in each.message for each in check(tmp_path)] == [True]


def test_one_option_is_no_comparison(tmp_path: Path) -> None:
    head, _, rest = COMPARISON.partition("  water:\n")
    alone = head + "constraints: {}" + rest.partition("constraints:")[2].partition("\n")[0] + "\n"
    write_project(tmp_path)
    write_project(tmp_path, with_comparison(alone))
    assert any("expected at least 2" in each.message for each in check(tmp_path))


def test_a_lone_file_is_known_by_what_it_says(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(COMPARISON, encoding="utf-8")
    from be_tui.core.knowledge import check_paths

    assert {each.rule for each in check_paths([path])} == {"reference-dead-link"}


def test_a_broken_one_is_refused_in_one_line(tmp_path: Path) -> None:
    write_project(tmp_path, with_comparison(COMPARISON.replace("score: 4", "score: 6")))
    with open_library(tmp_path) as library:
        with pytest.raises(InputError, match="is not between 1 and 5"):
            library.comparison("drinks")
        with pytest.raises(InputError, match="no comparison 'drink'"):
            library.comparison("drink")


def test_every_rule_about_comparisons_has_its_words() -> None:
    with open_library() as library:
        rules = [each.id for each in library.entries("rule") if each.id.startswith("comparison-")]
        graves = {rule: library.rule(rule).severity for rule in rules}
    assert graves == {
        "comparison-idle-criterion": "warning",
        "comparison-unknown-name": "error",
        "comparison-unsourced": "warning",
    }
