"""The whole way from a workload to advice: read, judge, choose, tell."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from be_tui.core.indexes.choosing import UNLIMITED, Choice
from be_tui.core.indexes.existing import missing, redundant
from be_tui.core.indexes.known import Known
from be_tui.core.indexes.model import JudgedBy, Report
from be_tui.core.indexes.scales import Scales
from be_tui.core.indexes.subjects import subjects_of, table_key
from be_tui.core.indexes.telling import Telling
from be_tui.core.workloads import LeftOut

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from be_tui.core.indexes.choosing import Limits
    from be_tui.core.indexes.gating import Gate
    from be_tui.core.indexes.model import Candidate, Missing
    from be_tui.core.indexes.subjects import Progress, Subject
    from be_tui.core.queries import Query
    from be_tui.core.schema import Schema
    from be_tui.core.sqltext import Target
    from be_tui.core.statistics import Statistics
    from be_tui.core.whatif import Judge
    from be_tui.core.workloads import Work, Workload

MOST_JUDGED = 400
"""Queries that indexes are chosen by, the dearest by weight; the others are judged as written,
before and after, so that none gets slower unseen."""

_BATCH = 200
_BEGINNING = 60


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be advised on."""

    workload: Workload
    schema: Schema
    """The tables with the indexes that there are."""

    target: Target
    statistics: Statistics
    limits: Limits = UNLIMITED
    """How much the advice may cost."""

    writes: tuple[tuple[str, float], ...] = ()
    """Rows written to tables, by their folded names, in the time of the weights; besides what the
    workload itself writes."""


def advise(
    question: Question,
    judge: Judge,
    *,
    fallen: tuple[str, ...] = (),
    progress: Progress | None = None,
    gate: Gate | None = None,
) -> Report:
    """Give the indexes that are worth making for a workload.

    Args:
        question: The queries, the tables, and how much the advice may cost.
        judge: Who tells costs.
        fallen: Why better judges are not there.
        progress: Called with what is done, how much of it, and of how much.
        gate: Where the choice is tried before it is told; nobody tries it without one.

    Raises:
        StoppedError: The judge was stopped.
        InputError: The judge's server is gone.
        Cancelled: The gate was cancelled.
    """
    workload, schema, target = question.workload, question.schema, question.target
    known = Known(question.statistics)
    tell = progress or _silent
    subjects, left, read = subjects_of(workload, schema, target, known, tell)
    scales = Scales(judge, tell)
    judged, heavy, refused = _judged(scales, subjects)
    rows = _written(read, schema, dict(question.writes))
    choice = Choice(scales, heavy, rows, question.limits)
    chosen, tested = choice.made(), None
    if gate is not None:
        from be_tui.core.indexes.gating import tried

        chosen, tested = tried(gate, chosen, judged, schema, target, question.statistics)
    telling = Telling(scales, choice, judged, known, target)
    advice = telling.advice(chosen)
    doubled = redundant(schema, target)
    return Report(
        target=target,
        queries=tuple(subject.work for subject in judged),
        totals=telling.totals(chosen),
        advice=advice,
        passed=telling.passed(chosen),
        drops=(*doubled, *telling.drops(schema, chosen, doubled)),
        missing=_still(missing(schema, (query for query, _ in read), target), chosen),
        slower=telling.slower(chosen),
        left_out=(*workload.left_out, *left, *refused),
        judge=JudgedBy(judge.kind, judge.unit, judge.about, scales.asked, fallen)
        if judged
        else None,
        notes=(*judge.notes, *telling.notes(len(judged) - len(heavy))),
        tested=tested,
    )


def _silent(what: str, done: int, whole: int) -> None:
    """Tell nobody."""


def _judged(
    scales: Scales, subjects: tuple[Subject, ...]
) -> tuple[list[Subject], list[Subject], list[LeftOut]]:
    """Give what the engine makes a plan of, numbered anew; the dearest of it; what it refuses.

    Only the dearest are judged over all their values: the others need no index by their weight.
    """
    plain = [replace(each, variants=(replace(each.variants[0], share=1.0),)) for each in subjects]
    for start in range(0, len(plain), _BATCH):
        scales.tell("queries judged", start, len(plain))
        scales.ask(plain[start : start + _BATCH])
    found: list[tuple[Subject, Subject]] = []
    refused: list[LeftOut] = []
    for subject, single in zip(subjects, plain, strict=True):
        said = scales.judged(subject, (), subject.variants[0].sql)
        if isinstance(said, str):
            text, place = subject.work.text[:_BEGINNING], subject.work.place
            refused.append(LeftOut(text, place, f"the engine makes no plan of it: {said}"))
        else:
            found.append((subject, single))
    dearest = sorted(found, key=lambda s: (-scales.cost(s[1], ()) * s[0].work.weight, s[0].number))
    heavy = {subject.number for subject, _ in dearest[:MOST_JUDGED]}
    judged = [
        replace(subject if subject.number in heavy else single, number=number)
        for number, (subject, single) in enumerate(found)
    ]
    chosen_by = [
        each for each, (subject, _) in zip(judged, found, strict=True) if subject.number in heavy
    ]
    scales.ask(chosen_by)
    return judged, chosen_by, refused


def _written(
    read: Iterable[tuple[Query, Work]], schema: Schema, given: Mapping[str, float]
) -> dict[str, float]:
    """Give the rows written to each table, by `table_key`."""
    rows: defaultdict[str, float] = defaultdict(float)
    for query, work in read:
        if query.written and query.written.table:
            rows[table_key(query.written.table)] += work.weight
    for table in schema.tables:
        rows[table_key(table)] += given.get(table.name.folded, 0.0)
    return dict(rows)


def _still(found: Iterable[Missing], chosen: Iterable[Candidate]) -> tuple[Missing, ...]:
    """Give the foreign keys that the advice gives no index either."""
    led = {(table_key(each.sketch.table), each.sketch.index.columns[:1]) for each in chosen}
    return tuple(each for each in found if (table_key(each.table), each.columns[:1]) not in led)
