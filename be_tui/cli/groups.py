"""Words that a command must follow, as in `be-tui migrate check`: the table of their commands.

What a command imports is not imported before it is called, nor for the help of its word.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, cast

from be_tui.cli.arguments import Parser

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable


# Tuples: a dataclass would cost each command the import of what makes one.
class Command(NamedTuple):
    """A command below a word."""

    name: str

    line: str
    """What it does, for the help of its word."""

    parser: Callable[[], Parser]

    action: Callable[[Namespace], int]
    """Carry out what was read; give the exit code."""


class Group(NamedTuple):
    """A word, and the commands of which one must follow it."""

    word: str

    about: str

    commands: tuple[Command, ...]

    def run(self, arguments: list[str]) -> int:
        """Run one of the commands; give the exit code."""
        name = self._parser().read(arguments[:1]).command
        (command,) = (each for each in self.commands if each.name == name)
        return command.action(command.parser().read(arguments[1:]))

    def parsers(self) -> tuple[Parser, ...]:
        """Give the parser of the word, and those of its commands."""
        return (self._parser(), *(each.parser() for each in self.commands))

    def _parser(self) -> Parser:
        names = tuple(each.name for each in self.commands)
        width = max(map(len, names))
        lines = (f"  {each.name:<{width}}  {each.line}" for each in self.commands)
        made = Parser(self.word, self.about, "\n".join(("commands:", *lines)))
        made.add_argument("command", choices=names, metavar="COMMAND")
        return made


def kept_in(module: str, name: str, line: str) -> Command:
    """Give the command that a module of this package keeps as `parser` and `run`."""

    def parser() -> Parser:
        return cast("Parser", import_module(f"be_tui.cli.{module}").parser())

    def action(given: Namespace) -> int:
        return int(import_module(f"be_tui.cli.{module}").run(given))

    return Command(name, line, parser, action)
