"""`be-tui sql`: plans read, and what else is done with queries.

Nothing is imported before the command is known: a plan needs neither a parser of SQL nor a driver.
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

    from be_tui.core.knowledge import Rule
    from be_tui.core.plans import Plan

_PLAN_ABOUT = """\
Read what EXPLAIN wrote: what costs most in words, and each step with the time that it takes
itself. PostgreSQL (text, JSON, YAML, XML), MySQL and MariaDB (table, tree, JSON, ANALYZE) and
SQLite are told apart, with what a terminal or a log put around them; of a plan that is cut off,
what can be read is told. Exit code 1 when something as grave as --fail-on is found."""

_PLAN_EXAMPLES = """\
examples:
  be-tui sql plan plan.txt
  psql -XqAt -c 'EXPLAIN (ANALYZE, BUFFERS) SELECT ...' | be-tui sql plan -
  be-tui sql plan after.json --against before.json        what a change did, step by step
  be-tui sql plan plan.txt --fail-on warning --sarif      for CI
"""

_WIDEST = 160
_MEASURE = 100


def _plan_parser() -> Parser:
    from be_tui.cli.reporting import add_report_options

    made = Parser("sql plan", _PLAN_ABOUT, _PLAN_EXAMPLES)
    made.add_argument("file", metavar="FILE", help="the plan; - reads standard input")
    made.add_argument(
        "--against", metavar="FILE", help="the plan before: tell what changed since, step by step"
    )
    add_report_options(made)
    return made


def _plan(given: Namespace) -> int:
    """Read a plan and print what comes of it."""
    from be_tui.core.errors import InputError
    from be_tui.core.plans import compare, findings, judge

    if given.file == given.against == "-":
        raise InputError("--against -: standard input is the plan already", hint="give a file")
    plan = _read(given.file)
    before = _read(given.against) if given.against else None
    remarks = judge(plan)
    rules = _rules({remark.rule for remark in remarks})
    found = findings(plan, remarks, rules)
    compared = compare(before, plan) if before else None
    if given.json:
        from be_tui.cli.output import print_json
        from be_tui.core.plans import compared_json, plan_json
        from be_tui.core.reports import exit_code, json_form

        more = {"comparison": compared_json(compared)} if compared else {}
        print_json(plan=plan_json(plan, remarks), findings=json_form(found), **more)
        return exit_code(found, given.fail_on)
    if given.sarif or given.markdown or given.github:
        from be_tui.cli.reporting import report

        return report(found, given, rules.values())
    from be_tui.cli.here import columns, wants_colour
    from be_tui.core.document import to_text
    from be_tui.core.plans import compared_page, plan_page
    from be_tui.core.reports import exit_code

    cells = min(columns(), _WIDEST)
    page = plan_page(plan, remarks, rules, cells)
    if compared:
        page += compared_page(compared, cells)
    sys.stdout.write(to_text(page, min(cells, _MEASURE), colour=wants_colour()))
    return exit_code(found, given.fail_on)


def _read(path: str) -> Plan:
    from be_tui.core.plans import read_plan, take, take_file

    if path == "-":
        return read_plan(take(sys.stdin.buffer, "standard input"), "standard input")
    return read_plan(take_file(path), path)


def _rules(broken: Iterable[str]) -> dict[str, Rule]:
    """Give the words of rules."""
    from be_tui.core.knowledge import open_library

    with open_library(project_root()) as library:
        return {rule: library.rule(rule) for rule in broken}


_GROUP = Group(
    "sql",
    "Read plans of queries; measure what a change does to them.",
    (
        kept_in(
            "checking", "check", "tell what is wrong with queries and tables, engine by engine"
        ),
        Command(
            "plan",
            "tell what a plan costs, step by step, and what is wrong with it",
            _plan_parser,
            _plan,
        ),
        kept_in("advising", "advise", "tell which indexes queries are worth, and which not"),
        kept_in("rewriting", "rewrite", "rewrite queries by steps that are proved and tried"),
        kept_in("measuring", "measure", "measure queries before and after an index or a rewrite"),
    ),
)

run = _GROUP.run
parsers = _GROUP.parsers
