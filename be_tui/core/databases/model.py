"""What a sandbox takes and gives, the same for each engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from be_tui.core.errors import BeTuiError

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

Engine = Literal["sqlite", "postgresql", "mariadb", "mysql"]

Trouble = Literal["refused", "waited", "late", "stopped", "lost"]
"""Why a statement gave nothing: the engine refused it; it waited too long for a lock; it took
longer than its bound; somebody stopped it; the connection is gone."""


class StatementError(BeTuiError):
    """A statement did not run; the message is what the engine said of it."""

    def __init__(self, message: str, trouble: Trouble = "refused", code: str = "") -> None:
        """Keep what the engine said.

        Args:
            message: In the engine's own words, on one line.
            trouble: What kind of end it was.
            code: What the engine calls it: an SQLSTATE, SQLite's name or MariaDB's number.
        """
        super().__init__(" ".join(message.split()))
        self.trouble = trouble
        self.code = code


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far one statement may go."""

    seconds: float = 30.0
    """Wall time after which it is stopped."""

    rows: int = 10_000
    """Rows that are kept; the rest is read and forgotten."""

    lock_seconds: float = 5.0
    """How long it may wait for somebody else's lock."""


DEFAULT_BOUNDS = Bounds()


@dataclass(frozen=True, slots=True)
class Rows:
    """What a statement gave."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str | None, ...], ...] = ()
    """Values as the engine writes them; None is NULL."""

    count: int = 0
    """Rows that it gave, those that were not kept among them; without columns, those it changed."""

    said: tuple[str, ...] = ()
    """What the engine remarked besides: notices, in their order."""

    @property
    def cut(self) -> bool:
        """Tell whether there were more rows than are kept."""
        return bool(self.columns) and self.count > len(self.rows)

    @property
    def value(self) -> str | None:
        """Give the first column of the first row; None where there is none."""
        return self.rows[0][0] if self.rows and self.rows[0] else None


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock that a session holds, or waits for, on a table, view or index."""

    relation: str
    """Its name; its number where it was made in the transaction that holds the lock."""

    mode: str
    """As PostgreSQL calls it: `AccessExclusiveLock`."""

    kind: str = "table"
    """`table`, `index`, `view` or `sequence`."""

    granted: bool = True


class Session(Protocol):
    """One connection to a sandbox; one thread at a time uses it, but for `stop`.

    Each statement is committed on its own, unless it stands after a `BEGIN`.
    """

    def run(self, statement: str, bounds: Bounds = DEFAULT_BOUNDS) -> Rows:
        """Run one statement.

        Raises:
            StatementError: It did not run, or not to its end.
        """
        ...

    def plan(self, statement: str, bounds: Bounds = DEFAULT_BOUNDS) -> str:
        """Give the plan of a statement, without running it.

        Raises:
            StatementError: The engine makes no plan of it.
        """
        ...

    def stop(self) -> None:
        """End the statement that runs, from another thread; harmless where none does."""
        ...

    def close(self) -> None:
        """Give the connection back; an open transaction is undone."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class Sandbox(Protocol):
    """A database that exists for the length of a `with` block."""

    @property
    def engine(self) -> Engine:
        """Give which database it is."""
        ...

    @property
    def version(self) -> str:
        """Give the engine's version: `18.4`."""
        ...

    def session(self) -> Session:
        """Give one more connection.

        Raises:
            InputError: The server gives none.
        """
        ...

    def waits(self, session: Session) -> bool:
        """Tell whether a session's statement stands still for another session's lock."""
        ...

    def locks(self, session: Session) -> tuple[Lock, ...]:
        """Give the locks on relations that a session holds or waits for.

        Raises:
            InputError: The engine does not tell them.
        """
        ...

    def close(self) -> None:
        """Close every session and remove the database, with all that was made for it."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...
