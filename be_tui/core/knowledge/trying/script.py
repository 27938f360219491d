"""The steps of an example: its statements, each with the session that it is for.

A line `-- session B` before a statement switches to that session; the first is A.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.databases import split

if TYPE_CHECKING:
    from be_tui.core.databases import Engine

FIRST = "A"

_SWITCH = re.compile(r"^[ \t]*--[ \t]*session[ \t]+(\w+)\b.*$", re.IGNORECASE | re.MULTILINE)
_LINES_ABOVE = re.compile(r"(?:[ \t]*(?:--.*)?\n)*")
"""The comments and empty lines that a statement begins with."""


@dataclass(frozen=True, slots=True)
class Step:
    """One statement for one session."""

    session: str
    text: str
    line: int
    """Where it begins in the script, from 1."""


def steps_of(script: str, engine: Engine) -> tuple[Step, ...]:
    """Give the steps of a script.

    Raises:
        InputError: A quote or a comment of it is never closed.
    """
    steps: list[Step] = []
    session = FIRST
    for statement in split(script, engine):
        above = _LINES_ABOVE.match(statement.text)
        head = above[0] if above else ""
        for switch in _SWITCH.finditer(head):
            session = switch[1].upper()
        steps.append(Step(session, statement.text[len(head) :], statement.line + head.count("\n")))
    return tuple(steps)
