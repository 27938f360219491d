"""`be-tui sql check`: what is wrong with queries and tables."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.cli.arguments import Parser
from be_tui.core.errors import InputError
from be_tui.core.roots import project_root

if TYPE_CHECKING:
    from argparse import Namespace

    from be_tui.core.checking import Text
    from be_tui.core.schema import Schema
    from be_tui.core.sqltext import Target

_ABOUT = """\
Check queries and tables. Each name is looked up in the schema, so that a rule speaks only where it
is true: on this engine and version, for these types, keys and indexes. SQL in literals of Python,
TypeScript, Java and Go is checked where it stands. Without --schema the tables are those that the
files make, and else those that the project declares. A comment takes a finding back:
`-- be-tui: ignore RULE because ...`. Exit code 1 when something as grave as --fail-on is found."""

_EXAMPLES = """\
examples:
  be-tui sql check query.sql --schema tables.sql
  be-tui sql check migrations src --dialect postgresql:16
  echo 'SELECT ...' | be-tui sql check - --schema app.db
  be-tui sql check src --database postgresql://me@host/shop --fail-on warning --sarif
"""

_ENGINES = {"PostgreSQL": "postgresql", "MySQL": "mysql", "MariaDB": "mariadb", "SQLite": "sqlite"}


def parser() -> Parser:
    """Give the parser of `sql check`."""
    from be_tui.cli.reporting import add_report_options

    made = Parser("sql check", _ABOUT, _EXAMPLES)
    made.add_argument(
        "paths", metavar="PATH", nargs="+", help="files or folders; - reads standard input"
    )
    tables = made.add_mutually_exclusive_group()
    tables.add_argument(
        "--schema", metavar="PATH", help="the tables: DDL, a folder of it, or a file of SQLite"
    )
    tables.add_argument(
        "--database", metavar="URL", help="read the tables of a database, which is not written to"
    )
    made.add_argument(
        "--dialect", metavar="D", help="the engine of the SQL: postgresql:18, sqlite, ..."
    )
    add_report_options(made)
    return made


def run(given: Namespace) -> int:
    """Check what was named and print the findings; give the exit code."""
    from be_tui.cli.reporting import report
    from be_tui.core.checking import check, gather, rules_of
    from be_tui.core.knowledge import open_library
    from be_tui.core.sqltext import parse_target

    if list(given.paths).count("-") > 1 or (given.schema == "-" and "-" in given.paths):
        raise InputError("-: standard input can be read once", hint="give files")
    target = parse_target(given.dialect) if given.dialect else None
    texts = gather(given.paths)
    schema, target, complete = _tables(given, target)
    if schema is None and _are_at_home(given.paths) and not _make_tables(texts):
        schema, target = _declared(target)
    with open_library(project_root()) as library:
        rules = rules_of(library)
    return report(check(texts, rules, schema, target, complete=complete), given, rules.values())


def _are_at_home(paths: list[str]) -> bool:
    """Tell whether all that was named stands in the project around here."""
    root = Path(project_root())
    return all(path == "-" or Path(path).resolve().is_relative_to(root) for path in paths)


def _make_tables(texts: tuple[Text, ...]) -> bool:
    return any(re.search(r"\bCREATE\b.*\bTABLE\b", text.sql, re.I) for text in texts)


def _tables(given: Namespace, target: Target | None) -> tuple[Schema | None, Target | None, bool]:
    """Give the tables that were named, the engine that they tell, and whether these are all."""
    if given.database:
        from be_tui.core.schema import read_live

        live = read_live(given.database)
        return live.schema, target or live.target, True
    if given.schema:
        from be_tui.core.checking import gather_schema, misses_tables
        from be_tui.core.schema import is_sqlite_file
        from be_tui.core.sqltext import Target as Engine

        read = gather_schema(given.schema, target)
        if not (read.schema.tables or read.schema.views):
            raise InputError("no table is made in it", where=given.schema, hint="give DDL")
        is_file = target is None and is_sqlite_file(given.schema)
        return read.schema, Engine("sqlite") if is_file else target, not misses_tables(read)
    return None, target, False


def _declared(target: Target | None) -> tuple[Schema | None, Target | None]:
    """Give the tables that the project around here declares."""
    from dataclasses import replace

    from be_tui.core.project import declared_tables
    from be_tui.core.schema import read_schema
    from be_tui.core.sqltext import guess, parse_target

    found = declared_tables(Path(project_root()))
    if found is None:
        return None, target
    named = _ENGINES.get(found.database)
    engine = target or (parse_target(named) if named else guess(found.ddl))
    schema = read_schema(found.ddl, engine).schema
    if not found.whole:
        tables = tuple(replace(table, complete=False) for table in schema.tables)
        schema = replace(schema, tables=tables)
    return schema, engine
