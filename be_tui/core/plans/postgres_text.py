"""EXPLAIN's text of PostgreSQL, read into the names that its JSON has.

Where an operation begins on its line says what it is below of. Lines that a terminal or a
mailer broke are put together again. The rest of a text that ends early is not missed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.plans.model import Cut
from be_tui.core.plans.raw import Group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from be_tui.core.plans.raw import Value

_COSTS = r"\(cost=(?P<startup>[\d.]+)\.\.(?P<cost>[\d.]+) rows=(?P<rows>\d+) width=(?P<width>\d+)\)"
_ACTUAL = (
    r"\((?:actual(?: time=(?P<first>[\d.]+)\.\.(?P<last>[\d.]+))? rows=(?P<actual>[\d.]+)"
    r" loops=(?P<loops>\d+)|(?P<never>never executed))\)"
)
FIGURES = re.compile(
    rf"(?:{_COSTS}\s*{_ACTUAL}|{_COSTS.replace('?P<', '?P<c_')}|"
    rf"{_ACTUAL.replace('?P<', '?P<a_')})\s*$"
)
"""What ends the line of a node: expected, seen, or both."""

_ARROW = re.compile(r"(?P<lead>\s*)(?P<arrow>->  ?)?(?P<said>\S.*)$")
_LABEL = re.compile(r"(?P<kind>InitPlan|SubPlan|CTE) ?(?P<rest>.*)$")
_PROPERTY = re.compile(r"(?P<name>[A-Z][A-Za-z/ _-]*?(?: \d+)?): +(?P<value>\S.*)$")
_PARTS = re.compile(r"(?:^|  )(?P<name>[A-Z][A-Za-z -]*): (?P<value>.*?)(?=  [A-Z][A-Za-z -]*: |$)")
_SPLIT = ("Sort Method", "Buckets", "Batches", "Hits", "Storage", "Planned Partitions", "Full-sort")
_ONE_WORD = re.compile(r"(?P<name>Buffers|I/O Timings|WAL): ")
_BARE = re.compile(
    r"(?:Parallel |Finalize |Partial |Async )?(?:Seq Scan|Index (?:Only )?Scan|Bitmap |Hash|Merge |"
    r"Nested Loop|Sort|Incremental Sort|Limit|Append|Gather|\w*Aggregate|Result|Unique|Materialize|"
    r"Memoize|ModifyTable|Insert|Update|Delete|CTE Scan|Subquery Scan|Values Scan|Function Scan|"
    r"WindowAgg|LockRows|Tid |Group|SetOp|Recursive Union|WorkTable Scan|ProjectSet|Foreign |"
    r"Custom Scan|Sample Scan|Table Function Scan|Named Tuplestore Scan)\b"
)
_SCANS = (
    re.compile(
        r"(?P<op>.*?(?:Index Only Scan|Index Scan)(?P<back> Backward)?)"
        r" using (?P<index>\S+|\".*?\") on (?P<on>.+)$"
    ),
    re.compile(r"(?P<op>Bitmap Index Scan) on (?P<index>.+)$"),
    re.compile(r"(?P<op>.*?(?:Scan|Insert|Update|Delete|Merge)) on (?P<on>.+)$"),
)
_TRIGGER = re.compile(
    r"Trigger (?:for constraint (?P<constraint>\S+)|(?P<name>\S+))(?: on (?P<on>\S+))?:"
    r"(?: time=(?P<ms>[\d.]+))? calls=(?P<calls>\d+)"
)
_TIMES = re.compile(
    r"(?P<name>Planning [Tt]ime|Execution [Tt]ime|Total runtime): (?P<ms>[\d.]+) ?ms"
)
_WORKER = re.compile(r"Worker (?P<number>\d+): +(?P<rest>.*)$")

ARROW_WIDTH = 4


def is_node(said: str) -> bool:
    """Tell whether a line, without its arrow, is one of a node."""
    return bool(FIGURES.search(said)) or bool(_BARE.match(said) and ": " not in said)


def read_text(lines: Sequence[tuple[int, str]]) -> tuple[Group, Cut | None]:
    """Read numbered lines; give one group as the JSON has it, and where it ends early."""
    reader = _Reader()
    for number, line in _joined(lines):
        if not reader.take(number, line):
            return reader.top, Cut(number, "another plan begins here; only the first is read")
    return reader.top, reader.cut


def _joined(lines: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Put lines together that were broken: one that begins a parenthesis belongs to it."""
    joined: list[tuple[int, str]] = []
    for number, line in lines:
        if joined and _goes_on(joined[-1][1], line):
            before, said = joined[-1]
            joined[-1] = before, f"{said.rstrip()} {line.strip()}"
        else:
            joined.append((number, line))
    return joined


def _goes_on(before: str, line: str) -> bool:
    said = line.lstrip()
    if said.startswith(("->", "InitPlan", "SubPlan", "CTE ")) or _PROPERTY.match(said):
        return False
    open_before = before.count("(") > before.count(")")
    if said.startswith(("(cost=", "(actual ", "rows=", "loops=", "width=")):
        return True
    return open_before and not FIGURES.search(said)


class _Reader:
    def __init__(self) -> None:
        self.top = Group()
        self.cut: Cut | None = None
        self._open: list[tuple[int, Group]] = []
        """Nodes that can still get something, each with the column of its operation."""

        self._label: tuple[int, str, str] | None = None
        self._section = ""
        self._told = False
        """Whether nodes come with figures; then one without is broken off."""

        self._root = 0

    def take(self, number: int, line: str) -> bool:
        """Read a line; False where another plan begins."""
        match = _ARROW.match(line)
        if match is None:
            return True
        column = len(match["lead"])
        said = match["said"]
        label = _LABEL.match(said)
        if label and self._open and not FIGURES.search(said):
            self._label = column, label["kind"], f"{label['kind']} {label['rest']}".strip()
            return True
        if (match["arrow"] or not self._open) and is_node(said):
            return self._node(number, column + len(match["arrow"] or ""), said, match["arrow"])
        if not match["arrow"] and self._open and column <= self._root and is_node(said):
            return False
        if self._open:
            self._rest(column, said)
            if match["arrow"]:
                self._unfinished(number, said)
        return True

    def _unfinished(self, number: int, said: str) -> None:
        if self.cut is None:
            self.cut = Cut(number, f"`{said[:40]}` is no whole line of a plan")

    def _node(self, number: int, column: int, said: str, arrow: str | None) -> bool:
        node = Group(number)
        _read_node(node, said)
        self._told = self._told or node.has("Plan Rows") or node.has("Actual Loops")
        if self._told and not (node.has("Plan Rows") or node.has("Actual Loops")):
            self._unfinished(number, said)
        if not self._open:
            self.top.line = number
            self.top.pairs.append(("Plan", node))
            self._root = column - (ARROW_WIDTH if arrow else 0)
            self._open.append((column, node))
            return True
        while len(self._open) > 1 and self._open[-1][0] >= column:
            self._open.pop()
        if self._open[0][0] >= column:
            return False
        if self._label and self._label[0] < column:
            node.pairs += [
                ("Parent Relationship", self._label[1]),
                ("Subplan Name", self._label[2]),
            ]
        self._label = None
        above = self._open[-1][1]
        plans = above.find("Plans")
        if not isinstance(plans, list):
            plans = []
            above.pairs.append(("Plans", plans))
        plans.append(node)
        self._open.append((column, node))
        return True

    def _rest(self, column: int, said: str) -> None:
        """Read a line that tells more of a node, or of the whole."""
        time, trigger = _TIMES.match(said), _TRIGGER.match(said)
        if time:
            name = "Planning Time" if time["name"][0] == "P" else "Execution Time"
            self.top.pairs.append((name, time["ms"]))
        elif trigger:
            self.top.pairs.append(("Triggers", [_trigger(trigger)]))
        elif column <= self._root:
            self._section = said.partition(":")[0]
            match = _PROPERTY.match(said)
            if match:
                self.top.pairs.append((match["name"], match["value"]))
        elif self._section in {"JIT", "Planning", "Serialization"}:
            self._in_section(said)
        else:
            self._of_node(column, said)

    def _in_section(self, said: str) -> None:
        match = _PROPERTY.match(said)
        if match:
            self.top.pairs.append((f"{self._section} {match['name']}", match["value"]))

    def _of_node(self, column: int, said: str) -> None:
        node = next((own for at, own in reversed(self._open) if at < column), self._open[0][1])
        worker = _WORKER.match(said)
        if worker:
            node.pairs.append((f"Worker {worker['number']}", worker["rest"]))
            if worker["rest"].startswith("Sort Method"):
                node.pairs += [(f"Worker {name}", value) for name, value in _parts(worker["rest"])]
            return
        match = _PROPERTY.match(said)
        if match is None:
            return
        if _ONE_WORD.match(said) or not said.startswith(_SPLIT):
            node.pairs.append((match["name"], match["value"]))
        else:
            node.pairs += _parts(said)


def _parts(said: str) -> list[tuple[str, Value]]:
    return [(part["name"], part["value"]) for part in _PARTS.finditer(said)]


def _trigger(match: re.Match[str]) -> Group:
    found = Group()
    named = {"Constraint Name": "constraint", "Trigger Name": "name", "Relation": "on"}
    named |= {"Time": "ms", "Calls": "calls"}
    found.pairs = [(name, match[part]) for name, part in named.items() if match[part]]
    return found


def _read_node(node: Group, said: str) -> None:
    figures = FIGURES.search(said)
    title = said[: figures.start()].strip() if figures else said.strip()
    _read_title(node, title)
    if figures is None:
        return
    told = figures.groupdict()
    names = {
        "startup": "Startup Cost",
        "cost": "Total Cost",
        "rows": "Plan Rows",
        "width": "Plan Width",
        "first": "Actual Startup Time",
        "last": "Actual Total Time",
        "actual": "Actual Rows",
        "loops": "Actual Loops",
    }
    for part, name in names.items():
        value = told[part] or told.get(f"c_{part}") or told.get(f"a_{part}")
        if value:
            node.pairs.append((name, value))
    if told["never"] or told["a_never"]:
        node.pairs += [("Actual Loops", "0"), ("Actual Rows", "0")]


def _read_title(node: Group, title: str) -> None:
    for pattern in _SCANS:
        match = pattern.match(title)
        if match:
            parts = match.groupdict()
            node.pairs.append(("Node Type", parts["op"]))
            if parts.get("index"):
                node.pairs.append(("Index Name", parts["index"].strip('"')))
            if parts.get("on"):
                _read_relation(node, parts["op"], parts["on"])
            return
    node.pairs.append(("Node Type", title))


_NAME = r'(?:"(?:[^"]|"")*"|[^\s"]+?)'
_RELATION = re.compile(rf"(?:(?P<schema>{_NAME})\.)?(?P<name>{_NAME})(?: (?P<alias>{_NAME}))?$")


def _read_relation(node: Group, operation: str, on: str) -> None:
    match = _RELATION.match(on)
    if match is None:
        node.pairs.append(("Relation Name", on))
        return
    alias = match["alias"]
    key = "Relation Name"
    if operation.endswith(("Subquery Scan", "Values Scan")) or on.startswith(('"*', "*")):
        key = "Alias"
    elif operation.endswith("CTE Scan"):
        key = "CTE Name"
    elif operation.endswith("Function Scan"):
        key = "Function Name"
    node.pairs.append((key, match["name"].strip('"')))
    if alias:
        node.pairs.append(("Alias", alias.strip('"')))
    if match["schema"]:
        node.pairs.append(("Schema", match["schema"].strip('"')))
