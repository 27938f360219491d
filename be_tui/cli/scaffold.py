"""`be-tui scaffold`: what a resource spec says, as a contract and as tables; and specs of tables.

Nothing is imported before the command is known.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from be_tui.cli.arguments import Parser
from be_tui.cli.groups import Command, Group, kept_in
from be_tui.core.roots import project_root

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from be_tui.core.findings import Finding
    from be_tui.core.knowledge import Rule

_CHECK_ABOUT = """\
Check a resource spec: names that every language can have, bounds that hold, references, owners and
roles that are there, rows that can be made at all. Each fault with its line. Exit code 1 when
something as grave as --fail-on is found."""

_CONTRACT_ABOUT = """\
Print the contract of a service: an OpenAPI 3.1 document that tells every bound, every status and
every header. Lists go by cursors, with filters and orders that are named; rows have strong entity
tags, and requests that make one can be sent twice; problems are those of RFC 9457. With --graphql
it is the schema of GraphQL that services serve with that option: the same members, orders,
filters and rights, lists as connections, changes by the version that is known. The same spec gives
the same bytes."""

_TABLES_ABOUT = """\
Print the tables of a service as DDL of PostgreSQL: what the contract says of a value is a check
there, each reference and each order of a list has an index."""

_SPEC_ABOUT = """\
Print a resource spec made from what there is: tables (a file of DDL, a folder of migrations, a
database by its URL, which is only read), or an OpenAPI document of version 3 (JSON, YAML). Tables
of pairs become links, checks become bounds and choices; a path and the same one with `/{id}` become
a resource. What a spec cannot say is left out and told on standard error; who may do what stands in
no table, and is closed but to those who are signed in."""

_EXAMPLES = """\
examples:
  be-tui scaffold spec schema.sql > shop.yaml
  be-tui scaffold spec openapi.yaml > shop.yaml
  be-tui scaffold check shop.yaml
  be-tui scaffold contract shop.yaml > openapi.json
  be-tui scaffold contract shop.yaml --graphql > schema.graphql
  be-tui scaffold tables shop.yaml > schema.sql

Editors complete a spec by docs/spec.schema.json.
"""


def _check_parser() -> Parser:
    from be_tui.cli.reporting import add_report_options

    made = Parser("scaffold check", _CHECK_ABOUT, _EXAMPLES)
    made.add_argument("spec", metavar="SPEC", help="the spec, a file of YAML")
    add_report_options(made)
    return made


def _check(given: Namespace) -> int:
    """Check a spec and print its faults."""
    from be_tui.cli.reporting import report
    from be_tui.core.scaffold import read_spec

    found = read_spec(given.spec).findings
    return report(found, given, _words(found) if given.sarif else ())


def _words(found: Iterable[Finding]) -> tuple[Rule, ...]:
    from be_tui.core.knowledge import open_library

    with open_library(project_root()) as library:
        return tuple(library.rule(rule) for rule in sorted({each.rule for each in found}))


def _contract_parser() -> Parser:
    made = Parser("scaffold contract", _CONTRACT_ABOUT, _EXAMPLES)
    made.add_argument("spec", metavar="SPEC", help="the spec, a file of YAML")
    made.add_argument("--graphql", action="store_true", help="print a schema of GraphQL instead")
    return made


def _contract(given: Namespace) -> int:
    """Print the contract of a spec."""
    from be_tui.core.scaffold import sound_spec

    if given.graphql:
        from be_tui.core.scaffold.graphql import schema_text as text
    else:
        from be_tui.core.scaffold.contract import openapi_text as text

    sys.stdout.write(text(sound_spec(given.spec)))
    return 0


def _tables_parser() -> Parser:
    made = Parser("scaffold tables", _TABLES_ABOUT, _EXAMPLES)
    made.add_argument("spec", metavar="SPEC", help="the spec, a file of YAML")
    made.add_argument(
        "--with",
        dest="options",
        metavar="OPTION",
        action="append",
        default=[],
        choices=["jobs"],
        help="an option whose tables are printed too: jobs",
    )
    return made


def _tables(given: Namespace) -> int:
    """Print the tables of a spec."""
    from be_tui.core.ddl import write_schema
    from be_tui.core.scaffold import sound_spec
    from be_tui.core.scaffold.tables import tables_of
    from be_tui.core.sqltext import Target

    schema = tables_of(sound_spec(given.spec), frozenset(given.options))
    statements = write_schema(schema, Target("postgresql"))
    sys.stdout.write("".join(f"{each};\n\n" for each in statements).rstrip("\n") + "\n")
    return 0


def _spec_parser() -> Parser:
    made = Parser("scaffold spec", _SPEC_ABOUT, _EXAMPLES)
    made.add_argument(
        "source",
        metavar="SOURCE",
        help="DDL, a folder of migrations, a database's URL, or an OpenAPI document",
    )
    made.add_argument(
        "--dialect", metavar="D", help="the engine of the DDL: postgresql, mysql, ..."
    )
    made.add_argument("--name", metavar="NAME", default="", help="the service's name")
    return made


def _spec(given: Namespace) -> int:
    """Print a spec made from what there is."""
    from be_tui.core.reports import text
    from be_tui.core.scaffold.sources import import_source
    from be_tui.core.scaffold.writing import write_spec
    from be_tui.core.sqltext import parse_target

    target = parse_target(given.dialect) if given.dialect else None
    found = import_source(given.source, given.name, target)
    sys.stdout.write(write_spec(found.service))
    if found.findings:
        sys.stderr.write(text(found.findings))
    return 0


def _stacks_parser() -> Parser:
    from be_tui.cli.scaffolding import stacks_parser

    return stacks_parser()


def _stacks(given: Namespace) -> int:
    """List the stacks."""
    from be_tui.cli.scaffolding import list_stacks

    return list_stacks(given)


def _undo_parser() -> Parser:
    from be_tui.cli.scaffolding import undo_parser

    return undo_parser()


def _undo(given: Namespace) -> int:
    """Take back what was last written."""
    from be_tui.cli.scaffolding import take_back

    return take_back(given)


_GROUP = Group(
    "scaffold",
    "Describe a service once: check its spec, see its contract and its tables, generate it.",
    (
        kept_in("scaffolding", "make", "generate a service into a folder, or bring it up to date"),
        kept_in("scaffold_proving", "prove", "build, test and start a service, try its contract"),
        Command("check", "tell what is wrong with a resource spec", _check_parser, _check),
        Command(
            "contract", "print the OpenAPI 3.1 document of a spec", _contract_parser, _contract
        ),
        Command("tables", "print the tables of a spec as DDL", _tables_parser, _tables),
        Command(
            "spec", "print a spec made from tables or an OpenAPI document", _spec_parser, _spec
        ),
        Command("stacks", "list what services are generated in", _stacks_parser, _stacks),
        Command("undo", "take back what was last written", _undo_parser, _undo),
    ),
)

run = _GROUP.run
parsers = _GROUP.parsers
