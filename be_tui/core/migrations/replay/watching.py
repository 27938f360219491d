"""One copy of the database, in which a migration is watched: there, back, there again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from be_tui.core.databases import Bounds
from be_tui.core.migrations.replay.breaking import broken
from be_tui.core.migrations.replay.census import census, kept
from be_tui.core.migrations.replay.dumps import Dump, difference, dump
from be_tui.core.migrations.replay.engines import is_postgres, is_sqlite
from be_tui.core.migrations.replay.model import Proof, Run
from be_tui.core.migrations.replay.observing import Watch
from be_tui.core.migrations.replay.predicting import foretold
from be_tui.core.schema import read_session
from be_tui.core.schema.state import open_state
from be_tui.core.sqltext import split

if TYPE_CHECKING:
    from collections.abc import Callable

    from be_tui.core.databases import PostgresSession, Sandbox, Session, SqliteSession
    from be_tui.core.migrations.model import Migration, Script
    from be_tui.core.migrations.replay.census import Counted
    from be_tui.core.migrations.replay.model import Direction
    from be_tui.core.migrations.replay.preparing import Trial
    from be_tui.core.migrations.replay.running import Sees
    from be_tui.core.sqltext import Target

_ZONE = "SHOW TimeZone"
_UTC = ("UTC", "Etc/UTC", "GMT", "Etc/GMT", "Zulu", "Universal")
"""Zones in which times with and without zone are the same."""


def bounds_of(trial: Trial) -> Bounds:
    """Give how far each statement of a trial may go."""
    return Bounds(seconds=trial.seconds, rows=1_000, lock_seconds=60)


class Watched:
    """One copy of the database, in which a migration is watched."""

    def __init__(
        self,
        sandbox: Sandbox,
        session: Session,
        trial: Trial,
        run: Callable[[Script, Direction, Sees], Run],
    ) -> None:
        """Take over a copy.

        Args:
            sandbox: The copy.
            session: The one connection to it.
            trial: What is tried.
            run: Runs a script, each statement by who watches it.
        """
        self._run_by = run
        self._sandbox = sandbox
        self._session = session
        self._engine = sandbox.engine
        self._seer = _seer(sandbox, session, bounds_of(trial))
        self._before: tuple[Counted, ...] = ()
        self._after: tuple[Counted, ...] = ()
        self._old = self._new = Dump()
        self._target = _of_server(trial.target, sandbox)
        self._state = open_state(self._target)
        self._utc = self._engine != "postgresql" or session.run(_ZONE).value in _UTC

    def there(self, migration: Migration) -> Proof:
        """Run it, and see what has changed."""
        self._before = self._census()
        self._old = self.begin()
        up = self.run(migration.up, "up")
        if up.failed:
            return Proof(migration, up, left=difference(self._old, dump(self._sandbox)))
        self._new = dump(self._sandbox)
        self._after = self._census()
        with self._sandbox.session() as other:
            breaks = broken(other, self._engine, self._before)
        return Proof(migration, up, rows=kept(self._before, self._after, None), breaks=breaks)

    def back(self, proof: Proof) -> Proof:
        """Take it back, see whether all is as it was, and run it once more."""
        script = proof.migration.down
        if script is None or not script.statements:
            return proof
        down = self.run(script, "down")
        if down.failed:
            left = difference(self._new, dump(self._sandbox))
            return replace(proof, down=down, left=left)
        back = difference(self._old, dump(self._sandbox))
        home = self._census()
        again = self.run(proof.migration.up, "again")
        anew = None if again.failed else difference(self._new, dump(self._sandbox))
        rows = kept(self._before, self._after, home)
        return replace(proof, down=down, again=again, back=back, anew=anew, rows=rows)

    def begin(self) -> Dump:
        """Read the schema that statements are told by; give the structure that it has."""
        if is_postgres(self._sandbox):
            ddl = self._sandbox.ddl()
            self._state = open_state(self._target)
            for each in split(ddl, "postgresql"):
                if not each.text.startswith("\\"):
                    self._state.apply(each)
            return dump(self._sandbox, ddl)
        read = read_session(self._session, self._engine, self._sandbox.version)
        self._state = open_state(self._target, read.schema)
        return dump(self._sandbox)

    def run(self, script: Script, direction: Direction) -> Run:
        """Run one script, watched, with what is told beforehand."""
        if isinstance(self._seer, Watch):
            self._seer.mark()
        run = self._run_by(script, direction, self._seer)
        if direction == "again":
            return run
        return foretold(run, self._state, self._target, timezone_utc=self._utc)

    def _census(self) -> tuple[Counted, ...]:
        """Count rows in a session whose role and path no migration has set."""
        with self._sandbox.session() as other:
            return census(other, self._engine)


def _of_server(target: Target, sandbox: Sandbox) -> Target:
    """Give the engine with the version that it is tried on."""
    numbers = tuple(int(part) for part in sandbox.version.split(".") if part.isdigit())
    return replace(target, engine=sandbox.engine, version=numbers)


def _seer(sandbox: Sandbox, session: Session, bounds: Bounds) -> Sees:
    if is_postgres(sandbox):
        return Watch(sandbox, cast("PostgresSession", session), bounds)
    if is_sqlite(sandbox):
        from be_tui.core.migrations.replay.lite import LiteWatch

        return LiteWatch(sandbox, cast("SqliteSession", session), bounds)
    from be_tui.core.migrations.replay.online import OnlineWatch

    return OnlineWatch(session, sandbox.engine, bounds)
