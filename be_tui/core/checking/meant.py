"""Which engine a file is meant for, and whether its statements run once, as its path tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.sqltext import Target

if TYPE_CHECKING:
    from be_tui.core.sqltext import Engine

_ENGINES: dict[str, Engine] = {
    "postgres": "postgresql",
    "postgresql": "postgresql",
    "pgsql": "postgresql",
    "mysql": "mysql",
    "mariadb": "mariadb",
    "sqlite": "sqlite",
    "sqlite3": "sqlite",
}
_OTHERS = {
    "clickhouse": "ClickHouse",
    "cockroach": "CockroachDB",
    "cockroachdb": "CockroachDB",
    "cassandra": "Cassandra",
    "mssql": "SQL Server",
    "sqlserver": "SQL Server",
    "oracle": "Oracle",
    "db2": "Db2",
    "derby": "Derby",
    "hsqldb": "HSQLDB",
    "h2": "H2",
    "firebird": "Firebird",
    "redshift": "Redshift",
    "snowflake": "Snowflake",
    "bigquery": "BigQuery",
    "spanner": "Spanner",
    "duckdb": "DuckDB",
    "couchbase": "Couchbase",
    "databricks": "Databricks",
    "athena": "Athena",
    "cloudscape": "Derby",
    "hana": "SAP HANA",
    "informix": "Informix",
    "ingres": "Ingres",
    "pointbase": "PointBase",
    "sapdb": "SAP DB",
    "solid": "solidDB",
    "sybase": "Sybase",
    "teradata": "Teradata",
    "vertica": "Vertica",
    "presto": "Presto",
    "trino": "Trino",
}
PLAIN_WORDS = frozenset({"Oracle", "Derby", "H2", "Firebird", "Spanner", "solidDB"})
"""Engines whose names a folder of programs may have for another reason."""

_WORD = re.compile(r"[^/\\._-]+")
_ONCE = re.compile(
    r"(?:^|[/\\])(?:(?:[\w-]*[_-])?migrations?(?:[_-][\w-]*)?|migrate|deltas?|upgrad(?:es?|ers?)"
    r"|alembic|evolutions|changelogs?|seeds?|fixtures|testdata|test-data|sample_data)[/\\]"
    r"|(?:^|[/\\])v?\d+(?:\.\d+){2,}(?:[/\\]|\.sql$)|[/\\]versions[/\\][\w:.-]+\.(?:py|sql)$"
    r"|(?:^|[/\\])(?:[\w-]*[_-])?(?:migrations?|upgrades?)(?:_\w+)?\.\w+$"
    r"|(?:^|[/\\])migrate[_-][\w-]+\.\w+$"
    r"|(?:^|[/\\])updates?[/\\](?:[^/\\]+[/\\])*[^/\\]+\.sql$"
    r"|(?:^|[/\\])V\d+(?:[._]\d+)*__[^/\\]*\.sql$",
    re.I,
)
_TRIED = re.compile(
    r"(?:^|[/\\])(?:(?:(?:sql|integration|unit|functional)[_-]?)?tests?|__tests__|specs?|e2e|pgtap)"
    r"[/\\]"
    r"|(?:^|[/\\])(?:test_[^/\\]+|[^/\\]+_test|conftest)\.(?:py|go)$|\.(?:test|spec)\.tsx?$"
    r"|(?:^|[/\\])(?:Test[A-Z]\w*|\w+(?:Tests?|IT|TestCase))\.java$",
)
"""Where programs are tried, on rows made for it."""

_CLIENT = re.compile(r"(?:^|[/\\])prisma[/\\]")
"""Where tables are made whose client quotes each name, and sets the time of each change."""

_BY_CLIENT = re.compile(
    r"^-- (?:CreateTable|AlterTable|CreateIndex|CreateEnum|AddForeignKey)$", re.M
)
"""What Prisma writes above each statement."""

_BACKWARDS = re.compile(r"^--\s*(?:\+(?:goose|migrate)\s+Down|migrate:down)\b", re.M | re.I)
"""Where a migration of goose, sql-migrate or dbmate is taken back again."""

_COLUMNAR = re.compile(
    r"\bENGINE\s*=?\s*\(?\s*\w*MergeTree\b|\bCODEC\s*\(|\bON\s+CLUSTER\b|\bPREWHERE\b"
    r"|\{\w+\s*:\s*[A-Z]\w*(?:\([^{}]*\))?\}|\b(?:FROM|JOIN)\s+[\w.\"`]+(?:\s+(?:AS\s+)?\w+)?\s+FINAL\b"
    r"|\bLIMIT\s+\d+\s+BY\b|\bARRAY\s+JOIN\b|\bNullable\(|\bLowCardinality\("
    r"|\b(?:toStartOf\w+|toDateTime(?:64)?|toUnixTimestamp\w*|toDate|countIf|sumIf|anyLast|argMax|argMin"
    r"|uniqExact|uniqMerge|sumMap|groupArray\w*|arrayMap|mapKeys|fromUnixTimestamp64\w*)\s*\(",
)
"""What only ClickHouse's SQL has."""

_STREAMING = re.compile(r"'connector(?:\.type)?'\s*=\s*'|\btEnv\.executeSql\b|\bROW\s*<\s*\w+\s")
"""What only Flink's SQL has."""

_READ = re.compile(
    r"\b(?:FROM|JOIN|INTO|UPDATE|TABLE(?:\s+IF\s+NOT\s+EXISTS)?)\s+[\"`]?(\w+)", re.I
)


def engine_of(path: str) -> tuple[Target | None, str]:
    """Give the engine that a file or a folder around it is named for, or one that is not known.

    The nearest name counts: `mysql/tables.postgres.sql` is PostgreSQL's.
    """
    for word in reversed(_WORD.findall(path.lower())):
        plain = word.rstrip("0123456789")
        if word in _ENGINES or plain in _ENGINES:
            return Target(_ENGINES.get(word) or _ENGINES[plain]), ""
        if word in _OTHERS or plain in _OTHERS:
            return None, _OTHERS.get(word) or _OTHERS[plain]
    return None, ""


def runs_once(path: str) -> bool:
    """Tell whether what stands in a file is run once: a migration, or the first data."""
    return _ONCE.search(path) is not None


def is_tried(path: str) -> bool:
    """Tell whether a file holds tests, by its path."""
    return _TRIED.search(path) is not None


def upwards(sql: str) -> str:
    """Give a migration without the part that takes it back, where one file holds both."""
    found = _BACKWARDS.search(sql)
    return sql if found is None else sql[: found.start()]


def is_kept_by_client(path: str, sql: str = "") -> bool:
    """Tell whether a client keeps the tables that a file makes: its names and times of changes."""
    return _CLIENT.search(path) is not None or _BY_CLIENT.search(sql) is not None


def strange(sql: str) -> str:
    """Give the engine, none that is checked, whose words a text has; empty where it has none."""
    if _COLUMNAR.search(sql):
        return "ClickHouse"
    return "Flink" if _STREAMING.search(sql) else ""


def read_tables(sql: str) -> frozenset[str]:
    """Give the names, folded, of tables that a text which is not parsed speaks of."""
    return frozenset(name.casefold() for name in _READ.findall(sql))
