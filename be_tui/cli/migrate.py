"""`be-tui migrate`: migrations that exist, checked, and what else is done with them.

Nothing is imported before the command is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.cli.arguments import Parser

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

_ABOUT = "Check migrations before they meet a table that is in use."


def run(arguments: list[str]) -> int:
    """Run one of the commands; give the exit code."""
    name = _parser().read(arguments[:1]).command
    make_parser, action = _COMMANDS[name]
    return action(make_parser().read(arguments[1:]))


def parsers() -> tuple[Parser, ...]:
    """Give the parser of the word that follows `migrate`, and those of its commands."""
    return (_parser(), *(make_parser() for make_parser, _ in _COMMANDS.values()))


def _parser() -> Parser:
    width = max(map(len, _COMMANDS))
    lines = [f"  {name:<{width}}  {_LINES[name]}" for name in _COMMANDS]
    made = Parser("migrate", _ABOUT, "\n".join(("commands:", *lines)))
    made.add_argument("command", choices=tuple(_COMMANDS), metavar="COMMAND")
    return made


def _check_parser() -> Parser:
    from be_tui.cli.migrating import check_parser

    return check_parser()


def _check(given: Namespace) -> int:
    """Check migrations and print the findings."""
    from be_tui.cli.migrating import run_check

    return run_check(given)


def _prove_parser() -> Parser:
    from be_tui.cli.proving import prove_parser

    return prove_parser()


def _prove(given: Namespace) -> int:
    """Try migrations on a scratch database and print what was seen."""
    from be_tui.cli.proving import run_prove

    return run_prove(given)


def _plan_parser() -> Parser:
    from be_tui.cli.planning import plan_parser

    return plan_parser()


def _plan(given: Namespace) -> int:
    """Plan the steps from one schema to another, and print or write them."""
    from be_tui.cli.planning import run_plan

    return run_plan(given)


_LINES = {
    "check": "tell what migrations lock, break and lose, each with its safe form",
    "plan": "plan the steps from one schema to another, in phases",
    "prove": "run migrations on a scratch database: locks, waits, the way back",
}

_COMMANDS: dict[str, tuple[Callable[[], Parser], Callable[[Namespace], int]]] = {
    "check": (_check_parser, _check),
    "plan": (_plan_parser, _plan),
    "prove": (_prove_parser, _prove),
}
