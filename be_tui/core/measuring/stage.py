"""One database with its tables and rows, in which one side of a comparison runs."""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from be_tui.core.databases import Bounds, StatementError, open_sandbox
from be_tui.core.errors import InputError
from be_tui.core.filling import Sql, address, fill, settle
from be_tui.core.measuring.model import Built
from be_tui.core.measuring.timing import Clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from be_tui.core.databases import Sandbox, Session
    from be_tui.core.filling import FillPlan
    from be_tui.core.measuring.model import Trial

_BOUNDS = Bounds(seconds=900)

_QUICKER = {
    "postgresql": "SET session_replication_role = replica",
    "mariadb": "SET SESSION foreign_key_checks = 0",
    "mysql": "SET SESSION foreign_key_checks = 0",
}
"""What spares the checks of foreign keys, which hold by how the rows are made; as the first also
spares triggers, it is left out where there are some."""

_ALONE = "SET max_parallel_workers_per_gather = 0"
"""So that all that a query takes is taken by the process that is looked at."""


_EXPLAIN = {
    "postgresql": "EXPLAIN (ANALYZE, BUFFERS) ",
    "mariadb": "ANALYZE FORMAT=JSON ",
    "mysql": "EXPLAIN ANALYZE ",
}


class Stage:
    """A session in a database of its own."""

    def __init__(self, sandbox: Sandbox, session: Session, trial: Trial) -> None:
        """Take over an empty database.

        Args:
            sandbox: The database.
            session: A connection to it.
            trial: What it is for.
        """
        self.session = session
        self.engine = sandbox.engine
        self.version = sandbox.version
        self.clock = Clock(session, here="://" not in trial.where)
        self.filled = 0.0
        self._trial = trial

    def build(self, plan: FillPlan, progress: Callable[[str, int, int], None]) -> list[str]:
        """Make the tables, fill them, and make the indexes that there are already.

        Returns:
            What was left out, a line each.

        Raises:
            InputError: A table cannot be made.
            FillError: Rows were refused.
        """
        trial, session = self._trial, self.session
        notes = self._make_tables()
        quicker = _QUICKER.get(trial.engine)
        if quicker and not trial.schema.triggers:
            with suppress(StatementError):
                session.run(quicker)
        self.filled = fill(session, plan, progress).seconds
        if quicker and trial.engine == "postgresql":
            with suppress(StatementError):
                session.run("SET session_replication_role = origin")
        for ddl in trial.later:
            try:
                session.run(ddl, _BOUNDS)
            except StatementError as error:
                if error.trouble != "refused":
                    raise
                notes.append(f"left out: {ddl}: {error.message}")
        if trial.engine == "postgresql":
            session.run(_ALONE)
        settle(session, plan)
        return notes

    def index(self, plan: FillPlan) -> tuple[Built, ...]:
        """Make the indexes to be tried.

        Raises:
            InputError: The engine refuses one.
        """
        built = []
        for ddl in self._trial.indexes:
            before, began = self._size(plan), time.perf_counter()
            try:
                self.session.run(ddl, _BOUNDS)
            except StatementError as error:
                if error.trouble != "refused":
                    raise
                raise InputError(f"refused: {error.message}", where="--index") from None
            took = (time.perf_counter() - began) * 1000
            after = self._size(plan)
            size = after - before if before is not None and after is not None else None
            built.append(Built(ddl, size, took))
        settle(self.session, plan)
        return tuple(built)

    def explain(self, text: str, bounds: Bounds) -> str:
        """Give what the engine says of a query, which is run for it where the engine tells times.

        Raises:
            StatementError: It refuses the query, or did not end in time.
        """
        words = _EXPLAIN.get(self.engine)
        if words is None:
            return self.session.plan(text)
        return "\n".join(row[0] or "" for row in self.session.run(words + text, bounds).rows)

    def _make_tables(self) -> list[str]:
        notes = []
        for ddl in self._trial.ddl:
            try:
                self.session.run(ddl, _BOUNDS)
            except StatementError as error:
                if error.trouble != "refused":
                    raise
                said = " ".join(ddl.split())[:60]
                if said.upper().startswith("CREATE TABLE"):
                    raise InputError(f"refused: {error.message}", where=said) from None
                notes.append(f"left out: {said} ...: {error.message}")
        return notes

    def _size(self, plan: FillPlan) -> int | None:
        """Give the bytes of all indexes, of SQLite those of the file; None where nobody tells."""
        engine = self._trial.engine
        if engine == "sqlite":
            asked = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
            return int(self.session.run(asked).value or 0)
        sql = Sql(engine, 0)
        total = 0
        with suppress(StatementError):
            for each in plan.tables:
                where = address(sql, each.table)
                if engine == "postgresql":
                    asked = f"SELECT pg_indexes_size({sql.text(where)}::regclass)"
                else:
                    self.session.run(f"ANALYZE TABLE {where}", _BOUNDS)
                    name = sql.text(each.table.name.text)
                    asked = (
                        "SELECT index_length FROM information_schema.tables"  # noqa: S608 (our names)
                        f" WHERE table_schema = database() AND table_name = {name}"
                    )
                total += int(self.session.run(asked).value or 0)
            return total
        return None


@contextmanager
def staged(trial: Trial) -> Iterator[Stage]:
    """Give an empty database for the length of a block; nothing of it stays.

    Raises:
        InputError: It cannot be made.
    """
    wheel = trial.where.startswith("postgresql") and "://" not in trial.where
    big = max([trial.rows, *trial.given_rows.values()]) > _SMALL
    with (
        open_sandbox(trial.where, superuser=wheel, roomy=big) as sandbox,
        sandbox.session() as session,
    ):
        yield Stage(sandbox, session, trial)


_SMALL = 300_000
"""Rows that memory has room for."""
