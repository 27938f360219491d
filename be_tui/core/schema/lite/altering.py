"""ALTER TABLE of MySQL, MariaDB and SQLite, action by action."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.schema.lite.expressions import expression
from be_tui.core.schema.lite.options import table_option
from be_tui.core.schema.lite.tokens import bare
from be_tui.core.schema.model import Name

if TYPE_CHECKING:
    from be_tui.core.schema.drafting import Draft, TableDraft
    from be_tui.core.schema.lite.elements import Elements
    from be_tui.core.schema.lite.tokens import Cursor

_PLACED = frozenset({"FIRST", "AFTER"})
_OF_TABLE = frozenset({"CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "KEY", "INDEX"}) | {
    *("FULLTEXT", "SPATIAL", "PERIOD")
}


def alter_table(draft: Draft, table: TableDraft, cursor: Cursor, elements: Elements) -> None:
    """Take in one action; what says how to go about it, ALGORITHM for one, is passed over."""
    if cursor.take("ADD"):
        _add(table, cursor, elements)
    elif cursor.take("DROP"):
        _drop(table, cursor)
    elif cursor.take("MODIFY"):
        cursor.take("COLUMN")
        cursor.take("IF", "EXISTS")
        _placed(table, cursor, elements)
    elif cursor.take("CHANGE"):
        cursor.take("COLUMN")
        cursor.take("IF", "EXISTS")
        before = bare(cursor.name().text)
        token = cursor.token
        if token is not None and table.index_of(before) is not None:
            table.rename_column(before, Name(bare(token.text), token.kind == "name"))
            _placed(table, cursor, elements)
    elif cursor.take("RENAME"):
        _rename(draft, table, cursor)
    elif cursor.take("ALTER"):
        _alter(table, cursor, elements)
    elif cursor.take("CONVERT", "TO"):
        _ = cursor.take("CHARSET") or cursor.take("CHARACTER", "SET")
        table.charset = bare(cursor.name().text).lower()
        table.collation = bare(cursor.name().text).lower() if cursor.take("COLLATE") else ""
        table.columns = [replace(each, charset="", collation="") for each in table.columns]
    else:
        while not cursor.done:
            if not table_option(table, cursor):
                return


def _add(table: TableDraft, cursor: Cursor, elements: Elements) -> None:
    column = cursor.take("COLUMN")
    if cursor.take("IF", "NOT", "EXISTS"):
        token = cursor.token
        if token is not None and table.index_of(bare(token.text)) is not None:
            return
    if cursor.peek("PARTITION"):
        return
    if cursor.peek("("):
        for piece in cursor.inside().pieces():
            elements.add(table, piece)
    elif column or not cursor.peek_any(_OF_TABLE):
        _placed(table, cursor, elements)
    else:
        elements.add(table, cursor)


def _placed(table: TableDraft, cursor: Cursor, elements: Elements) -> None:
    """Take in a column, and where among the others it stands."""
    name = elements.column(table, _without_place(cursor))
    at = table.index_of(name.text)
    first, after = _place(cursor)
    if at is None or not (first or after):
        return
    column = table.columns.pop(at)
    before = 0 if first else (table.index_of(after) or 0) + 1
    table.columns.insert(before, column)


def _without_place(cursor: Cursor) -> Cursor:
    """Give a cursor over a column's definition, which ends before FIRST or AFTER."""
    return cursor.before(_PLACED)


def _place(cursor: Cursor) -> tuple[bool, str]:
    if cursor.take("FIRST"):
        return True, ""
    return (False, bare(cursor.name().text)) if cursor.take("AFTER") else (False, "")


def _drop(table: TableDraft, cursor: Cursor) -> None:
    if cursor.take("PRIMARY", "KEY"):
        table.primary_key = None
    elif cursor.take("FOREIGN", "KEY"):
        cursor.take("IF", "EXISTS")
        gone = bare(cursor.name().text).casefold()
        table.foreign_keys = [each for each in table.foreign_keys if each.name.casefold() != gone]
    elif cursor.take("INDEX") or cursor.take("KEY"):
        cursor.take("IF", "EXISTS")
        table.drop_index(bare(cursor.name().text))
    elif cursor.take("CONSTRAINT") or cursor.take("CHECK"):
        cursor.take("IF", "EXISTS")
        table.drop_constraint(bare(cursor.name().text))
    elif not cursor.peek("PARTITION"):
        cursor.take("COLUMN")
        cursor.take("IF", "EXISTS")
        table.drop_column(bare(cursor.name().text))


def _rename(draft: Draft, table: TableDraft, cursor: Cursor) -> None:
    if cursor.take("INDEX") or cursor.take("KEY"):
        before = bare(cursor.name().text)
        cursor.want("TO")
        table.rename_index(before, bare(cursor.name().text))
        return
    if cursor.take("TO") or cursor.take("AS"):
        token = cursor.path()[-1]
        draft.rename(table, Name(bare(token.text), token.kind == "name"))
        return
    cursor.take("COLUMN")
    first = cursor.path()[-1]
    if not cursor.take("TO"):
        # `RENAME name`, MySQL's shortest.
        draft.rename(table, Name(bare(first.text), first.kind == "name"))
        return
    token = cursor.name()
    before, name = bare(first.text), Name(bare(token.text), token.kind == "name")
    table.rename_column(before, name)
    draft.rename_targets(table, before, name)


def _alter(table: TableDraft, cursor: Cursor, elements: Elements) -> None:
    if cursor.take("INDEX"):
        name = bare(cursor.name().text)
        hidden = cursor.take("INVISIBLE") or cursor.take("IGNORED")
        table.indexes = [
            replace(each, visible=not hidden) if each.name == name else each
            for each in table.indexes
        ]
        return
    if cursor.take("CHECK") or cursor.take("CONSTRAINT"):
        name = bare(cursor.name().text)
        enforced = not cursor.take("NOT", "ENFORCED")
        table.checks = [
            replace(each, enforced=enforced) if each.name == name else each for each in table.checks
        ]
        return
    cursor.take("COLUMN")
    name = bare(cursor.name().text)
    if cursor.take("SET", "DEFAULT"):
        text = expression(cursor.rest(), elements.engine)
        table.change(name, default="" if text.upper() == "NULL" else text)
    elif cursor.take("DROP", "DEFAULT"):
        table.change(name, default="")
