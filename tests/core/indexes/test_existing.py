"""What a schema's own indexes tell, without any judge."""

from __future__ import annotations

import pytest

from be_tui.core.indexes import missing, redundant
from be_tui.core.sqltext import Engine, Target
from tests.core.indexes.making import query_of, schema_of

T = "CREATE TABLE t (id int PRIMARY KEY, a int, b int, c text, UNIQUE (a, b));"


def doubled(indexes: str, engine: Engine = "postgresql", ddl: str = T) -> list[str]:
    target = Target(engine)
    found = redundant(schema_of(ddl + indexes, target), target)
    return [f"{each.index.name} {each.reason}" for each in found]


@pytest.mark.parametrize(
    ("indexes", "told"),
    [
        ("CREATE INDEX i ON t (b, c); CREATE INDEX j ON t (b, c)", ["j duplicate"]),
        ("CREATE INDEX i ON t (b); CREATE INDEX j ON t (b, c)", ["i prefix"]),
        ("CREATE INDEX i ON t (a)", ["i key"]),
        ("CREATE INDEX i ON t (a, b)", ["i key"]),
        ("CREATE UNIQUE INDEX i ON t (a, b)", ["i key"]),
        ("CREATE INDEX i ON t (b, c); CREATE UNIQUE INDEX j ON t (b, c)", ["i duplicate"]),
        ("CREATE INDEX i ON t (b, c); CREATE INDEX j ON t (b, c) INCLUDE (a)", ["i duplicate"]),
    ],
)
def test_what_another_does_the_work_of_is_named(indexes: str, told: list[str]) -> None:
    assert doubled(indexes) == told


@pytest.mark.parametrize(
    "indexes",
    [
        "CREATE INDEX i ON t (b); CREATE INDEX j ON t (c, b)",
        "CREATE INDEX i ON t (b) WHERE a = 1; CREATE INDEX j ON t (b, c)",
        "CREATE UNIQUE INDEX i ON t (b); CREATE INDEX j ON t (b, c)",
        "CREATE INDEX i ON t (b DESC); CREATE INDEX j ON t (b, c)",
        "CREATE INDEX i ON t (c text_pattern_ops); CREATE INDEX j ON t (c, b)",
        "CREATE INDEX i ON t (b) INCLUDE (c); CREATE INDEX j ON t (b, a)",
        "CREATE INDEX i ON t USING hash (b); CREATE INDEX j ON t (b, a)",
        "CREATE INDEX i ON t (lower(c)); CREATE INDEX j ON t (c)",
        "CREATE UNIQUE INDEX i ON t (a)",
    ],
)
def test_what_is_another_index_is_left_alone(indexes: str) -> None:
    assert doubled(indexes) == []


def test_innodb_adds_the_primary_key_by_itself() -> None:
    indexes = "CREATE INDEX i ON t (b, id); CREATE INDEX j ON t (b)"
    assert doubled(indexes, "mysql") == ["j duplicate"]
    assert doubled(indexes, "postgresql") == ["j prefix"]


def test_each_has_the_statement_that_drops_it() -> None:
    indexes = "CREATE INDEX i ON t (a)"
    told = {}
    engines: tuple[Engine, ...] = ("postgresql", "mysql", "sqlite")
    for engine in engines:
        (each,) = redundant(schema_of(T + indexes, Target(engine)), Target(engine))
        told[engine] = each.ddl
    assert told == {
        "postgresql": "DROP INDEX CONCURRENTLY i;",
        "mysql": "DROP INDEX i ON t ALGORITHM=INPLACE LOCK=NONE;",
        "sqlite": "DROP INDEX i;",
    }


def test_indexes_of_partitioned_tables_are_not_made_or_dropped_concurrently() -> None:
    ddl = "CREATE TABLE e (id int, at date, kind text) PARTITION BY RANGE (at);"
    indexes = "CREATE INDEX i ON e (kind); CREATE INDEX j ON e (kind, at);"
    target = Target("postgresql")
    (each,) = redundant(schema_of(ddl + indexes, target), target)
    assert each.ddl == "DROP INDEX i;"
    ddl += "CREATE TABLE k (id int PRIMARY KEY); ALTER TABLE e ADD FOREIGN KEY (id) REFERENCES k;"
    schema = schema_of(ddl, target)
    (found,) = missing(schema, (query_of("DELETE FROM k WHERE id = 1", schema, target),), target)
    assert found.ddl == "CREATE INDEX e_id_idx ON e (id);"


@pytest.mark.parametrize(
    ("engine", "told"),
    [
        (
            "postgresql",
            'DROP INDEX CONCURRENTLY "shop"."i""; DROP TABLE t; --";',
        ),
        ("mysql", 'DROP INDEX `i"; DROP TABLE t; --` ON `shop`.T ALGORITHM=INPLACE LOCK=NONE;'),
        ("sqlite", 'DROP INDEX "shop"."i""; DROP TABLE t; --";'),
    ],
)
def test_a_name_never_ends_the_statement_that_drops_it(engine: Engine, told: str) -> None:
    name = '`i"; DROP TABLE t; --`' if engine == "mysql" else '"i""; DROP TABLE t; --"'
    ddl = f"CREATE TABLE shop.T (a int, b int); CREATE INDEX {name} ON shop.T (a);"
    indexes = "CREATE INDEX j ON shop.T (a, b)"
    (each,) = redundant(schema_of(ddl + indexes, Target(engine)), Target(engine))
    assert each.ddl == told


FAMILY = """
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a ON DELETE CASCADE);
CREATE TABLE c (id int PRIMARY KEY, b_id int REFERENCES b, x int);
CREATE TABLE d (id int PRIMARY KEY, a_id int REFERENCES a);
CREATE INDEX d_a ON d (a_id);
"""


def lacking(sql: str, engine: Engine = "postgresql", more: str = "") -> list[str]:
    target = Target(engine)
    schema = schema_of(FAMILY + more, target)
    found = missing(schema, [query_of(sql, schema, target)], target)
    return [f"{each.table.name.text} {each.columns} {each.ddl}" for each in found]


def test_children_of_a_parent_that_is_deleted_need_an_index() -> None:
    assert lacking("DELETE FROM a WHERE id = 1") == [
        "b ('a_id',) CREATE INDEX CONCURRENTLY b_a_id_idx ON b (a_id);",
        "c ('b_id',) CREATE INDEX CONCURRENTLY c_b_id_idx ON c (b_id);",
    ]
    assert lacking("UPDATE b SET id = 2 WHERE id = 1") == [
        "c ('b_id',) CREATE INDEX CONCURRENTLY c_b_id_idx ON c (b_id);"
    ]


def test_nobody_asks_for_children_of_a_parent_that_stays() -> None:
    assert lacking("SELECT * FROM a") == []
    assert lacking("UPDATE c SET x = 2") == []
    assert lacking("DELETE FROM a WHERE id = 1", "mysql") == []


def test_a_partial_index_finds_not_every_child() -> None:
    partial = "CREATE INDEX p ON b (a_id) WHERE id > 5;"
    assert lacking("DELETE FROM a", more=partial)[0].startswith("b ")
    whole = "CREATE INDEX p ON b (a_id, id);"
    assert not lacking("DELETE FROM a", more=whole)[0].startswith("b ")
