"""Times what leads from one schema of many tables to another: both read, and told apart.

    python -m benchmarks.schemas [--tables N] [--margin F]

Milliseconds of CPU for DDL of PostgreSQL with 1,000 tables (11 columns, two indexes, a foreign key
each), of which 60 differ, and for ten times as many. Ends with exit code 1 where a bound is missed.
"""

from __future__ import annotations

import argparse
import sys
import time

from be_tui.core.migrations.diff import diff
from be_tui.core.migrations.sides import side_of_text
from be_tui.core.sqltext import Target
from benchmarks.bounds import Bounds, add_margin

TARGET = Target("postgresql", (18,))
KINDS = ("text", "integer", "bigint", "timestamptz", "numeric(10,2)")
CHANGED = 60

READ_BOUND = 0.9
"""Milliseconds for each table, both sides together."""

DIFF_BOUND = 0.2


def ddl(tables: int, changed: int = 0) -> str:
    """Give the DDL of so many tables, some with a column more."""
    said: list[str] = []
    for number in range(tables):
        columns = ", ".join(
            f"c{at} {KINDS[at % len(KINDS)]}{' NOT NULL' if at % 3 == 0 else ''}"
            for at in range(10)
        )
        more = ", more text" if changed and number % (tables // changed) == 0 else ""
        name = f"t{number}"
        said.append(f"CREATE TABLE {name} (id bigint PRIMARY KEY, {columns}{more});")
        said.append(f"CREATE INDEX {name}_a ON {name} (c0);")
        said.append(f"CREATE INDEX {name}_b ON {name} (c1, c2);")
        if number:
            key = f"CONSTRAINT {name}_fk FOREIGN KEY (c2) REFERENCES t{number - 1} (id)"
            said.append(f"ALTER TABLE {name} ADD {key};")
    return "\n".join(said)


def measure(tables: int) -> tuple[float, float]:
    """Give the milliseconds that reading both sides took, and telling them apart."""
    old, new = ddl(tables), ddl(tables, CHANGED)
    began = time.process_time()
    before = side_of_text(old, TARGET, "old.sql", "")
    after = side_of_text(new, TARGET, "new.sql", "")
    read = time.process_time()
    changes = diff(before.schema, after.schema, TARGET)
    done = time.process_time()
    if len(changes.changes) < CHANGED:
        raise SystemExit(f"only {len(changes.changes)} changes were found")
    return (read - began) * 1000, (done - read) * 1000


def main() -> int:
    """Measure, print, and tell whether the bounds hold."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.schemas")
    parser.add_argument("--tables", type=int, default=1000)
    add_margin(parser)
    given = parser.parse_args()
    bounds = Bounds(given.margin)
    measure(100)
    missed = False
    for tables in (given.tables, given.tables * 10):
        read, told = measure(tables)
        limits = bounds.of(READ_BOUND * tables), bounds.of(DIFF_BOUND * tables)
        missed = missed or read > limits[0] or told > limits[1]
        print(
            f"{tables:6,} tables: read {read:7.0f} ms (bound {limits[0]:.0f}),"
            f" told apart {told:6.0f} ms (bound {limits[1]:.0f})"
        )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
