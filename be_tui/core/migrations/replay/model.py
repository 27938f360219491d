"""The nouns of a replay: what was seen of a statement, of a migration, of its way back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from be_tui.core.migrations.model import Effects

if TYPE_CHECKING:
    from be_tui.core.databases import Engine, Trouble
    from be_tui.core.migrations.model import Migration, Script, ScriptStatement
    from be_tui.core.migrations.replay.beside import Beside
    from be_tui.core.migrations.replay.dumps import Difference

Direction = Literal["up", "down", "again"]
"""There; back; and there once more."""


@dataclass(frozen=True, slots=True)
class Observation:
    """What was seen of one statement while it ran."""

    effects: Effects = field(default_factory=Effects)
    """Locks, work and failures as the server had them; breaks are not to be seen from inside."""

    seconds: float = 0.0
    """Wall time, without what it waited for those who watched it."""

    said: tuple[str, ...] = ()
    """What the server remarked: notices, warnings, and which proof spared it a scan."""

    trouble: Trouble | None = None
    """Why it did not run; None where it did."""

    message: str = ""
    """In the server's words."""

    code: str = ""
    """What the server calls it: an SQLSTATE."""

    outside: bool = False
    """Whether it ran outside of any transaction, and was watched by other sessions."""

    @property
    def failed(self) -> bool:
        """Tell whether it did not run."""
        return self.trouble is not None


@dataclass(frozen=True, slots=True)
class Wait:
    """How long another session stood still, while a migration ran."""

    relation: str
    kind: Literal["reads", "writes"]
    seconds: float
    """The longest time without a break; 0 where it never had to wait."""

    statement: int = 0
    """The number of the statement at which it began to wait, from 0."""


@dataclass(frozen=True, slots=True)
class Step:
    """One statement of a script, and what came of it."""

    statement: ScriptStatement
    seen: Observation | None = None
    """None where it was not run."""

    unrun: str = ""
    """Why it was not run."""

    predicted: Effects | None = None
    """What was told beforehand; None where nothing was."""

    contradictions: tuple[str, ...] = ()
    """Where what was seen is otherwise than was told, a line each."""

    @property
    def failed(self) -> bool:
        """Tell whether it ran and was refused."""
        return self.seen is not None and self.seen.failed


@dataclass(frozen=True, slots=True)
class Run:
    """A script from its first statement to its last, or to the one that failed."""

    script: Script
    direction: Direction
    steps: tuple[Step, ...] = ()
    seconds: float = 0.0
    """Wall time of its statements together, without anybody who watched."""

    waits: tuple[Wait, ...] = ()
    """What others waited, for each table that it locks."""

    ended_by: str = ""
    """Why it failed at its very end, where the transaction was to be kept."""

    @property
    def failed(self) -> bool:
        """Tell whether it did not come to its end."""
        return bool(self.ended_by) or any(step.failed for step in self.steps)

    @property
    def failing(self) -> Step | None:
        """Give the statement that it ended with; None where it came to its end."""
        return next((step for step in self.steps if step.failed), None)

    @property
    def on_data(self) -> bool:
        """Tell whether rows were in the way, which were generated here."""
        step = self.failing
        failures = step.seen.effects.failures if step and step.seen else ()
        return any(each.kind == "on data" for each in failures)

    @property
    def unrun(self) -> tuple[Step, ...]:
        """Give the statements that were left out."""
        return tuple(step for step in self.steps if step.unrun)


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a table's rows."""

    table: str
    before: int
    after: int | None
    """Its rows after the migration; None where there is no such table any more."""

    back: int | None = None
    """Its rows after the way back; None where it was not gone, or there is no such table."""

    changed: tuple[str, ...] = ()
    """Columns whose values are gone or others after the migration."""

    not_back: tuple[str, ...] = ()
    """Columns whose values are not what they were, after the way back."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One migration: there, back, and there again."""

    migration: Migration
    up: Run
    down: Run | None = None
    """None where there is no way back, or the way there failed."""

    again: Run | None = None
    back: Difference | None = None
    """What is otherwise than before, after the way back."""

    left: Difference | None = None
    """What a migration that failed has left behind."""

    anew: Difference | None = None
    """What is otherwise after the second way there than after the first."""

    rows: tuple[Kept, ...] = ()
    breaks: tuple[str, ...] = ()
    """Queries that worked before and do not any more, each with the server's reason."""

    bare: Proof | None = None
    """The same with empty tables, where generated rows were in the way."""

    @property
    def reversible(self) -> bool | None:
        """Tell whether the way back leads back; None where it was not tried."""
        if self.down is None:
            return None
        return not self.down.failed and self.back is None

    @property
    def reached(self) -> bool:
        """Tell whether the migration came to its end, be it on empty tables."""
        return not self.up.failed or (self.bare is not None and self.bare.reached)


@dataclass(frozen=True, slots=True)
class Replay:
    """What was seen of all migrations that were tried."""

    engine: Engine
    version: str
    where: str
    """The sandbox, as a person named it; without credentials."""

    proofs: tuple[Proof, ...] = ()
    filled: tuple[tuple[str, int], ...] = ()
    """The rows of each table before the last migration."""

    notes: tuple[str, ...] = ()
    """What could not be kept or told, a line each."""

    lacking: tuple[str, ...] = ()
    """Extensions of PostgreSQL that were asked for, and that the server does not have."""

    untried: tuple[Migration, ...] = ()
    """Those after one that failed."""

    beside: tuple[Beside, ...] = ()
    """Statements with their safe forms, where those were tried too."""

    seconds: float = 0.0

    @property
    def runs(self) -> tuple[Run, ...]:
        """Give every run, those on empty tables among them."""
        found: list[Run] = []
        for proof in self.proofs:
            for each in (proof, proof.bare):
                if each:
                    found += [run for run in (each.up, each.down, each.again) if run]
        return tuple(found)
