"""Migrations run on a scratch server, and what was seen there.

    replay = prove(prepare(Given(("db/migrations/0042_add_email.up.sql",))))

observe(sandbox, statement)                  locks, work and failures of a statement on PostgreSQL
Watch(sandbox, session)                      the same for statements one after the other
prepare(given), prove(trial)                 migrations tried: there, back, there again
replay_forms(trial, forms)                   several ways to do the same
try_beside(trial, replay)                    the safe form of each statement that lets others wait
replay_page, replay_json, markdown, evidence, findings, record
                                             what was seen, told
same_after(where, old, statements, new)      whether statements lead from one DDL to another
Trials(where)                                the same for many pairs

Names are resolved when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.migrations.replay.beside import Beside, try_beside
    from be_tui.core.migrations.replay.dumps import Difference, Dump, Part, difference, dump
    from be_tui.core.migrations.replay.forms import (
        Form,
        Formed,
        before_statement,
        form_of,
        replay_forms,
    )
    from be_tui.core.migrations.replay.model import (
        Kept,
        Observation,
        Proof,
        Replay,
        Run,
        Step,
        Wait,
    )
    from be_tui.core.migrations.replay.observing import Watch, observe
    from be_tui.core.migrations.replay.pages import replay_page
    from be_tui.core.migrations.replay.preparing import Given, Trial, prepare
    from be_tui.core.migrations.replay.proving import prove
    from be_tui.core.migrations.replay.reporting import (
        evidence,
        findings,
        markdown,
        record,
        replay_json,
    )
    from be_tui.core.migrations.replay.trials import Trials, same_after

__all__ = [
    "Beside",
    "Difference",
    "Dump",
    "Form",
    "Formed",
    "Given",
    "Kept",
    "Observation",
    "Part",
    "Proof",
    "Replay",
    "Run",
    "Step",
    "Trial",
    "Trials",
    "Wait",
    "Watch",
    "before_statement",
    "difference",
    "dump",
    "evidence",
    "findings",
    "form_of",
    "markdown",
    "observe",
    "prepare",
    "prove",
    "record",
    "replay_forms",
    "replay_json",
    "replay_page",
    "same_after",
    "try_beside",
]

if not TYPE_CHECKING:
    _HOMES = {
        "beside": ("Beside", "try_beside"),
        "dumps": ("Difference", "Dump", "Part", "difference", "dump"),
        "forms": ("Form", "Formed", "before_statement", "form_of", "replay_forms"),
        "model": ("Kept", "Observation", "Proof", "Replay", "Run", "Step", "Wait"),
        "observing": ("Watch", "observe"),
        "pages": ("replay_page",),
        "preparing": ("Given", "Trial", "prepare"),
        "proving": ("prove",),
        "reporting": ("evidence", "findings", "markdown", "record", "replay_json"),
        "trials": ("Trials", "same_after"),
    }

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        for module, names in _HOMES.items():
            if name in names:
                return getattr(import_module(f"{__name__}.{module}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
