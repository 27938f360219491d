"""EXPLAIN QUERY PLAN of SQLite: the tree that its shell draws, its raw rows, or indented lines.

SQLite tells no figures; what a step is says all that there is to say.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.plans.model import Condition, Node, Plan, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPERATIONS = (
    *("SCAN", "SEARCH", "USE TEMP B-TREE", "CORRELATED", "SCALAR SUBQUERY", "LIST SUBQUERY"),
    *("CO-ROUTINE", "MATERIALIZE", "COMPOUND QUERY", "LEFT-MOST SUBQUERY", "MULTI-INDEX OR"),
    *("UNION", "EXCEPT", "INTERSECT", "MERGE", "BLOOM FILTER", "INDEX", "SETUP", "RECURSIVE STEP"),
    *("USING", "EXECUTE", "COMPOUND SUBQUERIES", "LEFT", "RIGHT", "REUSE", "COUNT", "EXISTS"),
)
STEP = re.compile(rf"(?:{'|'.join(map(re.escape, _OPERATIONS))})\b")
_TREE = re.compile(r"(?P<lead>[|` ]*?)[|`]--(?P<said>.*)$")
_ROW = re.compile(
    r"[\s|│(]*(?P<id>\d+)[\s|│,]+(?P<parent>\d+)[\s|│,]+(?P<unused>\d+)[\s|│,]+'?\"?(?P<said>[A-Z].*)$"
)
_ACCESS = re.compile(
    r"(?P<op>SCAN|SEARCH) (?:TABLE )?(?P<name>(?:SUBQUERY )?\"[^\"]+\"|(?:SUBQUERY )?\S+)"
    r"(?: AS (?P<alias>\S+))?(?P<rest>.*)$"
)
_INDEX = re.compile(
    r"USING (?P<auto>AUTOMATIC )?(?:PARTIAL )?(?P<covering>COVERING )?"
    r"(?:INDEX(?: (?P<index>[^\s(]+))?|(?P<key>INTEGER PRIMARY KEY|PRIMARY KEY))"
)
_LED = re.compile(r"\((?P<condition>.*)\)")
_STEP_WIDTH = 3


def is_plan(lines: Sequence[tuple[int, str]]) -> bool:
    """Tell whether any line is a step of such a plan."""
    return any(STEP.match(said) for said in (_said(line)[0] for _, line in lines))


def read_rows(lines: Sequence[tuple[int, str]]) -> Plan | None:
    """Read numbered lines; None where no line is a step."""
    nodes: list[Node] = []
    open_: list[tuple[int, int]] = []
    by_id: dict[str, int] = {}
    raw = False
    for number, line in lines:
        said, depth, row = _said(line)
        if not STEP.match(said):
            continue
        if row:
            raw = True
            parent = by_id.get(row[1], -1)
            by_id[row[0]] = len(nodes)
        else:
            while open_ and open_[-1][0] >= depth:
                open_.pop()
            parent = open_[-1][1] if open_ else -1
            open_.append((depth, len(nodes)))
        deep = nodes[parent].depth + 1 if parent >= 0 else 0
        nodes.append(_node(said, number, (len(nodes), parent, deep)))
    return Plan("sqlite", "rows" if raw else "text", _in_order(nodes)) if nodes else None


def _said(line: str) -> tuple[str, int, tuple[str, str] | None]:
    """Give what a line says, how deep it stands, and the numbers of a raw row."""
    row = _ROW.match(line)
    if row:
        said = row["said"].rstrip(" |│")
        if line.lstrip().startswith("("):
            said = said.removesuffix(",").removesuffix(")").rstrip("'\"")
        return said, 0, (row["id"], row["parent"])
    tree = _TREE.match(line)
    if tree:
        return tree["said"].strip(), len(tree["lead"]) // _STEP_WIDTH, None
    said = line.lstrip()
    return said.rstrip(), len(line) - len(said), None


def _in_order(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Put each step after the one that it is below of, as raw rows need not stand."""
    below: dict[int, list[int]] = {}
    for node in nodes:
        below.setdefault(node.parent, []).append(node.number)
    waiting = list(reversed(below.get(-1, [])))
    ordered: list[Node] = []
    numbers = {-1: -1}
    while waiting:
        number = waiting.pop()
        numbers[number] = len(ordered)
        ordered.append(nodes[number])
        waiting += reversed(below.get(number, []))
    return tuple(
        replace(node, number=numbers[node.number], parent=numbers[node.parent]) for node in ordered
    )


def _node(said: str, line: int, place: tuple[int, int, int]) -> Node:
    access = _ACCESS.match(said)
    if access is None or access["name"] in {"CONSTANT", "SUBQUERY"}:
        role: Role = "SubPlan" if "SUBQUERY" in said else ""
        return Node(*place, operation=said, role=role, name=said if role else "", line=line)
    name, rest = access["name"].strip('"'), access["rest"]
    index, led = _INDEX.search(rest), _LED.search(rest)
    used = ""
    if index:
        automatic = "automatic index" if index["auto"] else ""
        used = automatic or index["index"] or (index["key"] or "").lower()
    covering = " COVERING" if index and index["covering"] and not index["auto"] else ""
    return Node(
        *place,
        operation=access["op"] + covering,
        relation=name,
        alias=access["alias"] or "",
        index=used,
        conditions=(Condition("Index", led["condition"]),) if led else (),
        whole=access["op"] == "SCAN" and "VIRTUAL TABLE" not in rest and "CONSTANT" not in rest,
        line=line,
    )
