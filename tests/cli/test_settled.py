"""A walk line by line that stops asking where nothing open can change the outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cli.test_decide import TREE, Shell, shell

if TYPE_CHECKING:
    import pytest

__all__ = ["shell"]

SETTLED = "Nothing that is still open can change the outcome: “Tune it”."


def to_tune(shell: Shell) -> None:
    """Give the project a tree whose second question changes nothing."""
    text = TREE.format(version=1, next="tests")
    text = text.replace('label: "There are none", to: pin', 'label: "There are none", to: tune')
    text = text.replace(
        "{profile.teams: {above: 5}}, to: leave", "{profile.teams: {above: 5}}, to: tune"
    )
    (shell.root / ".be-tui" / "trees" / "speed.yaml").write_text(text, encoding="utf-8")


def told(shell: Shell, said: str) -> str:
    """Give what a walk by line prints, in one line."""
    return " ".join(shell("speed", "--plain", "--fresh", said=said).split())


def test_a_settled_walk_says_so_and_enter_takes_the_outcome(shell: Shell) -> None:
    to_tune(shell)
    page = told(shell, "yes\n\nq\n")
    assert f"{SETTLED} Enter takes it." in page
    assert "Enter takes the outcome]" in page
    assert "Tune it. Do, in this order" in page
    again = shell.json("speed", "--resume")
    assert (again["outcome"]["id"], again["settled"]) == ("tune", True)
    assert [step["origin"] for step in again["path"]] == ["stated", "assumed"]


def test_it_may_be_answered_all_the_same(shell: Shell) -> None:
    to_tune(shell)
    told(shell, "yes\nsome\nq\n")
    path = shell.json("speed", "--resume")["path"]
    assert [step["option"] for step in path] == ["yes", "some"]
    assert "assumed" not in {step["origin"] for step in path}


def test_an_open_walk_is_not_ended_by_enter(shell: Shell) -> None:
    page = told(shell, "\nno\nq\n")
    assert "Nothing is none of the answers." in page
    assert "still open" not in page


def test_where_it_leads_tells_what_would_settle_it(shell: Shell) -> None:
    assert "What would settle it" in told(shell, "l\nno\nq\n")


def test_a_script_is_told_what_to_ask_first(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    found = shell.json("speed")
    assert [each["question"] for each in found["ask_next"]] == ["felt", "tests"]
    assert found["ask_next"][0]["bits"] > found["ask_next"][1]["bits"]
    assert found["ask_next"][0]["find_out"] == "ask support"
    assert found["flips"]["sets"] == found["authorities"] == []
    assert "What would settle it" in shell("speed")
