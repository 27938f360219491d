"""Sees what a statement does to a file of SQLite: which tables' pages it wrote anew, by the file.

The cache is kept so small that pages reach the file before the transaction ends. What only reads
a table through leaves no trace there, and is not told.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.databases import Bounds, StatementError
from be_tui.core.migrations.model import Effects, Failure, Work
from be_tui.core.migrations.replay.running import plainly

if TYPE_CHECKING:
    from be_tui.core.databases import SqliteSandbox, SqliteSession
    from be_tui.core.migrations.replay.model import Observation

_LOOKING = Bounds(rows=10_000_000)

_ON_DATA = "SQLITE_CONSTRAINT"
_SMALL_CACHE = 10
_LEAST = 8
"""Pages of a table from which on it can be told from its neighbours."""

_CHANGES_ROWS = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|WITH)\b", re.I)
_INDEX = re.compile(
    r"\s*CREATE\s+(?:UNIQUE\s+)?INDEX\b.*?\bON\s+[\"`\[]?(?P<table>\w+)", re.I | re.S
)

_PAGES = "SELECT name, pageno FROM dbstat WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'"
_TABLES = "SELECT name, rootpage FROM sqlite_master WHERE type = 'table'"
_SIZE = "SELECT page_size FROM pragma_page_size"


class LiteWatch:
    """A session of SQLite whose statements are watched one after the other."""

    def __init__(self, sandbox: SqliteSandbox, session: SqliteSession, bounds: Bounds) -> None:
        """Note what is there.

        Args:
            sandbox: The file.
            session: Runs the statements; the only one on this file.
            bounds: How far each of them may go.
        """
        self.session = session
        self.bounds = bounds
        self._path = sandbox.path
        session.run(f"PRAGMA cache_size = {_SMALL_CACHE}")
        self._page = int(session.run(_SIZE).value or 4096)
        self._roots = self._tables()
        self._pages = self._places()
        self._sums = self._look()

    def see(self, statement: str, *, inside_transaction: bool | None = None) -> Observation:
        """Run a statement, and tell what it wrote anew."""
        del inside_transaction
        seen = plainly(self.session, statement, self.bounds)
        if seen.failed:
            if seen.code.startswith(_ON_DATA) and seen.trouble == "refused":
                failures = (Failure("on data", seen.message),)
                return replace(seen, effects=Effects(failures=failures))
            return seen
        before, self._sums = self._sums, self._look()
        changed = {
            number
            for number, known in enumerate(before, 1)
            if number > len(self._sums) or self._sums[number - 1] != known
        }
        return replace(seen, effects=Effects(work=self._work(statement, changed)))

    def _work(self, statement: str, changed: set[int]) -> tuple[Work, ...]:
        found: set[Work] = set()
        index = _INDEX.match(statement)
        if index and index["table"] in self._roots:
            found.add(Work("index build", index["table"]))
        now = self._tables()
        if not _CHANGES_ROWS.match(statement):
            for table, pages in self._pages.items():
                mine = len(pages & changed)
                if table in now and len(pages) >= _LEAST and mine * 2 > len(pages):
                    found.add(Work("rewrite", table))
        for table, root in self._roots.items():
            if table in now and now[table] != root:
                found.add(Work("rewrite", table, "its rows stand in a new table"))
        self._roots.update({table: now[table] for table in self._roots if table in now})
        self._pages = self._places()
        return tuple(sorted(found))

    def _tables(self) -> dict[str, int]:
        rows = self.session.run(_TABLES, _LOOKING).rows
        return {str(name): int(root or 0) for name, root in rows}

    def _places(self) -> dict[str, set[int]]:
        """Give the pages of each table that was there before; none where SQLite does not tell."""
        found: dict[str, set[int]] = {name: set() for name in self._roots}
        try:
            rows = self.session.run(_PAGES, _LOOKING).rows
        except StatementError:
            return {}
        for name, number in rows:
            if str(name) in found:
                found[str(name)].add(int(number or 0))
        return found

    def _look(self) -> list[int]:
        """Give a sum of each page of the file."""
        with self._path.open("rb") as file:
            return [zlib.crc32(page) for page in iter(lambda: file.read(self._page), b"")]
