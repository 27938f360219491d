"""The best index of each query of the shop, by brute force over PostgreSQL's own planner.

    python -m benchmarks.advice.brute       writes `answers.json` anew

For each source and arm of a query: each order of up to three of the columns that the query names
there (for LIKE, lower() and JSON also the forms that can find them, for ORDER BY also downwards),
each of these with and without each condition on a constant as that of a partial index (a constant
is NULL or a value of a column that has at most fifty: a key is another one each time), and with and
without the other columns that the query names as INCLUDE. Of joins and of OR also the best of each
source or arm together. An answer is the least cost, and the smallest index within a fifth of it.
"""

from __future__ import annotations

import json
import sys
import time
from itertools import permutations, product
from typing import TYPE_CHECKING

from be_tui.core.indexes.access import accesses
from be_tui.core.indexes.candidates import sketch_of
from be_tui.core.indexes.known import Known
from be_tui.core.queries import resolve
from be_tui.core.schema import IndexPart
from be_tui.core.sqltext import Parsed, Statement, parse
from be_tui.core.whatif import IndexSketch, Judged, RefusedError
from benchmarks.advice import shop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.indexes.access import Access, Filter
    from be_tui.core.schema import Schema
    from be_tui.core.whatif import Judge
    from be_tui.core.workloads import Work

    Tried = list[tuple[float, int, IndexSketch]]

NEAR = 1.2
"""An index that costs up to this many times the least is as good, if it is smaller."""

WIDEST = 3
_PAIRED = 8
_SOURCES = 3


def main() -> None:
    """Try all indexes for every query, and keep the answers."""
    schema, answers, known = shop.schema(), {}, Known(shop.statistics())
    for work in shop.workload().works:
        began = time.process_time()
        # A judge each: its catalogue grows by every index that it was asked about.
        with shop.judge() as judge:
            answers[work.name] = answer(work, schema, judge, known)
        seconds = time.process_time() - began
        told = answers[work.name]
        print(f"{work.name}: {told['tried']:,} in {seconds:.1f} s, {told['best']}", file=sys.stderr)
    text = json.dumps(answers, indent=1) + "\n"
    (shop.HERE / "answers.json").write_text(text, encoding="utf-8")


def answer(work: Work, schema: Schema, judge: Judge, known: Known) -> dict[str, object]:
    """Give the least cost of a query, by what, and by what that is smallest."""
    parsed = parse(Statement(work.text, 0, 1, 1), "postgresql")
    if not isinstance(parsed, Parsed):
        raise TypeError(parsed.message)
    found = accesses(resolve(parsed, schema, shop.TARGET))
    base = judge.cost(work.text).cost
    sources: list[Tried] = []
    for access in found:
        tried: Tried = []
        sources.append(tried)
        for sketch in dict.fromkeys(_all(access, known)):
            try:
                judged = judge.cost(work.text, (sketch,))
                tried.append((judged.cost, judge.size(sketch), sketch))
            except RefusedError:
                continue
    options: list[tuple[float, int, tuple[IndexSketch, ...]]] = [(base, 0, ())]
    options += [(cost, size, (each,)) for tried in sources for cost, size, each in tried]
    count = len(options) - 1
    best = [
        sorted(each, key=lambda o: (o[0], o[1], o[2].shape))[:_PAIRED] for each in sources if each
    ]
    for chosen in product(*best) if 1 < len(best) <= _SOURCES else ():
        sketches = tuple(each[2] for each in chosen)
        (whole,) = judge.costs((work.text,), sketches)
        if isinstance(whole, Judged):
            options.append((whole.cost, sum(each[1] for each in chosen), sketches))
            count += 1
    least = min(options, key=lambda each: (each[0], each[1]))
    near = [each for each in options if each[0] <= least[0] * NEAR]
    small = min(near, key=lambda each: (each[1], each[0]))
    return {
        "tried": count,
        "base": base,
        "least": least[0],
        "best": [each.shape for each in least[2]],
        "small": [each.shape for each in small[2]],
        "small_cost": small[0],
        "small_bytes": small[1],
    }


def _all(access: Access, known: Known) -> Iterator[IndexSketch]:
    parts = [IndexPart(name, name) for name in access.columns if _is_ordered(access, name)]
    parts += [
        term.part for term in access.terms if term.part not in parts and term.method == "btree"
    ]
    for term in access.of("contains"):
        yield sketch_of(access.table, (term.part,), method="gin")
    downwards = {part.column for part in access.order if part.descending}
    ways = {part.descending for part in access.order}
    if len(ways) > 1:
        parts += [each for each in access.order if each.column in downwards]
    constant = [each.sql for each in access.filters if _is_constant(access, each, known)]
    wheres = ["", *constant]
    if len(constant) > 1:
        wheres.append(" AND ".join(constant))
    for size in range(1, WIDEST + 1):
        for key in permutations(parts, size):
            if len({part.expression for part in key}) < size:
                continue
            held = {part.column for part in key}
            rest = tuple(name for name in access.columns if name not in held)
            includes = {(), () if access.whole else rest}
            for where, include in product(wheres, sorted(includes)):
                yield sketch_of(access.table, key, include=include, where=where)


def _is_constant(access: Access, found: Filter, known: Known) -> bool:
    return found.operator == "is null" or known.is_state(access.table, found.column)


def _is_ordered(access: Access, name: str) -> bool:
    column = access.table.column(name)
    return column is not None and column.type.family != "json"


if __name__ == "__main__":
    main()
