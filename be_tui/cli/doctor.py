"""`be-tui doctor`: what be-tui needs, what it found, and what to do about it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from be_tui.cli.arguments import Parser
from be_tui.cli.here import wants_colour
from be_tui.core.errors import ExitCode
from be_tui.core.roots import project_root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.health import Check, State

_ABOUT = """\
Tell what be-tui needs and what it found, with what to do where something is missing.
Exit code 1 when something does not work."""

_COLOURS: dict[State, str] = {"ok": "32", "note": "33", "wrong": "31"}


def run(arguments: list[str]) -> int:
    """Look at everything; give the exit code."""
    (parser,) = parsers()
    given = parser.read(arguments)
    from pathlib import Path

    from be_tui.core.health import examine

    checks = examine(Path(project_root(given.project)))
    if given.json:
        from be_tui.cli.output import print_json
        from be_tui.core.jsonform import to_json

        print_json(checks=to_json(checks))
    else:
        sys.stdout.writelines(line + "\n" for check in checks for line in _lines(check))
    wrong = any(check.state == "wrong" for check in checks)
    return ExitCode.FOUND if wrong else ExitCode.DONE


def parsers() -> tuple[Parser, ...]:
    """Give the parser of the command."""
    made = Parser("doctor", _ABOUT)
    made.add_argument("--json", action="store_true", help="print one JSON document")
    made.add_argument(
        "--project", metavar="DIR", help="the project's root (default: the one around here)"
    )
    return (made,)


def _lines(check: Check) -> Iterator[str]:
    state = f"{check.state:<5}"
    if wants_colour():
        state = f"\x1b[{_COLOURS[check.state]}m{state}\x1b[0m"
    yield f"{state}  {check.name:<14}  {check.found}"
    if check.todo:
        yield f"{'':<5}  {'':<14}  -> {check.todo}"
