from __future__ import annotations

import pytest

from be_tui.core.databases import StatementError
from be_tui.core.migrations.replay import Trials, same_after

OLD = """
CREATE TABLE users (id int PRIMARY KEY, email varchar(20) NOT NULL, age int CHECK (age > 0));
CREATE TABLE orders (id int PRIMARY KEY, user_id int REFERENCES users (id));
CREATE VIEW grown AS SELECT id FROM users WHERE age > 17;
"""
NEW = """
CREATE TABLE users (
  id int PRIMARY KEY, score int DEFAULT 0, email varchar(20) NOT NULL, age int CHECK (age > 0));
CREATE TABLE orders (id int PRIMARY KEY, user_id int REFERENCES users (id));
CREATE INDEX orders_user ON orders (user_id);
CREATE VIEW grown AS SELECT id FROM users WHERE age > 17;
"""
STEPS = [
    "ALTER TABLE users ADD COLUMN score int DEFAULT 0",
    "CREATE INDEX orders_user ON orders (user_id)",
]
WHERE = [pytest.param("postgresql:16", marks=pytest.mark.slow), "postgresql:18", "sqlite"]


@pytest.mark.parametrize("where", WHERE)
def test_steps_that_lead_there_leave_no_difference(where: str) -> None:
    with Trials(where) as trials:
        assert trials.same_after(OLD, STEPS, NEW) is None
        assert trials.same_after(OLD, STEPS[:1], NEW) is not None


BACK = ["DROP INDEX orders_user", "ALTER TABLE users DROP COLUMN score"]


@pytest.mark.parametrize("where", WHERE)
def test_the_way_back_is_held_to_what_was_before(where: str) -> None:
    with Trials(where) as trials:
        assert trials.there_and_back(OLD, STEPS, BACK, NEW) is None
        short = trials.there_and_back(OLD, STEPS, BACK[:1], NEW)
        lost = trials.there_and_back(OLD, STEPS[:1], BACK[1:], NEW)
    assert short is not None
    assert [each.name for each, _ in short.changed] == ["users"]
    assert lost is not None
    assert [each.name.split()[0] for each in lost.missing] == ["orders_user"]


@pytest.mark.slow
def test_mariadb_is_held_to_the_same(mariadb: str) -> None:
    trigger = (
        "CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW SET NEW.user_id = NEW.user_id;"
        "CREATE FUNCTION f() RETURNS int DETERMINISTIC RETURN 1"
    )
    numbered = "ALTER TABLE orders MODIFY id int AUTO_INCREMENT"
    with Trials(mariadb) as trials:
        assert trials.same_after(OLD + trigger, STEPS, NEW + trigger) is None
        assert trials.same_after(OLD + numbered, [*STEPS, "INSERT INTO orders VALUES ()"], NEW)
        found = trials.same_after(OLD + trigger, STEPS, NEW)
    assert str(found) == "besides: function f\nbesides: trigger t"


@pytest.mark.parametrize("where", WHERE)
def test_what_is_otherwise_is_told_object_by_object(where: str) -> None:
    steps = ["ALTER TABLE users ADD COLUMN score int DEFAULT 1", "CREATE TABLE more (a int)"]
    found = same_after(where, OLD, steps, NEW)
    assert found is not None
    assert [part.name.split()[0] for part in found.missing] == ["orders_user"]
    assert [part.name for part in found.extra] == ["more"]
    lines = [line.lower().replace("integer", "int") for line in found.lines()]
    assert "changed: table users" in lines
    assert any(line.startswith("  - ") and "score int default 0" in line for line in lines)
    assert any(line.startswith("  + ") and "score int default 1" in line for line in lines)


def test_rights_have_no_order() -> None:
    grants = ["GRANT SELECT ON users TO PUBLIC", "GRANT INSERT ON users TO pg_monitor"]
    ddl = OLD + ";".join(reversed(grants))
    assert same_after("postgresql:18", OLD, grants, ddl) is None
    assert str(same_after("postgresql:18", OLD, grants[:1], ddl)).startswith("changed: acl")


def test_sqlite_is_compared_without_how_it_is_spelt() -> None:
    plain = "CREATE TABLE t (a int, b text DEFAULT 'A,b', CHECK (a IN (1, 2)));"
    spelt = "create table \"t\" ( [b] TEXT default 'A,b', -- so\n `a` INT, check(a in (1,2)) ) ;"
    assert same_after("sqlite", plain, [], spelt) is None
    assert same_after("sqlite", plain, [], spelt.replace("A,b", "a,b")) is not None
    assert same_after("sqlite", plain, [], spelt.replace(") ;", ") strict;")) is not None


def test_what_is_dumped_can_be_read_again() -> None:
    with Trials("postgresql:18") as trials:
        body = "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$;"
        text = "\n".join(part.text for part in trials.dump(OLD + body).parts if part.text)
        assert "$$ SELECT 1; $$" in text


def test_a_refused_statement_is_named() -> None:
    with pytest.raises(StatementError, match="does not exist; in: ALTER TABLE none ADD a int"):
        same_after("postgresql:18", OLD, ["ALTER TABLE none\n ADD a int"], NEW)
