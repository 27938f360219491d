"""`be-tui sql rewrite`: queries rewritten, each step proved and run beside the original."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from be_tui.cli.arguments import Parser
from be_tui.cli.output import note
from be_tui.core.errors import InputError, WriteError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from be_tui.core.knowledge import Rule
    from be_tui.core.rewrites import Rewrite
    from be_tui.core.schema import LiveRead, Schema
    from be_tui.core.sqltext import Statement, Target

_ABOUT = """\
Rewrite queries step by step. Each step says what must hold for it, and is applied only where the
schema proves that it does, and only after both forms gave the same on a real engine: on NULLs,
duplicates, empty tables and the ends of ranges, made for the purpose and thrown away. What is
not proved is shown with what must hold. Nothing is written without --apply or --out.

SQLite is always there, PostgreSQL comes with the extra `postgres`; for MariaDB and MySQL give a
server by --database: a scratch database is made there and dropped. Without --schema the tables
are read from the database that it names; nothing is written to that one."""

_EXAMPLES = """\
examples:
  be-tui sql rewrite slow.sql --schema schema.sql
  be-tui sql rewrite slow.sql --schema app.sqlite --apply         write the steps into the file
  be-tui sql rewrite - --schema schema.sql --dialect postgresql:16 --sql < slow.sql
  be-tui sql rewrite slow.sql --schema schema.sql --database mariadb://root@localhost/
  be-tui sql rewrite slow.sql --database postgresql://me@localhost/shop
"""

_WIDEST = 100
_DDL = re.compile(r"(?:CREATE|ALTER|DROP|COMMENT|SET|PRAGMA|GRANT|BEGIN|COMMIT)\b", re.I)


def parser() -> Parser:
    """Give the parser of the command."""
    from be_tui.cli.reporting import add_report_options

    made = Parser("sql rewrite", _ABOUT, _EXAMPLES)
    made.add_argument("file", metavar="FILE", help="the queries; - reads standard input")
    made.add_argument(
        "--schema",
        metavar="FILE",
        help="DDL, or a SQLite database; without it, of --database or FILE",
    )
    made.add_argument(
        "--dialect", metavar="D", help="postgresql[:VERSION], mysql, mariadb or sqlite"
    )
    made.add_argument(
        "--database",
        metavar="URL",
        help="read the tables of a database; a server is where steps are tried too",
    )
    made.add_argument(
        "--tidy", action="store_true", help="take steps too that the engine does by itself"
    )
    made.add_argument("--sql", action="store_true", help="print the rewritten SQL alone")
    written = made.add_mutually_exclusive_group()
    written.add_argument("--apply", action="store_true", help="write the rewritten SQL into FILE")
    written.add_argument("--out", metavar="FILE", help="write the rewritten SQL into a new file")
    add_report_options(made)
    return made


def run(given: Namespace) -> int:
    """Rewrite what is given, and print what comes of it."""
    from be_tui.core.sqltext import parse_target, read_sql, split

    if given.apply and given.file == "-":
        raise InputError("--apply: standard input is no file", hint="give --out FILE")
    text = read_sql(given.file)
    path = "standard input" if given.file == "-" else given.file
    live = _live(given)
    if given.dialect:
        target = parse_target(given.dialect)
    else:
        target = live.target if live else _target(text, given.schema)
    statements = [each for each in split(text, target.engine) if not _DDL.match(each.text)]
    if not statements:
        raise InputError("no query stands here", where=path)
    schema = _told_by(live) if live else _schema(given.schema, text, path, target)
    found = _rewritten(given, statements, schema, target)
    rules = _rules(found)
    if given.apply or given.out:
        from be_tui.core.rewrites import rewritten

        _write(given.out or given.file, rewritten(text, found), over=given.apply)
    return _told(given, text, path, found, rules)


def _live(given: Namespace) -> LiveRead | None:
    """Give the tables of the database that is named; None where --schema tells of them."""
    from be_tui.core.schema import read_live

    # A server beside --schema need not name a database: it is tried on alone.
    if not given.database or (given.schema and _is_server(given.database)):
        return None
    return read_live(given.database)


def _is_server(where: str) -> bool:
    return "://" in where and not where.startswith("sqlite:")


def _told_by(live: LiveRead) -> Schema:
    for each in live.unread:
        note(f"{live.shown}: {each.message}")
    if not (live.schema.tables or live.schema.views):
        raise InputError("no table stands in it", where=live.shown)
    return live.schema


def _target(text: str, schema: str | None) -> Target:
    from be_tui.core.schema import is_sqlite_file
    from be_tui.core.sqltext import Target, guess, read_sql

    if schema and is_sqlite_file(schema):
        return Target("sqlite")
    return guess(f"{text}\n{read_sql(schema)}" if schema else text)


def _schema(given: str | None, text: str, path: str, target: Target) -> Schema | None:
    """Give the schema that is named, or what DDL the file itself has; None without either."""
    from be_tui.core.schema import is_sqlite_file, read_schema, read_sqlite
    from be_tui.core.sqltext import read_sql

    if given and is_sqlite_file(given):
        return read_sqlite(given).schema
    read = read_schema(read_sql(given) if given else text, target, given or path)
    for each in read.unread:
        note(f"{given or path}:{each.statement.line}: {each.message}")
    if given and not (read.schema.tables or read.schema.views):
        hint = "it should hold CREATE TABLE statements, or be a SQLite database"
        raise InputError("no table stands in it", where=given, hint=hint)
    if not read.schema.tables:
        note("no schema was given (--schema FILE): nothing can be proved, so nothing is applied")
        return None
    return read.schema


def _rewritten(
    given: Namespace, statements: Sequence[Statement], schema: Schema | None, target: Target
) -> list[Rewrite]:
    from be_tui.core.rewrites import Gate, rewrite
    from be_tui.core.schema import Schema

    server = given.database if given.database and _is_server(given.database) else ""
    with Gate(schema or Schema(), target, server) as gate:
        gate.reach()
        return [rewrite(each, schema, target, gate, tidy=given.tidy) for each in statements]


def _rules(found: Sequence[Rewrite]) -> dict[str, Rule]:
    from be_tui.core.knowledge import open_library
    from be_tui.core.roots import project_root

    used = {taken.step.rule for each in found for taken in each.steps}
    with open_library(project_root()) as library:
        return {rule: library.rule(rule) for rule in used}


def _write(path: str, text: str, *, over: bool) -> None:
    from pathlib import Path

    from be_tui.core.files import FileSet, NewFile, compare, export

    place = Path(path).absolute()
    (change,) = compare(FileSet((NewFile(place.name, text),)), place.parent)
    if change.status == "same":
        return
    if change.status == "conflict" or (change.status == "changed" and not over):
        raise WriteError(change.reason or "it stands already", where=path)
    export([change], place.parent, overwrite=(place.name,) if over else ())
    note(f"wrote {path}")


def _told(
    given: Namespace, text: str, path: str, found: Sequence[Rewrite], rules: dict[str, Rule]
) -> int:
    """Print what came of it in the form that was asked for; give the exit code."""
    from be_tui.core.reports import exit_code, json_form
    from be_tui.core.rewrites import rewrite_findings, rewrite_json, rewrite_page, rewritten

    findings = rewrite_findings(found, path, rules)
    if given.json:
        from be_tui.cli.output import print_json

        rewrites = [rewrite_json(each, path) for each in found]
        print_json(rewrites=list(rewrites), findings=json_form(findings))
    elif given.sql:
        sys.stdout.write(rewritten(text, found).rstrip("\n") + "\n")
    elif given.sarif or given.markdown or given.github:
        from be_tui.cli.reporting import report

        return report(findings, given, rules.values())
    else:
        from be_tui.cli.here import columns, wants_colour
        from be_tui.core.document import to_text

        page = rewrite_page(found, rules)
        sys.stdout.write(to_text(page, min(columns(), _WIDEST), colour=wants_colour()))
    return exit_code(findings, given.fail_on)
