"""The database before a migration, of which as many copies are made as are needed."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, TypeVar

from be_tui.core.databases import StatementError, open_sandbox
from be_tui.core.databases.held import Held
from be_tui.core.migrations.replay.engines import is_postgres, is_sqlite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from be_tui.core.databases import Engine, Sandbox, Session

Given = TypeVar("Given")

_ROLES = """
SELECT quote_ident(r.rolname) FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid
WHERE m.admin_option AND m.member = (SELECT oid FROM pg_roles WHERE rolname = current_user)"""


class Stage(Held):
    """A database that grows migration by migration, and its copies.

    PostgreSQL and SQLite copy it. MariaDB and MySQL cannot: there all that was done is done again.
    """

    def __init__(self, where: str, *, roomy: bool = False) -> None:
        """Open it, empty.

        Args:
            where: As `open_sandbox` takes it.
            roomy: Whether much data will come.

        Raises:
            InputError: There is no such engine, driver or server, or it does not let us in.
        """
        self.where = where
        self._roomy = roomy
        self._base = open_sandbox(where, roomy=roomy)
        self._running: Session | None = None
        self._done: list[Callable[[Session], object]] = []

    @property
    def engine(self) -> Engine:
        """Give its name."""
        return self._base.engine

    @property
    def version(self) -> str:
        """Give the server's version."""
        return self._base.version

    @property
    def shared(self) -> bool:
        """Tell whether the server has other people's databases too."""
        return "://" in self.where

    def build(self, action: Callable[[Session], Given]) -> Given:
        """Do something that stays, in every copy that is made from now on.

        Raises:
            StatementError: The server is gone, or the action does not deal with a refusal.
        """
        with self._base.session() as session:
            self._running = session
            try:
                given = action(session)
            finally:
                self._running = None
        self._done.append(action)
        return given

    def stop(self) -> None:
        """End what is being built, from another thread."""
        running = self._running
        if running is not None:
            with contextlib.suppress(Exception):
                running.stop()

    @contextlib.contextmanager
    def copy(self) -> Iterator[Sandbox]:
        """Give a copy for the length of a block; roles that were made in it go with it.

        Raises:
            InputError: There is no room for it.
            StatementError: The same, told by the server, or it is gone.
        """
        before = self._roles()
        made = self._copied()
        try:
            yield made
        finally:
            made.close()
            self._drop(role for role in self._roles() if role not in before)

    def close(self) -> None:
        """Remove it and its copies."""
        self._base.close()

    def _copied(self) -> Sandbox:
        if is_postgres(self._base):
            return self._base.twin()
        if is_sqlite(self._base):
            return self._base.twin()
        made = open_sandbox(self.where, roomy=self._roomy)
        try:
            with made.session() as session:
                for action in self._done:
                    action(session)
        except BaseException:
            made.close()
            raise
        return made

    def _roles(self) -> tuple[str, ...]:
        if self.shared or self.engine != "postgresql":
            return ()
        with contextlib.suppress(StatementError), self._base.session() as session:
            return tuple(str(role) for (role,) in session.run(_ROLES).rows)
        return ()

    def _drop(self, roles: Iterable[str]) -> None:
        for role in roles:
            with contextlib.suppress(StatementError), self._base.session() as session:
                session.run(f"DROP ROLE {role}")
