"""Migrations checked from end to end: files, comments, other tools' settings, a baseline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.errors import InputError, WriteError
from be_tui.core.knowledge import open_library
from be_tui.core.migrations.checks import (
    Asked,
    Foreign,
    Wanted,
    examine,
    fingerprint,
    open_jobs,
    read_baseline,
    read_foreign,
    rules_wanted,
    without_old,
    words_of,
    write_baseline,
)
from be_tui.core.sqltext import Target

if TYPE_CHECKING:
    from pathlib import Path

    from be_tui.core.findings import Finding

pytestmark = pytest.mark.usefixtures("indexed")

USERS = "CREATE TABLE users (id bigint PRIMARY KEY, email text, note text);\n"
POSTGRES = Target("postgresql")


def folder(path: Path, **files: str) -> Path:
    """Write a folder of plain SQL, its history first."""
    path.mkdir(exist_ok=True)
    (path / "001_users.sql").write_text(USERS)
    for name, text in files.items():
        (path / f"{name.removeprefix('m')}_change.sql").write_text(text)
    return path


def told(*paths: Path, wanted: Wanted | None = None, **asked: str) -> tuple[Finding, ...]:
    """Check files."""
    with open_library() as library:
        jobs = open_jobs(Asked(tuple(map(str, paths)), target=POSTGRES, **asked))  # type: ignore[arg-type]
        return tuple(
            each
            for job in jobs
            for each in examine(job, wanted or Wanted(), lambda rules: words_of(library, rules))
        )


def rules(found: tuple[Finding, ...]) -> list[str]:
    return [each.rule for each in found if each.rule != "migration-no-lock-timeout"]


def test_a_file_is_read_after_the_earlier_ones_of_its_folder(tmp_path: Path) -> None:
    home = folder(
        tmp_path / "db",
        m002="ALTER TABLE users DROP COLUMN note;",
        m003="CREATE INDEX i ON users (email);",
    )
    found = told(home / "003_change.sql")
    assert rules(found) == ["migration-index-blocks-writes"]
    assert found[0].place.path.endswith("003_change.sql")
    assert (found[0].place.line, found[0].place.column) == (1, 1)


def test_a_finding_carries_the_statements_that_do_it_without_harm(tmp_path: Path) -> None:
    home = folder(tmp_path / "db", m002="CREATE INDEX i\n  ON users (email);")
    (found,) = told(home / "002_change.sql")
    assert found.fix is not None
    assert "-- outside a transaction\n" in found.fix.statements
    assert found.fix.statements.endswith("CREATE INDEX CONCURRENTLY i\n  ON users (email);")
    assert (found.place.end_line, found.place.end_column) == (2, 19)


def test_a_schema_stands_for_what_was_run_before(tmp_path: Path) -> None:
    schema = tmp_path / "schema.sql"
    schema.write_text("CREATE TABLE users (id bigint PRIMARY KEY, email varchar(20));")
    home = folder(tmp_path / "db", m002="ALTER TABLE users ALTER COLUMN email TYPE varchar(80);")
    assert rules(told(home / "002_change.sql", schema=str(schema))) == []
    schema.write_text("CREATE TABLE users (id bigint PRIMARY KEY, email varchar(90));")
    found = rules(told(home / "002_change.sql", schema=str(schema)))
    assert found == ["migration-type-rewrites", "migration-type-narrows"]


def test_what_a_schema_does_not_hold_is_not_there_but_where_parts_of_it_could_not_be_read(
    tmp_path: Path,
) -> None:
    schema = tmp_path / "schema.sql"
    home = folder(tmp_path / "db", m002="ALTER TABLE orders ADD COLUMN note text;")
    for more, missing in (
        ("", True),
        ("GRANT NONSENSE;", True),
        ("\\i more.sql\n", False),
        ("CREATE TABLE orders (id NONSENSE NONSENSE(;", False),
    ):
        schema.write_text(f"{USERS}{more}")
        found = rules(told(home / "002_change.sql", schema=str(schema)))
        assert ("migration-fails" in found) is missing, more


def test_an_empty_database_holds_no_table(tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    path = tmp_path / "app.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE gone (id)")
        connection.execute("DROP TABLE gone")
    change = tmp_path / "change.sql"
    change.write_text("ALTER TABLE people ADD COLUMN email TEXT;")
    with open_library() as library:
        (job,) = open_jobs(Asked((str(change),), database=f"sqlite:{path}"))
        found = examine(job, Wanted(), lambda rules: words_of(library, rules))
    assert "migration-fails" in rules(found)


def test_what_only_psql_understands_may_have_made_a_table(tmp_path: Path) -> None:
    home = folder(tmp_path / "db", m002="\\i more.sql\nALTER TABLE orders ADD COLUMN note text;")
    found = told(home / "002_change.sql")
    unknown = [each for each in found if each.rule == "migration-not-analysed"]
    assert [each.place.line for each in unknown] == [1, 2]
    assert "migration-fails" not in rules(found)


def test_a_schema_without_a_table_is_no_schema(tmp_path: Path) -> None:
    schema = tmp_path / "schema.sql"
    schema.write_text("SELECT 1;")
    home = folder(tmp_path / "db")
    with pytest.raises(InputError, match="no table is made in it"):
        told(home, schema=str(schema))


def test_a_small_table_makes_a_finding_a_note(tmp_path: Path) -> None:
    stats = tmp_path / "stats.sql"
    stats.write_text(
        "SELECT * FROM pg_catalog.pg_restore_relation_stats(\n"
        "\t'version', '180000'::integer,\n\t'schemaname', 'public',\n\t'relname', 'users',\n"
        "\t'relpages', '3'::integer,\n\t'reltuples', '120'::real,\n"
        "\t'relallvisible', '0'::integer\n);\n"
    )
    home = folder(tmp_path / "db", m002="CREATE INDEX i ON users (email);")
    found = told(home / "002_change.sql", statistics=str(stats))
    assert found[0].severity == "info"
    assert found[0].message.endswith("(120 rows, under a second)")
    (uncounted, *_) = told(home / "002_change.sql")
    assert fingerprint(found[0]) == fingerprint(uncounted)


def test_a_large_table_is_told_with_the_time_that_it_takes(tmp_path: Path) -> None:
    stats = tmp_path / "stats.sql"
    stats.write_text(
        "SELECT * FROM pg_catalog.pg_restore_relation_stats(\n"
        "\t'version', '180000'::integer,\n\t'schemaname', 'public',\n\t'relname', 'users',\n"
        "\t'relpages', '900000'::integer,\n\t'reltuples', '50000000'::real,\n"
        "\t'relallvisible', '0'::integer\n);\n"
    )
    home = folder(tmp_path / "db", m002="ALTER TABLE users ALTER COLUMN email SET NOT NULL;")
    found = told(home / "002_change.sql", statistics=str(stats))
    assert found[0].severity == "error"
    assert "(50,000,000 rows, " in found[0].message


def test_a_comment_allows_the_statement_below_it(tmp_path: Path) -> None:
    said = "-- be-tui: allow migration-drop-column because nothing reads it since 2.0\n"
    home = folder(tmp_path / "db", m002=f"{said}ALTER TABLE users\n  DROP COLUMN note;\n")
    assert rules(told(home)) == []
    home = folder(tmp_path / "db", m002="ALTER TABLE users DROP COLUMN note; " + said)
    assert rules(told(home)) == []


def test_a_comment_does_not_reach_the_statement_after(tmp_path: Path) -> None:
    said = "-- be-tui: allow migration-drop-column because nothing reads it\n"
    text = f"{said}ALTER TABLE users DROP COLUMN note;\nALTER TABLE users DROP COLUMN email;\n"
    found = told(folder(tmp_path / "db", m002=text))
    assert [each.place.line for each in found if each.rule == "migration-drop-column"] == [3]


def test_a_comment_may_hold_for_a_file(tmp_path: Path) -> None:
    said = "-- be-tui: allow-file migration-drop-column because nothing reads them\n"
    text = f"{said}ALTER TABLE users DROP COLUMN note;\nALTER TABLE users DROP COLUMN email;\n"
    assert rules(told(folder(tmp_path / "db", m002=text))) == []


def test_a_comment_without_a_reason_allows_nothing_and_is_told(tmp_path: Path) -> None:
    text = "-- be-tui: allow migration-drop-column\nALTER TABLE users DROP COLUMN note;\n"
    found = told(folder(tmp_path / "db", m002=text))
    assert sorted(rules(found)) == ["migration-allowed-without-reason", "migration-drop-column"]
    assert [e.place.line for e in found if e.rule.endswith("without-reason")] == [1]


def test_a_comment_that_allows_nothing_is_told(tmp_path: Path) -> None:
    said = "-- be-tui: allow migration-drop-table because it is gone\n"
    found = told(folder(tmp_path / "db", m002=f"{said}ALTER TABLE users ADD COLUMN x int;\n"))
    assert rules(found) == ["migration-idle-allowance"]


@pytest.mark.parametrize(
    "comment",
    [
        "-- squawk-ignore ban-drop-column",
        "-- squawk-ignore require-timeout-settings, ban-drop-column",
        "-- squawk-ignore",
        "-- atlas:nolint DS103",
        "-- atlas:nolint destructive",
        "-- atlas:nolint",
        "-- pgfence-ignore: drop-column",
        "-- pgfence-ignore",
        "-- eugene: ignore E9\n-- squawk-ignore ban-drop-column",
    ],
)
def test_comments_of_other_tools_are_understood(tmp_path: Path, comment: str) -> None:
    text = f"SELECT 1;\n{comment}\nALTER TABLE users DROP COLUMN note;\n"
    assert rules(told(folder(tmp_path / "db", m002=text))) == []


@pytest.mark.parametrize(
    "comment",
    ["-- squawk-ignore ban-drop-table", "-- atlas:nolint DS102", "-- eugene: ignore E2"],
)
def test_comments_of_other_tools_hold_for_what_they_name(tmp_path: Path, comment: str) -> None:
    text = f"SELECT 1;\n{comment}\nALTER TABLE users DROP COLUMN note;\n"
    assert rules(told(folder(tmp_path / "db", m002=text))) == ["migration-drop-column"]


@pytest.mark.parametrize("comment", ["-- squawk-ignore-file ban-drop-column", "-- atlas:nolint\n"])
def test_comments_of_other_tools_may_hold_for_a_file(tmp_path: Path, comment: str) -> None:
    text = f"{comment}\nSELECT 1;\nALTER TABLE users DROP COLUMN note;\n"
    assert rules(told(folder(tmp_path / "db", m002=text))) == []


RAILS = """\
class Drop < ActiveRecord::Migration[8.0]
  def up
    safety_assured do
      execute "ALTER TABLE users DROP COLUMN note"
    end
    safety_assured { execute "ALTER TABLE users DROP COLUMN email" }
    execute "DROP TABLE users"
  end
end
"""


def test_what_strong_migrations_is_assured_of_is_left_alone(tmp_path: Path) -> None:
    from be_tui.core.migrations.checks.allowing import allowances
    from tests.core.migrations.checks.labelled import migration

    made = migration("SELECT 1", form="rails", path="x.rb")
    found = [(each.tool, each.line, each.last) for each in allowances(RAILS, made)]
    assert found == [("strong_migrations", 3, 5), ("strong_migrations", 6, 6)]
    assert tmp_path.is_dir()


def test_squawk_is_read(tmp_path: Path) -> None:
    (tmp_path / ".squawk.toml").write_text(
        'excluded_rules = ["ban-drop-column"]\nexcluded_paths = ["*/003_*.sql"]\n'
        'pg_version = "16.2"\nassume_in_transaction = true\n'
    )
    home = folder(
        tmp_path / "db",
        m002="ALTER TABLE users DROP COLUMN note; CREATE INDEX CONCURRENTLY i ON users (email);",
        m003="DROP TABLE users;",
    )
    foreign = read_foreign(tmp_path)
    assert (foreign.version, foreign.in_transaction) == ((16, 2), True)
    assert rules(told(home, wanted=Wanted(foreign=foreign))) == ["migration-not-in-transaction"]


def test_atlas_is_read(tmp_path: Path) -> None:
    (tmp_path / "atlas.hcl").write_text(
        'env "dev" {\n  lint {\n    destructive {\n      error = false # for now\n    }\n'
        "    incompatible {\n      skip = true\n    }\n  }\n}\n"
    )
    home = folder(
        tmp_path / "db",
        m002="DROP SCHEMA old; ALTER TABLE users RENAME COLUMN note TO notes;",
    )
    plain = {each.rule: each.severity for each in told(home)}
    assert plain["migration-drop-schema"] == "error"
    assert "migration-rename-column" in plain
    read = {e.rule: e.severity for e in told(home, wanted=Wanted(foreign=read_foreign(tmp_path)))}
    assert read["migration-drop-schema"] == "warning"
    assert "migration-rename-column" not in read


def test_strong_migrations_is_read(tmp_path: Path) -> None:
    path = tmp_path / "config" / "initializers" / "strong_migrations.rb"
    path.parent.mkdir(parents=True)
    path.write_text(
        "StrongMigrations.start_after = 20240101000000\n"
        "StrongMigrations.lock_timeout = 10.seconds\n"
        "StrongMigrations.target_version = 15\n"
        "StrongMigrations.disable_check(:add_index)\n"
        "# StrongMigrations.disable_check(:remove_column)\n"
    )
    foreign = read_foreign(tmp_path)
    assert foreign.after == "20240101000000"
    assert foreign.lock_timeout
    assert foreign.version == (15,)
    assert foreign.left_out == (("strong_migrations", "add_index"),)
    text = "CREATE INDEX i ON users (email); ALTER TABLE users DROP COLUMN note;"
    found = told(folder(tmp_path / "db", m002=text), wanted=Wanted(foreign=foreign))
    assert [each.rule for each in found] == ["migration-drop-column"]


def test_settings_that_cannot_be_read_say_nothing(tmp_path: Path) -> None:
    (tmp_path / ".squawk.toml").write_text("excluded_rules = [")
    (tmp_path / "atlas.hcl").write_bytes(b"lint { \xff destructive { error = false }")
    foreign = read_foreign(tmp_path)
    assert foreign == Foreign(files=(".squawk.toml", "atlas.hcl"))


def test_a_baseline_holds_old_findings_and_no_new_ones(tmp_path: Path) -> None:
    home = folder(tmp_path / "db", m002="ALTER TABLE users DROP COLUMN note;")
    file = str(tmp_path / "old.json")
    old = told(home)
    assert write_baseline(file, old) == len(old) > 0
    assert without_old(told(home), read_baseline(file)) == ()
    folder(
        tmp_path / "db",
        m002="\n\nALTER TABLE users DROP COLUMN note;",
        m003="DROP TABLE users;",
    )
    assert rules(without_old(told(home), read_baseline(file))) == ["migration-drop-table"]


def test_a_baseline_counts(tmp_path: Path) -> None:
    (found,) = told(folder(tmp_path / "db", m002="UPDATE users SET note = 'x';"))
    file = str(tmp_path / "old.json")
    write_baseline(file, [found])
    assert without_old([found, found], read_baseline(file)) == (found,)
    assert len(fingerprint(found)) == 32


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nothing", "is no JSON"),
        ("[]", "expected"),
        ('{"version": 9, "findings": []}', "expected"),
        ('{"version": 1, "findings": [{"rule": "x"}]}', r"findings\[0\]: expected a fingerprint"),
    ],
)
def test_what_is_no_baseline_is_told(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "old.json"
    path.write_text(text)
    with pytest.raises(InputError, match=said):
        read_baseline(str(path))


def test_a_baseline_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_baseline(str(tmp_path / "none.json"))
    with pytest.raises(WriteError, match="cannot be written"):
        write_baseline(str(tmp_path / "no" / "where.json"), [])


def test_profiles_and_single_rules_are_chosen() -> None:
    assert "migration-wide-index" not in rules_wanted()
    assert "migration-wide-index" in rules_wanted(["style"])
    assert "migration-wide-index" in rules_wanted(enabled=["migration-wide-index"])
    assert "migration-drop-table" not in rules_wanted(disabled=["migration-drop-table"])
    with pytest.raises(InputError, match="did you mean migration-drop-table"):
        rules_wanted(disabled=["migration-drop-tables"])
    with pytest.raises(InputError, match="no profile 'loose'"):
        rules_wanted(["loose"])


def test_files_of_several_folders_are_checked_folder_by_folder(tmp_path: Path) -> None:
    one = folder(tmp_path / "one", m002="DROP TABLE users;")
    two = folder(tmp_path / "two", m002="ALTER TABLE users DROP COLUMN note;")
    found = told(one / "002_change.sql", two / "002_change.sql")
    assert rules(found) == ["migration-drop-table", "migration-drop-column"]


def test_places_count_characters_not_bytes(tmp_path: Path) -> None:
    text = "ALTER TABLE users ADD COLUMN größe int, ADD COLUMN käse text NOT NULL;"
    (found,) = [e for e in told(folder(tmp_path / "db", m002=text)) if "required" in e.rule]
    assert text[found.place.column - 1 : found.place.end_column - 1] == "käse"


def test_a_part_of_a_statement_is_pointed_at(tmp_path: Path) -> None:
    text = "ALTER TABLE users\n  ADD COLUMN x int,\n  DROP COLUMN note;"
    (found,) = [e for e in told(folder(tmp_path / "db", m002=text)) if "drop-column" in e.rule]
    assert (found.place.line, found.place.column, found.place.end_column) == (3, 15, 19)


def test_a_fix_edits_the_file_where_all_of_it_may_stand_there(tmp_path: Path) -> None:
    home = tmp_path / "db"
    home.mkdir()
    head = "-- +goose NO TRANSACTION\n-- +goose Up\n"
    (home / "001_a.sql").write_text(f"-- +goose Up\n{USERS}-- +goose Down\nDROP TABLE users;\n")
    (home / "002_b.sql").write_text(
        f"{head}CREATE INDEX i ON users (email);\n-- +goose Down\nDROP INDEX i;\n"
    )
    (found,) = [e for e in told(home) if "index" in e.rule]
    assert found.fix is not None
    (edit,) = found.fix.edits
    assert edit.replacement == "CREATE INDEX CONCURRENTLY i ON users (email)"
    assert (edit.place.line, edit.place.column, edit.place.end_column) == (3, 1, 32)
    assert "+goose NO TRANSACTION" in found.fix.statements


def test_a_database_stands_for_what_was_run_before(tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    path = tmp_path / "app.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT)")
    change = tmp_path / "change.sql"
    change.write_text("ALTER TABLE people ADD COLUMN email TEXT NOT NULL;")
    with open_library() as library:
        for asked in (
            Asked((str(change),), database=f"sqlite:{path}"),
            Asked((str(change),), schema=str(path)),
        ):
            (job,) = open_jobs(asked)
            assert job.target.engine == "sqlite"
            found = examine(job, Wanted(), lambda rules: words_of(library, rules))
            assert "migration-required-column" in rules(found)


def test_what_is_wrong_with_a_folder_has_its_words(tmp_path: Path) -> None:
    (tmp_path / "1_a.up.sql").write_text(USERS)
    (tmp_path / "1_b.up.sql").write_text("CREATE TABLE b (id bigint PRIMARY KEY);")
    (found,) = [each for each in told(tmp_path) if each.rule == "migration-duplicate"]
    assert found.why
    assert found.fix is not None
    assert "Flyway duplicate version" in found.also_known_as
