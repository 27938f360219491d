"""Several ways to do the same, tried on the same database: a statement, and the form that is safe.

written, safe = replay_forms(trial, (form_of("as written", phases), form_of("safe", others)))
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from be_tui.core.migrations.model import Script, ScriptStatement
from be_tui.core.migrations.replay.dumps import Difference, Dump, difference, dump
from be_tui.core.migrations.replay.proving import proving
from be_tui.core.migrations.replay.watching import Watched
from be_tui.core.sqltext import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from be_tui.core.migrations.files import PhaseScript
    from be_tui.core.migrations.model import Migration
    from be_tui.core.migrations.replay.model import Run
    from be_tui.core.migrations.replay.preparing import Trial
    from be_tui.core.migrations.replay.proving import Progress, Prover
    from be_tui.core.project import Cancel


@dataclass(frozen=True, slots=True)
class Form:
    """One way to do it."""

    title: str
    scripts: tuple[Script, ...]
    """Run one after the other, each as it is wrapped."""


@dataclass(frozen=True, slots=True)
class Formed:
    """What came of one way."""

    form: Form
    runs: tuple[Run, ...]
    """Of each script, up to the one that failed."""

    against: Difference | None = None
    """Where it leads elsewhere than the first way; None where it does not, or either failed."""

    @property
    def failed(self) -> bool:
        """Tell whether it did not come to its end."""
        return any(run.failed for run in self.runs)

    @property
    def seconds(self) -> float:
        """Give the time of all its statements together."""
        return sum(run.seconds for run in self.runs)

    @property
    def longest_wait(self) -> float:
        """Give the longest time that another session waited."""
        return max((wait.seconds for run in self.runs for wait in run.waits), default=0.0)


def form_of(title: str, phases: Iterable[PhaseScript]) -> Form:
    """Give phases as a way to be tried: what must run outside of a transaction does."""
    return Form(title, tuple(_script(phase) for phase in phases))


def _script(phase: PhaseScript) -> Script:
    statements = [each for step in phase.steps for each in step.up]
    outside = any(each.outside for each in statements)
    texts = tuple(ScriptStatement(Statement(each.sql, 0, 0, 0)) for each in statements)
    return Script(phase.name, texts, "none" if outside else "one")


def before_statement(trial: Trial, migration: Migration, number: int) -> Trial:
    """Give a trial that begins before one statement of one of its migrations.

    Args:
        trial: What is tried.
        migration: One of its migrations.
        number: The statement's number in it, from 0.
    """
    at = trial.migrations.index(migration)
    part = replace(migration.up, statements=migration.up.statements[:number])
    rest = replace(migration.up, statements=migration.up.statements[number:])
    earlier = (*trial.before, *trial.migrations[:at], replace(migration, up=part, down=None))
    return replace(trial, before=earlier, migrations=(replace(migration, up=rest, down=None),))


def replay_forms(
    before: Trial,
    forms: Sequence[Form],
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> tuple[Formed, ...]:
    """Try several ways on the same database with the same rows.

    Args:
        before: What is there before; its own migrations are not run, but rows are made so that
            they can be.
        forms: The ways; the others are compared with where the first one leads.
        progress: Told how far it is.
        cancel: Ends it from another thread.

    Raises:
        InputError: No database can be made, what comes before fails, or the server is gone.
        Cancelled: The cancel was set.
    """
    with proving(before, progress, cancel) as prover:
        prover.prepare()
        prover.furnish(0.0)
        first: Dump | None = None
        found = []
        for number, form in enumerate(forms):
            prover.progress(form.title, number / len(forms))
            formed, led = _tried(prover, form)
            if led and first and not formed.failed:
                formed = replace(formed, against=difference(first, led))
            first = led if number == 0 else first
            found.append(formed)
        return tuple(found)


def _tried(prover: Prover, form: Form) -> tuple[Formed, Dump | None]:
    runs: list[Run] = []
    with prover.opened() as (sandbox, session):
        watched = Watched(sandbox, session, prover.trial, prover.run)
        watched.begin()
        for script in form.scripts:
            runs.append(watched.run(script, "up"))
            if runs[-1].failed:
                return Formed(form, tuple(runs)), None
        led = dump(sandbox)
    return Formed(form, prover.timed(tuple(runs))), led
