from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from be_tui.core.errors import InputError
from be_tui.core.migrations.files import (
    NewMigration,
    NewStatement,
    NewStep,
    PhaseScript,
    read_migrations,
    write,
)
from be_tui.core.migrations.files.parts import parts_of
from be_tui.core.migrations.model import FORMATS
from be_tui.core.sqltext import Target
from tests.core.migrations.files.building import exact, laid
from tests.core.migrations.files.planning import (
    AT,
    AUTHOR,
    GOLDEN,
    both,
    plan,
    plan_for,
    put,
    shown,
    step,
)

if TYPE_CHECKING:
    from be_tui.core.migrations.files import History
    from be_tui.core.migrations.model import FormatName, Script

POSTGRES = Target("postgresql")
OWN = {"BEGIN", "COMMIT"}
"""What Sqitch's scripts have around their statements."""


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_has_its_own_layout(form: FormatName, tmp_path: Path) -> None:
    """`python -m tests.core.migrations.files.planning` writes the layouts anew."""
    text = both(form, tmp_path / "shop" / "migrations")
    assert text == (GOLDEN / f"{form}.txt").read_text("utf-8")


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_written_twice_is_read_back_in_order(form: FormatName, tmp_path: Path) -> None:
    root = tmp_path / "shop" / "migrations"
    both(form, root)
    history = read_migrations([root], form, POSTGRES)
    assert history.findings == ()
    written = [text for text, _ in wanted(plan_for(form))]
    assert [text for text, _ in found(history)] == written * 2
    exact(history)


def wanted(new: NewMigration) -> list[tuple[str, bool]]:
    """Give what is to be run, and whether it must not run in a transaction."""
    return [
        (each.sql, each.outside) for phase in new.phases for one in phase.steps for each in one.up
    ]


def found(history: History) -> list[tuple[str, str]]:
    """Give what was read, and how it is run."""
    return [pair for migration in history.migrations for pair in run_by(migration.up)]


def run_by(script: Script | None) -> list[tuple[str, str]]:
    if script is None:
        return []
    assert script.unread == ()
    return [
        (each.statement.text, each.wrapping or script.wrapping)
        for each in script.statements
        if each.statement.text not in OWN
    ]


TRICKY = st.text(st.sampled_from(list("ab \t'\"\\`${}:;%?#-/*@<>é😀\n")), max_size=12).filter(
    lambda text: not any(mark in text for mark in ("\n--", "\n ", "\n\t", "\n#", "/*", "*/"))
)
"""Values with all that one of the languages or tools reads as something else."""


@st.composite
def statements(draw: st.DrawFn) -> NewStatement:
    if draw(st.booleans()) and draw(st.booleans()):
        index = f"CREATE INDEX CONCURRENTLY i{draw(st.integers(0, 9))} ON t (a)"
        return NewStatement(index, outside=True)
    value = draw(TRICKY).replace("'", "''")
    # A value that begins or ends a line with blanks would be another after some tools' trimming.
    return NewStatement(f"UPDATE t SET a = '{value.strip()}'")


@st.composite
def migrations(draw: st.DrawFn) -> NewMigration:
    phases = []
    for name in draw(st.sampled_from([("",), ("expand", "contract")])):
        steps = []
        for _ in range(draw(st.integers(1, 3))):
            up = (draw(statements()),)
            down = draw(st.none() | statements().map(lambda each: (each,)))
            lost = draw(st.sampled_from(["", "some rows"]))
            steps.append(NewStep(up, down, lost))
        phases.append(PhaseScript(name, tuple(steps)))
    return NewMigration("Change it all", tuple(phases), POSTGRES)


def round_trip(new: NewMigration, form: FormatName) -> None:
    if form == "drizzle":
        new = without_outside(new)
    with TemporaryDirectory() as folder:
        root = Path(folder) / "shop" / "migrations"
        root.mkdir(parents=True)
        put(new, form, root)
        history = read_migrations([root], form, POSTGRES)
        exact(history)
    assert [text for text, _ in found(history)] == [text for text, _ in wanted(new)]
    for (_, wrapping), (_, outside) in zip(found(history), wanted(new), strict=True):
        assert wrapping != "one" if outside else wrapping != "none" or form in SENT
    backward = [run_by(each.down) for each in history.migrations]
    if form not in {"atlas", "drizzle", "liquibase"}:
        assert [[text for text, _ in each] for each in backward] == [
            [each.sql for each in part.down] for part in parts_of(new, form)
        ]


SENT = {"golang-migrate", "prisma", "sqlx", "dbmate", "goose", "flyway", "django", "sql"} | {
    "knex",
    "typeorm",
    "rails",
    "atlas",
    "liquibase",
}
"""Formats in which a statement may go without a transaction that could have had one: alone in
its file, or because its way back must."""


def without_outside(new: NewMigration) -> NewMigration:
    def inside(each: NewStatement) -> NewStatement:
        return replace(each, outside=False)

    def changed(one: NewStep) -> NewStep:
        down = None if one.down is None else tuple(map(inside, one.down))
        return replace(one, up=tuple(map(inside, one.up)), down=down)

    phases = [replace(each, steps=tuple(map(changed, each.steps))) for each in new.phases]
    return replace(new, phases=tuple(phases))


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=6, deadline=None)
@given(new=migrations())
def test_what_is_written_is_read_back_the_same(form: FormatName, new: NewMigration) -> None:
    round_trip(new, form)


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=200, deadline=None)
@given(new=migrations())
def test_what_is_written_is_read_back_the_same_many_times(
    form: FormatName, new: NewMigration
) -> None:
    round_trip(new, form)


def test_a_statement_outside_of_a_transaction_stands_alone_where_a_file_is_sent_at_once() -> None:
    steps = (
        NewStep(
            (NewStatement("VACUUM a", outside=True), NewStatement("VACUUM b", outside=True)),
            (NewStatement("VACUUM c", outside=True), NewStatement("VACUUM d", outside=True)),
        ),
    )
    new = NewMigration("x", (PhaseScript("", steps),), POSTGRES)
    sent = [([e.sql for e in p.up], [e.sql for e in p.down]) for p in parts_of(new, "sqlx")]
    assert sent == [(["VACUUM a"], ["VACUUM d"]), (["VACUUM b"], ["VACUUM c"])]
    assert len(parts_of(new, "goose")) == 1
    more = replace(steps[0], up=steps[0].up[:1])
    with pytest.raises(InputError, match="cannot stand in one file of sqlx"):
        parts_of(replace(new, phases=(PhaseScript("", (more,)),)), "sqlx")


def test_drizzle_refuses_what_cannot_run_in_a_transaction(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="drizzle runs all in one transaction"):
        write(plan(), "drizzle", tmp_path, AT)


@pytest.mark.parametrize(
    ("title", "sql", "message"),
    [("!", "SELECT 1", "needs a title"), ("x", " ", "is empty"), ("x", "", "is empty")],
)
def test_a_migration_needs_a_title_and_something_to_run(title: str, sql: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        NewMigration(title, (PhaseScript("", (step(sql),)),), POSTGRES)
    with pytest.raises(InputError, match="nothing to migrate"):
        NewMigration("x", (), POSTGRES)


ONE = NewMigration("Add a", (PhaseScript("", (step("SELECT 1", "SELECT 2"),)),), POSTGRES)


@pytest.mark.parametrize(
    ("form", "standing", "expected"),
    [
        ("golang-migrate", "000009_x.up.sql", "000010_add_a.up.sql"),
        ("golang-migrate", "20300101000000_x.up.sql", "20300101000001_add_a.up.sql"),
        ("goose", "00099_x.sql", "00100_add_a.sql"),
        ("flyway", "V1.9__x.sql", "V1.10__add_a.sql"),
        ("flyway", "V2_09__x.sql", "V2_10__add_a.sql"),
        ("flyway", "V20240101__x.sql", "V20261123120000__add_a.sql"),
        ("sql", "007_x.sql", "008_add_a.up.sql"),
        ("sql", "2024-01-01-000000_x/up.sql", "2026-11-23-120000_add_a/up.sql"),
        ("sqlx", "3_x.up.sql", "4_add_a.up.sql"),
        ("sqlx", "3_x.sql", "4_add_a.sql"),
        ("dbmate", "20300101000000_x.sql", "20300101000001_add_a.sql"),
        ("liquibase", "changes/003-x.sql", "changes/004-add-a.sql"),
        ("knex", "20240101000000_x.ts", "20261123120000_add_a.ts"),
        ("knex", "20240101000000_x.mjs", "20261123120000_add_a.mjs"),
        ("typeorm", "1900000000000-X1900000000000.js", "1900000000001-AddA.js"),
        ("rails", "20300101000000_x.rb", "20300101000001_add_a.rb"),
        ("django", "0041_x.py", "0042_add_a.py"),
    ],
)
def test_numbers_go_on_from_what_stands_there(
    form: FormatName, standing: str, expected: str, tmp_path: Path
) -> None:
    texts = {
        "goose": "-- +goose Up\nSELECT 1;",
        "dbmate": "-- migrate:up\nSELECT 1;",
        "liquibase": "--liquibase formatted sql\n--changeset a:1\nSELECT 1;",
        "knex": "export async function up(knex) { await knex.raw('SELECT 1'); }",
        "typeorm": "module.exports = class X1900000000000 { async up(queryRunner) {} };",
        "rails": "class X < ActiveRecord::Migration[6.0]\n  def up\n  end\nend\n",
        "django": "class Migration(migrations.Migration):\n    dependencies = []\n",
    }
    laid(tmp_path, {standing: texts.get(form, "SELECT 1;")})
    files = write(ONE, form, tmp_path, AT)
    assert next(iter(files)).path == expected
    if form == "rails":
        assert "Migration[6.0]" in shown(files)


def test_files_go_where_the_tool_keeps_them_below_a_project(tmp_path: Path) -> None:
    laid(
        tmp_path,
        {
            "alembic.ini": "[alembic]\nfile_template = %%(year)d_%%(month).2d-%%(rev)s_%%(slug)s\n",
            "alembic/versions/a.py": "revision = 'a'\ndown_revision = None\n",
        },
    )
    (file,) = write(ONE, "alembic", tmp_path, AT)
    assert file.path.startswith("alembic/versions/2026_11-")
    assert file.path.endswith("_add_a.py")
    assert 'down_revision = "a"' in file.text


def test_a_history_with_two_heads_is_not_followed(tmp_path: Path) -> None:
    laid(tmp_path, {f"{name}.py": f"revision = '{name}'\ndown_revision = None\n" for name in "ab"})
    with pytest.raises(InputError, match="the history has 2 heads: a, b"):
        write(ONE, "alembic", tmp_path, AT)


def test_a_changelog_that_names_each_file_names_the_new_one_too(tmp_path: Path) -> None:
    root = tmp_path / "db" / "changelog"
    one = "--liquibase formatted sql\n--changeset a:1\nSELECT 1;\n"
    xml = (
        '<databaseChangeLog>\n    <include file="db/changelog/001-a.sql"/>\n</databaseChangeLog>\n'
    )
    laid(root, {"master.xml": xml, "001-a.sql": one})
    text = shown(write(ONE, "liquibase", root, AT, AUTHOR))
    assert '    <include file="db/changelog/002-add-a.sql"/>\n</databaseChangeLog>' in text
    assert "--changeset Ada-Lovelace:002-add-a-1" in text
    other = tmp_path / "yaml"
    yaml = (
        "databaseChangeLog:\n- include:\n    file: 001-a.sql\n    relativeToChangelogFile: true\n"
    )
    laid(other, {"master.yaml": yaml, "001-a.sql": one})
    put(ONE, "liquibase", other)
    assert [each.path for each in read_migrations([other], "liquibase").migrations] == [
        str(other / "001-a.sql"),
        str(other / "002-add-a.sql"),
    ]


def test_a_snapshot_is_carried_on_as_drizzle_does_for_sql_of_ones_own(tmp_path: Path) -> None:
    laid(
        tmp_path,
        {
            "meta/_journal.json": json.dumps(
                {
                    "version": "7",
                    "dialect": "postgresql",
                    "entries": [{"idx": 0, "when": 5, "tag": "0000_x"}],
                }
            ),
            "meta/0000_snapshot.json": json.dumps({"id": "one", "prevId": "zero", "tables": {}}),
            "0000_x.sql": "SELECT 1;",
        },
    )
    files = {file.path: file.text for file in write(ONE, "drizzle", tmp_path, AT)}
    snapshot = json.loads(files["meta/0001_snapshot.json"])
    assert (snapshot["prevId"], snapshot["tables"]) == ("one", {})
    laid(tmp_path, {"meta/_journal.json": '{"entries": [{"idx": "x"}]}'})
    with pytest.raises(InputError, match="expected `entries`"):
        write(ONE, "drizzle", tmp_path, AT)


def test_nothing_that_stands_there_is_written_over(tmp_path: Path) -> None:
    laid(tmp_path, {"deploy/add_a.sql": "mine"})
    with pytest.raises(InputError, match="is there already"):
        write(ONE, "sqitch", tmp_path, AT)


def test_a_heredoc_ends_with_a_word_that_the_sql_does_not_hold(tmp_path: Path) -> None:
    new = NewMigration(
        "Add a", (PhaseScript("", (step("SELECT '\nSQL\n'", "SELECT 1"),)),), POSTGRES
    )
    put(new, "rails", tmp_path)
    assert found(read_migrations([tmp_path], "rails", POSTGRES))[0][0] == "SELECT '\nSQL\n'"


def test_a_statement_that_ends_in_a_comment_gets_its_semicolon_below(tmp_path: Path) -> None:
    steps = (step("SELECT 1 -- one"), step("SELECT 2"))
    new = NewMigration("a", (PhaseScript("", steps),), POSTGRES)
    put(new, "flyway", tmp_path)
    texts = [text for text, _ in found(read_migrations([tmp_path], "flyway", POSTGRES))]
    assert texts == ["SELECT 1 -- one", "SELECT 2"]
