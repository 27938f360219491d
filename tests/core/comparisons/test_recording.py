"""The record of a comparison, and the same for programs."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from be_tui.core.comparisons import (
    WEIGHTINGS,
    Matrix,
    Stated,
    record,
    report,
    sensitivity,
    weigh,
    with_must,
    with_score,
)
from be_tui.core.errors import InputError
from be_tui.core.project import Project
from tests.core.comparisons.making import comparison, tea_or_coffee

EVERY = tea_or_coffee()
TODAY = date(2026, 11, 23)


def recorded(root: Path, matrix: Matrix) -> tuple[str, str]:
    """Give the path and the text of a record."""
    shares = tuple(sensitivity(matrix, each, draws=200) for each in WEIGHTINGS)
    project = Project(root, root.name)
    (file,) = record(matrix, shares, project, Path("docs"), TODAY, decision_makers=("Ada",))
    return file.path, file.text


def test_the_record_tells_what_was_weighed_and_how_far_it_holds(tmp_path: Path) -> None:
    path, text = recorded(tmp_path, weigh(EVERY))
    assert path == "docs/0001-drinks-tea.md"
    for words in (
        'status: proposed\ndate: 2026-11-23\ndecision-makers: ["Ada"]',
        "# Drinks: Tea",
        "* **Taste**, weight 6 of 10, 40 % of all (as be-tui gives it)",
        'Chosen option: "Tea", because it has most points: 83.3 of 100, ahead of Coffee',
        "* Good, because of Calm: 5 of 5. tea by calm",
        "* Bad, because of Calm: 1 of 5. coffee by calm",
        "* Neutral, because it is not known: Calm",
        "| **Points** |  | **83.3** | **60.0** | **51.7** |",
        "### What would change this",
        "### Sources",
        "[A. Author, The book, ch. 2](<https://example.org/book>)",
    ):
        assert words in text, words
    block = json.loads(text.partition("```json be-tui comparison\n")[2].partition("```")[0])
    assert block["chosen"] == "tea"
    assert block["scores"]["water"] == {"taste": "1-2", "calm": "?", "price": "0"}
    assert [each["weightings"] for each in block["sensitivity"]] == ["near", "order", "any"]


def test_a_decision_without_open_scores_is_accepted(tmp_path: Path) -> None:
    _, text = recorded(tmp_path, weigh(comparison([5], {"x": [5], "y": [1]})))
    assert "status: accepted" in text
    assert "* Y is nowhere better than X: no weights would make it win" in text


def test_what_a_constraint_rules_out_and_a_person_says_is_marked(tmp_path: Path) -> None:
    stated = with_must(Stated(), EVERY, "warm", holds=True)
    stated = with_score(stated, EVERY, "tea", "calm", "1", "it *keeps* us up")
    stated = with_score(stated, EVERY, "coffee", "taste", "?")
    _, text = recorded(tmp_path, weigh(EVERY, stated))
    assert "* Water, ruled out: It is served warm. It comes cold." in text
    assert "Calm: 1 of 5 (said by the decision-makers). it \\*keeps\\* us up" in text
    assert "* Neutral, because it is not known: Taste" in text
    _, text = recorded(tmp_path, weigh(EVERY, with_score(Stated(), EVERY, "tea", "taste", "?")))
    assert "* Not known: Taste" in text


def test_the_leaders_risks_and_future_are_consequences(tmp_path: Path) -> None:
    stated = Stated()
    for criterion in ("taste", "calm"):
        stated = with_score(stated, EVERY, "water", criterion, "5")
    _, text = recorded(tmp_path, weigh(EVERY, stated))
    assert "* Bad, if it comes to pass: It may be closed off Against it: Keep a bottle" in text
    assert "* Later: It will always be there." in text


def test_nobody_is_chosen_where_several_are_level_or_all_are_out(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="several options are level"):
        recorded(tmp_path, weigh(comparison([5, 5], {"x": [5, 1], "y": [1, 5]})))
    from tests.core.comparisons.test_pages import all_out

    with pytest.raises(InputError, match="every option is ruled out"):
        recorded(tmp_path, all_out())


def test_the_report_is_json_and_whole() -> None:
    matrix = weigh(EVERY)
    shares = (sensitivity(matrix, "near", draws=100),)
    found = json.loads(json.dumps(report(matrix, shares)))
    assert found["comparison"] == "drinks"
    assert [each["option"] for each in found["ranking"]] == ["tea", "coffee", "water"]
    assert found["sensitivity"][0]["within"] == 0.5
    assert [(each["criterion"], each["winner"]) for each in found["weight_turns"]] == [
        ("calm", "coffee")
    ]
    assert found["score_turns"]
    assert found["constraints"] == [{"id": "warm", "holds": False, "origin": "given"}]
