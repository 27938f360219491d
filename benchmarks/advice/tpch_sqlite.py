"""Advice on the 22 queries of TPC-H for SQLite, measured: CPU time before and after.

    python -m benchmarks.advice.tpch_sqlite DATA [--budget MB] [--runs N]

DATA is a folder as `benchmarks.advice.tpch` takes it, of `dbgen(sf=0.1)`. Dates are texts here, and
words that SQLite does not have are put in its own; q13 names the columns of a derived table, which
it cannot. `.expert` of SQLite's shell takes 153 MB for 2.3 s there.
"""

from __future__ import annotations

import argparse
import csv
import re
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.indexes import Limits, Sources, Text, advise, ask
from be_tui.core.sqltext import Target
from benchmarks.advice.tpch import DDL, SEEN, SLOWER, TABLES

if TYPE_CHECKING:
    from be_tui.core.indexes import Report

CAP = 30.0
"""Seconds of CPU after which a query is stopped; it counts as so many."""

_STEPS = 10_000
_WORDS = (
    (r"CAST\('(\d{4}-\d\d-\d\d)' AS date\)", r"'\1'"),
    (r"DATE '(\d{4}-\d\d-\d\d)'", r"'\1'"),
    (r"extract\(year FROM (\w+)\)", r"CAST(strftime('%Y', \1) AS int)"),
    (r"substring\((\w+) FROM (\d+) FOR (\d+)\)", r"substr(\1, \2, \3)"),
)


def main() -> int:
    """Load, advise, measure; give the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.advice.tpch_sqlite")
    parser.add_argument("data", type=Path)
    parser.add_argument("--budget", type=float, default=34.0)
    parser.add_argument("--runs", type=int, default=2)
    given = parser.parse_args()
    text = (given.data / "queries.sql").read_text(encoding="utf-8")
    for old, new in _WORDS:
        text = re.sub(old, new, text, flags=re.I)
    with tempfile.TemporaryDirectory(prefix="be-tui-tpch-") as folder:
        path = Path(folder) / "tpch.sqlite"
        _load(path, given.data)
        report, queries = _advise(path, text, int(given.budget * 1e6))
        old_plans = _plans(path, queries)
        before = _times(path, queries, given.runs)
        size = path.stat().st_size
        _make(path, report)
        megabytes = (path.stat().st_size - size) / 1e6
        after = _times(path, queries, given.runs)
        new_plans = _plans(path, queries)
    same = {name for name, plan in old_plans.items() if new_plans[name] == plan}
    return _tell(before, after, same, megabytes, report)


def _load(path: Path, data: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.executescript(re.sub(r"numeric\(15,2\)", "real", DDL))
        for name in TABLES:
            with (data / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                rows = csv.reader(file)
                first = next(rows)
                marks = ",".join("?" * len(first))
                statement = f"INSERT INTO {name} VALUES ({marks})"
                db.execute(statement, first)
                db.executemany(statement, rows)
        db.commit()
        db.execute("ANALYZE")
        db.commit()


def _advise(path: Path, text: str, budget: int) -> tuple[Report, dict[str, str]]:
    files = (Text(text, "queries.sql"),)
    asked = ask(
        Sources(files, database=str(path), target=Target("sqlite"), limits=Limits(size=budget))
    )
    began = time.process_time()
    with asked.open().judge as judge:
        report = advise(asked.question, judge)
    took = time.process_time() - began
    print(f"{len(report.advice)} indexes, {report.size / 1e6:.0f} MB estimated, {took:.1f} s CPU")
    for each in report.advice:
        print(f"  {each.size / 1e6:>6.1f} MB  {each.sketch.shape}")
    for left in report.left_out:
        print(f"left out: {left.place}: {left.reason}")
    return report, {work.name: work.text for work in report.queries}


def _make(path: Path, report: Report) -> None:
    with closing(sqlite3.connect(path)) as db:
        for each in report.advice:
            db.execute(each.sketch.ddl("sqlite"))
        db.commit()
        db.execute("ANALYZE")
        db.commit()


def _times(path: Path, queries: dict[str, str], runs: int) -> dict[str, float]:
    with closing(sqlite3.connect(path)) as db:
        return {name: min(_cpu(db, sql) for _ in range(runs)) for name, sql in queries.items()}


def _cpu(db: sqlite3.Connection, sql: str) -> float:
    began = time.process_time()
    db.set_progress_handler(lambda: time.process_time() - began > CAP, _STEPS)
    try:
        db.execute(sql).fetchall()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
    return time.process_time() - began


def _plans(path: Path, queries: dict[str, str]) -> dict[str, list[object]]:
    with closing(sqlite3.connect(path)) as db:
        return {
            name: [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
            for name, sql in queries.items()
        }


def _tell(
    before: dict[str, float],
    after: dict[str, float],
    same: set[str],
    megabytes: float,
    report: Report,
) -> int:
    """Print the figures; give 1 where a query got slower by another plan, and nobody said so."""
    foreseen = {report.queries[each.query].name for each in report.slower}
    unseen = []
    for name, old in before.items():
        now = after[name]
        told = "the same plan" if name in same else ""
        if name not in same and now > old * SLOWER and now >= SEEN:
            told = "SLOWER, as foreseen" if name in foreseen else "SLOWER"
            unseen += [name] * (name not in foreseen)
        print(f"{name:<4} {old:>7.2f} → {now:>6.2f} s  {told}")
    print(f"all {sum(before.values()):>7.2f} → {sum(after.values()):>6.2f} s, {megabytes:.1f} MB")
    print(f"slower and not foreseen: {', '.join(unseen) or 'none'}")
    return int(bool(unseen))


if __name__ == "__main__":
    sys.exit(main())
