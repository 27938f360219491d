"""`be-tui decide` where a number is typed, and where several answers are given at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli import test_decide

if TYPE_CHECKING:
    from tests.cli.test_decide import Shell

shell = test_decide.shell

TREE = """\
tree: kinds
version: 1
title: Kinds
question: What now?
summary: A question of each kind.
first: rate
questions:
  rate:
    kind: number
    ask: How many requests come in a second?
    why: Some cures pay only where there is much.
    unit: requests per second
    at_most: 10000
    evidence:
      - probe: tests
        readings: [{takes: tests.functions, says: so many tests were found}]
    options:
      few: {below: 100, to: wait}
      many: {to: slowest}
    unknown: {assume: few, price: a slow day}
  slowest:
    kind: duration
    ask: How long does the slowest take?
    why: People wait.
    unit: s
    options:
      quick: {below: 200 ms, to: wait}
      slow: {to: signs}
    unknown: {assume: quick, price: a slow day}
  signs:
    kind: several
    ask: What do you see?
    why: Each has its cure.
    options:
      reads: {label: Slow reads}
      locks: {label: Waits for locks}
    otherwise: t
    unknown: {assume: none, price: a week}
tables:
  t:
    title: By the signs
    rules:
      - {when: {signs: locks}, to: unlock, label: locks, over: [reads]}
      - {when: {signs: reads}, to: cache, label: reads}
    otherwise: {to: wait}
outcomes:
  wait: {title: Wait, advice: Wait., steps: [wait], door: two-way, price: little, again: soon}
  cache: {title: Cache, advice: Cache., steps: [it], door: two-way, price: little, again: soon}
  unlock: {title: Unlock, advice: Unlock., steps: [it], door: two-way, price: little, again: soon}
"""


@pytest.fixture
def kinds(shell: Shell) -> Shell:
    (shell.root / ".be-tui" / "trees" / "kinds.yaml").write_text(TREE)
    return shell


def test_flags_take_numbers_durations_and_several_answers(kinds: Shell) -> None:
    answers = ("--answer", "rate=2.5k", "--answer", "slowest=1min", "--answer", "signs=locks,reads")
    told = kinds.json("kinds", *answers)
    assert told["outcome"]["id"] == "unlock"
    assert [(step["label"], step.get("value")) for step in told["path"]] == [
        ("2,500 requests per second (100 or more)", 2500),
        ("1 min (200 ms or more)", 60),
        ("Slow reads and waits for locks", None),
    ]
    assert told["path"][2]["ticked"] == ["reads", "locks"]
    assert [each["rule"] for each in told["path"][2]["rules"]] == ["locks"]
    assert "By the rule “locks” (By the signs)" in kinds("kinds", *answers)


def test_the_next_question_tells_what_can_be_answered_and_the_command_says_it_again(
    kinds: Shell,
) -> None:
    page = kinds("kinds", "--answer", "rate=250", "--answer", "slowest=200ms")
    assert "none  None of these" in page
    assert "Several go together: `reads,locks`" in page
    assert "--answer rate=250 --answer slowest=0.2s --answer signs=…" in " ".join(page.split())
    page = kinds("kinds", "--answer", "signs=none")
    assert "few  Under 100  ◂ measured: 1 request per second: so many tests were found" in page
    assert "Or a number of requests per second." in page


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("rate=lots", "rate: 'lots' is not a number of requests per second; type a number, or one"),
        ("rate=20000", "rate: 20,000 requests per second is more than the most that can be"),
        ("signs=reads,lock", "signs has no answer 'lock'; did you mean locks?"),
    ],
)
def test_a_wrong_number_or_tick_is_one_line(kinds: Shell, answer: str, told: str) -> None:
    kinds("kinds", "--answer", answer, code=2)
    assert told in kinds.error


@pytest.mark.parametrize("signs", ["1 2", "1,2", "2 and 1", "reads, locks"])
def test_line_by_line_numbers_are_typed_and_several_are_given_at_once(
    kinds: Shell, signs: str
) -> None:
    said = f"much\n20000\n250\n2 min\n{signs}\nq\n"
    out = kinds("kinds", "--plain", said=said)
    assert "Type a number of requests per second:" in out
    assert "[a number of requests per second, u I don't know, b back" in out
    assert "rate: 'much' is not a number of requests per second" in out
    assert "20,000 requests per second is more than the most" in " ".join(out.split())
    assert "Answered: 250 requests per second (100 or more)" in out
    assert "Answered: 2 min (200 ms or more)" in out
    assert "[1 to 3, several as 1 2, 0 I don't know" in out
    assert "Answered: Slow reads and waits for locks" in out
    assert "Unlock" in out


def test_line_by_line_none_of_these_is_the_last_row_and_u_is_not_knowing(kinds: Shell) -> None:
    out = kinds("kinds", "--plain", said="many\nslow\n5\n1 3\n3\nq\n")
    assert "signs has no answer '5'" in out
    assert "'none' goes with no other answer" in out
    assert "Answered: None of these" in out
    out = kinds("kinds", "--plain", "--fresh", said="u\nq\n")
    assert "Answered: I do not know" in out
    out = kinds("kinds", "--plain", "--fresh", said="0\nq\n")
    assert "Answered: 0 requests per second (under 100)" in out


def test_what_is_measured_answers_the_number_itself(kinds: Shell) -> None:
    told = kinds.json("kinds", "--auto")
    assert (told["path"][0]["value"], told["path"][0]["origin"]) == (1, "measured")
