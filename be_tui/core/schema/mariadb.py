"""The schema of a MariaDB or MySQL database: the DDL that `SHOW CREATE TABLE` writes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.schema.catalogue import Words
from be_tui.core.schema.model import DataType

if TYPE_CHECKING:
    from be_tui.core.schema.live import Asked
    from be_tui.core.schema.model import Column, Table
    from be_tui.core.schema.reading import SchemaRead
    from be_tui.core.sqltext import Engine

_TABLES = """
SELECT table_name FROM information_schema.tables
WHERE table_schema = database() AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')
ORDER BY create_time, table_name"""

_VIEWS = """
SELECT table_name, view_definition FROM information_schema.views
WHERE table_schema = database() ORDER BY table_name"""

_TRIGGERS = """
SELECT trigger_name, action_timing, event_manipulation, event_object_table, action_statement
FROM information_schema.triggers WHERE trigger_schema = database() ORDER BY trigger_name"""

_ROUTINES = """
SELECT routine_type, routine_name FROM information_schema.routines
WHERE routine_schema = database() ORDER BY routine_name"""

_JSON = re.compile(r"^JSON_VALID\(`?(\w+)`?\)$", re.I)
"""The check by which MariaDB tells JSON from other text."""

_WIDE = ("tinyint", "1")


def read_mariadb(session: Asked, engine: Engine, shown: str) -> SchemaRead:
    """Give the schema of the database that a session is connected to.

    Raises:
        StatementError: A catalogue could not be read.
    """
    words = Words(session, engine, shown)
    for (name,) in words.ask(_TABLES):
        for _, definition in words.ask(f"SHOW CREATE TABLE {_quoted(name)}"):
            words.say(definition)
    ((own,),) = words.ask("SELECT database()")
    for name, query in words.ask(_VIEWS):
        # The server names the database with each table and column.
        words.say(f"CREATE VIEW {_quoted(name)} AS {query.replace(f'{_quoted(own)}.', '')}")
    for name, timing, event, table, action in words.ask(_TRIGGERS):
        on = f"{timing} {event} ON {_quoted(table)} FOR EACH ROW"
        words.say(f"CREATE TRIGGER {_quoted(name)} {on} {action}")
    for kind, name in words.ask(_ROUTINES):
        for row in words.ask(f"SHOW CREATE {kind} {_quoted(name)}"):
            words.say(row[2])
    read = words.read()
    tables = tuple(_plain(table) for table in read.schema.tables)
    return replace(read, schema=replace(read.schema, tables=tables))


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _plain(table: Table) -> Table:
    """Give a table as a person would have written it."""
    found = {check: _JSON.match(check.expression) for check in table.checks}
    texts = {match[1].casefold() for match in found.values() if match}
    return replace(
        table,
        columns=tuple(_plain_column(each, texts) for each in table.columns),
        checks=tuple(check for check, match in found.items() if not match),
    )


def _plain_column(column: Column, texts: set[str]) -> Column:
    kind = column.type
    if column.name.folded in texts and kind.name == "longtext":
        column = replace(column, collation="")
        kind = DataType("json", "json", (), "json")
    elif kind.family == "integer" and (kind.name, *kind.arguments) != _WIDE:
        # How wide numbers are shown says nothing of them, but for the one that is a truth.
        kind = replace(kind, arguments=())
    default = "" if column.default.upper() == "NULL" else column.default
    return replace(column, type=kind, default=default)
