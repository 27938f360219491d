from __future__ import annotations

from typing import TYPE_CHECKING

from tests.core.migrations.files.building import exact, only, read, sql, told, unread

if TYPE_CHECKING:
    from pathlib import Path


def test_versions_go_by_their_numbers_and_repeated_ones_come_last(tmp_path: Path) -> None:
    history = read(
        tmp_path,
        {
            "V1_10__Later.sql": "SELECT 110;",
            "V1.9__Sooner.sql": "SELECT 19;",
            "sub/V2__Deep.sql": "SELECT 2;",
            "R__Views.sql": "CREATE VIEW v AS SELECT 1;",
            "U1.9__Sooner.sql": "SELECT 'back';",
            "afterMigrate.sql": "SELECT 'called back';",
        },
    )
    assert history.format == "flyway"
    assert [each.version for each in history.migrations] == ["1.9", "1.10", "2", ""]
    assert sql(history.migrations[0].down) == ["SELECT 'back'"]
    assert history.migrations[-1].repeated
    assert told(history) == []
    exact(history)


def test_a_version_twice_however_it_is_written_is_found(tmp_path: Path) -> None:
    history = read(
        tmp_path,
        {
            "V1__A.sql": "SELECT 1;",
            "V1.0__B.sql": "SELECT 2;",
            "U7__C.sql": "SELECT 3;",
            "V2_half.sql": "SELECT 4;",
        },
    )
    assert sorted(told(history)) == [
        "migration-duplicate V1__A.sql:0",
        "migration-half U7__C.sql:0",
        "migration-name V2_half.sql:0",
    ]


def test_a_baseline_is_read_only_where_the_steps_are_gone(tmp_path: Path) -> None:
    alone = read(tmp_path / "a", {"B3__All.sql": "SELECT 3;", "V4__Next.sql": "SELECT 4;"})
    assert [each.version for each in alone.migrations] == ["3", "4"]
    beside = read(tmp_path / "b", {"B3__All.sql": "SELECT 3;", "V1__First.sql": "SELECT 1;"})
    assert [each.version for each in beside.migrations] == ["1"]
    assert told(beside) == ["migration-baseline B3__All.sql:0"]


def test_what_cannot_run_in_a_transaction_runs_without_by_itself(tmp_path: Path) -> None:
    history = read(
        tmp_path,
        {
            "V1__a.sql": "CREATE INDEX CONCURRENTLY i ON a (b);",
            "V2__b.sql": "SELECT 1;",
            "V3__c.sql": "SELECT 1; VACUUM a;",
            "V4__d.sql": "SELECT 1;",
            "V4__d.sql.conf": "executeInTransaction=false\n",
        },
    )
    assert [each.up.wrapping for each in history.migrations] == ["none", "one", "none", "none"]
    assert told(history) == ["migration-mixed V3__c.sql:1"]
    mixed = read(
        tmp_path / "m", {"flyway.conf": "flyway.mixed=true", "V3__c.sql": "SELECT 1; VACUUM a;"}
    )
    assert told(mixed) == []


def test_placeholders_get_the_values_of_the_settings_or_are_told(tmp_path: Path) -> None:
    history = read(
        tmp_path,
        {
            "flyway.conf": (
                "flyway.url=jdbc:postgresql://db/x\nflyway.placeholders.owner=ada\n"
                "flyway.sqlMigrationPrefix=M\nflyway.sqlMigrationSeparator=--\n"
            ),
            "M1--a.sql": (
                "ALTER TABLE a OWNER TO ${owner};\nCREATE TABLE ${schema}.b (id int);\n"
                "INSERT INTO a VALUES ('${kept}');"
            ),
        },
        "flyway",
    )
    up = only(history).up
    assert sql(up) == ["ALTER TABLE a OWNER TO ada", "INSERT INTO a VALUES ('${kept}')"]
    assert [each.exact for each in up.statements] == [False, True]
    assert unread(up) == ["`${schema}` is a placeholder, and its value is not known"]
    assert up.unread[0].statement.line == 2


def test_placeholders_stay_where_they_are_switched_off(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "flyway.toml": "[flyway]\nplaceholderReplacement = false\n",
        "V1__a.sql": "SELECT ${a};",
    }
    assert sql(only(read(tmp_path, files)).up) == ["SELECT ${a}"]
