"""Applies one statement of MySQL, MariaDB or SQLite to a schema so far."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.schema.drafting import TableDraft
from be_tui.core.schema.lite.altering import alter_table
from be_tui.core.schema.lite.elements import Elements
from be_tui.core.schema.lite.expressions import query
from be_tui.core.schema.lite.objects import create_program, create_sequence, create_trigger
from be_tui.core.schema.lite.options import table_options
from be_tui.core.schema.lite.tokens import Cursor, NotUnderstood, bare, tokens_of
from be_tui.core.schema.model import Name, View

if TYPE_CHECKING:
    from be_tui.core.schema.drafting import Draft
    from be_tui.core.schema.lite.tokens import Token
    from be_tui.core.sqltext import Engine, Statement

_KINDS = frozenset({"FULLTEXT", "SPATIAL", "UNIQUE"})
_PROGRAMS = ("PROCEDURE", "FUNCTION", "EVENT", "PACKAGE")
_LIMIT = 1_000_000
"""Characters of a statement that are read."""


def apply_statement(
    draft: Draft, statement: Statement, path: str, engine: Engine
) -> NotUnderstood | None:
    """Apply a statement; give why it could not be read.

    One that says nothing of a schema is passed over, as is one about a table nobody has seen.
    """
    if len(statement.text) > _LIMIT:
        return NotUnderstood(f"longer than the {_LIMIT:,} characters that are looked at", 0)
    cursor = Cursor(statement.text, tokens_of(statement.text, engine))
    elements = Elements(statement, path, engine)
    try:
        if cursor.take("CREATE"):
            _create(draft, cursor, elements)
        elif cursor.take("ALTER"):
            _alter(draft, cursor, elements)
        elif cursor.take("RENAME", "TABLE") or cursor.take("RENAME", "TABLES"):
            for piece in cursor.pieces():
                _rename(draft, piece)
        elif cursor.take("DROP"):
            _drop(draft, cursor)
    except NotUnderstood as fault:
        return fault
    except (IndexError, ValueError):
        return NotUnderstood("it is not as its engine writes it", 0)
    return None


def _create(draft: Draft, cursor: Cursor, elements: Elements) -> None:
    temporary = False
    while not cursor.done:
        if cursor.take("OR", "REPLACE"):
            continue
        if cursor.take("TEMPORARY") or cursor.take("TEMP"):
            temporary = True
        elif cursor.peek("TABLE"):
            _create_table(draft, cursor, elements, temporary=temporary)
            return
        elif cursor.peek("INDEX") or cursor.peek_any(_KINDS):
            _create_index(draft, cursor, elements)
            return
        elif cursor.peek("VIEW"):
            _create_view(draft, cursor, elements)
            return
        elif cursor.peek("TRIGGER"):
            create_trigger(draft, cursor, elements)
            return
        elif any(cursor.peek(each) for each in _PROGRAMS):
            create_program(draft, cursor, elements)
            return
        elif cursor.take("SEQUENCE"):
            create_sequence(draft, cursor, elements)
            return
        elif cursor.take("VIRTUAL", "TABLE"):
            _virtual(draft, cursor, elements)
            return
        else:
            cursor.step()


def _names(path: list[Token]) -> tuple[str, str, Token]:
    """Give the database and the name of a thing, and the name's token."""
    last = path[-1]
    space = bare(path[-2].text).casefold() if len(path) > 1 else ""
    return space, bare(last.text), last


def _space(space: str, engine: Engine) -> str:
    return "" if engine == "sqlite" and space in {"main", "temp"} else space


def _create_table(draft: Draft, cursor: Cursor, elements: Elements, *, temporary: bool) -> None:
    cursor.want("TABLE")
    unless = cursor.take("IF", "NOT", "EXISTS")
    space, name, token = _names(cursor.path())
    space = _space(space, elements.engine)
    if unless and draft.table(name, space) is not None:
        return
    table = TableDraft(Name(name, token.kind == "name"), elements.place(token), space)
    table.temporary = temporary
    if cursor.take("LIKE"):
        _alike(draft, table, cursor)
    elif cursor.peek("("):
        inside = cursor.inside()
        if inside.take("LIKE"):
            _alike(draft, table, inside)
        else:
            for piece in inside.pieces():
                elements.add(table, piece)
    table_options(table, cursor, elements.engine)
    draft.add(table)


def _alike(draft: Draft, table: TableDraft, cursor: Cursor) -> None:
    space, name, _ = _names(cursor.path())
    other = draft.table(name, space)
    if other is None:
        table.complete = False
        return
    for field in ("columns", "uniques", "checks", "indexes"):
        setattr(table, field, list(getattr(other, field)))
    table.primary_key = other.primary_key
    table.storage, table.charset, table.collation = other.storage, other.charset, other.collation


def _virtual(draft: Draft, cursor: Cursor, elements: Elements) -> None:
    """Take in a virtual table of SQLite, whose columns its module makes."""
    cursor.take("IF", "NOT", "EXISTS")
    _, name, token = _names(cursor.path())
    table = TableDraft(Name(name, token.kind == "name"), elements.place(token))
    table.complete = False
    table.storage = "virtual"
    draft.add(table)


def _create_index(draft: Draft, cursor: Cursor, elements: Elements) -> None:
    kind = ""
    while not cursor.take("INDEX"):
        kind = cursor.step().upper
    unless = cursor.take("IF", "NOT", "EXISTS")
    _, name, token = _names(cursor.path())
    method = cursor.name().text.lower() if cursor.take("USING") else ""
    cursor.want("ON")
    space, on, _ = _names(cursor.path())
    table = draft.table(on, _space(space, elements.engine))
    if table is None or (unless and any(each.name == name for each in table.indexes)):
        return
    index = elements.index(
        cursor,
        name,
        elements.place(token),
        kind.lower() if kind in {"FULLTEXT", "SPATIAL"} else "",
        unique=kind == "UNIQUE",
    )
    table.indexes.append(replace(index, method=method) if method else index)


def _create_view(draft: Draft, cursor: Cursor, elements: Elements) -> None:
    cursor.want("VIEW")
    cursor.take("IF", "NOT", "EXISTS")
    space, name, token = _names(cursor.path())
    columns: tuple[str, ...] = ()
    if cursor.peek("("):
        columns = tuple(bare(each.name().text) for each in cursor.inside().pieces())
    cursor.want("AS")
    text, checked = cursor.rest(), ""
    found = re.search(r"\s+WITH\s+(?:(CASCADED|LOCAL)\s+)?CHECK\s+OPTION\s*$", text, re.I)
    if found:
        text, checked = text[: found.start()], (found[1] or "cascaded").lower()
    view = View(
        Name(name, token.kind == "name"),
        query(text, elements.engine),
        elements.place(token),
        namespace=_space(space, elements.engine),
        columns=columns,
        check_option=checked,
    )
    draft.views = [each for each in draft.views if each.name.folded != view.name.folded]
    draft.views.append(view)


def _alter(draft: Draft, cursor: Cursor, elements: Elements) -> None:
    while cursor.take("ONLINE") or cursor.take("IGNORE"):
        continue
    if not cursor.take("TABLE"):
        return
    cursor.take("IF", "EXISTS")
    space, name, _ = _names(cursor.path())
    table = draft.table(name, _space(space, elements.engine))
    if table is None:
        return
    if cursor.take("WAIT"):
        cursor.step()
    cursor.take("NOWAIT")
    for piece in cursor.pieces():
        alter_table(draft, table, piece, elements)


def _rename(draft: Draft, cursor: Cursor) -> None:
    space, name, _ = _names(cursor.path())
    cursor.want("TO")
    table = draft.table(name, space)
    _, new, token = _names(cursor.path())
    if table is not None:
        draft.rename(table, Name(new, token.kind == "name"))


def _drop(draft: Draft, cursor: Cursor) -> None:
    cursor.take("TEMPORARY")
    kind = cursor.step().upper
    cursor.take("IF", "EXISTS")
    if kind == "INDEX":
        _, name, _ = _names(cursor.path())
        on = None
        if cursor.take("ON"):
            space, table_name, _ = _names(cursor.path())
            on = draft.table(table_name, space)
        if on is not None:
            on.drop_index(name)
        else:
            draft.drop("INDEX", name, "")
        return
    for piece in cursor.pieces():
        space, name, _ = _names(piece.path())
        draft.drop(kind, name, space)
