"""Tries migrations one after the other: there, back, there again; watched, then by the clock.

    replay = prove(prepare(Given(("db/migrations/0042_add_email.sql",))))

Each migration gets a copy of the database before it in which it is watched, and another one in
which nobody looks but those who wait. Where generated rows are in its way, it is tried on empty
tables too. What comes after one that does not reach its end is not tried.
"""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from be_tui.core.databases import StatementError
from be_tui.core.errors import InputError
from be_tui.core.migrations.model import LOCK_MODES
from be_tui.core.migrations.replay.census import tables_of
from be_tui.core.migrations.replay.furnishing import empty, furnish, make, make_roles, roles_of
from be_tui.core.migrations.replay.model import Proof, Replay, Run
from be_tui.core.migrations.replay.probing import MOST_TABLES, Probes
from be_tui.core.migrations.replay.refusing import lacking, refusals
from be_tui.core.migrations.replay.running import UNREACHED, Plain, run_script
from be_tui.core.migrations.replay.staging import Stage
from be_tui.core.migrations.replay.watching import Watched, bounds_of
from be_tui.core.migrations.replay.words import why_failed
from be_tui.core.schema import read_session
from be_tui.core.sqltext import split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from be_tui.core.databases import Sandbox, Session
    from be_tui.core.migrations.model import Migration, Script, ScriptStatement
    from be_tui.core.migrations.replay.model import Direction, Wait
    from be_tui.core.migrations.replay.preparing import Trial
    from be_tui.core.migrations.replay.running import Refuse, Sees
    from be_tui.core.project import Cancel
    from be_tui.core.schema import Schema

    Progress = Callable[[str, float], None]
    """Told what is done, and which part of the whole is behind, from 0 to 1."""

_ROOMY = 300_000
"""Rows of a table from which on the database stands on disk."""

_WEAK = frozenset(LOCK_MODES[: LOCK_MODES.index("ROW EXCLUSIVE") + 1])
"""Locks that no reader or writer waits for, so that nobody probes for them."""


def prove(trial: Trial, progress: Progress | None = None, cancel: Cancel | None = None) -> Replay:
    """Try migrations.

    Args:
        trial: What, and where.
        progress: Told how far it is.
        cancel: Ends it from another thread.

    Raises:
        InputError: No database can be made, what comes before fails, or the server is gone.
        Cancelled: The cancel was set.
    """
    with proving(trial, progress, cancel) as prover:
        return prover.prove()


@contextlib.contextmanager
def proving(
    trial: Trial, progress: Progress | None = None, cancel: Cancel | None = None
) -> Iterator[Prover]:
    """Give who tries migrations, with a stage, for the length of a block.

    Raises:
        InputError: No database can be made, or the server is gone.
        Cancelled: The cancel was set.
    """
    most = max([trial.rows, *trial.given_rows.values()])
    with Stage(trial.where, roomy=most > _ROOMY) as stage:
        prover = Prover(stage, trial, progress or _untold)
        with cancel.when_set(prover.stop) if cancel else contextlib.nullcontext():
            try:
                yield prover
            except StatementError as error:
                if cancel:
                    cancel.check()
                raise _gone(error, trial) from None


def _unrun(proofs: list[Proof]) -> Iterator[str]:
    """Give why statements were not run."""
    return (step.unrun for proof in proofs for step in proof.up.steps)


def _statements(trial: Trial) -> Iterator[ScriptStatement]:
    """Give the statements of the migrations, both ways."""
    for migration in trial.migrations:
        yield from migration.up.statements
        yield from migration.down.statements if migration.down else ()


def _clocked(up: Run, run: Run, waits: tuple[Wait, ...]) -> Run:
    """Give what was watched with the times of the run that nobody watched."""
    steps = tuple(
        replace(step, seen=replace(step.seen, seconds=clocked.seen.seconds))
        if step.seen and clocked.seen
        else step
        for step, clocked in zip(up.steps, run.steps, strict=True)
    )
    return replace(up, steps=steps, seconds=run.seconds, waits=waits)


def _untold(what: str, share: float) -> None:
    del what, share


def _comes_before(run: Run) -> InputError:
    step = run.failing
    line = step.statement.statement.line if step else 0
    where = f"{run.script.path}:{line}" if line else run.script.path
    hint = "--schema or --database tells what is there before"
    return InputError(f"comes before, and is refused: {why_failed(run)}", where=where, hint=hint)


def _gone(error: StatementError, trial: Trial) -> InputError:
    where = trial.where
    if "://" in where:
        from be_tui.core.databases.urls import parse

        where = parse(where).shown
    hint = "give fewer --rows" if error.trouble == "refused" else ""
    return InputError(f"the scratch database ended: {error.message}", where=where, hint=hint)


@dataclass(slots=True)
class Prover:
    """What is done with one stage, from its first table to the last migration."""

    stage: Stage
    trial: Trial
    progress: Progress
    notes: list[str] = field(default_factory=list)
    _filled: dict[str, int] = field(default_factory=dict)
    _sessions: list[Session] = field(default_factory=list)
    _stopped: bool = False
    _later: Schema | None = None
    """What the migrations lead to."""

    _at: int = 0
    """The number of the statement that runs."""

    def stop(self) -> None:
        """End what runs, from another thread."""
        self._stopped = True
        self.stage.stop()
        for session in tuple(self._sessions):
            with contextlib.suppress(Exception):
                session.stop()

    def prove(self) -> Replay:
        """Try every migration, up to the first that does not reach its end."""
        began = time.monotonic()
        self.notes += [
            f"{each.place} {each.message}"
            for each in self.trial.findings
            if each.rule == "proof-not-run"
        ]
        self.progress("making the database", 0.0)
        self.prepare()
        proofs: list[Proof] = []
        migrations = self.trial.migrations
        for number, migration in enumerate(migrations):
            share = (number + 0.1) / (len(migrations) + 0.1)
            self.furnish(share)
            proof = self._proof(migration, share)
            proofs.append(proof)
            if not proof.reached:
                break
            if number + 1 < len(migrations):
                self._go_on(proof)
        return Replay(
            engine=self.stage.engine,
            version=self.stage.version,
            where=self._shown(),
            proofs=tuple(proofs),
            filled=tuple(self._filled.items()),
            notes=tuple(dict.fromkeys(self.notes)),
            lacking=lacking((*self.notes, *_unrun(proofs))),
            untried=migrations[len(proofs) :],
            seconds=time.monotonic() - began,
        )

    def _shown(self) -> str:
        if not self.stage.shared:
            return self.trial.where
        from be_tui.core.databases.urls import parse

        return parse(self.trial.where).shown

    def prepare(self) -> None:
        """Make what is there before the first migration that was named."""
        texts = [each.statement.text for move in self.trial.before for each in move.up.statements]
        texts += [each.statement.text for each in _statements(self.trial)]
        if self.stage.engine == "postgresql" and not self.stage.shared:
            texts += [each.text for each in split(self.trial.ddl, "postgresql")]
            names = roles_of(texts)
            made = self.stage.build(lambda session: make_roles(session, names))
            if made:
                told = ", ".join(made)
                self.notes.append(f"roles that nothing here makes were made, to be named: {told}")
        ddl, engine = self.trial.ddl, self.stage.engine
        if ddl:
            self.notes += self.stage.build(
                lambda session: make(session, ddl, engine, self._refuse(session))
            )
        for run in self.stage.build(self._history):
            self._note_unrun(run)
        self._later = self._outcome()

    def _outcome(self) -> Schema | None:
        """Give the schema that the migrations lead to, as far as they come without a row."""
        if not (self.trial.rows or self.trial.given_rows):
            return None
        engine, version = self.stage.engine, self.stage.version
        with self.opened() as (_, session):
            for migration in self.trial.migrations:
                if self._forward(session, migration.up).failed:
                    break
            session.run("RESET ROLE") if engine == "postgresql" else None
            return read_session(session, engine, version).schema

    def _history(self, session: Session) -> list[Run]:
        """Run the migrations that come before; they have to work."""
        seer, refuse = Plain(session, bounds_of(self.trial)), self._refuse(session)
        runs = []
        for migration in self.trial.before:
            run = run_script(migration.up, "up", seer, refuse, self._told)
            if run.failed:
                raise _comes_before(run)
            runs.append(run)
        return runs

    def _forward(self, session: Session, script: Script) -> Run:
        return self.run(script, "up", Plain(session, bounds_of(self.trial)))

    def _refuse(self, session: Session) -> Refuse:
        return refusals(session, self.stage.engine, shared=self.stage.shared)

    def _note_unrun(self, run: Run) -> None:
        for step in run.unrun:
            if step.unrun == UNREACHED:
                continue
            where = f"{run.script.path}:{step.statement.statement.line}"
            self.notes.append(f"{where} was not run: {step.unrun}")
        for unread in run.script.unread:
            where = f"{run.script.path}:{unread.statement.line}"
            self.notes.append(f"{where} was not run: {unread.message}")

    def furnish(self, share: float) -> None:
        """Give rows to the tables that have none."""
        engine, version = self.stage.engine, self.stage.version
        rows = {"": self.trial.rows, **self.trial.given_rows}

        def told(table: str, done: int, whole: int) -> None:
            self.progress(f"{table}: {done:,} of {whole:,} rows", share)
            if self._stopped:
                raise StatementError("it was stopped", "stopped")

        fill = partial(
            furnish,
            engine=engine,
            version=version,
            rows=rows,
            later=self._later,
            texts=tuple(each.statement.text for each in _statements(self.trial)),
            progress=told,
        )
        filled, notes = self.stage.build(fill)
        self._filled.update(filled)
        self.notes += notes

    def _go_on(self, proof: Proof) -> None:
        """Let the migration stay, for those that come after it."""
        migration, engine = proof.migration, self.stage.engine
        bare = proof.up.failed

        def action(session: Session) -> Run:
            if bare:
                empty(session, engine, tables_of(session, engine).values())
            return self._forward(session, migration.up)

        self.stage.build(action)

    def _proof(self, migration: Migration, share: float) -> Proof:
        proof = self._tried(migration, share, bare=False)
        if proof.up.on_data:
            bare = self._tried(migration, share, bare=True)
            proof = replace(proof, bare=bare)
        return proof

    def _tried(self, migration: Migration, share: float, *, bare: bool) -> Proof:
        """Try one migration: watched, and then by the clock."""
        shown = migration.title or migration.version or migration.path
        with self.opened(bare=bare) as (sandbox, session):
            self.progress(f"{shown}: watched", share)
            watched = Watched(sandbox, session, self.trial, self.run)
            proof = watched.there(migration)
            if not proof.up.failed:
                self.progress(f"{shown}: there and back", share)
                proof = watched.back(proof)
        if not proof.up.failed:
            self.progress(f"{shown}: by the clock", share)
            (up,) = self.timed((proof.up,), bare=bare)
            proof = replace(proof, up=up)
        return proof

    @contextlib.contextmanager
    def opened(self, *, bare: bool = False) -> Iterator[tuple[Sandbox, Session]]:
        """Give a copy of the stage with one connection; its tables empty where that is asked."""
        engine = self.stage.engine
        with self.stage.copy() as sandbox, sandbox.session() as session:
            if bare:
                empty(session, engine, tables_of(session, engine).values())
            self._sessions.append(session)
            try:
                yield sandbox, session
            finally:
                self._sessions.remove(session)

    def timed(self, ups: tuple[Run, ...], *, bare: bool = False) -> tuple[Run, ...]:
        """Run scripts once more, with others who want to read and write meanwhile.

        Where no lock was seen nobody has to wait, and the times of those who watched will do.
        """
        effects = [step.seen.effects for up in ups for step in up.steps if step.seen]
        if self.stage.engine == "postgresql" and not any(each.locks for each in effects):
            return ups
        found = []
        with self.opened(bare=bare) as (sandbox, session):
            for up in ups:
                tables = self._probed(up, session)
                if len(tables) > MOST_TABLES:
                    told = f"others read and wrote {MOST_TABLES} of its {len(tables)} locked tables"
                    self.notes.append(f"{up.script.path}: {told}")
                probes = Probes(sandbox, tables, lambda: self._at)
                self._at = 0
                try:
                    probes.start()
                    run = self.run(up.script, "up", Plain(session, bounds_of(self.trial)))
                finally:
                    waits = probes.end()
                found.append(_clocked(up, run, waits))
        return tuple(found)

    def _probed(self, up: Run, session: Session) -> tuple[tuple[str, str], ...]:
        """Give the tables that others are to read and write, the most locked first."""
        engine = self.stage.engine
        names = tables_of(session, engine)
        if engine == "sqlite":
            # The whole file is locked, whatever the table.
            return tuple(("the whole file", name) for name in names.values())[:1]
        effects = [step.seen.effects for step in up.steps if step.seen]
        found: dict[str, int] = {}
        for lock in (lock for each in effects for lock in each.locks):
            if lock.kind == "table" and lock.mode not in _WEAK:
                rank = LOCK_MODES.index(lock.mode)
                found[lock.relation] = max(found.get(lock.relation, 0), rank)
        for online in (online for each in effects for online in each.online):
            found[online.table] = len(LOCK_MODES)
        ranked = sorted(found, key=lambda name: (-found[name], name))
        return tuple((name, names[name]) for name in ranked if name in names)

    def run(self, script: Script, direction: Direction, seer: Sees) -> Run:
        """Run a script, and know which of its statements runs.

        Raises:
            StatementError: The server is gone, or somebody stopped it.
        """
        return run_script(script, direction, seer, self._refuse(seer.session), self._told)

    def _told(self, number: int, statement: ScriptStatement) -> None:
        del statement
        self._at = number
        if self._stopped:
            raise StatementError("it was stopped", "stopped")
