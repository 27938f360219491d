"""Reads the tables out of a Prisma schema."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.project.tables.model import Column, ForeignKey, Table

if TYPE_CHECKING:
    from be_tui.core.project.tables.model import Schema

_BLOCK = re.compile(r"^(model|view)\s+(\w+)\s*\{([^}]*)\}", re.MULTILINE)
_FIELD = re.compile(
    r"^[ \t]*(?P<name>\w+)[ \t]+(?P<type>\w+)(?P<many>\[\])?\??(?P<rest>[^\n]*)$", re.MULTILINE
)
_RELATION = re.compile(r"@relation\([^)]*fields:\s*\[([^\]]*)\]")
_WHOLE = re.compile(r"^[ \t]*@@(id|unique|index)\(\s*(?:fields:\s*)?\[([^\]]*)\]", re.MULTILINE)
_TYPES = {"Int": "int", "BigInt": "bigint", "Json": "json", "String": "text"}
_COMMENT = re.compile(r"//[^\n]*")


def read_prisma(schema: Schema, path: str, text: str) -> None:
    """Take the models and views of one file."""
    text = _COMMENT.sub("", text)
    for block in _BLOCK.finditer(text):
        kind, name, body = block.groups()
        if kind == "view":
            schema.views.add(name)
            continue
        start = text.count("\n", 0, block.start(3)) + 1
        table = Table(name, path, text.count("\n", 0, block.start()) + 1)
        for match in _FIELD.finditer(body):
            _field(table, match, start + body.count("\n", 0, match.start()))
        for match in _WHOLE.finditer(body):
            columns = _names(match[2])
            if match[1] == "id":
                table.primary = columns
            elif columns:
                table.leading.add(columns[0])
        schema.tables[name] = table


def _field(table: Table, match: re.Match[str], line: int) -> None:
    name, rest = match["name"], match["rest"]
    relation = _RELATION.search(rest)
    if relation:
        columns = _names(relation[1])
        if columns:
            table.foreign.append(ForeignKey(columns, line))
        return
    table.columns[name] = Column(name, _type(match["type"], rest), line)
    if "@id" in rest:
        table.primary = (name,)
    if "@unique" in rest:
        table.leading.add(name)


def _type(written: str, rest: str) -> str:
    if written == "DateTime":
        return "timestamptz" if "@db.Timestamptz" in rest else "timestamp"
    if "@db.Uuid" in rest or "uuid(" in rest:
        return "uuid"
    return _TYPES.get(written, written.lower())


def _names(listed: str) -> tuple[str, ...]:
    names = (re.match(r"\s*(\w+)", part) for part in listed.split(","))
    return tuple(each[1] for each in names if each)
