"""The tables that texts make, as if they were one script, engine by engine."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlglot import exp

from be_tui.core.checking.meant import is_kept_by_client
from be_tui.core.checking.reading import is_same
from be_tui.core.checking.schemas import DETECTORS
from be_tui.core.schema import Schema, schema_of
from be_tui.core.sqltext import guess

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.checking.model import TableRemark
    from be_tui.core.checking.reading import Read
    from be_tui.core.findings import Place
    from be_tui.core.sqltext import Parsed, Target

_WORDS = re.compile(r"\s*(?:CREATE|ALTER|DROP)\b", re.I)
_DDL = ("CREATE", "ALTER", "DROP", "COMMENT")


_BY_TEXT = re.compile(r"\s*(?:CALL|DO|EXECUTE|PREPARE|SET)\b", re.I)
"""Statements that run what they put together, or what is kept in the database."""

_NAME = re.compile(r"\w+")
_VIEW = re.compile(
    r"\s*(?:--[^\n]*\n\s*)*(CREATE|DROP)\s+(?:OR\s+REPLACE\s+)?(?:TEMP\w*\s+)?(?:MATERIALIZED\s+)?VIEW\s+"
    r"(?:IF\s+(?:NOT\s+)?EXISTS\s+)?([\w.\"`]+(?:\s*,\s*[\w.\"`]+)*)",
    re.I,
)
_FIRST = 40
"""Characters of a statement in which its kind is told."""

_FOREIGN = re.compile(
    r"\s*CREATE\s+FOREIGN\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(?:[\w\"]+\.)?\"?(\w+)", re.I
)
_OF_KEYS = frozenset(
    {
        "schema-duplicate-index",
        "schema-foreign-key-type",
        "schema-no-primary-key",
        "schema-redundant-index",
        "schema-unindexed-foreign-key",
    }
)
"""Rules on keys and indexes, of which nothing is known where a script changes them by text."""

_OF_CLIENTS = frozenset({"schema-mixed-case", "schema-reserved-name", "schema-updated-at"})
"""Rules on what a client sees to: it quotes each name, and sets the time of each change."""


class Own:
    """The tables that texts of one engine make.

    `passing` are the names of those that migrations make, which may have changed since;
    `outdated` the ids of statements that make views which are made anew or dropped later.
    """

    def __init__(self, read: list[Read], target: Target | None, *, partial: bool = False) -> None:
        self._starts: list[int] = []
        self._paths: list[str] = []
        files = [each for each in read if not each.text.pieces]
        self.target = target or _most(files)
        moved: list[Parsed] = []
        added: set[tuple[str, str]] = set()
        line = 0
        twice = _told_twice(files)
        for each in files:
            self._starts.append(line)
            self._paths.append(each.text.path)
            for parsed in each.parsed:
                if _is_ddl(parsed) and not (each.text.is_once and _table(parsed) in twice):
                    moved.append(_moved(parsed, line))
                    added |= _added(parsed)
            line += each.text.sql.count("\n") + 1
        self.schema = schema_of(moved, self.target.engine) if moved else Schema()
        self.backfilled = frozenset(added)
        self._unsure = frozenset(
            word.casefold()
            for each in files
            for statement in each.statements
            if _BY_TEXT.match(statement.text)
            for word in _NAME.findall(statement.text)
        )
        # Where tables change on the way, a statement met others than those at the end.
        self.settled = not any(_takes_away(parsed) for parsed in moved) and not any(
            _WORDS.match(unread.statement.text) for each in files for unread in each.unread
        )
        self.passing = frozenset(
            table.name.folded
            for table in self.schema.tables
            if files[bisect_right(self._starts, table.place.line - 1) - 1].text.is_once
        )
        self._kept = {
            each.text.path for each in files if is_kept_by_client(each.text.path, each.text.sql)
        }
        self._foreign = _foreign(files)
        self.outdated = _outdated(files)
        self._partial = partial

    def remarks(self, schema: Schema) -> Iterator[tuple[str, TableRemark]]:
        """Give what is wrong with each table, with its file."""
        for table in self.schema.tables:
            if table.name.folded in self._foreign:
                continue
            unsure = self._partial or table.name.folded in self._unsure
            passed = _OF_KEYS if unsure else frozenset()
            for rule, detector in DETECTORS.items():
                if rule in passed:
                    continue
                for remark in detector(table, schema, self.target):
                    if remark.rule == rule:
                        at = bisect_right(self._starts, remark.place.line - 1) - 1
                        if rule in _OF_CLIENTS and self._paths[at] in self._kept:
                            continue
                        place = _lifted(remark.place, self._starts[at], self._paths[at])
                        yield self._paths[at], replace(remark, place=place)


def by_engine(read: list[Read], target: Target | None) -> list[tuple[Own, list[Read]]]:
    """Give the texts of each engine, with the tables that they make."""
    groups: list[tuple[Target, list[Read]]] = []
    for each in read:
        group = next((found for known, found in groups if is_same(known, each.target)), None)
        if group is None:
            groups.append((each.target, [each]))
        else:
            group.append(each)
    mixed = len(groups) > 1 and _is_mixed(read)
    return [(Own(group, _asked(known, target), partial=mixed), group) for known, group in groups]


def _is_mixed(read: list[Read]) -> bool:
    """Tell whether files of one engine stand beside files of all: some of an engine are missing."""
    named: tuple[set[str], set[str]] = (set(), set())
    for each in read:
        if not each.text.pieces and any(map(_is_ddl, each.parsed)):
            folder = re.split(r"[/\\][^/\\]*$", each.text.path)[0]
            named[each.text.target is None].add(folder)
    return bool(named[0] & named[1])


def _asked(known: Target, target: Target | None) -> Target | None:
    return target if target is not None and is_same(known, target) else None


def _is_ddl(parsed: Parsed) -> bool:
    return parsed.statement.text[:7].upper().startswith(_DDL)


def _most(files: list[Read]) -> Target:
    """Give the engine of the first text that makes tables."""
    for each in files:
        if any(_is_ddl(parsed) for parsed in each.parsed):
            return each.target
    return files[0].target if files else guess("")


def _told_twice(files: list[Read]) -> frozenset[str]:
    """Give the tables that both migrations and a script of the whole make: this one counts."""
    made: tuple[set[str], set[str]] = (set(), set())
    for each in files:
        for parsed in each.parsed:
            if isinstance(parsed.tree, exp.Create) and str(parsed.tree.kind).upper() == "TABLE":
                made[each.text.is_once].add(_table(parsed))
    return frozenset(made[0] & made[1])


def _table(parsed: Parsed) -> str:
    """Give the folded name of the table that a statement of DDL is on."""
    found = parsed.tree.find(exp.Table)
    return found.name.casefold() if found is not None else ""


def _takes_away(parsed: Parsed) -> bool:
    """Tell whether a statement drops or renames something."""
    gone = (exp.Drop, exp.AlterRename, exp.RenameColumn)
    return isinstance(parsed.tree, exp.Command) or parsed.tree.find(*gone) is not None


def _outdated(files: list[Read]) -> frozenset[int]:
    """Give the ids of views that a later statement makes anew or drops."""
    last: dict[str, Parsed] = {}
    found: set[int] = set()
    for each in files:
        parsed_at = {parsed.statement.start: parsed for parsed in each.parsed}
        for statement in sorted(each.statements, key=lambda one: one.start):
            met = _VIEW.match(statement.text)
            for name in _NAME.findall(met[2].rpartition(".")[2] if met else ""):
                folded = name.casefold()
                if folded in last:
                    found.add(id(last.pop(folded)))
                if met and met[1].upper() == "CREATE" and statement.start in parsed_at:
                    last[folded] = parsed_at[statement.start]
    return frozenset(found)


def _foreign(files: list[Read]) -> frozenset[str]:
    """Give the folded names of tables that stand elsewhere: nothing of them can be changed here."""
    found = (
        _FOREIGN.match(statement.text)
        for each in files
        for statement in each.statements
        if "FOREIGN" in statement.text[:_FIRST].upper()
    )
    return frozenset(each[1].casefold() for each in found if each)


def _moved(parsed: Parsed, lines: int) -> Parsed:
    statement = replace(parsed.statement, line=parsed.statement.line + lines)
    return replace(parsed, statement=statement)


def _lifted(place: Place, lines: int, path: str) -> Place:
    return replace(place, path=path, line=place.line - lines, end_line=place.end_line - lines)


def _added(parsed: Parsed) -> set[tuple[str, str]]:
    """Give the columns that ALTER TABLE adds."""
    tree = parsed.tree
    if not isinstance(tree, exp.Alter):
        return set()
    table = tree.this.name.casefold()
    return {
        (table, column.name.casefold())
        for action in tree.args.get("actions") or ()
        for column in action.find_all(exp.ColumnDef)
    }
