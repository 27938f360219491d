"""The choice: indexes one by one, the greatest gain first, while each is worth its price.

Gains are those of the whole workload, by weight, over every value that a query is judged with.
Ties go to the smaller index, then to the one whose DDL comes first: nothing depends on the order
in which anything was found.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING

from be_tui.core.indexes.combining import combined, pairs
from be_tui.core.indexes.scales import relevant
from be_tui.core.indexes.subjects import table_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from be_tui.core.indexes.model import Candidate
    from be_tui.core.indexes.scales import Scales
    from be_tui.core.indexes.subjects import Subject
    from be_tui.core.whatif import IndexSketch

GAIN = 1.2
"""How many times cheaper some query must get by an index."""

COVERING_GAIN = 2.0
COVERING_SHARE = 0.01
"""The same for copies of columns, and what they must save of what a run costs without advice: they
make each write dearer, and an update of them too."""

FLOOR = 10.0
FLOOR_SHARE = 0.005
"""What a run must save at least, in units of cost or pages, and of what it costs without advice:
what is next to nothing beside that is not worth one more index."""

PAGES = 0.25
"""What a unit of cost is in pages: PostgreSQL's planner has a page read by itself cost 4."""

WRITE_PRICE = 0.5
"""What a row written to an index costs, in units of cost or pages: measured at 1 microsecond where
a unit is 2 to 5."""

HARM = 1.1
"""How many times dearer a query may get, which is within what estimates are off by."""

_POWERS = (0.0, 0.5, 1.0)
"""Under a budget, gains are divided by these powers of the bytes, and the best choice is taken: it
is not always what gains most a byte each time."""

_OUTWEIGHS = 2.0
"""How many times what it harms an index must gain, beyond that, to be advised all the same."""

_HARMLESS = 0.5
"""The part of the greatest gain that is enough where nothing gets slower by it."""

_UNRUN = 0.1
"""The share that harm to a value counts by which is not known to be run with."""

_NEAR = 0.95
"""Gains this near to the greatest count as equal: the smallest index is taken."""

_PARTIAL = 0.1
"""The part of written rows that a partial index takes."""

_KEPT = 6
"""Candidates that are kept of a query, the best first."""

_SAME = 1.02
_PREFIX = 1.3
"""How much dearer a query may get by dropping a set's index; and one that another begins with, of
which the difference is the size of entries alone."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the advice may cost."""

    size: int | None = None
    """Bytes of all indexes together."""

    most: int | None = None
    """How many indexes."""


UNLIMITED = Limits()


class Choice:
    """Chooses among the candidates of subjects."""

    def __init__(
        self,
        scales: Scales,
        subjects: Sequence[Subject],
        writes: Mapping[str, float],
        limits: Limits,
    ) -> None:
        """Weigh these subjects.

        Args:
            scales: What tells costs.
            subjects: What is judged.
            writes: Rows written to each table, by `table_key`, in the time of the weights.
            limits: How much the advice may cost.
        """
        self._scales = scales
        self._subjects = subjects
        self._writes = writes
        self._limits = limits
        self._unit = PAGES if scales.unit == "pages" else 1.0
        self.pool: dict[IndexSketch, Candidate] = {}
        self._base = {s.number: scales.cost(s, ()) for s in subjects}

    def made(self) -> tuple[Candidate, ...]:
        """Give what is chosen."""
        options = self._options()
        powers = (0.0,) if self._limits.size is None else _POWERS
        found = [self._greedy(options, power) for power in powers]
        chosen = min(found, key=self._total) if len(found) > 1 else found[0]
        chosen = self._trimmed(chosen)
        if not self._is_within(chosen):
            # Beginnings of others were not counted: under a budget they go, whatever they gain.
            chosen = self._covered(chosen)
        chosen = self._spared(self._paired(chosen))
        return tuple(self.pool[each] for each in sorted(chosen, key=self._rank))

    # What there is to choose from.

    def _options(self) -> list[tuple[IndexSketch, ...]]:
        """Give single indexes, and sets of which each needs the others."""
        singles: dict[IndexSketch, Candidate] = {}
        bundles: dict[frozenset[IndexSketch], None] = {}
        for count, subject in enumerate(self._subjects):
            self._scales.tell("candidates weighed", count, len(self._subjects))
            best = self._best(subject)
            for each in best:
                singles.setdefault(each.sketch, each)
            for bundle in self._bundle(subject):
                bundles[frozenset(each.sketch for each in bundle)] = None
                for each in bundle:
                    self.pool.setdefault(each.sketch, each)
        for each in (*combined(singles.values()), *self._milder(tuple(singles))):
            singles.setdefault(each.sketch, each)
        self.pool |= singles
        options: list[tuple[IndexSketch, ...]] = [(sketch,) for sketch in singles]
        options += [tuple(sorted(each, key=lambda s: s.shape)) for each in bundles]
        return sorted(options, key=lambda each: [s.shape for s in each])

    def _milder(self, sketches: Iterable[IndexSketch]) -> Iterator[Candidate]:
        """Give what would spare the queries that an index makes slower: longer ones of theirs."""
        for sketch in sketches:
            subjects = relevant(self._subjects, sketch)
            if not self._scales.ask(subjects, (sketch,)):
                continue
            for subject in subjects:
                if self._harm(subject, (), (sketch,)) > 0:
                    yield from (c for c in subject.candidates if begins(c.sketch, sketch))

    def _best(self, subject: Subject) -> list[Candidate]:
        """Give the candidates that make one query cheaper by themselves, the best first."""
        base = self._base[subject.number]
        gains: list[tuple[float, int, str, Candidate]] = []
        for each in subject.candidates:
            if not self._scales.ask((subject,), (each.sketch,)):
                continue
            costs = zip(
                self._scales.costs(subject, ()),
                self._scales.costs(subject, (each.sketch,)),
                strict=True,
            )
            better = any(b and a is not None and a * GAIN <= b for b, a in costs)
            cost = self._scales.cost(subject, (each.sketch,))
            if better and cost < base:
                index = each.sketch.index
                gains.append((cost, len(index.parts) + len(index.include), each.sketch.shape, each))
        gains.sort(key=lambda each: each[:3])
        kept = [each[3] for each in gains[:_KEPT]]
        # The plainest that helps is weighed too: a shorter key may serve many queries.
        plain = sorted(gains, key=lambda each: (each[1], each[0], each[2]))[:2]
        small = [each for each in gains if each[3].sketch.index.where][:2]
        kept += [each[3] for each in (*plain, *small) if each[3] not in kept]
        return kept

    def _bundle(self, subject: Subject) -> list[list[Candidate]]:
        """Give indexes that help together: of each source, or arm of OR, its best.

        First the best of each by itself, then of each the best beside the others: in a join the
        inner side's index is worth nothing before the outer side has its own.
        """
        if len(subject.groups) < 2:  # noqa: PLR2004 (nothing to put together)
            return []
        first = [self._beside(subject, group, []) for group in subject.groups]
        chosen = [each for each in first if each is not None]
        second = [
            self._beside(subject, group, [c for at, c in enumerate(chosen) if at != number])
            for number, group in enumerate(subject.groups)
        ]
        found = [self._needed(subject, chosen)]
        found.append(self._needed(subject, [each for each in second if each is not None]))
        return [each for each in found if len(each) > 1]

    def _beside(
        self, subject: Subject, group: Sequence[Candidate], others: Sequence[Candidate]
    ) -> Candidate | None:
        """Give what makes a query cheapest beside others; None where the engine refuses all."""
        there = [each.sketch for each in others]
        return min(
            (each for each in group if self._scales.ask((subject,), (*there, each.sketch))),
            key=lambda c: (
                self._scales.cost(subject, (*there, c.sketch)),
                len(c.sketch.index.parts) + len(c.sketch.index.include),
                c.sketch.shape,
            ),
            default=None,
        )

    def _needed(self, subject: Subject, chosen: Iterable[Candidate]) -> list[Candidate]:
        """Give those of a set that a query gets dearer without."""
        kept = list({each.sketch: each for each in chosen}.values())
        whole = self._scales.cost(subject, [each.sketch for each in kept])
        for each in tuple(kept):
            fewer = [other for other in kept if other is not each]
            if self._scales.cost(subject, [c.sketch for c in fewer]) <= whole * _SAME:
                kept = fewer
        return kept

    # One by one.

    def _greedy(
        self, options: Iterable[tuple[IndexSketch, ...]], power: float
    ) -> frozenset[IndexSketch]:
        """Take the best while there is one; of two near each other what makes no query slower."""
        chosen: frozenset[IndexSketch] = frozenset()
        left = list(options)
        # What an option gains hardly grows by what is chosen beside it: the old figure is a bound.
        bounds: dict[tuple[IndexSketch, ...], float] = {}
        while left:
            self._scales.tell("indexes chosen", len(chosen), len(chosen) + 1)
            left = [each for each in left if not chosen.issuperset(each)]
            scored: list[tuple[float, tuple[IndexSketch, ...]]] = []
            harming: list[tuple[float, tuple[IndexSketch, ...]]] = []
            best = 0.0
            for each in sorted(left, key=lambda o: -bounds.get(o, float("inf"))):
                if bounds.get(each, float("inf")) < best * _NEAR:
                    break
                net, harmed = self._net(each, chosen)
                score = net / max(self._size(each), 1) ** power
                bounds[each] = score
                if score <= 0 or not self._fits(chosen.union(each)):
                    continue
                if not harmed:
                    scored.append((score, each))
                    best = max(best, score)
                elif net >= harmed * _OUTWEIGHS:
                    harming.append((score, each))
            # What makes a query slower waits for what does not, unless it gains far more.
            enough = max((score for score, _ in harming), default=0.0) * _HARMLESS
            scored = [each for each in scored if each[0] >= enough] or harming
            if not scored:
                return chosen
            best = max(score for score, _ in scored)
            near: list[tuple[IndexSketch, ...]] = [
                each for score, each in scored if score >= best * _NEAR
            ]
            near.sort(key=self._order)
            best_of = next((each for each in near if self._is_borne(each, chosen)), None)
            if best_of is None:
                left = [each for each in left if each not in near]
                continue
            chosen = chosen.union(best_of)
            left = [each for each in left if bounds.get(each, 1.0) > 0]
        return chosen

    def _is_borne(self, option: tuple[IndexSketch, ...], chosen: frozenset[IndexSketch]) -> bool:
        """Tell whether queries that have no use for an option are not slower by it either.

        A planner may take an index that nobody made for the query: SQLite by skipping through it.
        """
        after = chosen.union(option)
        tables = {table_key(each.table) for each in option}
        beside = [each for each in self._subjects if each.tables & tables]
        if not self._scales.ask(beside, after) or not self._scales.ask(beside, chosen):
            return False
        net, _ = self._net(option, chosen)
        harmed = sum(self._harm(each, chosen, after) * each.work.weight for each in beside)
        return net >= harmed * _OUTWEIGHS

    def _order(self, option: tuple[IndexSketch, ...]) -> tuple[int, list[str]]:
        return self._size(option), [each.shape for each in option]

    def _net(
        self, option: tuple[IndexSketch, ...], chosen: frozenset[IndexSketch]
    ) -> tuple[float, float]:
        """Give what an option saves the workload, 0 where it is not worth it.

        And what it harms besides: what harms now may not, once others are chosen.
        """
        after = chosen.union(option)
        new = [each for each in option if each not in chosen]
        touched = {s.number: s for each in new for s in relevant(self._subjects, each)}
        subjects = [touched[number] for number in sorted(touched)]
        if not self._scales.ask(subjects, after) or not self._scales.ask(subjects, chosen):
            return 0.0, 0.0
        gained = harmed = 0.0
        worth = False
        cover = all(self.pool[each].rule == "covering" for each in new)
        for subject in subjects:
            weight = subject.work.weight
            old, now = self._scales.cost(subject, chosen), self._scales.cost(subject, after)
            gained += (old - now) * weight
            worth = worth or self._is_worth(subject, chosen, after, cover=cover)
            harmed += self._harm(subject, chosen, after) * weight
        net = gained - sum(self._price(each) for each in new)
        if not worth or net <= 0:
            return 0.0, 0.0
        return net, harmed

    def _is_worth(
        self,
        subject: Subject,
        before: Iterable[IndexSketch],
        after: Iterable[IndexSketch],
        *,
        cover: bool,
    ) -> bool:
        """Tell whether a query gets enough cheaper with values that it is run with."""
        needed, share = (COVERING_GAIN, COVERING_SHARE) if cover else (GAIN, FLOOR_SHARE)
        costs = zip(
            subject.variants,
            self._scales.costs(subject, ()),
            self._scales.costs(subject, before),
            self._scales.costs(subject, after),
            strict=True,
        )
        return any(
            old >= now * needed and old - now >= max(FLOOR, plain * share) * self._unit
            for variant, plain, old, now in costs
            if variant.share and plain is not None and old is not None and now is not None
        )

    def _harm(
        self, subject: Subject, before: Iterable[IndexSketch], after: Iterable[IndexSketch]
    ) -> float:
        """Give how much dearer values get, by their shares; 0 within what estimates allow."""
        harm = 0.0
        costs = zip(
            subject.variants,
            self._scales.costs(subject, before),
            self._scales.costs(subject, after),
            strict=True,
        )
        for variant, old, now in costs:
            if old is None or now is None:
                continue
            if now > old * HARM and now - old > FLOOR * self._unit:
                harm += (now - old) * (variant.share or _UNRUN)
        return harm

    def rows_written(self, sketch: IndexSketch) -> float:
        """Give how many rows are written to an index; to a partial one few of them are."""
        rows = self._writes.get(table_key(sketch.table), 0.0)
        return rows * (_PARTIAL if sketch.index.where else 1.0)

    def _price(self, sketch: IndexSketch) -> float:
        return self.rows_written(sketch) * WRITE_PRICE

    def _size(self, option: Iterable[IndexSketch]) -> int:
        return sum(self._scales.size(each) for each in option)

    def _fits(self, chosen: frozenset[IndexSketch]) -> bool:
        return self._is_within(self._covered(chosen))

    def _is_within(self, chosen: frozenset[IndexSketch]) -> bool:
        limits = self._limits
        if limits.most is not None and len(chosen) > limits.most:
            return False
        return limits.size is None or self._size(chosen) <= limits.size

    def _covered(self, chosen: frozenset[IndexSketch]) -> frozenset[IndexSketch]:
        """Give the indexes without those that another begins with: they are dropped in the end."""
        return frozenset(
            each for each in chosen if not any(begins(other, each) for other in chosen)
        )

    def _total(self, chosen: frozenset[IndexSketch]) -> float:
        """Give what all of it costs with a set; what gets dearer than today counts once more."""
        self._scales.ask(self._subjects, chosen)
        runs = fsum(
            (self._scales.cost(s, chosen) + self._harm(s, (), chosen)) * s.work.weight
            for s in self._subjects
        )
        # A set has no order, and plain sums of fractions have.
        return runs + fsum(self._price(each) for each in chosen)

    # What turned out to be too much.

    def _trimmed(self, chosen: frozenset[IndexSketch]) -> frozenset[IndexSketch]:
        """Drop what the others do as well: the greatest first, and always what costs more."""
        for each in sorted(chosen, key=lambda s: (-self._scales.size(s), s.shape)):
            fewer = chosen - {each}
            longer = any(begins(other, each) for other in fewer)
            if self._as_good(chosen, fewer, [each], _PREFIX if longer else _SAME):
                chosen = fewer
        return chosen

    def _as_good(
        self,
        chosen: frozenset[IndexSketch],
        instead: frozenset[IndexSketch],
        gone: Iterable[IndexSketch],
        allowed: float = _SAME,
    ) -> bool:
        """Tell whether no query is dearer with another set than a little."""
        touched = {s.number: s for each in gone for s in relevant(self._subjects, each)}
        subjects = [touched[number] for number in sorted(touched)]
        if not self._scales.ask(subjects, instead):
            return False
        for subject in subjects:
            for variant, plain, old, now in zip(
                subject.variants,
                self._scales.costs(subject, ()),
                self._scales.costs(subject, chosen),
                self._scales.costs(subject, instead),
                strict=True,
            ):
                # Values that it is not run with must only not be harmed.
                bound = old if variant.share else plain
                if bound is not None and now is not None and now > bound * allowed + 1:
                    return False
        return True

    def _paired(self, chosen: frozenset[IndexSketch]) -> frozenset[IndexSketch]:
        """Put two indexes into one, where that is smaller and does nearly as well."""
        again = True
        while again:
            again = False
            ordered = sorted(chosen, key=lambda each: each.shape)
            for one in ordered:
                for other in ordered:
                    if one == other or table_key(one.table) != table_key(other.table):
                        continue
                    better = self._merged(chosen, one, other)
                    if better is not None:
                        chosen, again = better, True
                        break
                if again:
                    break
        return chosen

    def _merged(
        self, chosen: frozenset[IndexSketch], one: IndexSketch, other: IndexSketch
    ) -> frozenset[IndexSketch] | None:
        for each in pairs(self.pool[one], self.pool[other]):
            self.pool.setdefault(each.sketch, each)
            instead = (chosen - {one, other}) | {each.sketch}
            smaller = self._scales.size(each.sketch) < self._size((one, other))
            if smaller and self._as_good(chosen, instead, (one, other), HARM):
                return instead
        return None

    def _spared(self, chosen: frozenset[IndexSketch]) -> frozenset[IndexSketch]:
        """Take others for indexes that make queries slower, where all of it gains by that."""
        for each in sorted(chosen, key=lambda s: s.shape):
            if each not in chosen or not self._harms(each, chosen):
                continue
            others = [s for s in self.pool if table_key(s.table) == table_key(each.table)]
            instead = [
                self._fitted((chosen - {each}) | {other}, other)
                for other in sorted(others, key=self._rank)
                if other not in chosen
            ]
            chosen = min((chosen, chosen - {each}, *instead), key=self._total)
        return chosen

    def _harms(self, sketch: IndexSketch, chosen: frozenset[IndexSketch]) -> bool:
        """Tell whether a query is slower than today by one of a set."""
        fewer = chosen - {sketch}
        return any(
            self._harm(subject, (), chosen) > 0 and self._harm(subject, fewer, chosen) > 0
            for subject in self._subjects
            if table_key(sketch.table) in subject.tables
        )

    def _fitted(self, chosen: frozenset[IndexSketch], kept: IndexSketch) -> frozenset[IndexSketch]:
        """Give a set without what it misses least for its bytes, until it is within the limits."""
        while not self._is_within(chosen) and len(chosen) > 1:
            whole = self._total(chosen)
            rest = sorted(chosen - {kept}, key=self._rank)
            least = min(
                rest,
                key=lambda s: (self._total(chosen - {s}) - whole) / max(self._scales.size(s), 1),
            )
            chosen -= {least}
        return chosen

    def _rank(self, sketch: IndexSketch) -> tuple[str, str]:
        return table_key(sketch.table), sketch.shape


def begins(longer: IndexSketch, shorter: IndexSketch) -> bool:
    """Tell whether an index does all that a shorter one does, by its first parts."""
    one, other = longer.index, shorter.index
    if longer == shorter or table_key(longer.table) != table_key(shorter.table):
        return False
    if one.method != other.method or one.where != other.where or one.method != "btree":
        return False
    held = {*one.include, *(part.column for part in one.parts)}
    return one.parts[: len(other.parts)] == other.parts and held.issuperset(other.include)
