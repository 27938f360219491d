"""The safe form of each statement that lets others wait, tried beside the statement itself.

What `core/migrations/checks` suggests for a statement is run on the same database with the same
rows, so that both can be held against each other: how long, who waited, where it leads.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from be_tui.core.migrations.model import Migration, Script
from be_tui.core.migrations.replay.forms import Form, before_statement, form_of, replay_forms
from be_tui.core.schema.state import schema_of_statements
from be_tui.core.sqltext import split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.checks import Found
    from be_tui.core.migrations.replay.forms import Formed
    from be_tui.core.migrations.replay.model import Proof, Replay, Step
    from be_tui.core.migrations.replay.preparing import Trial
    from be_tui.core.migrations.replay.proving import Progress
    from be_tui.core.project import Cancel

MOST = 6
"""Statements whose safe forms are tried; each needs a database of its own."""


@dataclass(frozen=True, slots=True)
class Beside:
    """One statement and its safe form."""

    migration: Migration
    step: Step
    rule: str
    """The rule that suggests the form: `migration-index-blocks-writes`."""

    written: Formed
    safe: Formed


def try_beside(
    trial: Trial, replay: Replay, progress: Progress | None = None, cancel: Cancel | None = None
) -> tuple[Beside, ...]:
    """Try safe forms beside the statements that hold a lock while they work on rows.

    Args:
        trial: What was tried.
        replay: What was seen; it tells which statements those are.
        progress: Told how far it is.
        cancel: Ends it from another thread.

    Raises:
        InputError: No database can be made, or the server is gone.
        Cancelled: The cancel was set.
    """
    found: list[Beside] = []
    for proof in replay.proofs:
        proof = proof.bare or proof  # noqa: PLW2901 (the one that came to its end)
        for number, step, hint in _blocking(trial, proof):
            if len(found) == MOST:
                return tuple(found)
            before = before_statement(trial, proof.migration, number)
            wrapping = step.statement.wrapping or proof.up.script.wrapping
            script = Script("", (replace(step.statement, wrapping=None),), wrapping)
            forms = (Form("as written", (script,)), form_of("the safe form", hint.remark.safe))
            written, safe = replay_forms(before, forms, progress, cancel)
            found.append(Beside(proof.migration, step, hint.rule, written, safe))
    return tuple(found)


def _blocking(trial: Trial, proof: Proof) -> Iterator[tuple[int, Step, Found]]:
    """Give the statements that block, each with the first safe form that is suggested for it."""
    from be_tui.core.migrations.checks import Against, check

    schema, _ = schema_of_statements(split(trial.ddl, trial.target.engine), trial.target)
    at = trial.migrations.index(proof.migration)
    against = Against(schema, (*trial.before, *trial.migrations[:at]))
    hints: dict[int, Found] = {}
    for each in check((proof.migration,), trial.target, against):
        if each.given is not None and each.remark.safe:
            hints.setdefault(each.given.statement.start, each)
    for number, step in enumerate(proof.up.steps):
        hint = hints.get(step.statement.statement.start)
        if hint and step.seen and _blocks(step):
            yield number, step, hint


def _blocks(step: Step) -> bool:
    """Tell whether it lets others wait while it works; what it locks may be held before it."""
    effects = [step.seen.effects if step.seen else None, step.predicted]
    return any(each is not None and each.blocks for each in effects)
