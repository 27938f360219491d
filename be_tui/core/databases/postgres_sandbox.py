"""Databases of PostgreSQL for a while: on the wheel's server, or on a server by its URL."""

from __future__ import annotations

import contextlib
import itertools
import time
from typing import TYPE_CHECKING

from psycopg import conninfo

from be_tui.core.databases.held import HeldSandbox
from be_tui.core.databases.model import Bounds, Lock, StatementError
from be_tui.core.databases.postgres import PostgresSession
from be_tui.core.databases.scratch import PATTERN, is_scratch, lock_key, new_name
from be_tui.core.databases.wheel import SUPERUSER
from be_tui.core.errors import InputError

if TYPE_CHECKING:
    from be_tui.core.databases.model import Engine, Session
    from be_tui.core.databases.postgres_server import Server
    from be_tui.core.databases.urls import DatabaseUrl

_FIRST_OWN = 16384
"""Relations with a lower number are PostgreSQL's own."""

_LOCKS = """
SELECT coalesce(c.relname, l.relation::text), l.mode, coalesce(c.relkind, 'r'), l.granted
FROM pg_locks l LEFT JOIN pg_class c ON c.oid = l.relation
WHERE l.locktype = 'relation' AND l.pid = {number} AND l.relation >= {first}
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
ORDER BY 1, 2"""

_SESSIONS = "SELECT count(*) FROM pg_stat_activity WHERE datname = '{name}'"

_STRATEGIES = 15
"""The first major in which it can be said how a database is copied."""

_COPYING = Bounds(seconds=600)

_TWINS = itertools.count(1)

_LEAVE_SECONDS = 5.0
"""How long closed sessions may take to leave the server."""

_KINDS = {"i": "index", "I": "index", "v": "view", "m": "view", "S": "sequence", "t": "toast"}
"""What `pg_class.relkind` means; anything else is a table of some kind."""

_SCRATCH = """
SELECT datname FROM pg_database WHERE datname LIKE '{pattern}'
AND datdba = (SELECT oid FROM pg_roles WHERE rolname = current_user)"""

_OWN_ROLES = """
SELECT quote_ident(r.rolname) FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid
WHERE m.admin_option AND m.member = (SELECT oid FROM pg_roles WHERE rolname = '{owner}')"""
"""The roles that the owner of a database has made: it alone administers them."""


class PostgresSandbox(HeldSandbox):
    """A database of its own; who makes it says how it goes."""

    def __init__(self, keeper: PostgresSession, address: str, name: str) -> None:
        """Take over a database that was just made.

        Args:
            keeper: A session in another database of the server, which drops this one in the end.
            address: How sessions reach it.
            name: Its name, in no need of quotes.
        """
        super().__init__()
        self._keeper = keeper
        self._address = address
        self.name = name
        self._watch: PostgresSession | None = None
        self._twins: list[PostgresSandbox] = []

    @property
    def engine(self) -> Engine:
        """Give its name."""
        return "postgresql"

    @property
    def version(self) -> str:
        """Give the server's version."""
        return self._keeper.version

    def session(self) -> PostgresSession:
        """Give one more connection."""
        return self.hold(PostgresSession(self._address))

    def waits(self, session: Session) -> bool:
        """Tell whether another session holds what this one asks for."""
        assert isinstance(session, PostgresSession)  # noqa: S101 (it is one of ours)
        asked = f"SELECT cardinality(pg_blocking_pids({session.number})) > 0"
        return self._watching().run(asked).value == "true"

    def locks(self, session: Session) -> tuple[Lock, ...]:
        """Give the locks on relations of this database that a session holds or waits for."""
        assert isinstance(session, PostgresSession)  # noqa: S101 (it is one of ours)
        asked = _LOCKS.format(number=session.number, first=_FIRST_OWN)
        return tuple(
            Lock(str(name), str(mode), _KINDS.get(str(kind), "table"), granted == "true")
            for name, mode, kind, granted in self._watching().run(asked).rows
        )

    def twin(self) -> PostgresSandbox:
        """Give another database with the same contents; it ends with this one at the latest.

        Every session of this one is closed, as only then it can be copied.

        Raises:
            StatementError: The server has no room for the copy, or is gone.
        """
        self.leave()
        name = self._twin_name()
        # Older servers know one way only, and none for it to be named by.
        way = " STRATEGY file_copy" if int(self.version.partition(".")[0]) >= _STRATEGIES else ""
        self._keeper.run(
            f"CREATE DATABASE {name} TEMPLATE {self.name}{way}{self._owned()}", _COPYING
        )
        address = conninfo.make_conninfo(self._address, dbname=name)
        made = _Twin(self._keeper, address, name)
        self._twins.append(made)
        return made

    def leave(self) -> None:
        """Close every session, and wait until the server has seen them go."""
        self.let_go()
        self._watch = None
        deadline = time.monotonic() + _LEAVE_SECONDS
        asked = _SESSIONS.format(name=self.name)
        while self._keeper.run(asked).value != "0" and time.monotonic() < deadline:
            time.sleep(0.002)

    def ddl(self) -> str:
        """Give what pg_dump writes of the database: all that it holds but its rows.

        Raises:
            InputError: The wheel is not installed, or pg_dump does not come to its end.
        """
        from be_tui.core.databases.dumping import dump_ddl

        return dump_ddl(self._all_powerful(), self.name)

    def _twin_name(self) -> str:
        name = new_name()
        self._keeper.run(f"SELECT pg_advisory_lock({lock_key(name)})")
        return name

    def _owned(self) -> str:
        return ""

    def _all_powerful(self) -> str:
        """Give the address under which all can be read."""
        return self._address

    def remove(self) -> None:
        """Drop the database, and what belongs to it alone."""
        self._end_twins()
        with contextlib.suppress(StatementError), self._keeper as keeper:
            keeper.run(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def _end_twins(self) -> None:
        while self._twins:
            self._twins.pop().close()

    def _watching(self) -> PostgresSession:
        if self._watch is None:
            self._watch = self.session()
        return self._watch


class _Twin(PostgresSandbox):
    """A copy, whose keeper is that of the database that it was copied from."""

    def remove(self) -> None:
        self._end_twins()
        with contextlib.suppress(StatementError):
            self._keeper.run(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")


class WheelSandbox(PostgresSandbox):
    """A database of the wheel's server, owned by a role of its own name."""

    def superuser(self) -> PostgresSession:
        """Give a session that may do anything, to prepare what the owner may not."""
        return self.hold(PostgresSession(conninfo.make_conninfo(self._address, user=SUPERUSER)))

    def forget(self) -> None:
        """Close every session, and let the server forget what it keeps of the files in memory.

        The database is copied and dropped; the copy, which nobody has read yet, takes its name.

        Raises:
            StatementError: The server has no room for the copy, or is gone.
        """
        self.leave()
        copy = f"{self.name}_copy"
        self._keeper.run(
            f"CREATE DATABASE {copy} TEMPLATE {self.name} STRATEGY file_copy OWNER {self.name}"
        )
        self._keeper.run(f"DROP DATABASE {self.name} WITH (FORCE)")
        self._keeper.run(f"ALTER DATABASE {copy} RENAME TO {self.name}")

    def _twin_name(self) -> str:
        return f"{self.name}_{next(_TWINS)}"

    def _owned(self) -> str:
        return f" OWNER {conninfo.conninfo_to_dict(self._address)['user']}"

    def _all_powerful(self) -> str:
        return conninfo.make_conninfo(self._address, user=SUPERUSER)

    def remove(self) -> None:
        """Drop the database, its owner and the roles that the owner made."""
        self._end_twins()
        with contextlib.suppress(StatementError), self._keeper as keeper:
            keeper.run(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
            for (role,) in keeper.run(_OWN_ROLES.format(owner=self.name)).rows:
                # One that owns something elsewhere stays, and hinders none of the others.
                with contextlib.suppress(StatementError):
                    keeper.run(f"DROP ROLE {role}")
            keeper.run(f"DROP ROLE IF EXISTS {self.name}")


def open_on_wheel(server: Server, *, superuser: bool) -> PostgresSandbox:
    """Make a database on the wheel's server.

    Raises:
        InputError: The server does not make one: its disk is full, for one.
    """
    keeper = PostgresSession(server.address())
    name = f"sandbox_{next(server.numbers)}"
    try:
        if not superuser:
            keeper.run(f"CREATE ROLE {name} LOGIN CREATEROLE")
            keeper.run(f"ALTER ROLE {name} SET createrole_self_grant = 'set, inherit'")
            keeper.run(f"GRANT pg_monitor TO {name}")
        owner = "" if superuser else f" OWNER {name}"
        keeper.run(f"CREATE DATABASE {name} TEMPLATE template1 STRATEGY file_copy{owner}")
    except StatementError as error:
        WheelSandbox(keeper, "", name).close()
        raise InputError(f"no sandbox can be made: {error.message}") from error
    address = server.address(name) if superuser else server.address(name, name)
    return WheelSandbox(keeper, address, name)


def open_by_url(url: DatabaseUrl) -> PostgresSandbox:
    """Make a scratch database on a server; drop those that dead processes left there.

    Raises:
        InputError: The server does not let us in, or may make no database for us.
    """
    try:
        keeper = PostgresSession(url.text)
    except InputError as error:
        raise InputError(url.scrubbed(error.message), where=url.shown) from None
    name = new_name()
    try:
        keeper.run(f"SELECT pg_advisory_lock({lock_key(name)})")
        _sweep(keeper)
        keeper.run(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    except StatementError as error:
        keeper.close()
        message = f"no scratch database can be made: {error.message}"
        hint = "give a role that may: ALTER ROLE ... CREATEDB"
        raise InputError(message, where=url.shown, hint=hint) from error
    return PostgresSandbox(keeper, conninfo.make_conninfo(url.text, dbname=name), name)


def _sweep(keeper: PostgresSession) -> None:
    """Drop our scratch databases whose processes no longer hold their locks."""
    for (found,) in keeper.run(_SCRATCH.format(pattern=PATTERN)).rows:
        name = str(found)
        if not is_scratch(name):
            continue
        key = lock_key(name)
        if keeper.run(f"SELECT pg_try_advisory_lock({key})").value == "true":
            with contextlib.suppress(StatementError):
                keeper.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            keeper.run(f"SELECT pg_advisory_unlock({key})")
