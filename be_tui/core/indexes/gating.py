"""Advice tried before it is given: queries run with the indexes and without, on generated rows.

Two sandboxes with the same rows take turns (`core.measuring`). An index by which queries lose more
time than others gain is taken out, and the rest is tried again; what is slower all the same is
told, with the indexes in its plan.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from statistics import fmean
from typing import TYPE_CHECKING

from be_tui.core.errors import BeTuiError, InputError
from be_tui.core.filling import FillError, sampled
from be_tui.core.indexes.model import Outcome, Run, Tested
from be_tui.core.measuring import Trial, index_ddl, measure, slower, table_ddl
from be_tui.core.workloads import parameters

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from be_tui.core.indexes.model import Candidate
    from be_tui.core.indexes.subjects import Subject
    from be_tui.core.measuring import Case, Measurement
    from be_tui.core.project import Cancel
    from be_tui.core.schema import Schema
    from be_tui.core.sqltext import Engine, Target
    from be_tui.core.statistics import Statistics

ROWS = 200_000
"""Rows of the largest table."""

SECONDS = 20.0
"""After which a query is stopped."""

_ROUNDS = 3
"""How often the rest is tried again at most."""

_RUNS = 7
_NAMES: dict[Engine, str] = {
    "postgresql": "PostgreSQL",
    "mysql": "MySQL",
    "mariadb": "MariaDB",
    "sqlite": "SQLite",
}


@dataclass(frozen=True, slots=True)
class Gate:
    """Where and how far advice is tried."""

    where: str = field(default="", repr=False)
    """As a sandbox is named; empty for the engine that the queries are for."""

    rows: int = ROWS
    seconds: float = SECONDS
    progress: Callable[[str, float], None] | None = None
    """Told what is done, and which part of the whole is behind."""

    cancel: Cancel | None = None


def tried(
    gate: Gate,
    chosen: Sequence[Candidate],
    subjects: Sequence[Subject],
    schema: Schema,
    target: Target,
    statistics: Statistics,
) -> tuple[tuple[Candidate, ...], Tested | None]:
    """Try a choice; give what remains of it, and what was seen; None where there is nothing to try.

    Raises:
        Cancelled: The gate's cancel was set.
    """
    read = [each for each in subjects if _reads(each)]
    if not chosen or not read:
        return tuple(chosen), None
    beside = len(subjects) - len(read)
    left = f"not run: {beside:,} of the queries, which write or want a value" if beside else ""
    kept, dropped, about = tuple(chosen), list[str](), ""
    for _ in range(_ROUNDS):
        try:
            trial = _trial(gate, kept, read, schema, target, statistics)
            found = measure(trial, gate.progress, gate.cancel)
        except (InputError, FillError) as error:
            return kept, Tested("", (), tuple(dropped), _why(error))
        about = _about(found)
        runs = _runs(found, read, {each.sketch.name for each in kept})
        bad = _losing(runs, subjects)
        if not bad:
            return kept, Tested(about, runs, tuple(dropped), left)
        dropped += sorted(bad)
        kept = tuple(each for each in kept if each.sketch.name not in bad)
        if not kept:
            break
    return kept, Tested(about, (), tuple(dropped), left)


def _why(error: BeTuiError) -> str:
    return f"the advice could not be measured: {error.message}"


def _reads(subject: Subject) -> bool:
    from sqlglot import exp

    tree = subject.query.parsed.tree
    writes = tree.find(exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.Into)
    # A parameter that no value could be found for stands there still.
    wanting = parameters(subject.variants[0].sql, subject.query.target.engine)
    return isinstance(tree, exp.Query) and writes is None and not wanting


def _trial(
    gate: Gate,
    chosen: Sequence[Candidate],
    subjects: Sequence[Subject],
    schema: Schema,
    target: Target,
    statistics: Statistics,
) -> Trial:
    engine = target.engine
    rows, _ = sampled(schema, statistics, gate.rows)
    return Trial(
        queries=tuple(each.variants[0].sql for each in subjects),
        schema=schema,
        engine=engine,
        where=gate.where or _by_default(target),
        ddl=table_ddl(schema, engine, engine),
        later=index_ddl(schema, engine),
        indexes=tuple(each.sketch.ddl(engine) for each in chosen),
        rows=gate.rows,
        given_rows=rows,
        runs=_RUNS,
        seconds=gate.seconds,
        statistics=statistics,
    )


def _by_default(target: Target) -> str:
    if target.is_mysql:
        name = _NAMES[target.engine]
        raise InputError(f"no server of {name} is named to measure on", hint="give --sandbox URL")
    if target.engine == "sqlite":
        return "sqlite"
    from be_tui.core.databases import majors

    major = str(target.version[0]) if target.version else ""
    return f"postgresql:{major}" if major in majors() else "postgresql"


def _about(found: Measurement) -> str:
    rows = sum(count for _, count in found.tables)
    clock = "processor time" if found.clock == "cpu" else "wall time"
    return f"{_NAMES[found.engine]} {found.version} over {rows:,} generated rows, {clock}"


def _runs(found: Measurement, subjects: Sequence[Subject], names: set[str]) -> tuple[Run, ...]:
    return tuple(
        _run(subject.number, case, names)
        for subject, measured in zip(subjects, found.queries, strict=True)
        for case in measured.cases
    )


def _run(number: int, case: Case, names: set[str]) -> Run:
    nodes = case.compared.after.nodes if case.compared else ()
    used = dict.fromkeys(node.index for node in nodes if node.index in names)
    before, after = case.before.median, case.after.median
    verdict = case.verdict
    outcome: Outcome = "slower" if slower(verdict) else "faster"
    if verdict.kind == "noise" or before == after:
        outcome = "same"
    return Run(number, case.label, before, after, outcome, tuple(used))


def _losing(runs: Sequence[Run], subjects: Sequence[Subject]) -> set[str]:
    """Give the indexes by which the workload loses more time than it gains.

    A query that is slower by several of them charges each.
    """
    weights = {each.number: each.work.weight for each in subjects}
    by_query: defaultdict[tuple[int, str], list[float]] = defaultdict(list)
    for run in runs:
        change = 0.0 if run.outcome == "same" else run.before - run.after
        for name in run.indexes:
            by_query[run.query, name].append(change)
    gained: defaultdict[str, float] = defaultdict(float)
    for (query, name), changes in by_query.items():
        gained[name] += fmean(changes) * weights[query]
    return {name for name, change in gained.items() if change < 0}
