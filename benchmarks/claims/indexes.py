"""Claims about what an index gives and what it costs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from benchmarks.claims.bench import megabytes, milliseconds
from benchmarks.claims.model import Claim, Figure, Outcome

if TYPE_CHECKING:
    from benchmarks.claims.bench import Bench


_MORE = 1.1
"""How much more must be written to call it a price."""


def redundant_index(bench: Bench) -> Outcome:
    """Insert into a table with an index on (a, b), and into one with another on (a) besides."""
    for table in ("lean", "laden"):
        bench.run(
            f"CREATE TABLE {table} (id bigint PRIMARY KEY, a bigint NOT NULL, b bigint NOT NULL)",
            f"CREATE INDEX {table}_ab ON {table} (a, b)",
        )
    bench.run("CREATE INDEX laden_a ON laden (a)")
    batch = max(bench.rows // 20, 1)
    started = iter(range(1, 1000))
    written = {"lean": 0.0, "laden": 0.0}

    def insert(table: str) -> None:
        first = next(started) * bench.rows
        before = _written(bench)
        bench.run(
            f"INSERT INTO {table} SELECT {first} + n, (n * 7919) % {batch}, n "
            f"FROM {bench.series(batch)}"
        )
        written[table] += _written(bench) - before

    lean, laden = bench.timed(lambda: insert("lean"), lambda: insert("laden"), rounds=15)
    names = (f"{batch:,} inserts with (a, b)", "... and a redundant (a)")
    figures = milliseconds(names, (lean, laden))
    figures += megabytes([f"written: {name}" for name in names], [*written.values()])
    more = written["laden"] / written["lean"]
    longer = laden / lean
    so = f"with it inserts take {longer:.2f} times as long and write {more:.2f} times as much"
    return Outcome(figures, more > _MORE, so)


def _written(bench: Bench) -> float:
    """Give the megabytes that have been written: to PostgreSQL's log, to SQLite's file."""
    if bench.sqlite:
        return bench.number("PRAGMA page_count") * bench.number("PRAGMA page_size") / 1e6
    return bench.number("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')") / 1e6


def foreign_key_index(bench: Bench) -> Outcome:
    """Delete parents whose children's foreign key has no index, and whose has one."""
    for child in ("bare", "indexed"):
        bench.run(
            f"CREATE TABLE parent_{child} (id bigint PRIMARY KEY)",
            f"INSERT INTO parent_{child} SELECT n FROM {bench.series(bench.rows // 10 + 200)}",
            f"CREATE TABLE {child} (id bigint PRIMARY KEY, "
            f"parent_id bigint REFERENCES parent_{child})",
            f"INSERT INTO {child} SELECT n, 1 + n % {bench.rows // 10} FROM {bench.series()}",
        )
    bench.run("CREATE INDEX indexed_parent ON indexed (parent_id)")
    bench.settle("bare", "indexed", "parent_bare", "parent_indexed")
    childless = iter(range(bench.rows // 10 + 1, bench.rows // 10 + 200))

    def delete(child: str) -> None:
        bench.run(f"DELETE FROM parent_{child} WHERE id = {next(childless)}")

    bare, indexed = bench.timed(lambda: delete("bare"), lambda: delete("indexed"))
    figures = milliseconds(("delete one parent, no index", "with an index"), (bare, indexed))
    so = f"without the index deleting one parent takes {bare / indexed:,.0f} times as long"
    return Outcome(figures, bare > 2 * indexed, so)


def partial_index(bench: Bench) -> Outcome:
    """Index all orders by state, and only the one in a hundred that is open."""
    bench.run(
        "CREATE TABLE orders (id bigint PRIMARY KEY, open boolean, customer bigint)",
        f"INSERT INTO orders SELECT n, n % 100 = 0, n % 5000 FROM {bench.series()}",
        "CREATE INDEX orders_whole ON orders (open, customer, id)",
        "CREATE INDEX orders_part ON orders (customer, id) WHERE open",
    )
    sizes = [bench.size("orders_whole"), bench.size("orders_part")]
    so = f"the partial index has {100 * sizes[1] / sizes[0]:.1f} % of the whole one's bytes"
    names = ("index of all rows", "index WHERE open")
    return Outcome(megabytes(names, sizes), sizes[1] < sizes[0] / 5, so)


def expression_index(bench: Bench) -> Outcome:
    """Look for lower(email) with an index on email, and with one on lower(email)."""
    bench.run(
        "CREATE TABLE people (id bigint PRIMARY KEY, email text NOT NULL)",
        f"INSERT INTO people SELECT n, 'Person' || n || '@Example.com' FROM {bench.series()}",
        "CREATE INDEX people_email ON people (email)",
    )
    bench.settle("people")
    asked = f"SELECT id FROM people WHERE lower(email) = 'person{bench.rows // 2}@example.com'"
    (plain,) = bench.timed(asked)
    bench.run("CREATE INDEX people_lower ON people (lower(email))")
    bench.settle("people")
    (suited,) = bench.timed(asked)
    figures = milliseconds(("index on email", "index on lower(email)"), (plain, suited))
    so = f"with an index on the bare column it takes {plain / suited:,.0f} times as long"
    return Outcome(figures, plain > 3 * suited, so)


def hot_updates(bench: Bench) -> Outcome:
    """Update a column that no index holds, and one that an index holds."""
    bench.run(
        "CREATE TABLE t (id bigint PRIMARY KEY, free bigint, held bigint) WITH (fillfactor = 50)",
        f"INSERT INTO t SELECT n, n, n FROM {bench.series()}",
        "CREATE INDEX t_held ON t (held)",
    )
    bench.settle("t")
    counted = "SELECT n_tup_hot_upd FROM pg_stat_xact_user_tables WHERE relname = 't'"
    hot: list[float] = []
    spent: list[float] = []
    for column in ("free", "held"):
        bench.run("BEGIN")
        before = bench.number(counted)
        spent += bench.timed(f"UPDATE t SET {column} = {column} + 1 WHERE id % 10 = 0", rounds=1)
        hot.append(bench.number(counted) - before)
        bench.run("COMMIT")
        bench.settle("t")
    updated = bench.rows // 10
    figures = (
        *milliseconds(("update of a free column", "update of an indexed one"), spent),
        Figure("free: updates that touch no index", hot[0], "rows"),
        Figure("indexed: updates that touch no index", hot[1], "rows"),
    )
    so = (
        f"{100 * hot[0] / updated:.0f} % of the updates touch no index where none holds the "
        f"column, {100 * hot[1] / updated:.0f} % where one does"
    )
    return Outcome(figures, hot[0] > updated * 0.9 and hot[1] == 0, so)


def index_count(bench: Bench) -> Outcome:
    """Insert into tables with none, one, three and six indexes beside the key."""
    names = "abcdef"
    columns = ", ".join(f"{name} bigint" for name in names)
    batch = max(bench.rows // 20, 1)
    counts = (0, 1, 3, 6)
    for count in counts:
        bench.run(f"CREATE TABLE t{count} (id bigint PRIMARY KEY, {columns})")
        for name in names[:count]:
            bench.run(f"CREATE INDEX t{count}_{name} ON t{count} ({name})")
    started = iter(range(1, 1000))
    values = ", ".join(f"(n * {7919 + 2 * at}) % 1000003" for at in range(len(names)))

    def insert(count: int) -> None:
        first = next(started) * bench.rows
        bench.run(f"INSERT INTO t{count} SELECT {first} + n, {values} FROM {bench.series(batch)}")

    works = [partial(insert, count) for count in counts]
    times = bench.timed(*works)
    figures = milliseconds([f"{batch:,} inserts, {count} indexes" for count in counts], times)
    longer = times[3] / times[0]
    so = f"with six indexes inserts take {longer:.1f} times as long as with the key alone"
    return Outcome(figures, times[3] > times[0], so)


BOTH = ("postgresql", "sqlite")

CLAIMS = (
    Claim(
        "redundant-index",
        "An index that another one covers still costs each insert",
        redundant_index,
        rows=500_000,
        small=40_000,
        engines=BOTH,
    ),
    Claim(
        "index-count",
        "Each further index makes inserts slower",
        index_count,
        engines=BOTH,
    ),
    Claim(
        "foreign-key-index",
        "Deleting a parent reads all children where the foreign key has no index",
        foreign_key_index,
        rows=500_000,
        small=200_000,
    ),
    Claim(
        "partial-index",
        "An index of the few rows that are asked for is as small as they are",
        partial_index,
    ),
    Claim(
        "expression-index",
        "A function of a column needs an index on that function",
        expression_index,
        small=50_000,
        engines=BOTH,
    ),
    Claim(
        "hot-updates",
        "Updating a column that no index holds touches no index",
        hot_updates,
        rows=200_000,
    ),
)
