"""The phases of MySQL, MariaDB and SQLite."""

from __future__ import annotations

from be_tui.core.migrations.plan import Options, Plan
from be_tui.core.sqltext import Target
from tests.core.migrations.plan.trying import down, planned, up

MARIADB = Target("mariadb", (10, 11))
OLD = """
CREATE TABLE users (id int PRIMARY KEY, mail varchar(40) NOT NULL, age int, bio text);
CREATE TABLE orders (id int PRIMARY KEY, user_id int, KEY orders_user (user_id),
  CONSTRAINT orders_users FOREIGN KEY (user_id) REFERENCES users (id));
"""


def changed(old: str, new: str, target: Target = MARIADB, *, direct: bool = False) -> Plan:
    assert old in OLD
    return planned(OLD, OLD.replace(old, new), target, options=Options(direct=direct))


def test_a_column_that_is_added_is_told_to_cost_nothing() -> None:
    made = changed("age int", "age int, tier varchar(5)")
    assert up(made) == ["ALTER TABLE users ADD COLUMN tier varchar(5) AFTER age, ALGORITHM=INSTANT"]
    assert made.phases == ("expand",)


def test_what_copies_a_table_names_the_tools_and_why_they_refuse() -> None:
    made = changed("age int", "age bigint")
    (step,) = made.steps
    assert step.phase == "contract"
    assert step.up[0].sql.endswith("ALGORITHM=COPY, LOCK=SHARED")
    assert "Without that: not gh-ost: the table has foreign keys." in step.notes
    assert any("--alter-foreign-keys-method" in each for each in step.notes)


def test_changes_of_a_table_are_one_statement() -> None:
    made = changed("age int, bio text", "age bigint, bio varchar(10)", direct=True)
    (said,) = up(made)
    assert said.count("MODIFY COLUMN") == 2


def test_a_column_that_goes_is_left_out_first() -> None:
    made = changed("mail varchar(40) NOT NULL, ", "")
    phases = [(each.phase, each.up[0].sql.partition(",")[0]) for each in made.steps]
    assert phases == [
        ("expand", "ALTER TABLE users MODIFY COLUMN mail varchar(40)"),
        ("contract", "ALTER TABLE users DROP COLUMN mail"),
    ]


def test_a_column_keeps_its_type_until_no_old_code_runs() -> None:
    made = changed("mail varchar(40) NOT NULL", "mail text DEFAULT 'x'")
    assert [(each.phase, each.up[0].sql.partition(", A")[0]) for each in made.steps] == [
        ("expand", "ALTER TABLE users MODIFY COLUMN mail varchar(40)"),
        ("contract", "ALTER TABLE users MODIFY COLUMN mail text DEFAULT 'x'"),
    ]
    assert down(made) == [
        "ALTER TABLE users MODIFY COLUMN mail varchar(40)",
        "ALTER TABLE users MODIFY COLUMN mail varchar(40) NOT NULL",
    ]


def test_a_default_comes_before_what_else_is_said_of_a_column() -> None:
    made = changed("age int", "age int DEFAULT 5 COMMENT 'in years'")
    assert [(each.phase, each.up[0].sql.partition(", A")[0]) for each in made.steps] == [
        ("expand", "ALTER TABLE users MODIFY COLUMN age int DEFAULT 5"),
        ("contract", "ALTER TABLE users MODIFY COLUMN age int DEFAULT 5 COMMENT 'in years'"),
    ]


def test_a_default_that_old_code_counts_on_goes_last() -> None:
    had = OLD.replace("age int", "age int NOT NULL DEFAULT 5")
    for said, phase in (("NOT NULL", "contract"), ("", "expand"), ("DEFAULT 6", "expand")):
        made = planned(had, OLD.replace("age int", f"age int {said}"), MARIADB)
        assert made.phases == (phase,), said


BARE = "KEY orders_user (user_id),"
"""What the foreign key has an index by; without, the server makes one for it."""


def test_an_index_of_a_foreign_key_comes_again_on_the_way_back() -> None:
    without = OLD.replace(BARE, "")
    unique = OLD.replace(BARE, "UNIQUE KEY one_each (user_id),")
    both = OLD.replace(BARE, "UNIQUE KEY one_each (user_id), KEY besides (user_id, id),")
    again = "ADD INDEX orders_users (user_id)"
    for direct in (True, False):
        options = Options(direct=direct)
        there = planned(without, unique, MARIADB, options=options)
        assert down(there) == [f"ALTER TABLE orders DROP INDEX one_each, {again}"]
        assert again in "".join(up(planned(unique, without, MARIADB, options=options)))
        assert again not in "".join((*up(there), *down(planned(unique, without, MARIADB))))
    phased = planned(without, both, MARIADB)
    assert down(phased) == [
        "ALTER TABLE orders DROP INDEX one_each",
        f"ALTER TABLE orders DROP INDEX besides, {again}",
    ]


LITE = """
CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT, age INTEGER CHECK (age > 0));
CREATE INDEX users_age ON users (age);
CREATE TRIGGER grown AFTER UPDATE ON users BEGIN SELECT 1; END;
"""
SQLITE = Target("sqlite", (3, 45))


def test_sqlite_adds_a_column_itself() -> None:
    made = planned(LITE, LITE.replace("mail TEXT", "mail TEXT, bio TEXT"), SQLITE)
    assert up(made) == ["ALTER TABLE users ADD COLUMN bio text"]
    assert made.phases == ("expand",)


def test_sqlite_makes_a_table_anew_with_its_rows_indexes_and_triggers() -> None:
    made = planned(LITE, LITE.replace("age > 0", "age > 1"), SQLITE)
    said = up(made)
    assert said[0] == "PRAGMA foreign_keys = OFF"
    assert said[3] == "INSERT INTO users__new (id, mail, age) SELECT id, mail, age FROM users"
    assert said[4:6] == ["DROP TABLE users", "ALTER TABLE users__new RENAME TO users"]
    assert any(each.startswith("CREATE INDEX users_age") for each in said)
    assert any(each.startswith("CREATE TRIGGER grown") for each in said)
    assert said[-1] == "PRAGMA foreign_keys = ON"
    outside = [each.sql for step in made.steps for each in step.up if each.outside]
    assert "PRAGMA foreign_keys = OFF" in outside


def test_null_takes_the_default_where_sqlite_forbids_it() -> None:
    made = planned(LITE, LITE.replace("mail TEXT", "mail TEXT NOT NULL DEFAULT 'x'"), SQLITE)
    assert any("coalesce(mail, 'x')" in each for each in up(made))
