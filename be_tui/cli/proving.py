"""`be-tui migrate prove`: migrations run on a scratch database, and what was seen there."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.cli.arguments import Parser, whole_number
from be_tui.cli.progress import Progress
from be_tui.cli.provenance import call_again, now_utc
from be_tui.core.roots import project_root

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable
    from datetime import date

    from be_tui.core.findings import Finding
    from be_tui.core.knowledge import Rule
    from be_tui.core.migrations.replay import Given, Replay

_ABOUT = """\
Run migrations on a throwaway database of the same engine and version, filled with generated rows:
there, back, and there again. Each statement is watched: what it locks, whether it writes a table
anew, reads it through, builds an index, fails; beside it stands what is told beforehand. Then it is
run by the clock, while other sessions read and write the same tables. What is there after the way
back is compared with what was there before, values too. Exit code 1 when something as grave as
--fail-on is found."""

_EXAMPLES = """\
examples:
  be-tui migrate prove db/migrations/0042_add_email.up.sql     after those before it
  be-tui migrate prove db/migrations/0042_add_email.up.sql --beside      and its safe forms
  be-tui migrate prove db/migrations                           all of them, one by one
  be-tui migrate prove new.sql --schema schema.sql --engine postgresql:16
  be-tui migrate prove new.sql --database postgresql://me@host/shop --rows orders=2000000
  be-tui migrate prove db/migrations --engine mariadb://me@host/ --json

--schema or --database tells what is there before; else it is made by the earlier migrations of the
folder. --database is only read: its tables, no row. --engine: sqlite, postgresql[:MAJOR] of the
extra `postgres`, or the URL of a server, on which a scratch database is made and dropped; for
MariaDB and MySQL that of --database will do. Nothing else is touched there: what reaches beyond the
scratch database is not run, and told."""

_MOST_SECONDS = 86_400
_WIDEST = 100


def parser() -> Parser:
    """Give the parser of `migrate prove`."""
    from be_tui.cli.reporting import add_report_options
    from be_tui.core.migrations.model import FORMATS

    made = Parser("migrate prove", _ABOUT, _EXAMPLES)
    made.add_argument("paths", metavar="PATH", nargs="+", help="files of one folder, or the folder")
    tables = made.add_mutually_exclusive_group()
    tables.add_argument("--schema", metavar="FILE", help="the tables before them, as DDL")
    tables.add_argument(
        "--database", metavar="URL", help="the tables before them: a database, which is only read"
    )
    made.add_argument("--engine", metavar="WHERE", help="where to try them (the SQL's own engine)")
    made.add_argument("--dialect", metavar="D", help="the engine of the SQL: postgresql:16, ...")
    made.add_argument("--format", choices=FORMATS, help="whose layout it is (found out by itself)")
    made.add_argument(
        "--rows",
        metavar="N|TABLE=N",
        action="append",
        default=[],
        help="rows of each table (10000), or of one; 0 for none",
    )
    made.add_argument("--seconds", metavar="N", default="300", help="end a statement after (300)")
    made.add_argument(
        "--beside", action="store_true", help="try the safe forms of what blocks, too"
    )
    made.add_argument("--record", metavar="DIR", help="write a record into DIR")
    add_report_options(made)
    return made


def run(given: Namespace) -> int:
    """Try migrations and print what was seen; give the exit code."""
    from be_tui.core.migrations.replay import findings, prepare, prove, try_beside

    trial = prepare(_given(given))
    with Progress() as told:
        replay = prove(trial, told.share)
        if given.beside:
            replay = replace(replay, beside=try_beside(trial, replay, told.share))
    command = _command(given)
    found = (*trial.findings, *findings(replay))
    code = _print(given, replay, found, command)
    if given.record:
        _record(given, replay, command)
    return code


def _given(given: Namespace) -> Given:
    from be_tui.core.filling import MOST
    from be_tui.core.migrations.replay import Given
    from be_tui.core.migrations.replay.preparing import ROWS
    from be_tui.core.sqltext import parse_target

    single = dict(each.rpartition("=")[::2] for each in given.rows)
    rows = {table: whole_number(number, "--rows", 0, MOST) for table, number in single.items()}
    return Given(
        paths=tuple(given.paths),
        schema=given.schema or "",
        database=given.database or "",
        engine=given.engine or "",
        form=given.format,
        target=parse_target(given.dialect) if given.dialect else None,
        rows=rows.pop("", ROWS),
        given_rows=rows,
        seconds=float(whole_number(given.seconds, "--seconds", 1, _MOST_SECONDS)),
    )


def _print(given: Namespace, replay: Replay, found: tuple[Finding, ...], command: str) -> int:
    from be_tui.core.reports import exit_code

    if given.json:
        from be_tui.cli.output import print_json
        from be_tui.core.jsonform import to_json
        from be_tui.core.migrations.replay import evidence, replay_json
        from be_tui.core.reports import json_form

        proof = to_json(evidence(replay, command, now_utc()))
        print_json(replay=replay_json(replay), findings=json_form(found), evidence=proof)
    elif given.markdown:
        from be_tui.core.migrations.replay import markdown

        sys.stdout.write(markdown(replay, _title(given), _today(), command))
    elif given.sarif or given.github:
        from be_tui.cli.reporting import report

        return report(found, given, _rules({each.rule for each in found}))
    else:
        from be_tui.cli.here import columns, wants_colour
        from be_tui.core.document import to_text
        from be_tui.core.migrations.replay import replay_page

        width = min(columns(), _WIDEST)
        sys.stdout.write(to_text(replay_page(replay), width, colour=wants_colour()))
    return exit_code(found, given.fail_on)


def _rules(broken: Iterable[str]) -> tuple[Rule, ...]:
    from be_tui.core.knowledge import open_library

    with open_library(project_root()) as library:
        return tuple(library.rule(rule) for rule in sorted(broken))


def _title(given: Namespace) -> str:
    return f"{', '.join(given.paths)}, tried"


def _today() -> date:
    from datetime import date as day

    return day.today()  # noqa: DTZ011 (the day of where it was tried)


def _command(given: Namespace) -> str:
    """Give the call that shows the same, without a credential."""
    words = ("be-tui", "migrate", "prove", *given.paths)
    options = ("schema", "database", "engine", "dialect", "format", "rows", "seconds")
    call = call_again(words, given, options, ("seconds", "300"))
    return f"{call} --beside" if given.beside else call


def _record(given: Namespace, replay: Replay, command: str) -> None:
    """Write the record, which is never over another file."""
    from pathlib import Path

    from be_tui.cli.exporting import export_kept, one_new
    from be_tui.core.decisions import record_root
    from be_tui.core.migrations.replay import record

    root, place = Path(project_root()), Path(given.record).absolute()
    home = record_root(root, place)
    files = record(replay, _title(given), root, place, _today(), command)
    change = one_new(files, home)
    export_kept([change], home, root)
    sys.stderr.write(f"wrote {home / change.path}\n")
