"""`be-tui decide --recheck DIR`: records of a real project, measured again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from be_tui.cli import run
from tests.cli.test_decide import shell  # noqa: F401 (the fixture)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.test_decide import Shell

WITHOUT = "# A record by hand\n\n```json\n{}\n```\n"


@pytest.fixture
def decided(shell: Shell) -> Shell:  # noqa: F811 (the fixture)
    """Give a project in which one decision rests on its only test."""
    shell("speed", "--answer", "felt=yes", "--auto", "--record", "adr")
    return shell


def record(shell: Shell) -> Path:  # noqa: F811
    (path,) = (shell.root / "adr").glob("0001-*.md")
    return path


def broken(shell: Shell, old: str, new: str) -> None:  # noqa: F811
    path = record(shell)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_decision_stands_while_its_premises_do(decided: Shell) -> None:
    page = decided("--recheck", "adr")
    assert "0001-when-to-tune-tune-it.md: stands: Tune it\n" in page
    assert page.endswith("1 decision looked at again, 0 flip\n")


def test_it_flips_where_what_was_measured_is_another_now(decided: Shell) -> None:
    (decided.root / "tests" / "test_a.py").unlink()
    page = decided("--recheck", "adr", code=1)
    assert ": flips: was “Tune it”, now “Pin it first”\n" in page
    assert (
        "  Are there tests? measured then: There are; now: There are none"
        " (no test was found; tests.functions: 1 → 0)\n"
    ) in page
    assert page.endswith("1 decision looked at again, 1 flip\n")
    (told,) = decided_json(decided, code=1)["decisions"]
    assert told["flips"] is True
    assert (told["outcome_then"], told["outcomes_now"]) == ("tune", ["pin"])
    (changed,) = told["changed"]
    assert changed["measures"] == [{"name": "tests.functions", "then": 1, "now": 0}]


def decided_json(shell: Shell, code: int = 0) -> dict[str, Any]:  # noqa: F811
    from json import loads

    loaded: dict[str, Any] = loads(shell("--recheck", "adr", "--json", code=code))
    return loaded


def test_what_was_assumed_is_answered_where_it_can_be_measured_now(
    shell: Shell,  # noqa: F811
) -> None:
    shell("speed", "--answer", "felt=yes", "--answer", "tests=?", "--record", "adr")
    page = shell("--recheck", "adr", code=1)
    assert "Are there tests? assumed then: There are none; now: There are" in page


def test_what_a_person_said_stands_whatever_is_measured(shell: Shell) -> None:  # noqa: F811
    shell("speed", "--answer", "felt=yes", "--answer", "tests=none", "--record", "adr")
    assert ": stands: Pin it first" in shell("--recheck", "adr")


def test_an_answer_that_the_tree_has_lost_is_named_and_what_is_open_is_measured(
    decided: Shell,
) -> None:
    decided.tree(version=2, following="proofs")
    page = decided("--recheck", "adr")
    assert ": stands: Tune it" in page
    assert "the tree was version 1 and is 2" in page
    assert "lost: the tree has no tests=some any more" in page


def test_a_decision_that_hangs_on_an_open_question_does_not_stand(decided: Shell) -> None:
    tree = decided.root / ".be-tui" / "trees" / "speed.yaml"
    text = re.sub(r"    evidence:\n(?:      .*\n)+", "", tree.read_text()).replace(
        "tests", "proofs"
    )
    tree.write_text(text)
    page = decided("--recheck", "adr", code=1)
    assert ": open: was “Tune it”; now it would be asked: Are there proofs?" in page


def test_an_outcome_that_the_tree_has_lost_is_named_by_its_id(decided: Shell) -> None:
    broken(decided, '"outcome": "tune"', '"outcome": "polish"')
    assert ": flips: was “polish”, now “Tune it”" in decided("--recheck", "adr", code=1)


def test_records_without_a_block_are_passed_over_and_counted(decided: Shell) -> None:
    (decided.root / "adr" / "sub").mkdir()
    (decided.root / "adr" / "sub" / "0002-by-hand.md").write_text(WITHOUT)
    (decided.root / "adr" / "notes.txt").write_text("no record")
    page = decided("--recheck", "adr")
    assert page.endswith("1 decision looked at again, 0 flip; 1 without one passed over\n")
    assert decided_json(decided)["passed_over"] == 1


def test_a_folder_of_others_records_is_no_fault(shell: Shell) -> None:  # noqa: F811
    (shell.root / "adr").mkdir()
    (shell.root / "adr" / "0001-by-hand.md").write_text(WITHOUT)
    assert shell("--recheck", "adr").startswith("0 decisions looked at again, 0 flip; 1 without")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"format": 1', '"format": 2', "its format is 2, not 1"),
        ('"format": 1', '"format": ', "Expecting value"),
        ('"tree": "speed"', '"tree": 3', "a text was expected"),
        ('"outcome": "tune"', '"end": "tune"', "nothing stands at 'outcome'"),
        ('"answers": [', '"answers": 1, "were": [', "a list was expected"),
        ('"evidence": [', '"evidence": [1], "were": [', "an object was expected"),
        ('"tests.functions": 1', '"tests.functions": null', "tests.functions has no value"),
        ('"tree": "speed"', '"tree": "sped"', "sped"),
    ],
)
def test_a_broken_block_is_one_line_and_2_where_nothing_else_could_be_read(
    decided: Shell, old: str, new: str, said: str
) -> None:
    broken(decided, old, new)
    decided("--recheck", "adr", code=2)
    (line,) = [each for each in decided.error.splitlines() if each.startswith("be-tui: adr")]
    assert said in line
    assert re.match(r"be-tui: adr/0001-[a-z-]+\.md:\d+: ", line)


def test_a_block_nested_without_end_is_told(decided: Shell) -> None:
    torn = "```json be-tui decision\n" + "[" * 100_000 + "\n```\n"
    (decided.root / "adr" / "0002-deep.md").write_text(torn)
    decided("--recheck", "adr")
    assert "0002-deep.md:1: the block of the decision is broken (nested too" in decided.error


def test_one_record_can_be_looked_at_again_by_itself(decided: Shell) -> None:
    (decided.root / "adr" / "0002-torn.md").write_text("```json be-tui decision\n{\n")
    (record,) = (decided.root / "adr").glob("0001-*.md")
    assert "1 decision looked at again" in decided("--recheck", f"adr/{record.name}")
    assert decided.error == ""


def test_a_broken_block_beside_one_that_stands_is_told_and_does_not_count(
    decided: Shell,
) -> None:
    (decided.root / "adr" / "0002-torn.md").write_text("```json be-tui decision\n{\n")
    decided("--recheck", "adr")
    assert "adr/0002-torn.md:1: the block of the decision is broken" in decided.error
    (decided.root / "adr" / "0003-gone.md").symlink_to("nowhere.md")
    decided("--recheck", "adr")
    assert "adr/0003-gone.md: no such file or directory" in decided.error


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--recheck", "nowhere"], "nowhere: no such folder"),
        (["speed", "--recheck", "."], "--recheck takes no tree: each record names its own"),
        (["--recheck", ".", "--auto"], "--auto does not go with --recheck"),
    ],
)
def test_a_wrong_call_is_one_line(
    shell: Shell,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    line: str,
) -> None:
    assert shell.error == ""
    assert run(["decide", *arguments]) == 2
    assert capsys.readouterr().err.startswith(f"be-tui: {line}")
