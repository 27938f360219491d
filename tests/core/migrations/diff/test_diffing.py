from __future__ import annotations

import pytest

from be_tui.core.errors import InputError
from be_tui.core.migrations.diff import Changes, diff, inverse, read_rename
from be_tui.core.migrations.diff.comparing import plain, same_sql
from be_tui.core.migrations.plan import title
from be_tui.core.sqltext import Target
from tests.core.migrations.plan.trying import PG, read

OLD = """
CREATE TABLE users (id int PRIMARY KEY, mail varchar(40) NOT NULL, age int, bio text);
CREATE UNIQUE INDEX users_mail_idx ON users (mail);
"""


def compared(old: str, new: str, *renames: str, dropped: tuple[str, ...] = ()) -> Changes:
    before = read(old)
    stated = [read_rename(each, before) for each in renames]
    return diff(before, read(new), PG, stated, dropped)


def titles(changes: Changes) -> list[str]:
    return [title(each) for each in changes.changes]


def test_two_equal_schemas_differ_in_nothing() -> None:
    assert compared(OLD, OLD) == Changes(())


def test_spaces_capitals_and_brackets_make_no_difference() -> None:
    assert same_sql("( a  >  0 )", "A > 0")
    assert not same_sql("a = 'X'", "a = 'x'")
    assert plain("(a) or (b)") != plain("a) or (b")


def test_a_probable_rename_is_asked_and_nothing_dropped() -> None:
    new = OLD.replace("mail varchar", "email varchar").replace("(mail)", "(email)")
    changes = compared(OLD, new)
    (question,) = changes.questions
    assert str(question.rename) == "users.mail=email"
    assert question.likeness > 0.8
    assert "their names are alike" in question.reasons
    assert titles(changes) == ["add column users.email"]
    held = [title(each) for each in changes.held]
    assert "drop column users.mail" in held
    assert "drop index users_mail_idx on users" in held


def test_a_stated_rename_is_all_that_differs() -> None:
    new = OLD.replace("mail varchar", "email varchar").replace("(mail)", "(email)")
    changes = compared(OLD, new, "users.mail=email")
    # From PostgreSQL 18 on NOT NULL has a name, made of the column's.
    assert titles(changes) == [
        "rename column users.mail to email",
        "rename constraint users_mail_not_null on users to users_email_not_null",
    ]
    assert not changes.questions


def test_what_is_said_to_go_is_dropped_without_a_question() -> None:
    new = OLD.replace("mail varchar", "email varchar").replace("(mail)", "(email)")
    changes = compared(OLD, new, dropped=("users.mail",))
    assert not changes.questions
    assert "drop column users.mail" in titles(changes)


def test_a_column_of_another_family_is_no_rename() -> None:
    changes = compared(OLD, OLD.replace("bio text", "born date"))
    assert not changes.questions
    assert titles(changes) == ["add column users.born", "drop column users.bio"]


def test_a_table_with_the_same_columns_is_probably_renamed() -> None:
    new = OLD.replace("TABLE users", "TABLE people").replace("ON users", "ON people")
    changes = compared(OLD, new)
    (question,) = changes.questions
    assert str(question.rename) == "users=people"
    assert "drop table users" in [title(each) for each in changes.held]


def test_a_stated_table_carries_its_parts_along() -> None:
    more = "CREATE TABLE orders (id int PRIMARY KEY, u int REFERENCES users);"
    new = f"{OLD}{more}".replace("users", "people").replace("people_mail_idx", "users_mail_idx")
    changes = compared(OLD + more, new, "users=people")
    assert titles(changes)[0] == "rename table users to people"
    assert {each.partition(" ")[0] for each in titles(changes)} == {"rename"}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("users.gone=x", "has no 'users.gone'"),
        ("users", "not a rename"),
        ("users.mail=age", "has a column 'age' already"),
        ("users.mail=nowhere", "the schema after has no users.nowhere"),
        ("users=nowhere", "the schema after has no table 'nowhere'"),
    ],
)
def test_a_rename_that_cannot_be_is_refused(said: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        compared(OLD, OLD, said)


def test_values_of_an_enumeration_are_added_in_their_place() -> None:
    changes = compared("CREATE TYPE m AS ENUM ('a', 'c')", "CREATE TYPE m AS ENUM ('a', 'b', 'c')")
    (added,) = changes.changes
    assert title(added) == "add value 'b' to m"


def test_a_value_in_the_place_of_another_is_asked_about() -> None:
    changes = compared("CREATE TYPE m AS ENUM ('a', 'c')", "CREATE TYPE m AS ENUM ('a', 'b')")
    assert [str(each.rename) for each in changes.questions] == ["m.c=b"]
    assert not changes.changes


def test_another_partitioning_is_told_and_not_made() -> None:
    old = "CREATE TABLE t (id int, at date) PARTITION BY RANGE (at)"
    changes = compared(old, old.replace("RANGE (at)", "LIST (id)"))
    assert not changes.changes
    assert "not changed in place" in changes.remarks[0]


VIEWS = """
CREATE VIEW seen AS SELECT id, age FROM users;
CREATE VIEW more AS SELECT id FROM seen;
CREATE VIEW other AS SELECT id FROM users;
"""


def test_views_go_and_come_around_a_type_that_changes() -> None:
    changes = compared(OLD + VIEWS, OLD.replace("age int", "age bigint") + VIEWS)
    assert titles(changes) == [
        "drop view more",
        "drop view seen",
        "change type of users.age from int to bigint",
        "add view seen",
        "add view more",
    ]


def test_a_view_with_more_columns_at_its_end_is_replaced() -> None:
    changes = compared(OLD + VIEWS, OLD + VIEWS.replace("id, age FROM", "id, age, bio FROM"))
    assert titles(changes) == ["replace view seen"]


def test_what_is_turned_round_twice_is_as_it_was() -> None:
    changes = compared(OLD + VIEWS, OLD.replace("age int", "born date"), dropped=("users.age",))
    for change in changes.changes:
        (back,) = inverse(change)
        assert inverse(back) == (change,)


def test_a_unique_constraint_of_mysql_is_its_unique_index() -> None:
    target = Target("mariadb", (10, 11))
    old = read("CREATE TABLE t (id int PRIMARY KEY, a int, UNIQUE KEY t_a (a));", target)
    text = "CREATE TABLE t (id int PRIMARY KEY, a int); CREATE UNIQUE INDEX t_a ON t (a);"
    assert diff(old, read(text, target), target).changes == ()
