"""SQL files are read in their order: what they make, change and take away."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.project.tables.ddl import read_ddl
from be_tui.core.project.tables.model import Schema, Table


def _read(*texts: str) -> Schema:
    schema = Schema("SQL")
    for number, text in enumerate(texts):
        read_ddl(schema, f"{number}.sql", dedent(text).encode())
    return schema


def _table(*texts: str) -> Table:
    (table,) = _read(*texts).tables.values()
    return table


def test_columns_keys_and_constraints_are_read() -> None:
    table = _table("""
        -- create table nothing (id int);
        CREATE TABLE IF NOT EXISTS public."orders" (
            id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            customer_id uuid NOT NULL REFERENCES customers (id),
            note varchar(20) DEFAULT 'a, (b', -- a comment, with a comma
            at timestamp with time zone,
            shop_id int,
            total numeric(10, 2) CHECK (total > 0),
            CONSTRAINT fk FOREIGN KEY (shop_id, id) REFERENCES shops (id, x),
            UNIQUE (shop_id),
            EXCLUDE USING gist (x WITH =),
            CHECK (total > 1)
        );
    """)
    assert table.name == "orders"
    assert table.line == 3
    assert list(table.columns) == ["id", "customer_id", "note", "at", "shop_id", "total"]
    assert table.primary == ("id",)
    assert table.columns["at"].type == "timestamp with time zone"
    assert [(each.columns, each.line) for each in table.foreign] == [
        (("customer_id",), 5),
        (("shop_id", "id"), 10),
    ]
    assert table.leading == {"shop_id"}
    assert [each.columns for each in table.without_index()] == [("customer_id",)]


def test_later_files_change_what_earlier_ones_made() -> None:
    table = _table(
        "create table a (id int primary key, b text, c int references x(id), t timestamp);",
        """
        alter table a add column d jsonb, add e int references y (id);
        alter table only a add constraint k foreign key (b) references z (id), drop column c;
        create unique index concurrently if not exists i on a using btree (b desc, id);
        alter table a alter column t type timestamp with time zone;
        alter table a rename column e to f;
        alter table a rename b to g;
        alter table a rename to h;
        """,
    )
    assert table.name == "h"
    assert list(table.columns) == ["id", "t", "d", "f", "g"]
    assert table.columns["t"].type == "timestamp with time zone"
    assert sorted(each.columns for each in table.foreign) == [("f",), ("g",)]
    assert [each.columns for each in table.without_index()] == [("f",)]


def test_mysql_and_sql_server_spell_it_their_way() -> None:
    table = _table("""
        CREATE TABLE `shop`.`orders` (
          `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
          `user_id` binary(16) NOT NULL,
          [x] datetime2,
          PRIMARY KEY (`id`),
          KEY `by_user` (`user_id`),
          UNIQUE KEY u (x),
          FULLTEXT KEY f (x)
        ) ENGINE=InnoDB;
        ALTER TABLE orders ADD (y int, z int);
        ALTER TABLE orders MODIFY COLUMN y bigint;
        alter table nowhere add column x int;
        create index i on nowhere (x);
    """)
    assert table.primary == ("id",)
    assert table.leading == {"user_id", "x"}
    assert table.columns["y"].type == "bigint"
    assert "z" in table.columns


def test_what_is_dropped_temporary_or_undone_is_not_there() -> None:
    schema = _read(
        """
        create table a (id int); create table b (id int); create table c (id int);
        create temporary table d (id int);
        drop table if exists a, b cascade;
        create or replace view v as select 1; create materialized view w as select 1;
        drop view v;
        -- +goose Down
        drop table c;
        """
    )
    assert list(schema.tables) == ["c"]
    assert schema.views == {"w"}


@pytest.mark.parametrize(
    ("kind", "database", "key"),
    [
        ("uuid", "", "uuid"),
        ("char(36)", "", "uuid"),
        ("bigserial", "", "bigint"),
        ("serial", "", "int"),
        ("integer", "SQLite", "bigint"),
        ("text", "", ""),
    ],
)
def test_a_key_is_of_some_kind(kind: str, database: str, key: str) -> None:
    table = _table(f"create table a (id {kind} primary key);")
    assert table.key is not None
    assert table.key.key_kind(database) == key


@pytest.mark.parametrize(
    ("kind", "database", "plain"),
    [
        ("timestamp", "PostgreSQL", True),
        ("timestamp without time zone", "PostgreSQL", True),
        ("timestamp(3) with time zone", "PostgreSQL", False),
        ("timestamptz", "PostgreSQL", False),
        ("datetime", "MySQL", True),
        ("timestamp", "MySQL", False),
        ("date", "", False),
    ],
)
def test_a_time_is_kept_with_its_zone_or_without(kind: str, database: str, *, plain: bool) -> None:
    column = _table(f"create table a (at {kind});").columns["at"]
    assert column.is_plain_time(database) == plain


@given(st.text("createtabl indxofgkyp(),;'\"-\n[]`1", max_size=120))
def test_any_text_can_be_read(text: str) -> None:
    _read("create table a (" + text, text, "alter table a " + text)
