"""YAML as PostgreSQL writes it: one name a line, texts in double quotes, lists by dashes.

This is far less than YAML, and it is read line by line, so that a plan that was cut off gives
what it has.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from be_tui.core.plans.model import Cut
from be_tui.core.plans.raw import Group

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.plans.raw import Value

_LINE = re.compile(r"(?P<indent> *)(?P<dash>- +)?(?:(?P<name>[^\":][^:]*):(?: (?P<value>.*))?)?$")
_SCALAR = re.compile(r'(?P<indent> *)- +(?P<value>"(?:[^"\\]|\\.)*"|[^\s:]+)\s*$')

_WORDS: dict[str, Value] = {"true": True, "false": False, "null": None, "~": None}


def read_yaml_plan(lines: Iterable[tuple[int, str]]) -> tuple[Value, Cut | None]:
    """Read numbered lines as far as they go; give the value, and where it ends early."""
    reader = _Reader()
    for number, line in lines:
        if not line.strip():
            continue
        if not reader.take(number, line):
            return reader.top, Cut(number, "this is no YAML of a plan any more")
    return reader.top, None


class _Reader:
    """Keeps what is open by its indentation: a list stands where its dash does."""

    def __init__(self) -> None:
        self.top: list[Value] = []
        self._open: list[tuple[int, Group | list[Value]]] = [(0, self.top)]
        self._waiting: tuple[int, Group, str] | None = None
        """A name without a value: what is further in, or a dash, tells what it holds."""

    def take(self, number: int, line: str) -> bool:
        scalar = _SCALAR.match(line)
        if scalar:
            place = self._list_at(len(scalar["indent"]))
            if place is None:
                return False
            place.append(_value(scalar["value"]))
            return True
        match = _LINE.match(line)
        if match is None or match["name"] is None:
            return False
        indent = len(match["indent"])
        if match["dash"]:
            place = self._list_at(indent)
            if place is None:
                return False
            indent += len(match["dash"])
            below = Group(number)
            place.append(below)
            self._open.append((indent, below))
        group = self._group_at(indent, number)
        if group is None:
            return False
        name, value = match["name"].strip(), (match["value"] or "").strip()
        if value:
            group.pairs.append((name, _value(value)))
        else:
            self._waiting = (indent, group, name)
        return True

    def _list_at(self, indent: int) -> list[Value] | None:
        if self._waiting:
            outer, group, name = self._waiting
            self._waiting = None
            if indent >= outer:
                found: list[Value] = []
                group.pairs.append((name, found))
                self._open.append((indent, found))
                return found
        while self._open and self._open[-1][0] > indent:
            self._open.pop()
        while self._open and not isinstance(self._open[-1][1], list):
            self._open.pop()
        place = self._open[-1][1] if self._open and self._open[-1][0] == indent else None
        return place if isinstance(place, list) else None

    def _group_at(self, indent: int, number: int) -> Group | None:
        if self._waiting:
            outer, group, name = self._waiting
            self._waiting = None
            if indent > outer:
                below = Group(number)
                group.pairs.append((name, below))
                self._open.append((indent, below))
                return below
        while self._open and self._open[-1][0] > indent:
            self._open.pop()
        while self._open and self._open[-1][0] == indent and isinstance(self._open[-1][1], list):
            if len(self._open) == 1:
                break
            self._open.pop()
        place = self._open[-1][1] if self._open and self._open[-1][0] == indent else None
        return place if isinstance(place, Group) else None


def _value(written: str) -> Value:
    if written.startswith('"'):
        try:
            return str(json.loads(written, strict=False))
        except ValueError:
            return written.strip('"')
    if written in _WORDS:
        return _WORDS[written]
    try:
        return float(written)
    except ValueError:
        return written
