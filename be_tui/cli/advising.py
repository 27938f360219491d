"""`be-tui sql advise`: the indexes that a workload is worth, and those that it is not."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from be_tui.cli.arguments import Parser, whole_number
from be_tui.cli.progress import Progress
from be_tui.core.errors import ExitCode, InputError, WriteError

if TYPE_CHECKING:
    from argparse import Namespace

    from be_tui.core.indexes import Asked, Gate, Report

_ABOUT = """\
Advise on indexes for queries: which are worth making, what each does to every query, what is
honestly not worth it, and which indexes that there are nobody needs. Queries come as SQL (a comment
above one may say `-- weight: 100`), as an export of pg_stat_statements or of MySQL's digests (CSV,
JSON), or as a log (MySQL's and MariaDB's slow log, PostgreSQL's). Each is judged over common, rare,
absent and NULL values; an index that makes a query slower under any of them is not advised, or
shown with it."""

_EXAMPLES = """\
examples:
  be-tui sql advise queries.sql --schema tables.sql
  be-tui sql advise statements.csv --database postgresql://me@host/shop --budget 150MB
  be-tui sql advise slow.log --schema tables.sql --dialect mysql --most 3 --writes orders=20000
  be-tui sql advise slow.log --database mariadb://me@host/shop --copy mariadb://me@test/
  be-tui sql advise queries.sql --schema tables.sql --measure     try it before it is told
  be-tui sql advise queries.sql --schema tables.sql --statistics stats.sql --out indexes.sql

The judge is the best there is, and is named: PostgreSQL's own planner over a clone made of
statistics (extra `postgres`; `pg_dump --statistics-only`, or --database), SQLite's over
`sqlite_stat1`, HypoPG, real indexes on a copy (--copy, MariaDB and MySQL), or a model. No database
of yours is written to, no row of it is read: a copy's rows are generated, and dropped again."""

_MEASURE = 120
_MOST_INDEXES = 1_000


def parser() -> Parser:
    """Give the parser of `sql advise`."""
    made = Parser("sql advise", _ABOUT, _EXAMPLES)
    made.add_argument(
        "files", metavar="FILE", nargs="+", help="the queries; - reads standard input"
    )
    made.add_argument("--schema", metavar="FILE", help="the tables: DDL, or a file of SQLite")
    made.add_argument(
        "--database", metavar="URL", help="read tables and statistics of a database instead"
    )
    made.add_argument(
        "--statistics",
        metavar="FILE",
        help="what pg_dump --statistics-only wrote, a file of SQLite, or YAML or JSON of your own",
    )
    made.add_argument(
        "--copy",
        metavar="URL",
        help="a server of MariaDB or MySQL: judge on a copy in a scratch database there",
    )
    made.add_argument(
        "--dialect", metavar="D", help="the engine of the SQL: postgresql:18, sqlite, ..."
    )
    made.add_argument("--budget", metavar="SIZE", help="of all indexes together: 150MB, 2GB")
    made.add_argument("--most", metavar="N", help="make at most so many indexes")
    made.add_argument(
        "--writes",
        metavar="TABLE=ROWS",
        action="append",
        default=[],
        help="rows written to a table in the time that the weights stand for (repeat for more)",
    )
    made.add_argument(
        "--measure",
        action="store_true",
        help="run the queries before and after, on generated rows; drop what makes more slower",
    )
    made.add_argument(
        "--sandbox", metavar="WHERE", help="where to measure (the engine of the SQL; --copy)"
    )
    made.add_argument("--out", metavar="FILE", help="write the statements into a new file")
    forms = made.add_mutually_exclusive_group()
    forms.add_argument("--json", action="store_true", help="print one JSON document")
    forms.add_argument("--markdown", action="store_true", help="print Markdown")
    return made


def run(given: Namespace) -> int:
    """Advise, and print what comes of it."""
    asked = _asked(given)
    with Progress() as told:
        report = _advised(given, asked, told)
    _print(given, report, asked)
    if given.out:
        _write(given, report)
    return ExitCode.DONE


def _asked(given: Namespace) -> Asked:
    from be_tui.core.indexes import Limits, Sources, ask, bytes_of, read_file, written_rows
    from be_tui.core.sqltext import parse_target

    if given.files.count("-") > 1:
        raise InputError("-: standard input is read once")
    sources = Sources(
        files=tuple(read_file(each) for each in given.files),
        schema=given.schema or "",
        target=parse_target(given.dialect) if given.dialect else None,
        database=given.database or "",
        statistics=given.statistics or "",
        copy=given.copy or "",
        limits=Limits(
            size=bytes_of(given.budget, "--budget") if given.budget else None,
            most=whole_number(given.most, "--most", 1, _MOST_INDEXES) if given.most else None,
        ),
        writes=written_rows(given.writes, "--writes"),
    )
    return ask(sources)


def _advised(given: Namespace, asked: Asked, told: Progress) -> Report:
    from be_tui.core.indexes import advise

    gate = _gate(given, told)
    picked = asked.open()
    fallen = tuple(f"No {each.kind}: {each.reason}" for each in picked.passed_over)
    with picked.judge as judge:
        return advise(asked.question, judge, fallen=fallen, progress=told.count, gate=gate)


def _gate(given: Namespace, told: Progress) -> Gate | None:
    if not given.measure:
        if given.sandbox:
            raise InputError("it says where to measure", where="--sandbox", hint="add --measure")
        return None
    from be_tui.core.indexes import Gate

    where = given.sandbox or given.copy or ""
    return Gate(where, progress=told.share)


def _print(given: Namespace, report: Report, asked: Asked) -> None:
    unread = [f"line {each.statement.line} of the schema: {each.message}" for each in asked.unread]
    if given.json:
        from be_tui.cli.output import print_json
        from be_tui.core.indexes import advice_evidence, advice_json
        from be_tui.core.jsonform import to_json

        proof = to_json(advice_evidence(report))
        print_json(advice=advice_json(report), evidence=proof, unread=to_json(unread))
        return
    if given.markdown:
        from be_tui.core.indexes import advice_markdown

        sys.stdout.write(advice_markdown(report))
    else:
        from be_tui.cli.here import columns, wants_colour
        from be_tui.core.document import to_text
        from be_tui.core.indexes import advice_page

        cells = min(columns(), _MEASURE)
        sys.stdout.write(to_text(advice_page(report), cells, colour=wants_colour()))
    for each in unread:
        sys.stderr.write(f"be-tui: left out: {each}\n")


def _write(given: Namespace, report: Report) -> None:
    """Write the statements, which is never over another file."""
    from pathlib import Path

    from be_tui.core.indexes import advice_sql

    try:
        with Path(given.out).open("x", encoding="utf-8") as file:
            file.write(advice_sql(report))
    except FileExistsError as error:
        raise WriteError("it stands already", where=given.out, hint="name a new file") from error
    except OSError as error:
        raise WriteError(
            f"cannot be written: {error.strerror or error}", where=given.out
        ) from error
    sys.stderr.write(f"wrote {given.out}\n")
