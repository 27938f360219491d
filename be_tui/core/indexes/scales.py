"""Costs of queries with sets of indexes, each asked of the judge once.

Of a set only the indexes on a query's own tables count. A plan that stops early because of LIMIT
is a bet that rows which meet the conditions come soon: it is weighed as if they came later than
expected, so that no index is advised for luck.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.indexes.gambling import careful
from be_tui.core.indexes.subjects import table_key
from be_tui.core.whatif import Judged, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from be_tui.core.indexes.subjects import Subject
    from be_tui.core.schema import Table
    from be_tui.core.whatif import IndexSketch, Judge, Unit

    Chosen = frozenset[IndexSketch]


class Scales:
    """Weighs subjects; remembers all it was told."""

    def __init__(self, judge: Judge, progress: Callable[[str, int, int], None]) -> None:
        """Ask a judge."""
        self._judge = judge
        self._progress = progress
        self._known: dict[tuple[str, Chosen], Judged | str] = {}
        self._sizes: dict[IndexSketch, int] = {}
        self.refused: dict[IndexSketch, str] = {}
        """The sketches that the engine makes no index of, with its words."""

        self.asked = 0

    @property
    def unit(self) -> Unit:
        """Give what costs count."""
        return self._judge.unit

    def ask(self, subjects: Iterable[Subject], chosen: Iterable[IndexSketch] = ()) -> bool:
        """Have subjects judged with a set of indexes; False where the engine refuses one of it."""
        chosen = frozenset(chosen)
        if any(each in self.refused for each in chosen):
            return False
        wanted: dict[tuple[str, Chosen], str] = {}
        used: set[IndexSketch] = set()
        for subject in subjects:
            own = self._own(subject, chosen)
            for variant in subject.variants:
                if (variant.sql, own) not in self._known:
                    wanted[variant.sql, own] = variant.sql
                    used |= own
        return self._ask(wanted, used)

    def _ask(
        self,
        wanted: Mapping[tuple[str, Chosen], str],
        used: Iterable[IndexSketch],
    ) -> bool:
        if not wanted:
            return True
        given = sorted(used, key=lambda each: each.shape)
        self.asked += len(wanted)
        try:
            found = self._judge.costs(tuple(wanted.values()), given)
        except RefusedError as error:
            if len(given) == 1:
                self.refused[given[0]] = error.message
            return False
        for key, judged in zip(wanted, found, strict=True):
            self._known[key] = judged if isinstance(judged, Judged) else judged.reason
        return True

    def is_needless(
        self,
        subjects: Iterable[Subject],
        chosen: Chosen,
        table: Table,
        name: str,
        allowed: float,
    ) -> bool:
        """Tell whether no query on a table gets dearer without an index that is there."""
        for subject in subjects:
            if table_key(table) not in subject.tables:
                continue
            own = self._own(subject, chosen)
            statements = tuple(variant.sql for variant in subject.variants)
            given = sorted(own, key=lambda each: each.shape)
            self.asked += len(statements)
            try:
                found = self._judge.costs(statements, given, (name,))
            except RefusedError:
                return False
            for sql, judged in zip(statements, found, strict=True):
                old = self.judged(subject, own, sql)
                if not isinstance(judged, Judged) or isinstance(old, str):
                    continue
                if judged.cost > old.cost * allowed + 1:
                    return False
        return True

    def judged(self, subject: Subject, chosen: Iterable[IndexSketch], sql: str) -> Judged | str:
        """Give what was said of one variant; what the engine said, where it made no plan of it."""
        own = self._own(subject, frozenset(chosen))
        if (sql, own) not in self._known:
            self._ask({(sql, own): sql}, own)
        return self._known.get((sql, own), "not judged")

    def costs(self, subject: Subject, chosen: Iterable[IndexSketch]) -> tuple[float | None, ...]:
        """Give the careful cost of each variant; None for what has no plan."""
        chosen = frozenset(chosen)
        limited = any(scope.limit is not None for scope in subject.query.scopes)
        return tuple(self._careful(subject, chosen, each.sql, limited) for each in subject.variants)

    def _careful(
        self,
        subject: Subject,
        chosen: Chosen,
        sql: str,
        limited: bool,  # noqa: FBT001
    ) -> float | None:
        found, today = self.judged(subject, chosen, sql), self.judged(subject, (), sql)
        if isinstance(found, str):
            return None
        known = None if isinstance(today, str) else today
        return careful(found, self._judge.unit, limited=limited, today=known)

    def cost(self, subject: Subject, chosen: Iterable[IndexSketch]) -> float:
        """Give what a run costs, its variants by their shares."""
        total = weight = 0.0
        for cost, variant in zip(self.costs(subject, chosen), subject.variants, strict=True):
            if cost is not None and variant.share:
                total += cost * variant.share
                weight += variant.share
        return total / weight if weight else 0.0

    def size(self, sketch: IndexSketch) -> int:
        """Give the bytes of an index; a great many where the engine makes none of it."""
        if sketch not in self._sizes:
            try:
                self._sizes[sketch] = self._judge.size(sketch)
            except RefusedError as error:
                self.refused[sketch] = error.message
                self._sizes[sketch] = 1 << 60
        return self._sizes[sketch]

    def tell(self, what: str, done: int, whole: int) -> None:
        """Tell how far it is."""
        self._progress(what, done, whole)

    def _own(self, subject: Subject, chosen: Chosen) -> Chosen:
        return frozenset(each for each in chosen if table_key(each.table) in subject.tables)


def relevant(subjects: Sequence[Subject], sketch: IndexSketch) -> list[Subject]:
    """Give the subjects that an index could serve, by the first part of its key."""
    index = sketch.index
    lead = (table_key(sketch.table), index.parts[0].expression)
    named = index.where
    return [each for each in subjects if lead in each.leads or (named and lead[0] in each.tables)]
