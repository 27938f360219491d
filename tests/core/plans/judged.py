"""For each rule a plan that has the fault, and one that looks like it and has not."""

# ruff: noqa: E501 (a line of a plan is long)

from __future__ import annotations

from typing import NamedTuple


class Case(NamedTuple):
    found: str
    """The faulty plan."""

    says: str
    """A part of what is said of it."""

    quiet: str
    """The clean look-alike."""


def scan(seen: int, removed: int = 0, *, expected: int = 0, filtered: str = "Filter") -> str:
    expected = expected or seen
    told = f"\n  {filtered}: (kind = 3)\n  Rows Removed by {filtered}: {removed}" if removed else ""
    return (
        f"Seq Scan on t  (cost=0.00..9.00 rows={expected} width=8)"
        f" (actual time=0.0..9.0 rows={seen} loops=1){told}"
    )


def index(seen: int, removed: int) -> str:
    return scan(seen, removed).replace("Seq Scan on t", "Index Scan using t_a on t")


def node(line: str, *more: str, time: str = "(actual time=0.0..9.0 rows=9 loops=1)") -> str:
    below = "".join(f"\n  {each}" for each in more)
    return f"{line}  (cost=0.00..9.00 rows=9 width=8) {time}{below}"


def whole(ran: float, planned: float = 0.1, *more: str) -> str:
    lines = (node("Result"), f"Planning Time: {planned} ms", *more, f"Execution Time: {ran} ms")
    return "\n".join(lines)


def loops(times: int, each: float) -> str:
    return (
        f"{node('Nested Loop', time='(actual time=0.0..100.0 rows=9 loops=1)')}\n"
        f"  ->  {node('Seq Scan on a')}\n"
        f"  ->  Index Scan using i on b  (cost=0.0..1.0 rows=1 width=4)"
        f" (actual time=0.0..{each} rows=1 loops={times})"
    )


def mysql(access: str, rows: int, filtered: float, extra: str = "", kind: str = "SIMPLE") -> str:
    head = "id\tselect_type\ttable\ttype\tpossible_keys\tkey\tkey_len\tref\trows\tfiltered\tExtra"
    return f"{head}\n1\t{kind}\tp\t{access}\tNULL\tNULL\tNULL\tNULL\t{rows}\t{filtered}\t{extra}\n"


SORT = "Sort Key: a"
TWO_SCANS = "QUERY PLAN\n|--SCAN u\n`--{} p"

CASES = {
    "plan-rows-removed": Case(scan(20, 980_000), "980,000 of 980,020 rows", scan(500, 900)),
    "plan-index-filter": Case(index(20, 5_000), "leads to 5,020 rows", index(900, 1_100)),
    "plan-estimate-off": Case(
        scan(5_000, expected=50), "100 times more rows", scan(5_000, expected=900)
    ),
    "plan-large-scan": Case(
        "Seq Scan on t  (cost=0.00..25000.00 rows=9 width=8)\n  Filter: (kind = 3)",
        "cost of 25,000",
        "Seq Scan on t  (cost=0.00..25000.00 rows=900000 width=8)",
    ),
    "plan-full-scan": Case(
        mysql("ALL", 50_000, 10.0), "50,000, of which 10 %", mysql("ALL", 50_000, 100.0)
    ),
    "plan-costly-loops": Case(loops(4_000, 0.02), "4,000 times", loops(4_000, 0.001)),
    "plan-join-buffer": Case(
        mysql("ALL", 90, 90.0, "Using where; Using join buffer (Block Nested Loop)"),
        "without an index",
        mysql("ALL", 90, 90.0, "Using where; Using join buffer (hash join)"),
    ),
    "plan-inner-scan": Case(
        TWO_SCANS.format("SCAN"),
        "for each row of u",
        TWO_SCANS.format("SEARCH") + " USING INDEX i (a=?)",
    ),
    "plan-automatic-index": Case(
        TWO_SCANS.format("SEARCH") + " USING AUTOMATIC COVERING INDEX (a=?)",
        "(a=?)",
        TWO_SCANS.format("SEARCH") + " USING COVERING INDEX i (a=?)",
    ),
    "plan-correlated": Case(
        "QUERY PLAN\n|--SCAN u\n`--CORRELATED SCALAR SUBQUERY 1\n   `--SEARCH p USING INDEX i (a=?)",
        "CORRELATED SCALAR SUBQUERY 1",
        "QUERY PLAN\n|--SCAN u\n`--SCALAR SUBQUERY 1\n   `--SEARCH p USING INDEX i (a=?)",
    ),
    "plan-memoize-evictions": Case(
        node("Memoize", "Hits: 10  Misses: 900  Evictions: 700  Overflows: 0  Memory Usage: 8kB"),
        "700 were thrown out",
        node("Memoize", "Hits: 900  Misses: 10  Evictions: 0  Overflows: 0  Memory Usage: 8kB"),
    ),
    "plan-sort-spill": Case(
        node("Sort", SORT, "Sort Method: external merge  Disk: 30000kB"),
        "29.3 MB on disk",
        node("Sort", SORT, "Sort Method: quicksort  Memory: 30000kB"),
    ),
    "plan-hash-spill": Case(
        node("Hash", "Buckets: 1024  Batches: 8 (originally 2)  Memory Usage: 40kB"),
        "8 batches, planned as 2",
        node("Hash", "Buckets: 1024  Batches: 1  Memory Usage: 40kB"),
    ),
    "plan-store-spill": Case(
        node("HashAggregate", "Batches: 5  Memory Usage: 4kB  Disk Usage: 90kB"),
        "90 kB on disk in 5 batches",
        node("HashAggregate", "Batches: 1  Memory Usage: 4kB"),
    ),
    "plan-lossy-bitmap": Case(
        node("Bitmap Heap Scan on t", "Heap Blocks: exact=9 lossy=70"),
        "rows of 70 pages and kept those of 9",
        node("Bitmap Heap Scan on t", "Heap Blocks: exact=79"),
    ),
    "plan-heap-fetches": Case(
        node("Index Only Scan using i on t", "Heap Fetches: 900"),
        "900 times for 9 rows",
        node("Index Only Scan using i on t", "Heap Fetches: 9"),
    ),
    "plan-filesort": Case(
        mysql("ref", 9, 100.0, "Using filesort"), "p: rows are sorted", mysql("ref", 9, 100.0)
    ),
    "plan-temporary": Case(
        mysql("ref", 9, 100.0, "Using temporary"), "temporary table", mysql("ref", 9, 100.0)
    ),
    "plan-temp-btree": Case(
        "QUERY PLAN\n|--SCAN u USING INDEX i\n`--USE TEMP B-TREE FOR ORDER BY",
        "ORDER BY",
        "QUERY PLAN\n`--SCAN u USING INDEX i",
    ),
    "plan-sqlite-scan": Case(
        "QUERY PLAN\n`--SCAN u", "u is read from end to end", "QUERY PLAN\n`--SCAN u USING INDEX i"
    ),
    "plan-never-executed": Case(
        node("Limit") + "\n  ->  " + node("Seq Scan on a", time="(never executed)"),
        "Seq Scan on a was never run",
        node("Limit") + "\n  ->  " + node("Seq Scan on a"),
    ),
    "plan-disabled": Case(
        node("Seq Scan on a", "Disabled: true"), "no other way", node("Seq Scan on a")
    ),
    "plan-jit": Case(
        whole(100, 1, "JIT:", "  Functions: 12", "  Timing: Generation 1.0 ms, Total 60.0 ms"),
        "12 functions took 60 ms, 60 %",
        whole(100, 1, "JIT:", "  Functions: 12", "  Timing: Generation 1.0 ms, Total 6.0 ms"),
    ),
    "plan-planning": Case(whole(2, 40), "planning took 40 ms", whole(2, 1.5)),
    "plan-trigger": Case(
        whole(100, 1, "Trigger for constraint posts_user_fkey: time=90.0 calls=30"),
        "posts_user_fkey was checked 30 times: 90 ms, 90 %",
        whole(100, 1, "Trigger for constraint posts_user_fkey: time=4.0 calls=30"),
    ),
    "plan-missing-workers": Case(
        node("Gather", "Workers Planned: 2", "Workers Launched: 0"),
        "0 of 2",
        node("Gather", "Workers Planned: 2", "Workers Launched: 2"),
    ),
    "plan-cut": Case(node("Limit") + "\n  ->  Seq Scan on po", "up to line 2", node("Limit")),
}
