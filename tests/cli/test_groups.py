"""Words that a command must follow: one table a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.cli.arguments import Parser
from be_tui.cli.groups import Command, Group, kept_in
from be_tui.core.errors import InputError

if TYPE_CHECKING:
    from argparse import Namespace


def _parser() -> Parser:
    made = Parser("herd count", "Count the herd.")
    made.add_argument("animals", nargs="*")
    return made


def _count(given: Namespace) -> int:
    return len(given.animals)


HERD = Group(
    "herd",
    "Keep animals.",
    (
        Command("count", "tell how many there are", _parser, _count),
        kept_in("no_such_module", "shear", "take the wool"),
    ),
)


def test_a_command_reads_what_follows_its_name_and_gives_the_exit_code() -> None:
    assert HERD.run(["count", "sheep", "goat"]) == 2


def test_the_help_of_a_word_names_its_commands_and_imports_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as ended:
        HERD.run(["--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.endswith(
        "commands:\n  count  tell how many there are\n  shear  take the wool\n"
    )


@pytest.mark.parametrize("given", [[], ["milk"], ["-x"]])
def test_what_is_no_command_is_one_line(given: list[str]) -> None:
    with pytest.raises(InputError, match="be-tui herd --help"):
        HERD.run(given)


def test_the_parsers_are_those_of_the_word_and_of_each_command() -> None:
    alone = HERD._replace(commands=HERD.commands[:1])
    assert [parser.prog for parser in alone.parsers()] == ["be-tui herd", "be-tui herd count"]


def test_a_command_of_another_module_is_imported_when_it_is_called() -> None:
    assert kept_in("planning", "plan", "").parser().prog == "be-tui migrate plan"
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        HERD.run(["shear"])
