"""How quick rows are made, against the same rows sent to the engine; and the headline's ratios.

    python -m benchmarks.measuring [--rows N] [--engine sqlite|postgresql[:MAJOR]|URL]...

The rows are those of the worked example. What is sent is read back first, and goes into a table
with the same keys: by `COPY` on PostgreSQL, elsewhere by INSERTs of a thousand rows. Below stands
what `be-tui sql measure user-posts` tells on that engine.
"""

from __future__ import annotations

import argparse
import sys
import time
from typing import TYPE_CHECKING

from be_tui.core.databases import Bounds, PostgresSession, open_sandbox
from be_tui.core.errors import BeTuiError
from be_tui.core.filling import fill, plan, sizes
from be_tui.core.measuring import Given, measure, prepare
from be_tui.core.measuring.words import outcome
from be_tui.core.workbench import worked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.databases import Session
    from be_tui.core.filling import FillPlan
    from be_tui.core.measuring import Trial

ROWS = 1_000_000
_BATCH = 1_000
_ENGINES = ("sqlite", "postgresql:18", "postgresql:16")


def main() -> int:
    """Measure each engine."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.measuring")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--engine", action="append", metavar="WHERE")
    given = parser.parse_args()
    for where in given.engine or _ENGINES:
        try:
            trial = _trial(where, given.rows)
            _filling(where, trial)
            _headline(trial)
        except BeTuiError as error:
            print(error, file=sys.stderr)
            return 2
    return 0


def _trial(where: str, rows: int) -> Trial:
    example = worked()
    text = f"{example.text.rstrip().rstrip(';')};\n{example.page}"
    tables, indexes = str(example.tables), example.indexes
    return prepare(Given(text, example.name, indexes, schema=tables, sandbox=where, rows=rows))


def _filling(where: str, trial: Trial) -> None:
    rows = sizes(trial.schema, ["posts"], trial.rows)
    planned = plan(trial.schema, trial.engine, rows)
    wheel = where.startswith("postgresql:")
    with (
        open_sandbox(where, superuser=wheel, roomy=True) as sandbox,
        sandbox.session() as session,
    ):
        for ddl in trial.ddl:
            session.run(ddl)
        session.run(trial.ddl[-1].replace("posts", "copy", 1))
        if wheel:
            # As it is when it measures; what is sent is spared the foreign key too.
            session.run("SET session_replication_role = replica")
        made = fill(session, planned)
        sent = _sent(session, planned)
    print(f"{where.partition('://')[0]:<14} {made.rows:>9,} rows", end="")
    print(f"  made {made.rows / made.seconds:>9,.0f}/s  sent {sent:>9,.0f}/s", end="")
    print(f"  ratio {made.rows / made.seconds / sent:.1f}")


def _sent(session: Session, planned: FillPlan) -> float:
    """Give how many of the same rows a second the engine takes from outside."""
    table = planned.table("posts")
    count = min(table.rows if table else 0, 200_000)
    found = session.run(f"SELECT * FROM posts LIMIT {count}", Bounds(seconds=600, rows=count))
    began = time.monotonic()
    if isinstance(session, PostgresSession):
        session.load("COPY copy FROM STDIN", _lines(found.rows))
    else:
        session.run("BEGIN")
        for at in range(0, count, _BATCH):
            values = ", ".join(_values(row) for row in found.rows[at : at + _BATCH])
            session.run(f"INSERT INTO copy VALUES {values}")
        session.run("COMMIT")
    return count / (time.monotonic() - began)


def _lines(rows: tuple[tuple[str | None, ...], ...]) -> Iterator[bytes]:
    for at in range(0, len(rows), _BATCH):
        lines = ("\t".join(value or "\\N" for value in row) for row in rows[at : at + _BATCH])
        yield ("\n".join(lines) + "\n").encode()


def _values(row: tuple[str | None, ...]) -> str:
    quoted = ("NULL" if value is None else "'" + value.replace("'", "''") + "'" for value in row)
    return f"({', '.join(quoted)})"


def _headline(trial: Trial) -> None:
    found = measure(trial)
    for number, query in enumerate(found.queries, 1):
        for case in query.cases:
            times = f"{case.before.median:>10.4g} → {case.after.median:<10.4g} ms"
            print(f"  query {number}  {case.label:<11}{times}  {outcome(case.verdict)}")
    for price in found.prices:
        times = f"{price.before.median:>10.4g} → {price.after.median:<10.4g} ms"
        print(f"  {price.rows:,} rows  {price.what:<9}{times}  {outcome(price.verdict)}")


if __name__ == "__main__":
    sys.exit(main())
