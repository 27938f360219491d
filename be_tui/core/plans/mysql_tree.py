"""MySQL's FORMAT=TREE, which is what EXPLAIN ANALYZE writes: a line a step, arrows tell the depth.

Rows and times are averages of a loop; times are until the first and until the last row. A query
within the query stands below its step, or after the rest where the output asks for it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.plans.model import Actual, Condition, Cut, Estimate, Node, Plan, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

ARROW = re.compile(r"(?P<lead>\s*)-> (?P<said>\S.*)$")
_NUMBER = r"[\d.]+(?:e[+-]?\d+)?"
_COST = re.compile(
    rf"\(cost=(?:(?P<first>{_NUMBER})\.\.)?(?P<cost>{_NUMBER}) rows=(?P<rows>{_NUMBER})\)"
)
_ROWS = re.compile(rf"\(rows=(?P<rows>{_NUMBER})\)")
_ACTUAL = re.compile(
    rf"\(actual time=(?P<first>{_NUMBER})\.\.(?P<last>{_NUMBER}) rows=(?P<rows>{_NUMBER})"
    rf" loops=(?P<loops>\d+)\)"
)
_NEVER = "(never executed)"
_TITLES = (
    re.compile(
        r"(?P<op>(?:Single-row |Multi-range |Covering |Full-text |Reverse |Sort-deduplicate )*"
        r"(?:[Cc]overing )?[Ii]ndex (?:skip |range |merge |lookup |scan )*(?:scan|lookup|search)?)"
        r"\s?on (?P<on>\S+) using (?P<index>[^\s(]+)(?P<rest>.*)$"
    ),
    re.compile(r"(?P<op>Table scan) on (?P<on><[^>]+>|\S+)(?P<rest>.*)$"),
)
_LED = re.compile(r"^(?P<op>[A-Z][A-Za-z -]*?): (?P<rest>.+)$")


def read_tree(lines: Sequence[tuple[int, str]]) -> Plan | None:
    """Read numbered lines; None where no line is a step."""
    nodes: list[Node] = []
    columns: list[tuple[int, int]] = []
    cut: Cut | None = None
    for number, line in _joined(lines):
        match = ARROW.match(line)
        if match is None:
            continue
        column = len(match["lead"])
        while columns and columns[-1][0] >= column:
            columns.pop()
        if nodes and not columns and not match["said"].startswith("Select #"):
            cut = Cut(number, "another plan begins here; only the first is read")
            break
        parent = columns[-1][1] if columns else -1
        node = _node(match["said"], number, len(nodes), parent, len(columns))
        columns.append((column, len(nodes)))
        nodes.append(node)
        cut = cut or _unfinished(number, match["said"])
    return Plan("mysql", "tree", tuple(nodes), cut=cut) if nodes else None


def _joined(lines: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    joined: list[tuple[int, str]] = []
    for number, line in lines:
        if joined and not ARROW.match(line) and joined[-1][1].lstrip().startswith("-> "):
            joined[-1] = joined[-1][0], f"{joined[-1][1]} {line.strip()}"
        else:
            joined.append((number, line.removeprefix("EXPLAIN: ")))
    return joined


def _unfinished(number: int, said: str) -> Cut | None:
    """Tell where a line breaks off among its figures."""
    begun = max(said.rfind("(cost="), said.rfind("(actual "))
    if begun >= 0 and ")" not in said[begun:]:
        return Cut(number, "the line breaks off among its figures")
    return None


def _node(said: str, line: int, number: int, parent: int, depth: int) -> Node:
    cost, actual = _COST.search(said) or _ROWS.search(said), _ACTUAL.search(said)
    ends = [match.start() for match in (cost, actual) if match]
    never = _NEVER in said
    title = said[: min([*ends, said.find(_NEVER) if never else len(said)])].strip()
    operation, relation, index, conditions = _title(title)
    return Node(
        number=number,
        parent=parent,
        depth=depth,
        operation=operation,
        role=_role(title),
        name=title if _role(title) else "",
        relation=relation,
        index=index,
        conditions=conditions,
        estimate=_estimate(cost),
        actual=_actual(actual, never=never),
        never_executed=never,
        whole=operation == "Table scan" and not relation.startswith("<"),
        line=line,
    )


def _role(title: str) -> Role:
    return "SubPlan" if title.startswith("Select #") else ""


def _title(title: str) -> tuple[str, str, str, tuple[Condition, ...]]:
    """Give operation, relation, index and conditions of what a line calls its step."""
    for pattern in _TITLES:
        match = pattern.match(title)
        if match:
            rest = match["rest"].strip(" ,")
            parts = match.groupdict()
            told = (Condition("Condition", rest),) if rest else ()
            return match["op"].strip(), match["on"], parts.get("index") or "", told
    led = _LED.match(title)
    if led and not title.startswith("Select #"):
        return led["op"], "", "", (Condition(led["op"], led["rest"]),)
    match = re.match(r"(?P<op>[^()]*?)(?:\s+\((?P<rest>.*)\))?$", title)
    if match and match["rest"] and match["op"]:
        return match["op"].strip(), "", "", (Condition("Condition", match["rest"]),)
    return title, "", "", ()


def _estimate(match: re.Match[str] | None) -> Estimate | None:
    if match is None:
        return None
    told = match.groupdict()
    first, cost = told.get("first"), told.get("cost")
    return Estimate(
        float(match["rows"]), float(cost) if cost else None, float(first) if first else None
    )


def _actual(match: re.Match[str] | None, *, never: bool) -> Actual | None:
    if never:
        return Actual(0.0, 0)
    if match is None:
        return None
    rows, loops = float(match["rows"]), int(match["loops"])
    return Actual(rows, loops, float(match["last"]), float(match["first"]))
