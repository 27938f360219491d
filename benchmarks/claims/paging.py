"""Claims about pages of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.claims.bench import milliseconds
from benchmarks.claims.model import Claim, Figure, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.claims.bench import Bench

PAGE = 20


def _posts(bench: Bench) -> None:
    """Make posts of which some share their time."""
    bench.run(
        "CREATE TABLE posts (id bigint PRIMARY KEY, created_at bigint NOT NULL, title text)",
        f"INSERT INTO posts SELECT n, n / 3, 'post ' || n FROM {bench.series()}",
        "CREATE INDEX posts_created ON posts (created_at, id)",
    )
    bench.settle("posts")


def keyset(bench: Bench) -> Outcome:
    """Read a deep page by an offset and by the key of the row before it."""
    _posts(bench)
    deep = bench.rows * 9 // 10
    ordered = "SELECT id, title FROM posts {} ORDER BY created_at, id LIMIT 20 {}"
    after = f"WHERE (created_at, id) > ({deep // 3}, {deep})"
    first, offset, key = bench.timed(
        ordered.format("", ""), ordered.format("", f"OFFSET {deep}"), ordered.format(after, "")
    )
    names = ("the first page", f"OFFSET {deep:,}", "by key, at the same place")
    so = f"at row {deep:,} the offset takes {offset / key:,.0f} times as long as the key"
    return Outcome(milliseconds(names, (first, offset, key)), offset > 3 * key, so)


def counts(bench: Bench) -> Outcome:
    """Count all rows for a list's total, beside reading its first page."""
    _posts(bench)
    page, total = bench.timed(
        "SELECT id, title FROM posts ORDER BY created_at, id LIMIT 20",
        "SELECT count(*) FROM posts WHERE title LIKE 'post%'",
    )
    so = f"the exact total costs {total / page:,.0f} times the page"
    return Outcome(milliseconds(("a page", "the total"), (page, total)), total > 3 * page, so)


def cursor_ties(bench: Bench) -> Outcome:
    """Walk all pages by a cursor on a column whose values repeat, without a second column."""
    _posts(bench)
    without = _walked(bench, "created_at", lambda row: f"created_at > {row[1]}")
    with_key = _walked(
        bench, "created_at, id", lambda row: f"(created_at, id) > ({row[1]}, {row[0]})"
    )
    figures = (
        Figure("rows there", bench.rows, "rows"),
        Figure("seen by created_at alone", without, "rows"),
        Figure("seen by (created_at, id)", with_key, "rows"),
    )
    lost = bench.rows - without
    so = f"without a tie-breaker {lost:,} of {bench.rows:,} rows are never seen"
    return Outcome(figures, lost > 0 and with_key == bench.rows, so)


def _walked(bench: Bench, order: str, after: Callable[[tuple[str | None, ...]], str]) -> int:
    """Count the rows that a reader of all pages gets."""
    seen, where = 0, ""
    while True:
        page = bench.run(
            f"SELECT id, created_at FROM posts {where} ORDER BY {order} LIMIT {PAGE}"
        ).rows
        seen += len(page)
        if len(page) < PAGE:
            return seen
        where = f"WHERE {after(page[-1])}"


BOTH = ("postgresql", "sqlite")

CLAIMS = (
    Claim(
        "keyset",
        "A page by key costs the same at any depth; by offset, all rows before it",
        keyset,
        small=100_000,
        engines=BOTH,
    ),
    Claim(
        "counts", "The exact total of a list costs far more than a page of it", counts, engines=BOTH
    ),
    Claim(
        "cursor-ties",
        "A cursor without a tie-breaker loses rows",
        cursor_ties,
        rows=50_000,
        small=3000,
        engines=BOTH,
    ),
)
