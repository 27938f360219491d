"""Probable renames: what is gone and what is new, and how much they are alike.

Nothing is renamed by this; it only asks. Tables are alike by their columns, columns by type,
position, constraints and name.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from be_tui.core.migrations.diff.comparing import same_type
from be_tui.core.migrations.diff.model import Question, Rename

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from be_tui.core.schema import Column, Enumeration, Table

COLUMN_FLOOR = 0.6
TABLE_FLOOR = 0.55
"""From this likeness on a rename is probable enough to be asked about."""

_MOST = 60
"""Columns or tables on either side; beyond that all is new, and nobody asks."""


def columns_alike(before: Table, after: Table) -> tuple[Question, ...]:
    """Give questions about columns of one table, the likeliest first; each stands in one."""
    there = {each.name.folded for each in after.columns}
    was = {each.name.folded for each in before.columns}
    gone = [each for each in before.columns if each.name.folded not in there]
    new = [each for each in after.columns if each.name.folded not in was]
    if not gone or not new or max(len(gone), len(new)) > _MOST:
        return ()
    table = f"{before.namespace}.{before.name.text}" if before.namespace else before.name.text
    scored = [
        Question(Rename(table, one.name.text, other.name.text), *_column(one, other, before, after))
        for one in gone
        for other in new
    ]
    return _best(scored, COLUMN_FLOOR)


def _best(scored: Iterable[Question], floor: float) -> tuple[Question, ...]:
    taken: set[tuple[str, str, str]] = set()
    given: set[tuple[str, str]] = set()
    found: list[Question] = []
    for each in sorted(scored, key=lambda one: (-one.likeness, str(one.rename))):
        rename = each.rename
        source = (rename.table, rename.column, "")
        aim = (rename.table if rename.column else "", rename.to)
        if each.likeness >= floor and source not in taken and aim not in given:
            taken.add(source)
            given.add(aim)
            found.append(each)
    return tuple(found)


def _column(
    one: Column, other: Column, before: Table, after: Table
) -> tuple[float, tuple[str, ...]]:
    if not same_type(one.type, other.type) and one.type.family != other.type.family:
        return 0.0, ()
    reasons: list[str] = []
    score = 0.0
    if same_type(one.type, other.type):
        score += 0.35
        reasons.append(f"both are {one.type}")
    else:
        score += 0.15
        reasons.append(f"{one.type} and {other.type} are of one family")
    if _neighbours(one, before.columns) == _neighbours(other, after.columns):
        score += 0.25
        reasons.append("they stand at the same place")
    if (one.nullable, one.default) == (other.nullable, other.default):
        score += 0.1
    used = _uses(one, before)
    if used == _uses(other, after):
        score += 0.1
        reasons += ["the same keys and indexes stand on them"] if used else []
    name = _name(one.name.folded, other.name.folded)
    score += 0.3 * name
    if name > 0.5:  # noqa: PLR2004 (half of the letters)
        reasons.append("their names are alike")
    return round(min(score, 1.0), 2), tuple(reasons)


def _neighbours(column: Column, columns: Sequence[Column]) -> tuple[str, int]:
    at = next(at for at, each in enumerate(columns) if each is column)
    return (columns[at - 1].name.folded if at else "", at)


def _uses(column: Column, table: Table) -> tuple[int, ...]:
    """Give how many keys, foreign keys and indexes a column stands in."""
    own = column.name.folded
    return (
        sum(own in each.columns for each in table.keys),
        sum(own in each.columns for each in table.foreign_keys),
        sum(own in each.columns for each in table.indexes),
    )


def _name(one: str, other: str) -> float:
    if one.replace("_", "") == other.replace("_", ""):
        return 1.0
    words, others = set(one.split("_")), set(other.split("_"))
    shared = len(words & others) / max(len(words), len(others))
    return max(shared, SequenceMatcher(None, one, other).ratio())


def tables_alike(gone: Sequence[Table], new: Sequence[Table]) -> tuple[Question, ...]:
    """Give questions about tables, the likeliest first; each stands in one."""
    if not gone or not new or max(len(gone), len(new)) > _MOST:
        return ()
    scored = [
        Question(Rename(_full(one), "", other.name.text), *_table(one, other))
        for one in gone
        for other in new
        if one.namespace == other.namespace and bool(one.parent) == bool(other.parent)
    ]
    return _best(scored, TABLE_FLOOR)


def _full(table: Table) -> str:
    return f"{table.namespace}.{table.name.text}" if table.namespace else table.name.text


def _table(one: Table, other: Table) -> tuple[float, tuple[str, ...]]:
    mine = {(each.name.folded, each.type.name) for each in one.columns}
    theirs = {(each.name.folded, each.type.name) for each in other.columns}
    if not mine or not theirs:
        return 0.0, ()
    shared = len(mine & theirs)
    columns = shared / len(mine | theirs)
    name = _name(one.name.folded, other.name.folded)
    reasons = [f"{shared} of {len(mine | theirs)} columns are the same"] if shared else []
    reasons += ["their names are alike"] if name > 0.5 else []  # noqa: PLR2004 (as above)
    return round(0.75 * columns + 0.25 * name, 2), tuple(reasons)


def values_alike(before: Enumeration, after: Enumeration) -> tuple[Question, ...]:
    """Give questions about values of an enumeration, place by place."""
    if len(before.values) != len(after.values):
        return ()
    name = f"{before.namespace}.{before.name}" if before.namespace else before.name
    differing = [
        (old, new) for old, new in zip(before.values, after.values, strict=True) if old != new
    ]
    if any(new in before.values or old in after.values for old, new in differing):
        return ()
    reason = ("they stand at the same place of the enumeration",)
    return tuple(
        Question(Rename(name, old, new, value=True), 0.8, reason) for old, new in differing
    )
