"""EXPLAIN as a table, of MySQL and MariaDB: framed, by tabs, a column a line, or named.

A row is a step; which row takes the rows of which is not told, so all stand at the top.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.plans.model import Actual, Estimate, Fact, Node, Plan
from be_tui.core.plans.raw import Group

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from be_tui.core.plans.model import Engine

_COLUMNS = (
    *("id", "select_type", "table", "partitions", "type", "possible_keys", "key", "key_len"),
    *("ref", "rows", "r_rows", "filtered", "r_filtered", "Extra"),
)
_VERTICAL = re.compile(r"\s*(?P<name>\w+): ?(?P<value>.*)$")
_NAMED = re.compile(rf"(?:^|, )(?P<name>{'|'.join(_COLUMNS)}): ")
_NOTHING = {"", "NULL", "None"}
_LEAST_CELLS = 5
_FACTS = ("id", "select_type", "possible_keys", "key_len", "ref", "Extra", "partitions")


def is_table(text: str) -> bool:
    """Tell whether a text has the columns of such a table."""
    return "select_type" in text and re.search(r"\bpossible_keys\b", text) is not None


def read_table(lines: Sequence[tuple[int, str]]) -> Plan | None:
    """Read numbered lines, the frame included; None where no row can be read."""
    lines = [(number, line) for number, line in lines if line.strip()]
    rows = list(_framed(lines)) or list(_named(lines)) or list(_vertical(lines))
    nodes = tuple(_node(row, number) for number, row in enumerate(rows))
    engine: Engine = "mariadb" if any(row.has("r_rows") for row in rows) else "mysql"
    return Plan(engine, "table", nodes) if nodes else None


def _framed(lines: Sequence[tuple[int, str]]) -> Iterable[Group]:
    """Read columns between bars or tabs, named by the line that has `select_type`."""
    head: list[str] = []
    for number, line in lines:
        sign = "|" if "|" in line else "\t"
        cells = [cell.strip() for cell in line.strip(" ").strip("|").split(sign)]
        if "select_type" in cells:
            head = cells
        elif head and _LEAST_CELLS <= len(cells) <= len(head):
            # Empty cells at the end are lost where blanks at the end of a line are.
            cells += [""] * (len(head) - len(cells))
            yield Group(number, list(zip(head, cells, strict=True)))


def _named(lines: Sequence[tuple[int, str]]) -> Iterable[Group]:
    """Read a row a line, each cell with its column's name."""
    for number, line in lines:
        found = list(_NAMED.finditer(line))
        if len(found) < len(_COLUMNS) // 2:
            continue
        ends = [match.start() for match in found[1:]] + [len(line)]
        pairs = [
            (match["name"], line[match.end() : end].strip())
            for match, end in zip(found, ends, strict=True)
        ]
        yield Group(number, [*pairs])


def _vertical(lines: Sequence[tuple[int, str]]) -> Iterable[Group]:
    """Read a column a line; `id` begins a row."""
    row: Group | None = None
    for number, line in lines:
        match = _VERTICAL.match(line)
        if match is None or match["name"] not in _COLUMNS:
            continue
        if match["name"] == "id":
            if row:
                yield row
            row = Group(number)
        if row:
            row.pairs.append((match["name"], match["value"].strip()))
    if row:
        yield row


def _node(row: Group, number: int) -> Node:
    def told(name: str) -> str:
        value = row.text(name)
        return "" if value in _NOTHING else value

    rows, seen = row.number("rows"), row.number("r_rows")
    passing, passed = row.number("filtered"), row.number("r_filtered")
    kind = told("select_type")
    inner = kind not in {"", "SIMPLE", "PRIMARY"}
    access = told("type")
    return Node(
        number=number,
        parent=-1,
        depth=0,
        operation=access or told("Extra") or kind or "row",
        role="SubPlan" if inner else "",
        name=f"{kind} {told('id')}".strip() if inner else "",
        relation=told("table"),
        index=told("key"),
        estimate=None if rows is None else Estimate(rows),
        actual=None if seen is None else Actual(seen, 1),
        whole=access == "ALL" and not told("table").startswith("<"),
        passing=None if passing is None else passing / 100,
        actual_passing=None if passed is None else passed / 100,
        facts=tuple(Fact(name, told(name)) for name in _FACTS if told(name)),
        line=row.line,
    )
