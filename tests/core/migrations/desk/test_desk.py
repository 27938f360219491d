"""The desk: a change becomes steps, what is wrong with it is told, and both can be handed on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from be_tui.core.document import to_text
from be_tui.core.errors import InputError
from be_tui.core.knowledge import open_library
from be_tui.core.migrations.checks import words_of
from be_tui.core.migrations.desk import (
    Draft,
    Wanted,
    Worked,
    change_page,
    files_of,
    keep,
    kept,
    question_page,
    remarks_page,
    risk_of,
    source_side,
    step_page,
    trial_of,
    unread_page,
    work_out,
)
from be_tui.core.migrations.model import Break, Effects, Failure, Online, RelationLock, Work
from be_tui.core.migrations.plan import Statement, Step
from be_tui.core.migrations.sides import Side, side_of_text
from be_tui.core.sessions import open_store
from be_tui.core.sqltext import Target
from be_tui.core.workbench import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from be_tui.core.knowledge import Rule

POSTGRES = Target("postgresql", (16,))
USERS = "CREATE TABLE users (id bigint PRIMARY KEY, mail text);"
AT = datetime(2026, 1, 31, tzinfo=UTC)


def side(ddl: str = USERS, target: Target = POSTGRES) -> Side:
    return side_of_text(ddl, target, "s.sql", "the tables")


def worked(change: str, before: Side | None = None) -> Worked:
    return work_out(Wanted(before or side(), change))


def told(step: Step) -> str:
    return to_text(step_page(step), 100)


def test_a_change_becomes_steps_in_phases() -> None:
    plan = worked("CREATE INDEX i ON users (mail); ALTER TABLE users DROP COLUMN mail;").plan
    assert plan.phases[-1] == "contract"
    done = worked("CREATE INDEX i ON users (mail);").plan
    assert any("CONCURRENTLY" in each.sql for step in done.steps for each in step.up)


def test_a_described_end_goes_before_the_change() -> None:
    after = side("CREATE TABLE users (id bigint PRIMARY KEY, mail text, age int);")
    found = work_out(Wanted(side(), "DROP TABLE users;", after))
    assert len(found.plan.changes) == 1


def test_what_is_wrong_with_the_change_as_written_is_told() -> None:
    with open_library(Path()) as library:

        def words(rules: Iterable[str]) -> Mapping[str, Rule]:
            return words_of(library, rules)

        found = work_out(Wanted(side(), "CREATE INDEX i ON users (mail);"), words)
    assert "migration-index-blocks-writes" in {each.rule for each in found.findings}


def test_what_cannot_be_taken_in_is_told_with_its_line() -> None:
    found = worked("SELECT 1;\nALTER TABLE ghosts ADD COLUMN a int;")
    assert "line 2" in to_text(unread_page(found), 100)
    assert not unread_page(worked("SELECT 1;")).blocks


def test_a_probable_rename_is_asked_and_an_answer_taken() -> None:
    after = side("CREATE TABLE users (id bigint PRIMARY KEY, email text);")
    found = work_out(Wanted(side(), after=after))
    (question,) = found.plan.questions
    assert not any("DROP" in each.sql for one in found.plan.steps for each in one.up)
    assert "Is users.mail called email now?" in to_text(question_page(question), 100)
    renamed = work_out(Wanted(side(), after=after, renames=(question.rename,)))
    assert not renamed.plan.questions
    gone = work_out(Wanted(side(), after=after, dropped=frozenset({"users.mail"})))
    assert len(gone.plan.changes) == 2


RENAMES = [
    "ALTER TABLE users RENAME COLUMN mail TO email",
    "ALTER TABLE users RENAME mail TO email",
    'ALTER TABLE IF EXISTS "users" RENAME COLUMN "mail" TO email',
    "ALTER TABLE users RENAME TO people; ALTER TABLE people RENAME COLUMN mail TO email",
]


@pytest.mark.parametrize("change", RENAMES)
def test_a_rename_that_a_change_states_is_not_asked(change: str) -> None:
    found = worked(change)
    assert not found.plan.questions
    assert not any(type(each).__name__ == "ColumnDropped" for each in found.plan.changes)


def test_a_drop_that_a_change_states_is_not_asked() -> None:
    found = worked("ALTER TABLE users ADD COLUMN email text; ALTER TABLE users DROP COLUMN mail;")
    assert not found.plan.questions
    assert len(found.plan.changes) == 2


def test_a_rename_of_what_goes_later_is_no_rename() -> None:
    change = "ALTER TABLE users RENAME mail TO email; ALTER TABLE users DROP COLUMN email;"
    assert [type(each).__name__ for each in worked(change).plan.changes] == ["ColumnDropped"]


def test_a_column_that_mysql_changes_is_the_same_one() -> None:
    target = Target("mariadb", (10, 11))
    before = side("CREATE TABLE a (id int PRIMARY KEY, n varchar(50));", target)
    found = worked("ALTER TABLE a CHANGE n m varchar(50)", before)
    assert not found.plan.questions
    assert [type(each).__name__ for each in found.plan.changes] == ["ColumnRenamed"]


def test_a_change_is_told_with_its_sql_and_the_way_back() -> None:
    page = to_text(change_page(worked("ALTER TABLE users ADD COLUMN age int;"), 0), 100)
    assert "ADD COLUMN age int" in page
    assert "Back:" in page


def step(effects: Effects | None, **more: str) -> Step:
    return Step("expand", "a step", (Statement("SELECT 1", effects=effects),), **more)  # type: ignore[arg-type]


LOCK = RelationLock("users", "ACCESS EXCLUSIVE")
SHARE = RelationLock("users", "SHARE")
SCAN = Work("scan", "users", "to find no NULL")

RISKS = [
    (None, ""),
    (Effects(), "a moment"),
    (Effects(known=False, why_unknown="a DO block"), "unknown"),
    (Effects(breaks=(Break("data", "users.mail", "is gone"),)), "data is lost"),
    (Effects(locks=(LOCK,), work=(SCAN,)), "readers wait"),
    (Effects(locks=(SHARE,), work=(SCAN,)), "writers wait"),
    (Effects(locks=(LOCK,)), "a moment"),
    (Effects(work=(SCAN,)), "takes long"),
    (Effects(online=(Online("users", "COPY", "SHARED"),)), "writers wait"),
]


@pytest.mark.parametrize(("effects", "says"), RISKS)
def test_what_others_notice_of_a_step_is_told_in_a_word(effects: Effects, says: str) -> None:
    assert risk_of(step(effects))[0] == says


PAGES = [
    (
        Effects(locks=(LOCK,), work=(SCAN,)),
        "ACCESS EXCLUSIVE, readers and writers wait as long as it works",
    ),
    (Effects(locks=(LOCK,)), "readers and writers wait for a moment"),
    (Effects(locks=(SHARE,)), "SHARE, writers wait for a moment"),
    (
        Effects(locks=(RelationLock("users", "SHARE UPDATE EXCLUSIVE"),)),
        "only other changes of the",
    ),
    (Effects(locks=(RelationLock("users", "ROW SHARE"),)), "ROW SHARE, nobody waits"),
    (Effects(work=(SCAN,)), "users is read through: to find no NULL"),
    (
        Effects(online=(Online("users", "COPY", "SHARED", "a type"),)),
        "ALGORITHM=COPY, LOCK=SHARED: a",
    ),
    (Effects(failures=(Failure("on data", "a NULL is there"),)), "may fail: a NULL is there"),
    (Effects(breaks=(Break("reads", "users.mail", "is gone"),)), "users.mail: is gone"),
    (Effects(known=False, why_unknown="a DO block"), "cannot be told: a DO block"),
]


@pytest.mark.parametrize(("effects", "says"), PAGES)
def test_what_a_statement_does_is_told(effects: Effects, says: str) -> None:
    assert says in told(step(effects))


def test_a_step_tells_what_a_failure_leaves_and_what_is_lost() -> None:
    assert "an index" in told(step(None, leaves="an index"))
    assert "There is no way back: the rows." in told(step(None, lost="the rows"))
    both = replace(step(None, lost="the rows"), down=(Statement("SELECT 2"),), retry=True)
    assert "Going back does not bring back the rows." in told(both)


def test_remarks_are_told() -> None:
    assert "a remark" in to_text(remarks_page(["a remark"]), 80)


def test_a_change_of_several_steps_points_to_them() -> None:
    found = worked("ALTER TABLE users ALTER COLUMN mail SET NOT NULL;")
    pages = [to_text(change_page(found, number), 100) for number in range(len(found.plan.changes))]
    assert any("several steps" in page or "SET NOT NULL" in page for page in pages)


def test_a_statement_outside_of_a_transaction_says_so() -> None:
    found = worked("CREATE INDEX i ON users (mail);")
    index = next(each for each in found.plan.steps if each.outside)
    assert "outside of a transaction" in told(index) or index.up[-1].effects is None


# Handing on.


def test_files_of_a_plan_stand_in_the_project(tmp_path: Path) -> None:
    files = files_of(
        worked("ALTER TABLE users ADD COLUMN age int;"), "add age", "goose", tmp_path, AT
    )
    (file,) = files
    assert file.path.startswith("migrations/")
    assert "-- +goose Up" in file.text


def test_files_are_numbered_after_the_projects_own(tmp_path: Path) -> None:
    folder = tmp_path / "db" / "migrations"
    folder.mkdir(parents=True)
    (folder / "000007_users.up.sql").write_text(USERS)
    (folder / "000007_users.down.sql").write_text("DROP TABLE users;")
    before = source_side(Source("project"), tmp_path, POSTGRES)
    assert before.format == "golang-migrate"
    change = worked("ALTER TABLE users ADD COLUMN age int;", before)
    files = files_of(change, "add age", "golang-migrate", tmp_path, AT)
    assert sorted(file.path for file in files) == [
        "db/migrations/000008_add_age.down.sql",
        "db/migrations/000008_add_age.up.sql",
    ]


def test_files_outside_of_the_project_are_refused(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    before = replace(side(), folder=str(elsewhere), format="goose")
    with pytest.raises(InputError, match="outside of the project"):
        files_of(worked("DROP TABLE users;", before), "drop", "goose", tmp_path / "shop", AT)


def test_nothing_to_do_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing to migrate"):
        files_of(worked(""), "nothing", "goose", tmp_path, AT)


def test_a_plan_is_tried_with_what_is_there_before() -> None:
    change = "CREATE INDEX i ON users (mail); ALTER TABLE users ADD COLUMN age int;"
    trial = trial_of(worked(change), 100)
    assert "CREATE TABLE users" in trial.ddl
    assert {each.up.wrapping for each in trial.migrations} == {"one", "none"}
    assert trial.rows == 100


def test_nothing_to_do_is_not_tried() -> None:
    with pytest.raises(InputError, match="nothing to try"):
        trial_of(worked(""), 10)


def test_a_server_of_another_engine_is_the_persons() -> None:
    mariadb = Target("mariadb", (10, 11))
    before = side("CREATE TABLE users (id bigint PRIMARY KEY);", mariadb)
    with pytest.raises(InputError, match="a server of yours"):
        trial_of(worked("ALTER TABLE users ADD COLUMN a int;", before), 10)


# Where it begins, and what is kept.


def test_the_projects_declared_tables_are_read_where_nothing_is_migrated(tmp_path: Path) -> None:
    (tmp_path / "schema.sql").write_text(USERS)
    assert source_side(Source("project"), tmp_path, POSTGRES).schema.table("users")


def test_a_project_without_tables_begins_with_none(tmp_path: Path) -> None:
    assert source_side(Source("project"), tmp_path, POSTGRES).said == "0 tables"
    assert source_side(Source(), tmp_path, POSTGRES).said == "no tables yet"


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text(USERS)
    found = source_side(Source("file", str(tmp_path / "a.sql")), tmp_path, POSTGRES)
    assert found.said == "1 table of a.sql"


def test_what_lay_on_the_desk_is_kept_but_for_addresses(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    assert kept(store) is None
    draft = Draft("DROP TABLE a;", "mariadb", Source("file", "a.sql"), Source("none"))
    keep(store, draft)
    assert kept(store) == draft
    keep(store, replace(draft, before=Source("url", "postgresql://me:secret@host/db")))
    again = kept(store)
    assert again is not None
    assert again.before == Source()


@pytest.mark.parametrize("text", ["", "[]", '{"change": 1, "before": 2, "after": {"kind": "url"}}'])
def test_what_was_kept_and_cannot_be_read_is_nothing(tmp_path: Path, text: str) -> None:
    store = open_store(tmp_path)
    store.keep_text("migration", "", text)
    found = kept(store)
    assert found is None or found == Draft("", "postgresql", Source("project"), Source())
