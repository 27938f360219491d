"""Claims about statements: how many there are, and how rows are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.claims.bench import milliseconds
from benchmarks.claims.model import Claim, Outcome

if TYPE_CHECKING:
    from benchmarks.claims.bench import Bench

PARENTS = 100
LINES = 10


def n_plus_one(bench: Bench) -> Outcome:
    """Read a hundred orders with their lines: a query each, one join, two queries."""
    bench.run(
        "CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint NOT NULL)",
        f"INSERT INTO orders SELECT n, n % 1000 FROM {bench.series(bench.rows // LINES)}",
        "CREATE TABLE lines (id bigint PRIMARY KEY, order_id bigint NOT NULL, product bigint)",
        f"INSERT INTO lines SELECT n, 1 + n / {LINES}, n % 500 FROM {bench.series()}",
        "CREATE INDEX lines_order ON lines (order_id)",
    )
    bench.settle("orders", "lines")
    orders = f"SELECT id, customer FROM orders ORDER BY id LIMIT {PARENTS}"

    def each() -> None:
        for order, _ in bench.run(orders).rows:
            bench.run(f"SELECT id, product FROM lines WHERE order_id = {order}")

    def batched() -> None:
        found = ", ".join(str(order) for order, _ in bench.run(orders).rows)
        bench.run(f"SELECT order_id, id, product FROM lines WHERE order_id IN ({found})")

    join = f"SELECT o.id, l.id, l.product FROM ({orders}) o LEFT JOIN lines l ON l.order_id = o.id"
    many, one, two = bench.timed(each, join, batched)
    names = (f"{PARENTS} + 1 queries", "one join", "two queries")
    figures = milliseconds(names, (many, one, two))
    so = f"{PARENTS} + 1 queries take {many / one:.0f} times a join, with no network between"
    return Outcome(figures, many > one, so)


def copy(bench: Bench) -> Outcome:
    """Load rows by single inserts, in one transaction, in inserts of a thousand, and by COPY."""
    session = bench.postgres
    session.run("CREATE TABLE t (id bigint PRIMARY KEY, body text NOT NULL)")
    numbers = range(bench.rows)

    def single() -> None:
        for number in numbers:
            session.run(f"INSERT INTO t VALUES ({number}, 'row {number}')")

    def in_one() -> None:
        session.run("BEGIN")
        single()
        session.run("COMMIT")

    def batches() -> None:
        for first in range(0, bench.rows, 1000):
            last = min(first + 1000, bench.rows)
            values = ", ".join(f"({number}, 'row {number}')" for number in range(first, last))
            session.run(f"INSERT INTO t VALUES {values}")

    def copied() -> None:
        session.load("COPY t FROM STDIN", (b"%d\trow %d\n" % (each, each) for each in numbers))

    spent: list[float] = []
    for work in (single, in_one, batches, copied):
        spent += bench.timed(work, rounds=1)
        session.run("TRUNCATE t")
    names = ("an insert a row", "... in one transaction", "1,000 rows an insert", "COPY")
    longer = spent[0] / spent[3]
    so = f"single inserts take {longer:.0f} times as long as COPY, and no disk is waited for here"
    return Outcome(milliseconds(names, spent), spent[0] > 2 * spent[3], so)


def select_star(bench: Bench) -> Outcome:
    """Read all columns of rows with a wide one, and only those that are shown."""
    bench.run(
        "CREATE TABLE t (id bigint PRIMARY KEY, title text, body text)",
        f"INSERT INTO t SELECT n, 'title ' || n, repeat(md5(n::text), 90) FROM {bench.series()}",
    )
    bench.settle("t")
    every, some = bench.timed(
        "SELECT * FROM t WHERE id <= 1000", "SELECT id, title FROM t WHERE id <= 1000"
    )
    figures = milliseconds(("SELECT *", "SELECT id, title"), (every, some))
    so = f"1,000 rows with a wide column take {every / some:.1f} times as long as without it"
    return Outcome(figures, every > some, so)


CLAIMS = (
    Claim(
        "n-plus-one",
        "A query for each row takes longer than one join",
        n_plus_one,
        rows=200_000,
    ),
    Claim(
        "copy", "COPY loads many times faster than an insert a row", copy, rows=20_000, small=2000
    ),
    Claim(
        "select-star",
        "Wide columns that nobody reads cost",
        select_star,
        rows=20_000,
        small=5000,
    ),
)
