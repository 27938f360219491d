"""Claims about the types of keys and columns: bytes, and the time to write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.claims.bench import megabytes, milliseconds
from benchmarks.claims.model import Claim, Figure, Outcome

if TYPE_CHECKING:
    from benchmarks.claims.bench import Bench

_PAGE = 8192
"""Bytes of a page of PostgreSQL."""

BATCHES = 20
"""Inserts that fill a table, so that an index grows as it does in use."""


def _filled(bench: Bench, table: str, columns: str, values: str) -> float:
    """Make and fill a table in batches; give the milliseconds of the inserts."""
    bench.run(f"CREATE TABLE {table} ({columns})")
    batch = bench.rows // BATCHES
    spent = 0.0
    for number in range(BATCHES):
        series = f"generate_series({number * batch + 1}, {(number + 1) * batch}) AS series(n)"
        insert = f"INSERT INTO {table} SELECT {values} FROM {series}"
        spent += bench.timed(insert, rounds=1)[0]
    return spent


def key_types(bench: Bench) -> Outcome:
    """Fill tables by bigint, UUID of version 7, of version 4, and that as text."""
    kinds = {
        "bigint": ("bigint", "n"),
        "uuidv7": ("uuid", "uuidv7()"),
        "uuidv4": ("uuid", "gen_random_uuid()"),
        "uuidv4 as text": ("text", "gen_random_uuid()::text"),
    }
    if bench.sandbox.version < "18":
        del kinds["uuidv7"]
    times, sizes = [], []
    for number, (kind, value) in enumerate(kinds.values()):
        table = f"t{number}"
        times.append(_filled(bench, table, f"id {kind} PRIMARY KEY, body text", f"{value}, 'x'"))
        sizes.append(bench.size(f"{table}_pkey"))
    names = list(kinds)
    figures = megabytes([f"{name}: index" for name in names], sizes)
    figures += milliseconds([f"{name}: inserts" for name in names], times)
    small, random = sizes[0], sizes[names.index("uuidv4")]
    so = f"the index of a random UUID is {random / small:.1f} times that of a bigint"
    if "uuidv7" in kinds:
        ordered = sizes[names.index("uuidv7")]
        so += f", of a UUIDv7 {ordered / small:.1f} times"
        return Outcome(figures, small < ordered < random < sizes[-1], so)
    return Outcome(figures, small < random < sizes[-1], so)


def int_or_bigint(bench: Bench) -> Outcome:
    """Fill tables numbered by int and by bigint."""
    _filled(bench, "small", "id int PRIMARY KEY, body text", "n, 'x'")
    _filled(bench, "big", "id bigint PRIMARY KEY, body text", "n, 'x'")
    sizes = [bench.size(name) for name in ("small_pkey", "big_pkey", "small", "big")]
    names = ("int: index", "bigint: index", "int: table", "bigint: table")
    so = (
        f"the index is {sizes[1] / sizes[0]:.2f} times as large with bigint, "
        f"the table {sizes[3] / sizes[2]:.2f} times"
    )
    entries = [
        Figure(f"{name}: entries on a page of the index", bench.rows / pages, "entries")
        for name, pages in zip(
            ("int", "bigint"), (size * 1e6 / _PAGE for size in sizes), strict=False
        )
    ]
    return Outcome((*megabytes(names, sizes), *entries), sizes[1] <= sizes[0] * 1.01, so)


def varchar_or_text(bench: Bench) -> Outcome:
    """Fill tables with the same words as varchar(255) and as text."""
    bounded = _filled(bench, "bounded", "id bigint, body varchar(255)", "n, 'word ' || n")
    free = _filled(bench, "free", "id bigint, body text", "n, 'word ' || n")
    sizes = [bench.size("bounded"), bench.size("free")]
    figures = megabytes(("varchar(255): table", "text: table"), sizes)
    figures += milliseconds(("varchar(255): inserts", "text: inserts"), (bounded, free))
    return Outcome(figures, sizes[0] == sizes[1], "varchar(255) saves no byte over text")


def timestamp_or_timestamptz(bench: Bench) -> Outcome:
    """Fill tables with timestamp and with timestamptz."""
    _filled(bench, "bare", "at timestamp", "now()")
    _filled(bench, "zoned", "at timestamptz", "now()")
    sizes = [bench.size("bare"), bench.size("zoned")]
    figures = megabytes(("timestamp", "timestamptz"), sizes)
    return Outcome(figures, sizes[0] == sizes[1], "timestamptz takes no byte more than timestamp")


CLAIMS = (
    Claim(
        "key-types",
        "A bigint's index is smaller than a UUIDv7's, and that than a random UUID's",
        key_types,
    ),
    Claim("int-or-bigint", "A bigint's index is no larger than an int's", int_or_bigint),
    Claim("varchar-or-text", "varchar(255) is no smaller than text", varchar_or_text, rows=500_000),
    Claim(
        "timestamptz",
        "timestamptz is no larger than timestamp",
        timestamp_or_timestamptz,
        rows=500_000,
    ),
)
