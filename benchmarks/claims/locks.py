"""Claims about changes of tables: what each locks, and whether it writes the table anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.databases import StatementError
from benchmarks.claims.bench import BOUNDS
from benchmarks.claims.model import Claim, Figure, Outcome

if TYPE_CHECKING:
    from benchmarks.claims.bench import Bench

_TABLES = (
    "CREATE DOMAIN plain AS text",
    "CREATE DOMAIN short AS text CHECK (length(VALUE) < 1000)",
    "CREATE TABLE parent (id bigint PRIMARY KEY)",
    "CREATE TABLE t (id int PRIMARY KEY, parent_id bigint, name varchar(20), price numeric(8,2))",
    "ALTER TABLE t ADD COLUMN at timestamp, ADD COLUMN free text, ADD COLUMN proven text",
    "ALTER TABLE t ADD CONSTRAINT proof CHECK (proven IS NOT NULL)",
    "ALTER TABLE t ADD CONSTRAINT late CHECK (id > 0) NOT VALID",
    "CREATE TYPE mood AS ENUM ('good', 'bad')",
    "CREATE INDEX t_name ON t (name)",
)

NONE, AE, SRE, SUE, SHARE = (
    "",
    "AccessExclusive",
    "ShareRowExclusive",
    "ShareUpdateExclusive",
    "Share",
)

CHANGES: tuple[tuple[str, str, bool], ...] = (
    ("ALTER TABLE t ADD COLUMN c int", AE, False),
    ("ALTER TABLE t ADD COLUMN c int NOT NULL DEFAULT 7", AE, False),
    ("ALTER TABLE t ADD COLUMN c timestamptz DEFAULT now()", AE, False),
    ("ALTER TABLE t ADD COLUMN c float DEFAULT random()", AE, True),
    ("ALTER TABLE t ADD COLUMN c uuid DEFAULT gen_random_uuid()", AE, True),
    ("ALTER TABLE t ADD COLUMN c bigserial", AE, True),
    ("ALTER TABLE t ADD COLUMN c bigint GENERATED ALWAYS AS IDENTITY", AE, True),
    ("ALTER TABLE t ADD COLUMN c int GENERATED ALWAYS AS (id * 2) STORED", AE, True),
    ("ALTER TABLE t ADD COLUMN c plain", AE, False),
    ("ALTER TABLE t ADD COLUMN c short", AE, True),
    ("ALTER TABLE t DROP COLUMN free", AE, False),
    ("ALTER TABLE t RENAME COLUMN free TO other", AE, False),
    ("ALTER TABLE t ALTER COLUMN free SET DEFAULT 'x'", AE, False),
    ("ALTER TABLE t ALTER COLUMN free SET NOT NULL", AE, False),
    ("ALTER TABLE t ALTER COLUMN proven SET NOT NULL", AE, False),
    ("ALTER TABLE t ALTER COLUMN name TYPE varchar(40)", AE, False),
    ("ALTER TABLE t ALTER COLUMN name TYPE text", AE, False),
    ("ALTER TABLE t ALTER COLUMN name TYPE varchar(10)", AE, True),
    ("ALTER TABLE t ALTER COLUMN price TYPE numeric(12,2)", AE, False),
    ("ALTER TABLE t ALTER COLUMN price TYPE numeric(12,4)", AE, True),
    ("ALTER TABLE t ALTER COLUMN at TYPE timestamptz", AE, False),
    ("ALTER TABLE t ALTER COLUMN id TYPE bigint", AE, True),
    ("ALTER TABLE t ADD CONSTRAINT c CHECK (id > 0)", AE, False),
    ("ALTER TABLE t ADD CONSTRAINT c CHECK (id > 0) NOT VALID", AE, False),
    ("ALTER TABLE t VALIDATE CONSTRAINT late", SUE, False),
    ("ALTER TABLE t ADD FOREIGN KEY (parent_id) REFERENCES parent", SRE, False),
    ("ALTER TABLE t ADD FOREIGN KEY (parent_id) REFERENCES parent NOT VALID", SRE, False),
    ("ALTER TABLE t ADD UNIQUE (free)", AE, False),
    ("CREATE INDEX c ON t (free)", SHARE, False),
    ("DROP INDEX t_name", AE, False),
    ("REINDEX TABLE t", SHARE, False),
    ("ALTER TYPE mood ADD VALUE 'new'", NONE, False),
    ("COMMENT ON TABLE t IS 'x'", SUE, False),
    ("ALTER TABLE t SET (fillfactor = 80)", SUE, False),
    ("TRUNCATE t", AE, True),
)
"""Each change, the strongest lock that it takes on the table, and whether it writes it anew."""


def alter_locks(bench: Bench) -> Outcome:
    """Make each change in a transaction; look at its locks and at the table's file; undo it."""
    bench.run(*_TABLES)
    bench.run(
        "INSERT INTO parent SELECT generate_series(1, 100)",
        "INSERT INTO t SELECT n, 1 + n % 100, 'n', 1, now(), 'free ' || n, 'p' FROM "
        + bench.series(),
    )
    bench.settle("t")
    file = "SELECT pg_relation_filenode('t')"
    before = bench.run(file).value
    figures: list[Figure] = []
    wrong: list[str] = []
    for change, lock, rewrites in CHANGES:
        bench.run("BEGIN")
        try:
            bench.session.run(change, BOUNDS)
            held = {
                each.mode for each in bench.sandbox.locks(bench.session) if each.relation == "t"
            }
            anew = bench.run(file).value != before
        except StatementError as error:
            held, anew = {error.message}, rewrites
        bench.run("ROLLBACK")
        figures.append(Figure(f"{change} [{lock or 'no lock'}]", float(anew), "rewrites"))
        if anew != rewrites or (f"{lock}Lock" not in held if lock else bool(held)):
            wrong.append(f"{change}: {', '.join(sorted(held)) or 'no lock'}, rewrites: {anew}")
    so = f"{len(CHANGES) - len(wrong)} of {len(CHANGES)} changes lock and rewrite as is said"
    return Outcome(tuple(figures), not wrong, "; ".join((so, *wrong)))


ONLINE: tuple[tuple[str, str], ...] = (
    ("ADD COLUMN c int", "INSTANT"),
    ("ADD COLUMN c int DEFAULT 7", "INSTANT"),
    ("DROP COLUMN free", "INSTANT"),
    ("MODIFY name varchar(60)", "INSTANT"),
    ("MODIFY name varchar(100)", "COPY"),
    ("MODIFY number bigint", "COPY"),
    ("ADD INDEX c (number)", "NOCOPY"),
    ("ADD FOREIGN KEY (number) REFERENCES parent (id)", "COPY"),
    ("ADD CONSTRAINT c CHECK (number > 0)", "COPY"),
)
"""Changes of a table of MariaDB, each with the cheapest way that the server takes."""


def online_ddl(bench: Bench) -> Outcome:
    """Ask the server for each change in the cheapest way, then in the next."""
    bench.run("CREATE TABLE parent (id int PRIMARY KEY) ENGINE = InnoDB")
    figures: list[Figure] = []
    wrong: list[str] = []
    for change, expected in ONLINE:
        bench.run(
            "CREATE OR REPLACE TABLE t (id int PRIMARY KEY, number int, name varchar(50), "
            "free text) ENGINE = InnoDB CHARACTER SET utf8mb4"
        )
        found = next(
            way for way in ("INSTANT", "NOCOPY", "INPLACE", "COPY") if _takes(bench, change, way)
        )
        figures.append(Figure(f"{change}: {found}", 1.0, ""))
        if found != expected:
            wrong.append(f"{change}: {found}, not {expected}")
    so = f"{len(ONLINE) - len(wrong)} of {len(ONLINE)} changes go the way that is said"
    return Outcome(tuple(figures), not wrong, "; ".join((so, *wrong)))


def _takes(bench: Bench, change: str, way: str) -> bool:
    try:
        bench.run(f"ALTER TABLE t {change}, ALGORITHM = {way}")
    except StatementError:
        return False
    return True


CLAIMS = (
    Claim(
        "alter-locks",
        "What changes of a table lock, and which write it anew",
        alter_locks,
        rows=10_000,
        small=100,
        engines=("postgresql", "postgresql:16"),
    ),
    Claim(
        "online-ddl",
        "Which changes of a table MariaDB makes without copying it",
        online_ddl,
        rows=1,
        small=1,
        engines=("mariadb",),
    ),
)
