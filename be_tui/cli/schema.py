"""`be-tui schema`: what tells two schemas apart."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from be_tui.cli.arguments import Parser
from be_tui.cli.groups import Command, Group
from be_tui.cli.memory import uncollected

if TYPE_CHECKING:
    from argparse import Namespace

_DIFF_ABOUT = """\
Tell what leads from one schema to another: tables, columns, keys, checks, indexes, types, views,
functions, triggers, rights. What is probably a rename is asked, never guessed. Exit code 1 when
something differs."""

_DIFF_EXAMPLES = """\
examples:
  be-tui schema diff schema.sql new.sql
  be-tui schema diff db/migrations postgresql://me@host/shop      does the database stand there?
  be-tui schema diff old.sql new.sql --rename users.mail=email --json

OLD and NEW: a file of DDL (what pg_dump writes, too), a folder of migrations, a file of SQLite, or
the URL of a database, which is only read."""

_WIDEST = 100


def _diff_parser() -> Parser:
    from be_tui.cli.planning import add_sides

    made = Parser("schema diff", _DIFF_ABOUT, _DIFF_EXAMPLES)
    add_sides(made)
    made.add_argument("--json", action="store_true", help="print one JSON document")
    return made


def _diff(given: Namespace) -> int:
    with uncollected():
        return _told(given)


def _told(given: Namespace) -> int:
    from be_tui.cli.planning import sides, stated
    from be_tui.core.errors import ExitCode
    from be_tui.core.migrations.diff import diff

    before, after = sides(given)
    renames, dropped = stated(given, before.schema)
    changes = diff(before.schema, after.schema, before.target, renames, dropped)
    if given.json:
        from be_tui.cli.output import print_json
        from be_tui.core.migrations.plan import changes_json

        print_json(**changes_json(changes))
    else:
        from be_tui.cli.here import columns, wants_colour
        from be_tui.core.document import to_text
        from be_tui.core.migrations.plan import changes_page

        width = min(columns(), _WIDEST)
        sys.stdout.write(to_text(changes_page(changes), width, colour=wants_colour()))
    differs = changes.changes or changes.held or changes.remarks
    return ExitCode.FOUND if differs else ExitCode.DONE


_GROUP = Group(
    "schema",
    "Tell what differs between two schemas.",
    (Command("diff", "tell what leads from one schema to another", _diff_parser, _diff),),
)

run = _GROUP.run
parsers = _GROUP.parsers
