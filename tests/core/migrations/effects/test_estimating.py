from __future__ import annotations

import pytest

from be_tui.core.migrations.effects import Band, estimate
from be_tui.core.migrations.model import Effects, Online, RelationLock, Work
from be_tui.core.schema import read_schema
from be_tui.core.sqltext import Target
from be_tui.core.statistics.model import ColumnStats, Statistics, TableStats

ROWS = 10_000_000
STATISTICS = Statistics(
    "postgresql",
    (
        TableStats("users", ROWS, pages=250_000, namespace="public"),
        TableStats(
            "orders", ROWS, columns=(ColumnStats("id", width=8), ColumnStats("n", width=64))
        ),
        TableStats("bare", ROWS),
        TableStats("uncounted", -1),
        TableStats("users", 5, pages=1, namespace="app"),
    ),
)
HELD = (RelationLock("users", "ACCESS EXCLUSIVE"),)


@pytest.mark.parametrize(
    ("band", "words"),
    [
        (Band(0.01, 0.4), "under a second"),
        (Band(0.3, 2.5), "up to 2.5 s"),
        (Band(2, 31), "2 to 31 s"),
        (Band(30, 600), "up to 10 min"),
        (Band(130, 2600), "2.2 to 43 min"),
        (Band(3700, 36_000), "1 to 10 h"),
        (Band(90_000, 900_000), "1 to 10 days"),
    ],
)
def test_a_band_is_told_in_two_digits(band: Band, words: str) -> None:
    assert str(band) == words


def test_a_scan_of_two_gigabytes_takes_seconds_and_a_rewrite_minutes() -> None:
    scan = estimate(Effects(HELD, (Work("scan", "users"),)), STATISTICS)
    rewrite = estimate(Effects(HELD, (Work("rewrite", "users"),)), STATISTICS)
    assert scan
    assert rewrite
    assert (str(scan.band), scan.rows, scan.blocks) == ("1.4 to 20 s", ROWS, True)
    assert str(rewrite.band) == "6.8 to 102 s"


def test_a_rewrite_builds_every_index() -> None:
    ddl = "CREATE TABLE users (id int PRIMARY KEY, a int); CREATE INDEX a ON users (a)"
    schema = read_schema(ddl, Target("postgresql")).schema
    effects = Effects(HELD, (Work("index build", "users"), Work("rewrite", "users")))
    one, two = estimate(effects, STATISTICS), estimate(effects, STATISTICS, schema)
    assert one
    assert two
    assert two.band.high - one.band.high == pytest.approx(ROWS / 0.2e6)
    assert two.rows == ROWS


def test_without_pages_rows_are_as_wide_as_their_columns_or_as_usual() -> None:
    told = estimate(Effects((), (Work("scan", "orders"),)), STATISTICS)
    usual = estimate(Effects((), (Work("scan", "bare"),)), STATISTICS)
    assert told
    assert usual
    assert told.band.high == pytest.approx(ROWS * 100 / 100e6)
    assert usual.band.high == pytest.approx(ROWS * 128 / 100e6)
    assert not told.blocks


def test_a_table_of_another_schema_is_another() -> None:
    found = estimate(Effects((), (Work("key check", "app.users"),)), STATISTICS)
    assert found
    assert found.rows == 5


def test_a_copy_of_mariadb_takes_its_time_and_what_is_instant_none() -> None:
    copied = estimate(Effects(online=(Online("users", "COPY", "SHARED"),)), STATISTICS)
    assert copied
    assert copied.blocks
    assert copied.band.high > 100
    assert estimate(Effects(online=(Online("users", "INSTANT", "NONE"),)), STATISTICS) is None


@pytest.mark.parametrize("name", ["uncounted", "unknown"])
def test_what_nobody_counted_is_not_told(name: str) -> None:
    assert estimate(Effects((), (Work("scan", name),)), STATISTICS) is None
