"""How fast SQL is checked: `python -m benchmarks.checks [--margin F]`.

Five thousand statements such as services hold, made here from patterns and a seed, checked against
their tables. Beside it sqlfluff and squawk on the same text, where they are installed. And a text
of a hundred lines, checked again and again as an editor does.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.bounds import Bounds, add_margin

STATEMENTS = 5_000
TABLES = 40
SLICE = 60
"""Statements that sqlfluff is given: it passes over files of more than 20 kB."""

LINES_MS = 50.0
"""CPU milliseconds that a hundred lines may take once warm."""

SQLFLUFF_TIMES = 50.0
"""Times that it is to be faster than sqlfluff, statement by statement."""

_PATTERNS = """\
SELECT id, name, status FROM {a} WHERE id = $1
;
SELECT a.id, a.name, b.amount
FROM {a} a
JOIN {b} b ON b.parent_id = a.id
WHERE a.status = 'open' AND b.created_at >= $1
ORDER BY b.created_at DESC, b.id DESC
LIMIT 50
;
UPDATE {a} SET status = $2, updated_at = now() WHERE id = $1 RETURNING id
;
INSERT INTO {a} (parent_id, name, status, amount, created_at)
VALUES ($1, $2, $3, $4, now())
ON CONFLICT (id) DO UPDATE SET name = excluded.name
;
DELETE FROM {a} WHERE status = 'gone' AND created_at < now() - interval '30 days'
;
SELECT parent_id, count(*) AS n, sum(amount)
FROM {a}
WHERE created_at >= $1
GROUP BY parent_id
HAVING count(*) > 3
ORDER BY n DESC, parent_id
;
WITH recent AS (SELECT id, parent_id FROM {a} WHERE created_at > $1)
SELECT b.name
FROM {b} b
JOIN recent r ON r.parent_id = b.id
WHERE b.status IN ('a', 'b')
;
SELECT id FROM {a} a
WHERE NOT EXISTS (SELECT 1 FROM {b} b WHERE b.parent_id = a.id)
  AND date(a.created_at) = $1
;
SELECT id, name FROM {a}
WHERE lower(name) = lower($1) AND status <> 'x'
ORDER BY id
LIMIT 20
;
SELECT a.id, (SELECT max(b.created_at) FROM {b} b WHERE b.parent_id = a.id)
FROM {a} a
LEFT JOIN {b} c ON c.parent_id = a.id AND c.status = 'new'
WHERE c.id IS NULL
"""
_TABLE = """\
CREATE TABLE t{n} (
  id bigint PRIMARY KEY, parent_id bigint, name text, status text NOT NULL,
  amount numeric(10, 2), created_at timestamptz NOT NULL, updated_at timestamptz
);
CREATE INDEX t{n}_created ON t{n} (created_at);
CREATE INDEX t{n}_parent ON t{n} (parent_id);
"""


def tables() -> str:
    """Give the DDL."""
    return "".join(_TABLE.format(n=n) for n in range(TABLES))


def statements(count: int) -> list[str]:
    """Give statements, the same each time."""
    draw = random.Random(5)
    patterns = _PATTERNS.split("\n;\n")
    found = []
    for _ in range(count):
        first, second = draw.sample(range(TABLES), 2)
        found.append(draw.choice(patterns).format(a=f"t{first}", b=f"t{second}"))
    return found


def main() -> int:
    """Measure, print, and tell by the exit code whether the bounds hold."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.checks")
    add_margin(parser)
    bounds = Bounds(parser.parse_args().margin)
    from be_tui.core.checking import check_text, rules_of
    from be_tui.core.knowledge import open_library
    from be_tui.core.schema import read_schema
    from be_tui.core.sqltext import Target

    with open_library() as library:
        rules = rules_of(library)
    target = Target("postgresql", (16,))
    schema = read_schema(tables(), target).schema
    written = statements(STATEMENTS)
    hundred = "\n".join(";\n".join(written).split("\n")[:100])
    check_text(hundred, rules, schema, target)
    lines = min(_spent(lambda: check_text(hundred, rules, schema, target)) for _ in range(9))
    whole = ";\n".join(written)
    own = _spent(lambda: check_text(whole, rules, schema, target))
    print(f"{STATEMENTS:,} statements: {own / 1000:.2f} s of CPU, {own / STATEMENTS:.3f} ms each")
    unlike = list(dict.fromkeys(written))
    alone = _spent(lambda: check_text(";\n".join(unlike), rules, schema, target))
    print(f"of them {len(unlike):,} unlike each other: {alone / len(unlike):.3f} ms each")
    print(f"100 lines, warm: {lines:.1f} ms (at most {bounds.of(LINES_MS):.0f})")
    failed = lines > bounds.of(LINES_MS)
    with tempfile.TemporaryDirectory() as folder:
        part, full = Path(folder) / "part.sql", Path(folder) / "full.sql"
        part.write_text(";\n".join(written[:SLICE]) + ";\n")
        full.write_text(whole + ";\n")
        fluff = program(("sqlfluff", "lint", "--dialect", "postgres", str(part)))
        if fluff is not None:
            times = fluff / SLICE / (own / STATEMENTS)
            print(f"sqlfluff: {fluff / SLICE:.1f} ms each, {times:.0f} times as much")
            failed = failed or times * bounds.margin < SQLFLUFF_TIMES
        squawk = program(("squawk", str(full)))
        if squawk is not None:
            print(
                f"squawk: {squawk / 1000:.2f} s for all; be-tui takes {own / squawk:.1f} times that"
            )
    return int(failed)


def _spent(work: object) -> float:
    start = time.process_time()
    if callable(work):
        work()
    return (time.process_time() - start) * 1000


def program(command: tuple[str, ...]) -> float | None:
    """Give the CPU milliseconds of a program; None where it is not installed."""
    path = shutil.which(command[0])
    if path is None:
        print(f"{command[0]}: not installed, not measured")
        return None
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run((path, *command[1:]), check=False, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


if __name__ == "__main__":
    sys.exit(main())
