"""Finds how MariaDB and MySQL alter a table: by asking for the cheapest way first.

A way that the server does not know for a change is refused before anything is done, so the first
that it takes is the cheapest, and has done the work.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from be_tui.core.migrations.model import Algorithm, AlterLock, Effects, Failure, Online
from be_tui.core.migrations.replay.running import plainly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.databases import Bounds, Engine, Session
    from be_tui.core.migrations.replay.model import Observation

_NAME = r"(?:`(?:[^`]|``)+`|\w+)(?:\s*\.\s*(?:`(?:[^`]|``)+`|\w+))?"
_ALTERS = re.compile(
    rf"ALTER\s+(?:ONLINE\s+)?(?:IGNORE\s+)?TABLE\s+(?:IF\s+EXISTS\s+)?(?P<table>{_NAME})\s+(?!RENAME\s+(?!COLUMN\b|INDEX\b|KEY\b))",
    re.I,
)
_INDEXES = re.compile(
    rf"(?:CREATE\s+(?:OR\s+REPLACE\s+)?(?:UNIQUE\s+|FULLTEXT\s+|SPATIAL\s+)?|DROP\s+)INDEX\s.*?\sON\s+(?P<table>{_NAME})",
    re.I | re.S,
)
_SAID = re.compile(r"\b(?:ALGORITHM|LOCK)\s*=", re.I)

_NOT_SO = frozenset({"1845", "1846", "1221"})
"""What the server calls a way that it does not know for this change."""

_SYNTAX = "1064"
_ON_DATA = frozenset(
    {"1062", "1138", "1264", "1265", "1292", "1366", "1406", "1452", "4025", "3819"}
)
"""What it calls rows that are in the way."""

_ALGORITHMS: tuple[Algorithm, ...] = get_args(Algorithm)
_LOCKS: tuple[AlterLock, ...] = get_args(AlterLock)


class OnlineWatch:
    """A session of MariaDB or MySQL whose statements are watched one after the other."""

    def __init__(self, session: Session, engine: Engine, bounds: Bounds) -> None:
        """Take over a session.

        Args:
            session: Runs the statements.
            engine: Which of the two it is.
            bounds: How far each statement may go.
        """
        self.session = session
        self.bounds = bounds
        self._engine = engine

    def see(self, statement: str, *, inside_transaction: bool | None = None) -> Observation:
        """Run a statement, and tell how the table was altered.

        Raises:
            StatementError: The server is gone.
        """
        del inside_transaction
        found = _ALTERS.match(statement) or _INDEXES.match(statement)
        if found is None or _SAID.search(statement):
            return _failed_on(plainly(self.session, statement, self.bounds))
        table = found["table"].replace("`", "").rpartition(".")[2].strip()
        comma = "," if found.re is _ALTERS else ""
        for algorithm, lock in self._ways():
            words = f"{comma} ALGORITHM={algorithm}"
            if (self._engine, algorithm) != ("mysql", "INSTANT"):
                words += f"{comma} LOCK={lock}"
            # On a line of its own: the statement may end with a comment.
            seen = plainly(self.session, f"{statement}\n{words}", self.bounds)
            if seen.code in _NOT_SO:
                continue
            if seen.code == _SYNTAX:
                # Partitions are altered without such words.
                break
            if seen.failed:
                return _failed_on(seen)
            online = Online(table, algorithm, lock)
            return replace(seen, effects=Effects(online=(online,)))
        return _failed_on(plainly(self.session, statement, self.bounds))

    def _ways(self) -> Iterator[tuple[Algorithm, AlterLock]]:
        for algorithm in _ALGORITHMS:
            if self._engine == "mysql" and algorithm == "NOCOPY":
                continue
            for lock in _LOCKS:
                yield algorithm, lock
                if self._engine == "mysql" and algorithm == "INSTANT":
                    break


def _failed_on(seen: Observation) -> Observation:
    """Say where rows were in the way."""
    if seen.code not in _ON_DATA:
        return seen
    return replace(seen, effects=Effects(failures=(Failure("on data", seen.message),)))
