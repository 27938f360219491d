"""Reads the tables out of SQL: migrations in their order, or a dump of the schema.

Reads what CREATE, ALTER and DROP say of tables, indexes and views; other statements, and
what a procedure would do, are passed over.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.project.looks.source import Source
from be_tui.core.project.tables.model import Column, ForeignKey, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.project.tables.model import Schema

_NAME = r"(?:[\"`\[]?[\w$]+[\"`\]]?\s*\.\s*)*[\"`\[]?[\w$]+[\"`\]]?"
_HEAD = re.compile(
    rf"\b(?:create\s+(?P<temporary>(?:global\s+|local\s+)?temp(?:orary)?\s+)?(?:unlogged\s+|foreign\s+)?"
    rf"table\s+(?:if\s+not\s+exists\s+)?(?P<table>{_NAME})\s*(?=\()"
    rf"|alter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?(?P<altered>{_NAME})\s"
    rf"|create\s+(?:unique\s+|clustered\s+|nonclustered\s+|fulltext\s+)*index\s+(?:concurrently\s+)?"
    rf"(?:if\s+not\s+exists\s+)?(?:{_NAME}\s+)?on\s+(?:only\s+)?(?P<indexed>{_NAME})\s*"
    rf"(?:using\s+\w+\s*)?(?=\()"
    rf"|drop\s+table\s+(?:if\s+exists\s+)?(?P<dropped>{_NAME}(?:\s*,\s*{_NAME})*)"
    rf"|create\s+(?:or\s+replace\s+)?(?:materialized\s+)?view\s+(?:if\s+not\s+exists\s+)?(?P<view>{_NAME})"
    rf"|drop\s+(?:materialized\s+)?view\s+(?:if\s+exists\s+)?(?P<no_view>{_NAME}))",
    re.IGNORECASE,
)
_DOWN = re.compile(rb"^--[ \t]*(?:\+goose Down|migrate:down|\+migrate Down|@UNDO)\b", re.MULTILINE)
_CONSTRAINT = re.compile(
    rf"\s*(?:constraint\s+{_NAME}\s+)?(?:(?P<primary>primary\s+key)(?:\s+(?:non)?clustered)?"
    rf"|(?P<foreign>foreign\s+key)(?:\s+{_NAME})?|(?P<index>unique(?:\s+(?:key|index))?|(?:fulltext\s+)?"
    rf"(?:key|index))(?:\s+(?!\(){_NAME})?(?:\s+using\s+\w+)?)\s*\((?P<columns>[^()]*(?:\([^()]*\)[^()]*)*)\)",
    re.IGNORECASE,
)
_OTHER = re.compile(r"\s*(?:constraint|check|exclude|like|period|inherits)\b", re.IGNORECASE)
_COLUMN = re.compile(
    r"\s*(?P<name>[\"`\[]?[\w$]+[\"`\]]?)\s+(?P<type>[a-z_][\w.]*(?:\s+varying|\s+precision"
    r"|\s+unsigned)?(?:\s*\([^()]*\))?(?:\s+with(?:out)?(?:\s+local)?\s+time\s+zone)?)(?P<rest>[\s\S]*)",
    re.IGNORECASE,
)
_ADDED = re.compile(r"\s*add\s+(?:column\s+)?(?:if\s+not\s+exists\s+)?", re.IGNORECASE)
_DROPPED = re.compile(
    rf"\s*drop\s+(?:column\s+)?(?:if\s+exists\s+)?(?!constraint|index|primary|foreign)(?P<name>{_NAME})",
    re.IGNORECASE,
)
_RETYPED = re.compile(
    rf"\s*(?:alter|modify)\s+(?:column\s+)?(?P<name>{_NAME})\s+(?:set\s+data\s+)?(?:type\s+)?"
    rf"(?P<type>(?!set\b|drop\b|add\b)[a-z_]\w*(?:\s*\([^()]*\))?(?:\s+with(?:out)?\s+time\s+zone)?)",
    re.IGNORECASE,
)
_RENAMED = re.compile(
    rf"\s*rename\s+(?:(?P<whole>to|as)\s+|(?:column\s+)?(?P<old>(?!constraint){_NAME})\s+to\s+)(?P<new>{_NAME})",
    re.IGNORECASE,
)
_LONGEST_BODY = 100_000
_BRACKET = re.compile(r"[()]")
_SEPARATOR = re.compile(r"[(),]")


def read_ddl(schema: Schema, path: str, data: bytes) -> None:
    """Apply the statements of one file."""
    down = _DOWN.search(data)
    source = Source(path, "SQL", data[: down.start()] if down else data)
    # What stands in texts is blank: a default may hold commas and brackets.
    text = source.code.decode("latin-1")
    done = 0
    for head in _HEAD.finditer(text):
        if head.start() < done:
            continue
        line = text.count("\n", 0, head.start()) + 1
        found = head.groupdict()
        if found["table"] and not found["temporary"]:
            start, end = _inside(text, head.end())
            done = end
            schema.tables[_bare(found["table"])] = _table(
                _bare(found["table"]), path, line, text[start:end]
            )
        elif found["indexed"]:
            start, end = _inside(text, head.end())
            table = schema.tables.get(_bare(found["indexed"]))
            if table is not None:
                table.leading.update(_columns(text[start:end])[:1])
        elif found["altered"]:
            end = text.find(";", head.end())
            actions = text[head.end() : end if end >= 0 else None]
            _alter(schema, _bare(found["altered"]), actions, line, path)
        elif found["dropped"]:
            for name in found["dropped"].split(","):
                schema.tables.pop(_bare(name), None)
        elif found["view"]:
            schema.views.add(_bare(found["view"]))
        elif found["no_view"]:
            schema.views.discard(_bare(found["no_view"]))


def _bare(name: str) -> str:
    """Give a name without its schema and quotes, in lower case."""
    return name.rpartition(".")[2].strip(' \t\r\n"`[]').lower()


def _inside(text: str, opening: int) -> tuple[int, int]:
    depth = 0
    for match in _BRACKET.finditer(text, opening, opening + _LONGEST_BODY):
        depth += 1 if match[0] == "(" else -1
        if depth == 0:
            return opening + 1, match.start()
    return opening + 1, min(len(text), opening + _LONGEST_BODY)


def _parts(body: str) -> Iterator[tuple[int, str]]:
    """Split at the commas that stand in no brackets; give each part with its place."""
    depth = start = 0
    for match in _SEPARATOR.finditer(body):
        if match[0] == ",":
            if depth == 0:
                yield start, body[start : match.start()]
                start = match.end()
        else:
            depth += 1 if match[0] == "(" else -1
    yield start, body[start:]


def _columns(listed: str) -> list[str]:
    return [_bare(part.split()[0].partition("(")[0]) for _, part in _parts(listed) if part.strip()]


def _table(name: str, path: str, line: int, body: str) -> Table:
    table = Table(name, path, line)
    for at, part in _parts(body):
        stripped = len(part) - len(part.lstrip())
        _declare(table, part, line + body.count("\n", 0, at + stripped))
    return table


def _declare(table: Table, part: str, line: int, path: str = "") -> None:
    """Take one part of a table's declaration: a constraint, or a column."""
    constraint = _CONSTRAINT.match(part)
    if constraint:
        columns = tuple(_columns(constraint["columns"]))
        if not columns:
            return
        if constraint["primary"]:
            table.primary = columns
        elif constraint["foreign"]:
            _point(table, columns, line, path)
        else:
            table.leading.add(columns[0])
        return
    column = None if _OTHER.match(part) else _COLUMN.match(part)
    if column is None:
        return
    name, rest = _bare(column["name"]), column["rest"].lower()
    table.columns[name] = Column(name, " ".join(column["type"].lower().split()), line, path)
    if re.search(r"\bprimary\s+key\b", rest):
        table.primary = (name,)
    if re.search(r"\breferences\b", rest):
        _point(table, (name,), line, path)
    if re.search(r"\bunique\b", rest):
        table.leading.add(name)


def _point(table: Table, columns: tuple[str, ...], line: int, path: str) -> None:
    """Add a foreign key, but for one that is made anew with another rule."""
    if all(each.columns != columns for each in table.foreign):
        table.foreign.append(ForeignKey(columns, line, path=path))


def _alter(schema: Schema, name: str, actions: str, line: int, path: str) -> None:
    table = schema.tables.get(name)
    if table is None:
        return
    for at, part in _parts(actions):
        here = line + actions.count("\n", 0, at + len(part) - len(part.lstrip()))
        added = _ADDED.match(part)
        if added:
            rest = part[added.end() :].strip()
            grouped = rest.startswith("(") and rest.endswith(")")
            for _, each in _parts(rest[1:-1] if grouped else rest):
                _declare(table, each, here, path)
        elif match := _RENAMED.match(part):
            _rename(schema, table, match)
        elif match := _DROPPED.match(part):
            gone = _bare(match["name"])
            table.columns.pop(gone, None)
            table.foreign = [each for each in table.foreign if gone not in each.columns]
        elif (match := _RETYPED.match(part)) and (
            column := table.columns.get(_bare(match["name"]))
        ):
            column.type = " ".join(match["type"].lower().split())


def _rename(schema: Schema, table: Table, match: re.Match[str]) -> None:
    new = _bare(match["new"])
    if match["whole"]:
        schema.tables.pop(table.name, None)
        table.name = new
        schema.tables[new] = table
        return
    old = _bare(match["old"])
    column = table.columns.pop(old, None)
    if column is not None:
        column.name = new
        table.columns[new] = column
    table.primary = tuple(new if each == old else each for each in table.primary)
    if old in table.leading:
        table.leading.add(new)
    for each in table.foreign:
        each.columns = tuple(new if name == old else name for name in each.columns)
