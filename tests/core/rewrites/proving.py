"""Rewrites many drawn queries, and runs each again on rows that its own gate did not see."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from be_tui.core.rewrites.gate import Gate
from be_tui.core.rewrites.rewriting import rewrite
from be_tui.core.schema import read_schema
from be_tui.core.sqltext import Target, split
from tests.core.rewrites.cases import Drawn

if TYPE_CHECKING:
    from be_tui.core.rewrites.gate import Asked
    from be_tui.core.rewrites.model import Trial
    from be_tui.core.sqltext import Engine

QUERIES = 60
"""Queries on each schema."""


@dataclass(slots=True)
class Proved:
    """What came of it."""

    cases: int = 0
    unread: Counter[str] = field(default_factory=Counter)
    applied: Counter[str] = field(default_factory=Counter)
    offered: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)
    """Proved steps that the gate took back: proofs that were none."""

    wrong: list[str] = field(default_factory=list)
    rewritten: int = 0
    telling: int = 0

    def __str__(self) -> str:
        steps = ", ".join(f"{rule} {count}" for rule, count in sorted(self.applied.items()))
        return (
            f"{self.cases} cases, {self.rewritten} rewritten ({self.telling} of them with rows), "
            f"{len(self.wrong)} wrong or not run, {len(self.refused)} refused by the gate, "
            f"{sum(self.offered.values())} steps offered; applied: {steps}; "
            f"left alone: {dict(self.unread)}"
        )


class _Twice(Gate):
    """A gate that keeps what it was asked."""

    asked: list[tuple[Trial, Asked]]

    def compare(self, asked: Asked) -> Trial:
        trial = super().compare(asked)
        self.asked.append((trial, asked))
        return trial


def prove(engine: Engine, cases: int, seed: int = 0, *, tidy: bool = True) -> Proved:
    """Rewrite so many drawn queries on a real engine."""
    proved = Proved()
    target = Target(engine)
    while proved.cases < cases:
        drawn = Drawn(engine, seed)
        seed += 1
        schema = read_schema(drawn.ddl, target, "drawn.sql").schema
        with _Twice(schema, target, cases=12) as gate:
            for _ in range(min(QUERIES, cases - proved.cases)):
                _prove(proved, drawn, gate, target, tidy=tidy)
    return proved


def _prove(proved: Proved, drawn: Drawn, gate: _Twice, target: Target, *, tidy: bool) -> None:
    text = drawn.query()
    (statement,) = split(text, target.engine)
    gate.asked = []
    found = rewrite(statement, gate._schema, target, gate, tidy=tidy)
    proved.cases += 1
    if found.trouble:
        proved.unread[found.trouble[:40]] += 1
    for taken in found.steps:
        if taken.standing == "applied":
            proved.applied[taken.step.rule] += 1
        elif taken.standing == "offered":
            proved.offered[taken.step.rule] += 1
            if not taken.step.open and taken.step.changes:
                proved.unread[f"nothing run: {taken.why[:120]}"] += 1
        else:
            witness = taken.trial.witness if taken.trial else None
            proved.refused.append(f"{drawn.ddl}\n{text}\n{taken.step}\n{witness}")
    if found.applied:
        proved.rewritten += 1
        last = next(asked for trial, asked in gate.asked if trial is found.applied[-1].trial)
        # Blanks before it make other rows of the same tables.
        again = replace(last, before=f" {last.before}")
        trial = Gate.compare(gate, again)
        proved.telling += bool(trial.telling)
        if trial.witness is not None:
            proved.wrong.append(f"{drawn.ddl}\n{text}\n{found.after}\n{trial.witness}")
