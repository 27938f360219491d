"""`be-tui migrate plan`: the steps from one schema to another, and the files that hold them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from be_tui.cli.arguments import Parser
from be_tui.core.errors import ExitCode, InputError, WriteError

if TYPE_CHECKING:
    from argparse import Namespace

    from be_tui.core.migrations.diff import Rename
    from be_tui.core.migrations.plan import Options, Plan
    from be_tui.core.migrations.sides import Side
    from be_tui.core.schema import Schema

_ABOUT = """\
Plan the steps from one schema to another, in phases that a running service survives: expand, before
the new code is released; backfill, in batches that can be stopped and resumed; contract, once no
old code runs. Each step comes with its SQL, what it locks and how long, what a failure leaves
behind, and the way back with what that does not bring back. Nothing is run."""

_EXAMPLES = """\
examples:
  be-tui migrate plan schema.sql new.sql
  be-tui migrate plan db/migrations new.sql --format flyway --out db/migrations --title "add tiers"
  be-tui migrate plan postgresql://me@host/shop new.sql --rename users.mail=email
  be-tui migrate plan old.sql new.sql --direct              plain DDL, for a database nobody uses

OLD and NEW: a file of DDL (what pg_dump writes, too), a folder of migrations, a file of SQLite, or
the URL of a database, which is only read. A probable rename is asked: nothing is dropped before
--rename or --drop says what it is."""

_WIDEST = 100


def add_sides(made: Parser) -> None:
    """Add what every command on two schemas takes."""
    made.add_argument("old", metavar="OLD", help="the schema as it is")
    made.add_argument("new", metavar="NEW", help="the schema as it is to be")
    made.add_argument(
        "--dialect", metavar="D", help="the engine of the SQL: postgresql:18, sqlite, ..."
    )
    made.add_argument(
        "--rename",
        metavar="A.B=C",
        action="append",
        default=[],
        help="a column (users.mail=email), table (users=people) or value (mood.sad=low) is only"
        " called otherwise (repeat for more)",
    )
    made.add_argument(
        "--drop",
        metavar="A.B",
        action="append",
        default=[],
        help="a column or table is to go, and is no rename (repeat for more)",
    )


def sides(given: Namespace) -> tuple[Side, Side]:
    """Read both schemas.

    Raises:
        InputError: One cannot be read, or they are of different engines.
    """
    from be_tui.core.migrations.sides import read_side
    from be_tui.core.sqltext import parse_target

    target = parse_target(given.dialect) if given.dialect else None
    before = read_side(given.old, target)
    known = target or (before.target if before.schema.tables else None)
    after = read_side(given.new, known)
    if before.target.engine != after.target.engine:
        engines = f"{before.target.engine} and {after.target.engine}"
        raise InputError(f"the two are of different engines, {engines}", hint="give --dialect")
    for where, side in ((given.old, before), (given.new, after)):
        for path, unread in side.unread:
            place = f"{path or where}:{unread.statement.line}"
            sys.stderr.write(f"{place}: not taken in: {unread.message}\n")
    return before, after


def stated(given: Namespace, before: Schema) -> tuple[tuple[Rename, ...], frozenset[str]]:
    """Give the renames that are said, and what is said to go.

    Raises:
        InputError: They name what is not there.
    """
    from be_tui.core.migrations.diff import read_rename

    renames = tuple(read_rename(each, before) for each in given.rename)
    for name in given.drop:
        table_name, dot, column = name.rpartition(".")
        table = before.table(table_name.rpartition(".")[2]) if dot else None
        if not before.table(name.rpartition(".")[2]) and not (table and table.column(column)):
            raise InputError(f"the schema before has no {name!r}", where="--drop")
    return renames, frozenset(given.drop)


def parser() -> Parser:
    """Give the parser of `migrate plan`."""
    from be_tui.core.migrations.model import FORMATS
    from be_tui.core.migrations.plan import RENAME_WAYS

    made = Parser("migrate plan", _ABOUT, _EXAMPLES)
    add_sides(made)
    made.add_argument("--direct", action="store_true", help="plain DDL instead of phases")
    made.add_argument(
        "--renames",
        choices=RENAME_WAYS,
        default="copy",
        help="how renames reach running code on PostgreSQL, but with --direct: at once (direct), a"
        " view of a table's old name (view), that and a second column kept the same (copy)",
    )
    made.add_argument("--format", choices=FORMATS, help="whose files to write")
    made.add_argument("--out", metavar="DIR", help="write the files into DIR")
    made.add_argument("--title", metavar="WORDS", default="", help="what the migration is called")
    made.add_argument(
        "--dry-run", action="store_true", help="show the files that --out would write"
    )
    made.add_argument("--json", action="store_true", help="print one JSON document")
    return made


def run(given: Namespace) -> int:
    """Plan, and print or write what comes of it."""
    from be_tui.core.migrations.plan import Options, plan

    if given.out and not given.format:
        raise InputError("--out needs a format", hint="give --format")
    before, after = sides(given)
    renames, dropped = stated(given, before.schema)
    options: Options = Options(direct=given.direct, renames=given.renames)
    made = plan(before.schema, after.schema, before.target, renames, dropped, options)
    if given.out:
        _files(given, made)
    elif given.json:
        from be_tui.cli.output import print_json
        from be_tui.core.migrations.plan import plan_json

        print_json(plan=plan_json(made))
    else:
        from be_tui.cli.here import columns, wants_colour
        from be_tui.core.document import to_text
        from be_tui.core.migrations.plan import plan_page

        width = min(columns(), _WIDEST)
        sys.stdout.write(to_text(plan_page(made), width, colour=wants_colour()))
    return ExitCode.FOUND if made.questions else ExitCode.DONE


def _files(given: Namespace, made: Plan) -> None:
    """Write the files of a plan, or show them."""
    from datetime import UTC, datetime
    from pathlib import Path

    from be_tui.core.files import compare, export
    from be_tui.core.migrations.files import write
    from be_tui.core.migrations.plan import as_migration, title

    if made.questions:
        said = ", ".join(str(each.rename) for each in made.questions)
        hint = "say --rename or --drop for each"
        raise InputError(f"probable renames are open: {said}", hint=hint)
    named = given.title or (title(made.changes[0]) if made.changes else "nothing")
    folder = Path(given.out)
    files = write(as_migration(made, named), given.format, folder, datetime.now(UTC))
    changes = compare(files, folder)
    if given.dry_run:
        for each in files.files:
            sys.stdout.write(f"-- {each.path}\n{each.text}\n")
        return
    for change in changes:
        if change.status == "conflict":
            raise WriteError(change.reason or "it cannot be written", where=change.path)
    listed = [each.path for each in changes if each.status == "changed"]
    export(changes, folder, overwrite=listed)
    for change in changes:
        if change.status != "same":
            sys.stdout.write(f"wrote {folder / change.path}\n")
