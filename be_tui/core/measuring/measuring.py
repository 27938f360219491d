"""Measures a trial: two databases with the same rows, one with the change, in turns."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import ExitStack
from typing import TYPE_CHECKING

from be_tui.core.databases import Bounds, StatementError
from be_tui.core.errors import InputError
from be_tui.core.filling import plan as plan_rows
from be_tui.core.filling import sizes
from be_tui.core.measuring.choosing import Variant, spots, variants, written
from be_tui.core.measuring.model import Case, Measured, Measurement
from be_tui.core.measuring.preparing import tables_of
from be_tui.core.measuring.prices import prices
from be_tui.core.measuring.stage import staged
from be_tui.core.measuring.timing import Side, alternate
from be_tui.core.project import Cancel, Cancelled
from be_tui.core.sqltext import Parsed, parse, split

if TYPE_CHECKING:
    from collections.abc import Callable

    from be_tui.core.filling import FillPlan
    from be_tui.core.measuring.model import Built, Trial
    from be_tui.core.measuring.stage import Stage
    from be_tui.core.plans import Compared, Plan

_KEPT = 200_000
"""Rows of a result that are compared with the other side's."""


def measure(
    trial: Trial,
    progress: Callable[[str, float], None] | None = None,
    cancel: Cancel | None = None,
) -> Measurement:
    """Measure a trial; nothing of it stays, however it ends.

    Args:
        trial: What to measure.
        progress: Told what is done and which part of the whole is behind, from 0 to 1.
        cancel: Ends the work from another thread.

    Raises:
        InputError: A database cannot be made, or refuses a table, an index or a query.
        FillError: Rows for the tables cannot be made.
        Cancelled: The cancel was set.
    """
    work = _Work(trial, progress or (lambda *_: None), cancel or Cancel())
    try:
        return work.run()
    except StatementError as error:
        if work.cancel.is_set:
            raise Cancelled from None
        raise InputError(f"the sandbox ended: {error.message}") from None


class _Work:
    """One trial under way."""

    def __init__(
        self, trial: Trial, progress: Callable[[str, float], None], cancel: Cancel
    ) -> None:
        self.cancel = cancel
        self._trial = trial
        self._progress = progress
        self._notes: list[str] = list(trial.notes)
        if trial.engine == "postgresql":
            self._notes.append("parallel workers are off, so that all processor time is seen")

    def run(self) -> Measurement:
        began = time.monotonic()
        trial = self._trial
        names = [
            name for query in (*trial.queries, *trial.rewrites) for name in self._tables(query)
        ]
        rows = sizes(trial.schema, names, trial.rows, trial.given_rows)
        plan = plan_rows(
            trial.schema, trial.engine, rows, seed=trial.seed, statistics=trial.statistics
        )
        self._notes += plan.notes
        with ExitStack() as stack:
            before = stack.enter_context(staged(trial))
            stack.enter_context(self.cancel.when_set(before.session.stop))
            self._build(before, plan, "before", 0.0)
            after = before
            built: tuple[Built, ...] = ()
            if trial.indexes:
                after = stack.enter_context(staged(trial))
                stack.enter_context(self.cancel.when_set(after.session.stop))
                self._build(after, plan, "after", 0.3)
                self._tell("makes the index", 0.6)
                built = after.index(plan)
            queries = tuple(
                self._query(number, before, after) for number in range(len(trial.queries))
            )
            self._tell("measures what writes cost", 0.92)
            paid, left = prices(trial, plan, before, after, self.cancel.check)
            self._notes += left
            ended = [
                side
                for each in queries
                for case in each.cases
                for side in (case.before, case.after)
                if not side.late
            ]
            return Measurement(
                engine=before.engine,
                version=before.version,
                tables=tuple((each.table.name.text, each.rows) for each in plan.tables),
                filled=before.filled,
                indexes=built,
                queries=queries,
                prices=paid,
                clock="cpu" if all(side.cpu for side in ended) else "wall",
                seed=trial.seed,
                seconds=time.monotonic() - began,
                notes=tuple(dict.fromkeys(self._notes)),
            )

    def _tables(self, query: str) -> tuple[str, ...]:
        return tables_of(query, self._trial.engine, self._trial.schema)

    def _tell(self, what: str, share: float) -> None:
        self.cancel.check()
        self._progress(what, share)

    def _build(self, stage: Stage, plan: FillPlan, side: str, start: float) -> None:
        total = max(plan.rows, 1)
        done = 0

        def told(table: str, rows: int, of: int) -> None:
            nonlocal done
            self._tell(f"fills {table} ({side})", start + 0.3 * min((done + rows) / total, 1.0))
            if rows == of:
                done += of

        self._tell(f"makes the tables ({side})", start)
        self._notes += stage.build(plan, told)

    def _query(self, number: int, before: Stage, after: Stage) -> Measured:
        trial = self._trial
        text = trial.queries[number]
        rewrite = trial.rewrites[number] if trial.rewrites else ""
        first, second = self._parsed(text), self._parsed(rewrite or text)
        held, others = spots(first), spots(second)
        found = variants(before.session, trial.engine, trial.schema, first, held)
        share = 0.65 + 0.27 * number / len(trial.queries)
        cases = []
        for each in found or (_AS_IT_IS,):
            self._tell(f"measures query {number + 1}, {each.label}", share)
            texts = written(first, held, each), written(second, others, each)
            cases.append(self._case(each, texts, before, after))
        return Measured(text, rewrite, tuple(cases))

    def _parsed(self, query: str) -> Parsed:
        (statement,) = split(query, self._trial.engine)
        found = parse(statement, self._trial.engine)
        if not isinstance(found, Parsed):
            raise InputError(found.message, where="the query")
        return found

    def _case(self, variant: Variant, texts: tuple[str, str], before: Stage, after: Stage) -> Case:
        bounds = Bounds(seconds=self._trial.seconds)
        sides = [
            Side(stage.session, stage.clock, text, bounds)
            for stage, text in zip((before, after), texts, strict=True)
        ]
        try:
            one, other = alternate(sides[0], sides[1], self._trial.runs, self.cancel.check)
        except StatementError as error:
            if error.trouble != "refused":
                raise
            raise InputError(f"refused: {error.message}", where="the query") from None
        late = one.late or other.late
        kept = Bounds(self._trial.seconds, _KEPT)
        rows = [
            None if side.late else stage.session.run(text, kept)
            for side, stage, text in zip(sides, (before, after), texts, strict=True)
        ]
        if not late and any(each is not None and each.cut for each in rows):
            self._notes.append(f"results are compared in their first {_KEPT:,} rows")
        same = None if late else Counter(rows[0].rows) == Counter(rows[1].rows)  # type: ignore[union-attr]
        plans = None if late else self._plans(texts, before, after)
        return Case(
            variant.label,
            variant.value,
            one,
            other,
            rows[0].count if rows[0] else 0,
            rows[1].count if rows[1] else 0,
            same,
            plans,
            _pages(plans.before) if plans else None,
            _pages(plans.after) if plans else None,
        )

    def _plans(self, texts: tuple[str, str], before: Stage, after: Stage) -> Compared | None:
        from be_tui.core.plans import compare, read_plan

        found = []
        for stage, text in zip((before, after), texts, strict=True):
            try:
                told = stage.explain(text, Bounds(seconds=self._trial.seconds))
                found.append(read_plan(told, stage.engine))
            except (StatementError, InputError) as error:
                if isinstance(error, StatementError) and error.trouble != "refused":
                    raise
                self._notes.append(f"a plan could not be read: {error.message}")
                return None
        return compare(found[0], found[1])


_AS_IT_IS = Variant("as written", "")


def _pages(plan: Plan) -> int | None:
    """Give the pages that a whole plan touched."""
    tops = [node.buffers for node in plan.nodes if node.parent < 0]
    known = [each.touched for each in tops if each is not None]
    return sum(known) if known else None
