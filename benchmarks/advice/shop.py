"""The shop: its tables, its queries, and the statistics of its rows.

python -m benchmarks.advice.shop        makes the rows on PostgreSQL, and `statistics.sql` anew
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.databases import Bounds, open_sandbox, split
from be_tui.core.databases.wheel import find_wheel
from be_tui.core.schema import Schema, read_schema
from be_tui.core.sqltext import Target
from be_tui.core.statistics import Statistics, read_dump
from be_tui.core.whatif.clone import CloneJudge
from be_tui.core.whatif.cloning import Original
from be_tui.core.workloads import Workload, workload_of

if TYPE_CHECKING:
    from be_tui.core.databases import Session

HERE = Path(__file__).parent
TARGET = Target("postgresql", (18,))
_BOUNDS = Bounds(seconds=300)


def ddl() -> str:
    """Give the tables."""
    return (HERE / "shop.sql").read_text(encoding="utf-8")


def schema() -> Schema:
    """Give the tables, read."""
    return read_schema(ddl(), TARGET).schema


def statistics() -> Statistics:
    """Give what PostgreSQL knew of the rows."""
    return read_dump((HERE / "statistics.sql").read_text(encoding="utf-8"), "statistics.sql")


def workload() -> Workload:
    """Give the queries."""
    return workload_of((HERE / "queries.sql").read_text(encoding="utf-8"), "queries.sql", TARGET)


def judge() -> CloneJudge:
    """Give PostgreSQL's planner over the shop's statistics."""
    return CloneJudge(Original(ddl(), statistics()))


def main() -> None:
    """Make the rows, and write what PostgreSQL knows of them."""
    with open_sandbox("postgresql:18") as sandbox, sandbox.session() as session:
        for name in ("shop.sql", "rows.sql"):
            for each in split((HERE / name).read_text(encoding="utf-8"), "postgresql"):
                session.run(each.text, _BOUNDS)
        session.run("VACUUM (FREEZE, ANALYZE)", _BOUNDS)
        session.run("VACUUM ANALYZE", _BOUNDS)
        text = dumped(session)
    (HERE / "statistics.sql").write_text(text, encoding="utf-8")
    print(f"statistics.sql: {len(text):,} characters")


def dumped(session: Session) -> str:
    """Give the statistics of a sandbox's database, as pg_dump writes them."""
    asked = "SELECT current_setting('unix_socket_directories'), current_setting('port')"
    (folder, port), *_ = session.run(asked).rows
    (user, base), *_ = session.run("SELECT current_user, current_database()").rows
    program = find_wheel("18").root / "bin" / "pg_dump"
    place = f"host={folder} port={port} user={user} dbname={base}"
    done = subprocess.run(
        [program, "--statistics-only", "--no-owner", place], capture_output=True, check=True
    )
    # A key that is drawn anew each time would make two files of the same statistics differ.
    lines = done.stdout.decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(("\\restrict", "\\unrestrict")))


if __name__ == "__main__":
    main()
