"""`be-tui sql measure`: queries before and after an index or a rewrite, on generated rows."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from be_tui.cli.arguments import Parser, whole_number
from be_tui.cli.progress import Progress
from be_tui.cli.provenance import call_again, now_utc
from be_tui.core.errors import ExitCode

if TYPE_CHECKING:
    from argparse import Namespace

    from be_tui.core.measuring import Given, Measurement
    from be_tui.core.workbench import Worked

_ABOUT = """\
Measure queries before and after a change: an index, other words, or both. Two throwaway databases
are made and filled with the same generated rows, one of them is changed, and both take turns:
times with their spread, plans, pages, rows, results, the size of the index and what writes cost
with it. Each query is tried with the values written, a common, a rare and an absent one. Exit
code 1 when something got slower or gives other rows."""

_EXAMPLES = """\
examples:
  be-tui sql measure user-posts                           the worked example
  be-tui sql measure slow.sql --schema tables.sql --index 'CREATE INDEX ON posts (user_id)'
  be-tui sql measure slow.sql --schema tables.sql --rewrite quick.sql --rows posts=5000000
  be-tui sql measure slow.sql --database postgresql://me@host/shop --index '...' --sandbox sqlite

--database is only read: its tables, no row. Where measured is said by --sandbox: sqlite,
postgresql[:MAJOR] of the extra `postgres`, or a URL of a server, on which a scratch database is
made and dropped."""

_MOST_RUNS = 1_000
_WIDEST, _MEASURE = 160, 100


def parser() -> Parser:
    """Give the parser of `sql measure`."""
    made = Parser("sql measure", _ABOUT, _EXAMPLES)
    made.add_argument(
        "file", metavar="FILE", help="the queries, or a worked example; - reads standard input"
    )
    made.add_argument(
        "--index",
        metavar="DDL",
        action="append",
        default=[],
        help="an index to try (repeat for more)",
    )
    made.add_argument("--rewrite", metavar="FILE", help="the same queries in other words")
    made.add_argument("--schema", metavar="FILE", help="the tables: DDL, or a file of SQLite")
    made.add_argument("--database", metavar="URL", help="read the tables from a database instead")
    made.add_argument("--sandbox", metavar="WHERE", help="where to measure (the engine of the SQL)")
    made.add_argument(
        "--dialect", metavar="D", help="the engine of the SQL: postgresql:18, sqlite, ..."
    )
    made.add_argument(
        "--rows",
        metavar="N|TABLE=N",
        action="append",
        default=[],
        help="rows of the tables read (1000000, a hundredth where referred to), or of one",
    )
    made.add_argument("--runs", metavar="N", default="15", help="turns of each side at most (15)")
    made.add_argument("--seconds", metavar="N", default="60", help="stop a query after (60)")
    made.add_argument("--record", metavar="DIR", help="write a record into DIR")
    forms = made.add_mutually_exclusive_group()
    forms.add_argument("--json", action="store_true", help="print one JSON document")
    forms.add_argument("--markdown", action="store_true", help="print Markdown")
    return made


def run(given: Namespace) -> int:
    """Measure, and print what comes of it."""
    from be_tui.core.measuring import measure, prepare, slower

    trial = prepare(_given(given))
    with Progress() as told:
        found = measure(trial, told.share)
    command = _command(given)
    _print(given, found, command)
    if given.record:
        _record(given, found, command)
    cases = [case for query in found.queries for case in query.cases]
    worse = any(case.same is False or slower(case.verdict) for case in cases)
    return ExitCode.FOUND if worse else ExitCode.DONE


def _given(given: Namespace) -> Given:
    from be_tui.core.measuring import Given
    from be_tui.core.sqltext import parse_target, read_sql

    rows, single = _rows(given.rows)
    text, schema, indexes = "", given.schema or "", tuple(given.index)
    example = _example(given.file)
    if example is not None:
        text = f"{example.text.rstrip().rstrip(';')};\n{example.page}"
        schema = schema or ("" if given.database else str(example.tables))
        indexes = indexes or (() if given.rewrite else example.indexes)
    return Given(
        text=text or read_sql(given.file),
        path=given.file,
        indexes=indexes,
        rewrite=read_sql(given.rewrite) if given.rewrite else "",
        schema=schema,
        database=given.database or "",
        sandbox=given.sandbox or "",
        target=parse_target(given.dialect) if given.dialect else None,
        rows=rows,
        given_rows=single,
        runs=whole_number(given.runs, "--runs", 1, _MOST_RUNS),
        seconds=float(whole_number(given.seconds, "--seconds", 1, 3_600)),
    )


def _example(name: str) -> Worked | None:
    """Give the worked example of a name; None for a file, which goes first."""
    from pathlib import Path

    from be_tui.core.workbench import worked, worked_names

    return worked(name) if name in worked_names() and not Path(name).exists() else None


def _rows(said: list[str]) -> tuple[int, dict[str, int]]:
    from be_tui.core.filling import MOST

    rows, single = 0, {}
    for each in said:
        table, equals, number = each.rpartition("=")
        count = whole_number(number, "--rows", 1, MOST)
        if equals:
            single[table] = count
        else:
            rows = count
    return rows, single


def _print(given: Namespace, found: Measurement, command: str) -> None:
    if given.json:
        from be_tui.cli.output import print_json
        from be_tui.core.jsonform import to_json
        from be_tui.core.measuring import evidence, measurement_json

        proof = to_json(evidence(found, command, now_utc()))
        print_json(measurement=measurement_json(found), evidence=proof)
        return
    if given.markdown:
        from datetime import date

        from be_tui.core.measuring import markdown

        today = date.today()  # noqa: DTZ011 (the day of where it was measured)
        sys.stdout.write(markdown(found, _title(given), today, command))
        return
    from be_tui.cli.here import columns, wants_colour
    from be_tui.core.document import to_text
    from be_tui.core.measuring import measurement_page

    cells = min(columns(), _MEASURE)
    sys.stdout.write(to_text(measurement_page(found, cells), cells, colour=wants_colour()))


def _title(given: Namespace) -> str:
    name = "standard input" if given.file == "-" else given.file
    other = "other words" if given.rewrite else ""
    index = "an index" if given.index or not other else ""
    return f"{name}: {' and '.join(filter(None, (index, other)))}, measured"


def _command(given: Namespace) -> str:
    """Give the call that shows the same, without a credential."""
    words = ("be-tui", "sql", "measure", given.file)
    options = ("index", "rewrite", "schema", "database", "sandbox", "dialect", "rows", "runs")
    return call_again(words, given, options, ("runs", "15"))


def _record(given: Namespace, found: Measurement, command: str) -> None:
    """Write the record, which is never over another file."""
    from datetime import date
    from pathlib import Path

    from be_tui.cli.exporting import export_kept, one_new
    from be_tui.core.decisions import record_root
    from be_tui.core.measuring import record
    from be_tui.core.roots import project_root

    root, place = Path(project_root()), Path(given.record).absolute()
    today = date.today()  # noqa: DTZ011 (the day of where it was measured)
    home = record_root(root, place)
    change = one_new(record(found, _title(given), root, place, today, command), home)
    export_kept([change], home, root)
    if not given.json and not given.markdown:
        sys.stdout.write(f"\nwrote {home / change.path}\n")
