"""What would turn an advice: values, shares and habits that it rests on, told with figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.indexes.candidates import RARE, is_there, sketch_of
from be_tui.core.indexes.ddl import columns_of, names_of
from be_tui.core.indexes.scales import relevant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from be_tui.core.indexes.model import Candidate
    from be_tui.core.indexes.scales import Scales
    from be_tui.core.indexes.subjects import Subject
    from be_tui.core.queries import Query
    from be_tui.core.schema import Column
    from be_tui.core.sqltext import Target

_TOLD = 1.05
_CASES = frozenset({"lower", "upper"})


def turns(
    candidate: Candidate,
    chosen: Sequence[Candidate],
    subjects: Sequence[Subject],
    scales: Scales,
    target: Target,
) -> tuple[str, ...]:
    """Give what the advice of one index rests on, a sentence each."""
    return tuple(_sentences(candidate, chosen, subjects, scales, target))


def _sentences(
    candidate: Candidate,
    chosen: Sequence[Candidate],
    subjects: Sequence[Subject],
    scales: Scales,
    target: Target,
) -> Iterator[str]:
    sketch = candidate.sketch
    index = sketch.index
    if index.where:
        yield f"it serves queries that say `{index.where}` in their text"
        if target.engine == "postgresql":
            yield "sent as a parameter, the plan for any value cannot use it"
        yield f"once more than {RARE:.0%} of the rows meet that, a whole index is better"
    shorter = _shorter(candidate, chosen, subjects, scales, target)
    if shorter:
        yield shorter
    if index.include:
        yield (
            f"({names_of(sketch.table, index.include)}) only spare the visit to the table:"
            " where rows change all the time, it is visited all the same"
        )
        boundless = [name for name in index.include if _is_boundless(sketch.table.column(name))]
        if boundless:
            names = names_of(sketch.table, boundless)
            yield f"PostgreSQL then refuses a row whose {names} takes more than about 2.7 kB"
    common = _unused_for(candidate, chosen, subjects, scales)
    if common:
        yield common


def unindexed(query: Query, number: int) -> tuple[str, ...]:
    """Tell of expressions that MariaDB cannot index, and need not: its collations ignore case."""
    if query.target.engine != "mariadb":
        return ()
    said: list[str] = []
    for scope in query.scopes:
        for each in scope.conditions:
            left = each.left
            if left is None or left.column is None or left.kind != "wrapped":
                continue
            if each.operator == "=" and _CASES.issuperset(left.wrappers):
                name = left.column.name
                said.append(
                    f"query {number + 1} compares {left.wrappers[0]}({name}), which MariaDB has no"
                    f" index for: compare {name} itself, whose collation ignores case, and index it"
                )
    return tuple(said)


def _shorter(
    candidate: Candidate,
    chosen: Sequence[Candidate],
    subjects: Sequence[Subject],
    scales: Scales,
    target: Target,
) -> str:
    """Tell what an index without the last part of the key would be worth."""
    index = candidate.sketch.index
    if len(index.parts) < 2:  # noqa: PLR2004 (nothing is left without the one)
        return ""
    less = sketch_of(candidate.sketch.table, index.parts[:-1], where=index.where)
    others = frozenset(c.sketch for c in chosen if c is not candidate)
    whole, instead = others | {candidate.sketch}, others | {less}
    if is_there(less, target):
        instead = others
    worst, which = 1.0, -1
    for subject in relevant(subjects, candidate.sketch):
        if not scales.ask((subject,), instead):
            continue
        now, then = scales.cost(subject, whole), scales.cost(subject, instead)
        if now and then / now > worst * _TOLD:
            worst, which = then / now, subject.number
    if which < 0:
        return ""
    columns = columns_of(less.table, less.index)
    return f"({columns}) alone would cost query {which + 1} {worst:,.1f} times as much"


def _is_boundless(column: Column | None) -> bool:
    """Tell whether a value may be longer than an entry of a b-tree can be."""
    if column is None or column.type.arguments:
        return False
    return column.type.family in {"text", "json", "binary", "array"}


def _unused_for(
    candidate: Candidate,
    chosen: Sequence[Candidate],
    subjects: Sequence[Subject],
    scales: Scales,
) -> str:
    """Tell for which values the planner goes on as before."""
    sketches = frozenset(each.sketch for each in chosen)
    for subject in relevant(subjects, candidate.sketch):
        plain = scales.judged(subject, sketches, subject.variants[0].sql)
        if isinstance(plain, str) or candidate.sketch.name not in plain.used:
            continue
        for variant in subject.variants[1:]:
            judged = scales.judged(subject, sketches, variant.sql)
            if variant.label != "common" or isinstance(judged, str):
                continue
            if candidate.sketch.name not in judged.used:
                which = f"query {subject.number + 1}"
                return f"for the commonest values {which} is planned without it, as before"
    return ""
