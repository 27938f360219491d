"""A plan: steps from one schema to another, in phases that a running program survives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from be_tui.core.migrations.diff import Change, Question
    from be_tui.core.migrations.model import Effects
    from be_tui.core.sqltext import Target

Phase = Literal["expand", "backfill", "contract"]
"""While old code still runs; rows brought up to date, with old code running; once it is gone."""

PHASES: tuple[Phase, ...] = get_args(Phase)

PHASE_NOTES: dict[Phase, str] = {
    "expand": "Run this before the new code is released; the old code goes on working, but for what"
    " a step says.",
    "backfill": "Run this once the expand phase stands; it may be stopped and run again.",
    "contract": "Run this when no old code runs any more.",
}

RenameWay = Literal["direct", "view", "copy"]
"""How a rename reaches running code: at once, with a view of the old name for tables, or with a
second column that a trigger keeps the same."""

RENAME_WAYS: tuple[RenameWay, ...] = get_args(RenameWay)


@dataclass(frozen=True, slots=True)
class Options:
    """How a plan is to be made."""

    direct: bool = False
    """Plain DDL in one go, for a database that nobody uses meanwhile."""

    renames: RenameWay = "copy"
    lock_timeout: int = 5
    """Seconds that a statement may wait for a lock before it is given up and tried again."""

    batch: int = 5000
    """Rows of one step of a backfill."""

    pause: float = 0.1
    """Seconds between two steps of a backfill."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a step, without the semicolon that ends it."""

    sql: str
    outside: bool = False
    """Whether it runs outside of a transaction."""

    comment: str = ""
    """Why it is there."""

    effects: Effects | None = None
    """What it does to a database in use; None where nobody told."""


@dataclass(frozen=True, slots=True)
class Step:
    """Statements that belong together."""

    phase: Phase
    title: str
    """What it does, in a few words: `add column users.email`."""

    up: tuple[Statement, ...]
    down: tuple[Statement, ...] = ()
    """What takes it back, in the order in which it is run; empty where nothing needs to be."""

    lost: str = ""
    """What going back does not bring back."""

    notes: tuple[str, ...] = ()
    """What to know before it is run."""

    leaves: str = ""
    """What a failure in the middle leaves behind, and how it is cleaned up."""

    retry: bool = False
    """Whether it waits for a lock, and is to be tried again where that takes too long."""

    @property
    def outside(self) -> bool:
        """Tell whether any of it runs outside of a transaction."""
        return any(each.outside for each in self.up)


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps from one schema to another."""

    target: Target
    steps: tuple[Step, ...]
    changes: tuple[Change, ...]
    questions: tuple[Question, ...] = ()
    held: tuple[Change, ...] = ()
    """What is not done before the questions are answered."""

    remarks: tuple[str, ...] = ()
    options: Options = Options()

    def phase(self, phase: Phase) -> tuple[Step, ...]:
        """Give the steps of a phase, in their order."""
        return tuple(each for each in self.steps if each.phase == phase)

    @property
    def phases(self) -> tuple[Phase, ...]:
        """Give the phases that have steps."""
        return tuple(each for each in PHASES if self.phase(each))

    def down(self) -> tuple[Step, ...]:
        """Give the steps as they are taken back."""
        return tuple(reversed(self.steps))
