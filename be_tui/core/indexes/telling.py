"""What the choice does, told: queries helped and harmed, what is passed over, what is needless."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.indexes.abstaining import enough
from be_tui.core.indexes.choosing import FLOOR, HARM, begins
from be_tui.core.indexes.ddl import create, drop, needs
from be_tui.core.indexes.model import Advice, Drop, Effect
from be_tui.core.indexes.scales import relevant
from be_tui.core.indexes.turning import turns, unindexed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from be_tui.core.indexes.choosing import Choice
    from be_tui.core.indexes.known import Known
    from be_tui.core.indexes.model import Candidate, Passed
    from be_tui.core.indexes.scales import Scales
    from be_tui.core.indexes.subjects import Subject
    from be_tui.core.schema import Index, Schema, Table
    from be_tui.core.sqltext import Target
    from be_tui.core.whatif import IndexSketch


class Telling:
    """Tells of one choice."""

    def __init__(
        self,
        scales: Scales,
        choice: Choice,
        subjects: Sequence[Subject],
        known: Known,
        target: Target,
    ) -> None:
        """Tell of a choice among these subjects, and of what it does to all of them."""
        self._scales = scales
        self._choice = choice
        self._subjects = subjects
        self._known = known
        self._target = target

    def advice(self, chosen: Sequence[Candidate]) -> tuple[Advice, ...]:
        """Give each index with what it does, the greatest gain of the workload first."""
        sketches = _sketches(chosen)
        self._scales.ask(self._subjects, sketches)
        made = [self._one(each, chosen) for each in chosen]

        def gain(advice: Advice) -> tuple[float, str]:
            weights = (
                (e.before - e.after) * self._subjects[e.query].work.weight for e in advice.helped
            )
            return -sum(weights), advice.sketch.shape

        return tuple(sorted(made, key=gain))

    def _one(self, candidate: Candidate, chosen: Sequence[Candidate]) -> Advice:
        sketch, sketches = candidate.sketch, _sketches(chosen)
        helped: list[Effect] = []
        slower: list[Effect] = []
        for subject in relevant(self._subjects, sketch):
            effects = self._effects(subject, sketches)
            mine = [effect for effect, used in effects if sketch.name in used]
            gains = [e for e in mine if e.before > e.after and not e.is_same]
            if gains:
                helped.append(max(gains, key=lambda each: each.before - each.after))
            slower += [effect for effect in mine if _is_slower(effect)][:1]
        helped.sort(key=lambda e: (e.after - e.before, e.query))
        return Advice(
            sketch=sketch,
            rule=candidate.rule,
            ddl=create(sketch, self._target.engine),
            size=self._scales.size(sketch),
            helped=tuple(helped),
            slower=tuple(slower),
            writes=self._choice.rows_written(sketch),
            turns=turns(candidate, chosen, self._subjects, self._scales, self._target),
        )

    def _effects(
        self, subject: Subject, sketches: Iterable[IndexSketch]
    ) -> Iterator[tuple[Effect, tuple[str, ...]]]:
        """Give what becomes of each variant, and the indexes in its plan."""
        old = self._scales.costs(subject, ())
        new = self._scales.costs(subject, sketches)
        for variant, before, after in zip(subject.variants, old, new, strict=True):
            judged = self._scales.judged(subject, sketches, variant.sql)
            if before is None or after is None or isinstance(judged, str):
                continue
            yield Effect(subject.number, variant.label, before, after), judged.used

    def totals(self, chosen: Sequence[Candidate]) -> tuple[Effect, ...]:
        """Give each query as it is run, with all of the advice."""
        sketches = _sketches(chosen)
        return tuple(
            Effect(
                subject.number,
                "by weight",
                self._scales.cost(subject, ()),
                self._scales.cost(subject, sketches),
            )
            for subject in self._subjects
        )

    def slower(self, chosen: Sequence[Candidate]) -> tuple[Effect, ...]:
        """Give the queries that get dearer with all of the advice, each with its worst value."""
        found: list[Effect] = []
        for subject in self._subjects:
            harmed = [
                effect
                for effect, _ in self._effects(subject, _sketches(chosen))
                if _is_slower(effect)
            ]
            if harmed:
                found.append(min(harmed, key=lambda each: each.ratio))
        return tuple(found)

    def passed(self, chosen: Sequence[Candidate]) -> tuple[Passed, ...]:
        """Give what is honest not to advise: richer indexes that gain nothing."""
        found = (
            enough(each, chosen, self._subjects, self._scales, self._known, self._target)
            for each in chosen
        )
        return tuple(each for each in found if each is not None)

    def drops(
        self, schema: Schema, chosen: Sequence[Candidate], told: Iterable[Drop]
    ) -> tuple[Drop, ...]:
        """Give the schema's indexes that the advice does the work of, or that no query uses."""
        gone = {id(each.index) for each in told}
        tables = {key for subject in self._subjects for key in subject.tables}
        used = self._used(_sketches(chosen))
        found: list[Drop] = []
        for table in schema.tables:
            if f"{table.namespace}.{table.name.folded}" not in tables:
                continue
            for index in table.indexes:
                if id(index) in gone or index.unique or not index.name:
                    continue
                each = self._drop(table, index, chosen, used)
                if each is not None:
                    found.append(each)
        return tuple(found)

    def _drop(
        self, table: Table, index: Index, chosen: Sequence[Candidate], used: frozenset[str]
    ) -> Drop | None:
        ddl = drop(table, index, self._target.engine)
        for each in chosen:
            if begins(each.sketch, _sketch(table, index)):
                sketches = _sketches(chosen)
                if self._scales.is_needless(self._subjects, sketches, table, index.name, HARM):
                    why = f"{each.sketch.name}, advised above, begins with it"
                    return Drop(table, index, "superseded", ddl, why)
        if index.name.casefold() not in used and not _backs_key(table, index):
            why = "no query of this workload uses it; ask the server's own counts before it goes"
            return Drop(table, index, "unused", ddl, why)
        return None

    def _used(self, sketches: Iterable[IndexSketch]) -> frozenset[str]:
        found: set[str] = set()
        for subject in self._subjects:
            for variant in subject.variants:
                judged = self._scales.judged(subject, sketches, variant.sql)
                if not isinstance(judged, str):
                    found.update(name.casefold() for name in judged.used)
        return frozenset(found)

    def notes(self, beyond: int) -> tuple[str, ...]:
        """Give what to know of how it was judged."""
        said: list[str] = []
        for sketch, reason in sorted(self._scales.refused.items(), key=lambda each: each[0].shape):
            needed = needs(sketch.index)
            told = f"{reason}; it needs `{needed}`" if needed else reason
            said.append(f"{sketch.name} could not be judged: {told}")
        for subject in self._subjects:
            said += unindexed(subject.query, subject.number)
        if beyond > 0:
            said.append(
                f"the {beyond:,} cheapest queries had no say in the choice; what it does to them"
                " was judged"
            )
        return tuple(said)


def _sketch(table: Table, index: Index) -> IndexSketch:
    from be_tui.core.whatif import IndexSketch

    return IndexSketch(table, index)


def _sketches(chosen: Iterable[Candidate]) -> frozenset[IndexSketch]:
    return frozenset(each.sketch for each in chosen)


def _is_slower(effect: Effect) -> bool:
    return effect.after > effect.before * HARM and effect.after - effect.before > FLOOR


def _backs_key(table: Table, index: Index) -> bool:
    """Tell whether an index is what a foreign key looks for its rows by."""
    return any(index.columns[: len(key.columns)] == key.columns for key in table.foreign_keys)
