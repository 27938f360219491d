"""A database to measure on, and the ways to measure."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.databases import Bounds, PostgresSession
from benchmarks.claims.model import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from be_tui.core.databases import Rows, Sandbox, Session

BOUNDS = Bounds(seconds=600.0, rows=100_000)

ROUNDS = 9


@dataclass(frozen=True, slots=True)
class Bench:
    """One new database and a session in it."""

    sandbox: Sandbox
    session: Session
    rows: int

    @property
    def sqlite(self) -> bool:
        """Tell whether it is SQLite."""
        return self.sandbox.engine == "sqlite"

    @property
    def mariadb(self) -> bool:
        """Tell whether it is MariaDB."""
        return self.sandbox.engine == "mariadb"

    @property
    def postgres(self) -> PostgresSession:
        """Give the session of a claim that is about PostgreSQL only."""
        assert isinstance(self.session, PostgresSession)
        return self.session

    def run(self, *statements: str) -> Rows:
        """Run statements; give what the last one gave."""
        for statement in statements[:-1]:
            self.session.run(statement, BOUNDS)
        return self.session.run(statements[-1], BOUNDS)

    def number(self, statement: str) -> float:
        """Give the one number of a query."""
        return float(self.run(statement).value or 0)

    def series(self, last: int | None = None) -> str:
        """Give a table `series` of a column n, from 1, to select from."""
        last = last or self.rows
        if self.sqlite:
            counted = f"SELECT 1 AS n UNION ALL SELECT n + 1 FROM s WHERE n < {last}"
            return f"(WITH RECURSIVE s(n) AS ({counted}) SELECT n FROM s) series"
        if self.mariadb:
            return f"(SELECT seq AS n FROM seq_1_to_{last}) series"
        return f"generate_series(1, {last}::bigint) AS series(n)"

    def settle(self, *tables: str) -> None:
        """Vacuum and analyse, so that what is measured is no chore of before."""
        if self.sqlite:
            self.run("ANALYZE")
        elif self.mariadb:
            self.run(f"ANALYZE TABLE {', '.join(tables)}")
        else:
            self.run(f"VACUUM ANALYZE {', '.join(tables)}")
            self.run("SET max_parallel_workers_per_gather = 0")

    def timed(self, *works: str | Callable[[], object], rounds: int = ROUNDS) -> list[float]:
        """Give the milliseconds of each piece of work: the best of rounds taken in turns.

        The best, because what else runs on the machine only ever adds to it.
        """
        spent: list[list[float]] = [[] for _ in works]
        for _ in range(rounds):
            for work, times in zip(works, spent, strict=True):
                start = time.perf_counter()
                if isinstance(work, str):
                    self.run(work)
                else:
                    work()
                times.append((time.perf_counter() - start) * 1000)
        return [min(times) for times in spent]

    def size(self, relation: str) -> float:
        """Give the megabytes of a table or an index, without what hangs on it."""
        return self.number(f"SELECT pg_relation_size('{relation}')") / 1e6


def milliseconds(names: Sequence[str], values: Sequence[float]) -> tuple[Figure, ...]:
    """Give times as figures."""
    return tuple(Figure(name, value, "ms") for name, value in zip(names, values, strict=True))


def megabytes(names: Sequence[str], values: Sequence[float]) -> tuple[Figure, ...]:
    """Give sizes as figures."""
    return tuple(Figure(name, value, "MB") for name, value in zip(names, values, strict=True))
