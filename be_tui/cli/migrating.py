"""`be-tui migrate check`: what is wrong with migrations."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from be_tui.cli.arguments import Parser
from be_tui.cli.memory import uncollected
from be_tui.core.errors import InputError
from be_tui.core.roots import project_root

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Mapping

    from be_tui.core.findings import Finding
    from be_tui.core.knowledge import Rule
    from be_tui.core.migrations.checks import Asked, Wanted

_ABOUT = """\
Check migrations: what they lock and for how long, what running code no longer finds, what fails,
what data is gone. Each statement is read against the schema as it stands when it runs: after the
earlier migrations of its folder (which are not reported), or after --schema, or in --database. Each
finding carries the statements that do the same without harm. A comment allows a finding for the
statement below it: `-- be-tui: allow RULE because ...`. Those of squawk, Atlas, eugene, pgfence and
strong_migrations are understood, and so are .squawk.toml, atlas.hcl and the initializer of
strong_migrations in the project's root. Exit code 1 when something as grave as --fail-on is
found."""

_EXAMPLES = """\
examples:
  be-tui migrate check db/migrations
  be-tui migrate check db/migrations --base main --github        only what a branch brings
  be-tui migrate check V7__add_index.sql --dialect postgresql:16
  be-tui migrate check new.sql --schema schema.sql --statistics stats.sql
  be-tui migrate check db/migrations --baseline old.json --write-baseline
  be-tui migrate check alembic/versions --profile strict --disable migration-drop-index
"""


def parser() -> Parser:
    """Give the parser of `migrate check`."""
    from be_tui.cli.reporting import add_report_options
    from be_tui.core.migrations.checks import PROFILES
    from be_tui.core.migrations.model import FORMATS

    made = Parser("migrate check", _ABOUT, _EXAMPLES)
    made.add_argument("paths", metavar="PATH", nargs="+", help="files or folders of migrations")
    tables = made.add_mutually_exclusive_group()
    tables.add_argument("--schema", metavar="FILE", help="the tables before them, as DDL")
    tables.add_argument(
        "--database", metavar="URL", help="the tables before them: a database, which is only read"
    )
    made.add_argument(
        "--statistics", metavar="FILE", help="rows of tables: what pg_dump --statistics-only wrote"
    )
    made.add_argument(
        "--base", metavar="REV", help="only migrations that changed since this revision of git"
    )
    made.add_argument(
        "--dialect", metavar="D", help="the engine: postgresql:16, mariadb:10.11, ..."
    )
    made.add_argument("--format", choices=FORMATS, help="whose layout it is (found out by itself)")
    made.add_argument(
        "--profile",
        choices=PROFILES,
        action="append",
        default=[],
        help="look for more than what is unsafe (repeat for more)",
    )
    made.add_argument(
        "--enable", metavar="RULE", action="append", default=[], help="look for this rule too"
    )
    made.add_argument(
        "--disable", metavar="RULE", action="append", default=[], help="leave this rule out"
    )
    made.add_argument(
        "--baseline", metavar="FILE", help="leave out findings that this file has from before"
    )
    made.add_argument(
        "--write-baseline",
        action="store_true",
        help="write what is found now into the file of --baseline",
    )
    add_report_options(made)
    return made


def run(given: Namespace) -> int:
    """Check what was named and print the findings; give the exit code."""
    with uncollected():
        return _check(given)


def _check(given: Namespace) -> int:
    from be_tui.cli.reporting import report
    from be_tui.core.knowledge import open_library
    from be_tui.core.migrations.checks import (
        examine,
        open_jobs,
        read_baseline,
        without_old,
        words_of,
        write_baseline,
    )

    if given.write_baseline and not given.baseline:
        raise InputError("--write-baseline: into which file?", hint="--baseline FILE")
    _take_settings(given)
    wanted = _wanted(given)
    jobs = open_jobs(_asked(given))
    known: dict[str, Rule] = {}
    with open_library(project_root()) as library:

        def words(rules: Iterable[str]) -> Mapping[str, Rule]:
            known.update(words_of(library, set(rules) - set(known)))
            return known

        found: tuple[Finding, ...] = tuple(
            each for job in jobs for each in examine(job, wanted, words)
        )
    if given.write_baseline:
        count = write_baseline(given.baseline, found)
        sys.stderr.write(f"{given.baseline}: {count} findings\n")
        return 0
    if given.baseline:
        found = without_old(found, read_baseline(given.baseline))
    return report(found, given, known.values())


def _take_settings(given: Namespace) -> None:
    """Take what the settings say where the options say nothing."""
    from be_tui.core.settings import load_settings

    for choice in load_settings(project_root()).settings.migrations:
        if choice.name in {"enable", "disable"}:
            setattr(given, choice.name, [*choice.values, *getattr(given, choice.name)])
        elif choice.name == "profile":
            given.profile = given.profile or list(choice.values)
        elif not getattr(given, choice.name):
            setattr(given, choice.name, choice.values[0])


def _asked(given: Namespace) -> Asked:
    from be_tui.core.migrations.checks import Asked
    from be_tui.core.sqltext import parse_target

    return Asked(
        tuple(given.paths),
        schema=given.schema or "",
        database=given.database or "",
        base=given.base or "",
        statistics=given.statistics or "",
        target=parse_target(given.dialect) if given.dialect else None,
        form=given.format,
    )


def _wanted(given: Namespace) -> Wanted:
    from be_tui.core.migrations.checks import Wanted, read_foreign, rules_wanted

    rules = rules_wanted(given.profile, given.enable, given.disable)
    return Wanted(rules, read_foreign(project_root()))
