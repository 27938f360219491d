"""A comparison as a file: what is written is read back, and an own one is begun."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from be_tui.core.comparisons import (
    Comparison,
    Stated,
    empty,
    fork,
    weigh,
    with_must,
    with_score,
    with_weight,
    written,
)
from be_tui.core.comparisons.writing import to_yaml
from be_tui.core.errors import InputError
from be_tui.core.knowledge.decode.comparisons import decode_comparison
from be_tui.core.knowledge.decode.desk import Desk
from be_tui.core.yamlform import Faults, parse_yaml
from tests.core.comparisons.making import comparisons, tea_or_coffee


def read_back(text: str) -> Comparison:
    faults = Faults("x.yaml")
    at = parse_yaml(text, faults)
    found = decode_comparison(at, Desk(), "", "bundled")
    at.close()
    assert not faults.grave, faults.findings
    return found


def unplaced(comparison: Comparison) -> str:
    """Give all of a comparison but the lines that it stands on."""
    return re.sub(r"line=\d+", "line=0", repr(comparison))


def test_all_of_it_is_read_back() -> None:
    assert unplaced(read_back(to_yaml(tea_or_coffee()))) == unplaced(tea_or_coffee())


@settings(max_examples=40)
@given(comparisons(), st.text(min_size=1).map(lambda text: " ".join(text.split()) or "x"))
def test_whatever_is_written_is_read_back(every: Comparison, title: str) -> None:
    printable = "".join(sign for sign in title if sign.isprintable()).strip() or "x"
    named = replace(every, title=printable, question=f"{printable}?", pack="bundled")
    assert unplaced(read_back(to_yaml(named))) == unplaced(named)


def test_an_empty_one_knows_nothing() -> None:
    own = empty("queue", "", ["sqs=SQS", "a_table"], ["cost=6:What it costs", "replay"])
    assert (own.title, [each.title for each in own.options]) == ("Queue", ["SQS", "A table"])
    assert [(each.id, each.title, each.weight) for each in own.criteria] == [
        ("cost", "What it costs", 6),
        ("replay", "Replay", 5),
    ]
    assert weigh(own).open == 4
    assert unplaced(read_back(to_yaml(own))) == unplaced(own)
    assert [file.path for file in written(own)] == [".be-tui/comparisons/queue.yaml"]


@pytest.mark.parametrize(
    ("options", "criteria", "says"),
    [
        (["a"], ["c"], "needs two options and a criterion"),
        (["a", "b"], [], "needs two options and a criterion"),
        (["a", "A"], ["c"], "'A' is no id"),
        (["a", "a=B"], ["c"], "'a' stands twice"),
        (["a", "b"], ["c", "c"], "'c' stands twice"),
        (["a", "b"], ["c=11"], "the weight from 0 to 10"),
        (["a", "b"], ["c=x:C"], "the weight from 0 to 10"),
    ],
)
def test_one_that_cannot_be_is_refused(options: list[str], criteria: list[str], says: str) -> None:
    with pytest.raises(InputError, match=says):
        empty("own", "", options, criteria)


def test_a_fork_holds_what_was_said_as_its_own() -> None:
    every = tea_or_coffee()
    stated = with_weight(Stated(), every, "taste", "2.5")
    stated = with_score(stated, every, "tea", "calm", "2-3")
    stated = with_must(stated, every, "warm", holds=True)
    matrix = weigh(every, stated)
    own = fork(matrix, "ours", "Our drinks")
    assert (own.id, own.title, own.version, own.pack) == ("ours", "Our drinks", 1, "project")
    assert own.criteria[0].weight == 2.5
    cell = own.options[0].cell("calm")
    assert (str(cell.estimate), cell.why) == ("2-3", "Our own score.")
    assert own.constraints[0].holds
    again = weigh(read_back(to_yaml(own)))
    assert [row.values[0].middle for row in again.rows] == [
        row.values[0].middle for row in matrix.rows
    ]
    with pytest.raises(InputError, match="is no id"):
        fork(matrix, "No id")
