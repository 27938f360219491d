"""Whether statements lead from one structure to another, tried on a real database.

with Trials("postgresql:16") as trials:
    trials.same_after(old_ddl, statements, new_ddl)     # None, or what is otherwise
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.databases import Bounds, StatementError, open_sandbox
from be_tui.core.databases.held import Held
from be_tui.core.migrations.replay.dumps import Difference, Dump, difference, dump
from be_tui.core.migrations.replay.engines import is_postgres
from be_tui.core.sqltext import split

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.databases import Engine, Sandbox, Session

_BOUNDS = Bounds(seconds=120)
_SHOWN = 160


class Trials(Held):
    """A server on which many pairs are tried; each try has databases of its own."""

    def __init__(self, where: str) -> None:
        """Open it.

        Args:
            where: As `open_sandbox` takes it: `postgresql:16`, `sqlite`, the URL of a server.

        Raises:
            InputError: There is no such engine, driver or server.
        """
        self._where = where
        self._empty = open_sandbox(where)

    def same_after(self, old: str, statements: Iterable[str], new: str) -> Difference | None:
        """Tell what is otherwise than in a new schema after statements ran on an old one.

        Args:
            old: The DDL before.
            statements: Run one by one, each on its own but where they open a transaction.
            new: The DDL that they are to lead to.

        Raises:
            StatementError: The engine refused one, which it names.
        """
        return difference(self.dump(new), self.dump(old, statements))

    def there_and_back(
        self, old: str, up: Iterable[str], down: Iterable[str], new: str
    ) -> Difference | None:
        """Tell what is otherwise than in a new schema, or after the way back than before.

        Args:
            old: The DDL before.
            up: What is to lead to the new schema, run one by one.
            down: What is to lead back from there.
            new: The DDL that they are to lead to.

        Raises:
            StatementError: The engine refused one, which it names.
        """
        wanted = self.dump(new)
        with self._fresh() as sandbox, sandbox.session() as session:
            _make(session, old, sandbox.engine)
            before = dump(sandbox)
            for text in up:
                _run(session, text)
            there = difference(wanted, dump(sandbox))
            if there is not None:
                return there
            for text in down:
                _run(session, text)
            return difference(before, dump(sandbox))

    def dump(self, ddl: str, statements: Iterable[str] = ()) -> Dump:
        """Give the structure that DDL, and statements after it, lead to.

        Raises:
            StatementError: The engine refused one, which it names.
        """
        with self._fresh() as sandbox:
            with sandbox.session() as session:
                _make(session, ddl, sandbox.engine)
                for text in statements:
                    _run(session, text)
            return dump(sandbox)

    def close(self) -> None:
        """Remove all databases."""
        self._empty.close()

    def _fresh(self) -> Sandbox:
        if is_postgres(self._empty):
            return self._empty.twin()
        return open_sandbox(self._where)


def same_after(where: str, old: str, statements: Iterable[str], new: str) -> Difference | None:
    """Tell what is otherwise than in a new schema after statements ran on an old one.

    Args:
        where: The engine, as `open_sandbox` takes it.
        old: The DDL before.
        statements: Run one by one.
        new: The DDL that they are to lead to.

    Raises:
        StatementError: The engine refused one, which it names.
        InputError: There is no such engine, driver or server.
    """
    with Trials(where) as trials:
        return trials.same_after(old, statements, new)


def _make(session: Session, ddl: str, engine: Engine) -> None:
    for each in split(ddl, engine):
        if not each.text.startswith("\\"):
            _run(session, each.text)


def _run(session: Session, text: str) -> None:
    try:
        session.run(text, _BOUNDS)
    except StatementError as error:
        shown = " ".join(text.split())[:_SHOWN]
        raise StatementError(f"{error.message}; in: {shown}", error.trouble, error.code) from error
