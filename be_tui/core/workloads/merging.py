"""Queries seen many times become one each, with their weights added and their values kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from be_tui.core.workloads.fingerprinting import fingerprint
from be_tui.core.workloads.model import Sample, Work, Workload

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.findings import Place
    from be_tui.core.sqltext import Engine
    from be_tui.core.workloads.model import Form, LeftOut

SAMPLES = 8
"""Different values that are kept of a query; what it is judged over comes from statistics too."""

_COUNTED = 64
"""Different values that are counted before the most frequent are known; later ones are not."""


@dataclass(slots=True)
class _Gathered:
    work: Work
    weight: float = 0.0
    seconds: float = 0.0
    seen: int = 0
    calls: dict[str, float] = field(default_factory=dict)

    def add(self, text: str, weight: float, seconds: float) -> None:
        self.weight += weight
        self.seconds += seconds
        self.seen += 1
        if text in self.calls or len(self.calls) < _COUNTED:
            self.calls[text] = self.calls.get(text, 0.0) + weight

    def made(self) -> Work:
        kept = sorted(self.calls.items(), key=lambda each: -each[1])[:SAMPLES]
        return Work(
            fingerprint=self.work.fingerprint,
            text=self.work.text,
            place=self.work.place,
            weight=self.weight,
            seconds=self.seconds,
            samples=tuple(Sample(text, calls) for text, calls in kept),
            name=self.work.name,
            seen=self.seen,
        )


class Gathering:
    """Takes queries in as they are read, and gives the workload."""

    def __init__(self, engine: Engine) -> None:
        """Begin with nothing."""
        self._engine = engine
        self._found: dict[str, _Gathered] = {}
        self._left: list[LeftOut] = []

    def add(
        self,
        text: str,
        place: Place,
        weight: float = 1.0,
        seconds: float = 0.0,
        *,
        name: str = "",
        like: str = "",
    ) -> None:
        """Take in one query.

        Args:
            text: As it was run.
            place: Where it stands.
            weight: How often it was run.
            seconds: What that took.
            name: What it is called.
            like: The query that it is told apart by, where values were put into its text.
        """
        mark = fingerprint(like or text, self._engine)
        if not mark:
            return
        gathered = self._found.get(mark)
        if gathered is None:
            gathered = self._found[mark] = _Gathered(Work(mark, text, place, name=name))
        gathered.add(text, weight, seconds)

    def leave_out(self, left: LeftOut) -> None:
        """Remember what cannot be used."""
        self._left.append(left)

    def made(self, form: Form) -> Workload:
        """Give what was gathered."""
        works = tuple(each.made() for each in self._found.values())
        return Workload(works, tuple(self._left), (form,))


def merged(workloads: Iterable[Workload]) -> Workload:
    """Give several workloads as one: the same query in two of them is one."""
    found: dict[str, _Gathered] = {}
    left: list[LeftOut] = []
    forms: dict[Form, None] = {}
    for workload in workloads:
        left += workload.left_out
        forms |= dict.fromkeys(workload.forms)
        for work in workload.works:
            gathered = found.setdefault(work.fingerprint, _Gathered(work))
            gathered.weight += work.weight
            gathered.seconds += work.seconds
            gathered.seen += work.seen
            for sample in work.samples:
                calls = gathered.calls.get(sample.text, 0.0)
                gathered.calls[sample.text] = calls + sample.calls
    return Workload(tuple(each.made() for each in found.values()), tuple(left), tuple(forms))
