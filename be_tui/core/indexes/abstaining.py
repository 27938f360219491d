"""Honest abstention: what a richer index would add, where that is next to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.indexes.choosing import GAIN, begins
from be_tui.core.indexes.model import Passed
from be_tui.core.indexes.scales import relevant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from be_tui.core.indexes.known import Known
    from be_tui.core.indexes.model import Candidate
    from be_tui.core.indexes.scales import Scales
    from be_tui.core.indexes.subjects import Subject
    from be_tui.core.sqltext import Target
    from be_tui.core.whatif import IndexSketch

_SORT_MEMORY = {"postgresql": 4 << 20, "mysql": 256 << 10, "mariadb": 2 << 20}
"""Bytes that a sort has by default (`work_mem`, `sort_buffer_size`) before it goes to the disk."""

_PAGE = 20


def enough(
    candidate: Candidate,
    chosen: Sequence[Candidate],
    subjects: Sequence[Subject],
    scales: Scales,
    known: Known,
    target: Target,
) -> Passed | None:
    """Give the composite that is passed over for a plainer index, with what it would add."""
    others = frozenset(each.sketch for each in chosen if each is not candidate)
    mine = others | {candidate.sketch}
    for subject, richer in _richer(candidate, subjects, others):
        if not scales.ask((subject,), others | {richer.sketch}):
            continue
        now = scales.cost(subject, mine)
        then = scales.cost(subject, others | {richer.sketch})
        if not now or now > then * GAIN:
            continue
        why = f"query {subject.number + 1} would cost {_times(now, then)}"
        pays: list[str] = []
        page = _page(subject)
        if page:
            pays.append(f"where a value has many more than {page:,} rows")
        else:
            limit = _with_limit(subject, mine, others | {richer.sketch}, scales)
            if limit >= GAIN:
                pays.append(f"with LIMIT ({limit:,.1f} times with LIMIT {_PAGE})")
        memory = _SORT_MEMORY.get(target.engine)
        if memory and not page:
            rows = memory / known.row_width(candidate.sketch.table)
            pays.append(f"where more than about {rows:,.0f} rows are sorted: they leave memory")
        if pays:
            why += f"; it pays {', or '.join(pays)}"
        return Passed(richer.sketch, candidate.sketch.name, why)
    return None


def _richer(
    candidate: Candidate, subjects: Sequence[Subject], others: frozenset[IndexSketch]
) -> Iterator[tuple[Subject, Candidate]]:
    """Give the queries that ask for an order which an index leaves to be sorted."""
    for subject in relevant(subjects, candidate.sketch):
        for each in subject.candidates:
            sorts = each.rule in {"equality-sort", "mixed-sort"} and not each.sketch.index.include
            if sorts and each.sketch not in others and begins(each.sketch, candidate.sketch):
                yield subject, each


def _page(subject: Subject) -> int:
    """Give how many rows a query stops after; 0 where it reads them all."""
    limits = [scope.limit for scope in subject.query.scopes if scope.limit is not None]
    return (limits[0].value or _PAGE) if limits else 0


def _times(now: float, then: float) -> str:
    ratio = now / then if then else 1.0
    return "the same" if abs(ratio - 1) < 0.05 else f"{ratio:.2f} times less"  # noqa: PLR2004


def _with_limit(
    subject: Subject,
    mine: frozenset[IndexSketch],
    richer: frozenset[IndexSketch],
    scales: Scales,
) -> float:
    """Give how many times cheaper the richer index makes a page of the query; 0 if unknown."""
    if subject.query.kind != "select" or any(scope.locks for scope in subject.query.scopes):
        return 0.0
    sql = f"{subject.variants[0].sql.rstrip(' ;')}\nLIMIT {_PAGE}"
    plain = scales.judged(subject, mine, sql)
    better = scales.judged(subject, richer, sql)
    if isinstance(plain, str) or isinstance(better, str) or not better.cost:
        return 0.0
    return plain.cost / better.cost
