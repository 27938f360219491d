"""Reads a plan in whatever form it comes; the form tells itself."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.plans import mysql_json, mysql_table, mysql_tree, postgres, postgres_text, sqlite
from be_tui.core.plans.attributing import attribute
from be_tui.core.plans.model import Cut
from be_tui.core.plans.raw import Group, groups_of
from be_tui.core.plans.rawjson import read_json
from be_tui.core.plans.rawxml import read_xml
from be_tui.core.plans.rawyaml import read_yaml_plan
from be_tui.core.plans.undressing import frame_of, undress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from be_tui.core.plans.model import Form, Plan
    from be_tui.core.plans.raw import Value

_JSON = re.compile(
    r'(?:^|[:>\s])(?P<start>\[\s*\{|\{)\s*"(?:Plan|query_block|query_plan|query_optimization|query'
    r'|Query Text|Node Type|Query Identifier|operation|inputs|access_type|json_schema_version)"\s*:'
)
_YAML = re.compile(r"^ *(?:- +)?(?:Plan: *$|Node Type: \")", re.MULTILINE)
_ANOTHER = "another plan follows; only the first is read"
_FORMS = (
    "give what EXPLAIN wrote: PostgreSQL's text, JSON, YAML or XML, MySQL's or MariaDB's table,"
    " tree or JSON, SQLite's EXPLAIN QUERY PLAN"
)

Lines = list[tuple[int, str]]


def read_plan(text: str, path: str = "") -> Plan:
    """Read the first plan of a text.

    A plan that is cut off or broken gives what can be read; its `cut` says where it ends.

    Args:
        text: What EXPLAIN wrote, with what a terminal or a log put around it.
        path: The name of where it stands.

    Raises:
        InputError: There is no plan in it.
    """
    plan = _read(text)
    if plan is None:
        said = "it is empty" if not text.strip() else "this is no plan that be-tui can read"
        raise InputError(said, where=path, hint=_FORMS)
    if _is_inclusive(plan):
        plan = replace(plan, nodes=attribute(plan.nodes))
    return replace(plan, path=path)


def _is_inclusive(plan: Plan) -> bool:
    """Tell whether times and costs of nodes hold those below; MariaDB's and old MySQL's do not."""
    if plan.engine == "postgresql" or plan.form == "tree":
        return True
    return plan.engine == "mysql" and plan.form == "json" and not plan.nodes[0].name


def _read(text: str) -> Plan | None:
    if mysql_table.is_table(text):
        found = mysql_table.read_table(frame_of(text))
        if found:
            return found
    lines = undress(text)
    readers: tuple[Callable[[Lines], Plan | None], ...]
    readers = (_json, _xml, _yaml, _tree, _text, _rows)
    for reader in readers:
        found = reader(lines)
        if found:
            return found
    return None


def _json(lines: Lines) -> Plan | None:
    text = "\n".join(line for _, line in lines)
    match = _JSON.search(text)
    if match is None:
        return None
    at = match.start("start")
    value, cut = read_json(text[at:])
    cut = _at_their_lines(value, cut, lines[text.count("\n", 0, at) :])
    return _of_groups(value, "json", cut)


def _at_their_lines(value: Value, cut: Cut | None, lines: Sequence[tuple[int, str]]) -> Cut | None:
    """Number what was read by the lines of the whole text, which had more of them."""

    def own(line: int) -> int:
        return lines[min(line, len(lines)) - 1][0] if line else 0

    waiting: list[Value] = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Group):
            each.line = own(each.line)
            waiting += [below for _, below in each.pairs]
        elif isinstance(each, list):
            waiting += each
    return replace(cut, line=own(cut.line)) if cut else None


def _xml(lines: Lines) -> Plan | None:
    text = "\n".join(line for _, line in lines)
    at = text.find("<explain")
    if at < 0:
        return None
    value, cut = read_xml(text[at:])
    cut = _at_their_lines(value, cut, lines[text.count("\n", 0, at) :])
    return _of_groups(value, "xml", cut)


def _yaml(lines: Lines) -> Plan | None:
    if not _YAML.search("\n".join(line for _, line in lines[:40])):
        return None
    first = next((at for at, (_, line) in enumerate(lines) if line.lstrip().startswith("- ")), 0)
    indent = len(lines[first][1]) - len(lines[first][1].lstrip())
    value, cut = read_yaml_plan([(number, line[indent:]) for number, line in lines[first:]])
    return _of_groups(value, "yaml", cut)


def _of_groups(value: Value, form: Form, cut: Cut | None) -> Plan | None:
    tops = groups_of(value)
    for number, top in enumerate(tops):
        found = postgres.plan_of(top, form, cut) or (
            mysql_json.plan_of(top, cut) if form == "json" else None
        )
        if found:
            rest = tops[number + 1 :]
            if rest and cut is None:
                return replace(found, cut=Cut(rest[0].line, _ANOTHER))
            return found
    return None


def _tree(lines: Lines) -> Plan | None:
    arrows = [line for _, line in lines if mysql_tree.ARROW.match(line.removeprefix("EXPLAIN: "))]
    if not arrows or any("->  " in line or " width=" in line for line in arrows[:5]):
        return None
    return mysql_tree.read_tree(lines)


def _text(lines: Lines) -> Plan | None:
    first = next(
        (at for at, (_, line) in enumerate(lines) if _begins(line)),
        None,
    )
    if first is None:
        return None
    top, cut = postgres_text.read_text(lines[first:])
    return postgres.plan_of(top, "text", cut)


def _begins(line: str) -> bool:
    return postgres_text.is_node(line.lstrip().removeprefix("->").lstrip())


def _rows(lines: Lines) -> Plan | None:
    return sqlite.read_rows(lines) if sqlite.is_plan(lines) else None
