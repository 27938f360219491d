"""Knex and TypeORM: migrations in JavaScript and TypeScript, read without being run."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

import pytest

from be_tui.core.errors import InputError
from be_tui.core.migrations.files import read_migrations
from be_tui.core.migrations.files.code import trees
from be_tui.core.sqltext import Target
from tests.core.migrations.files.building import (
    exact,
    layout,
    only,
    read,
    sql,
    squeezed,
    told,
    unread,
)

if TYPE_CHECKING:
    from pathlib import Path

    from be_tui.core.migrations.model import Script
    from be_tui.core.sqltext import Engine


def knex(root: Path, body: str, engine: Engine = "postgresql") -> Script:
    text = f"exports.up = async (knex) => {{\n{body}\n}};\n"
    return only(read(root, {"1_a.js": text}, "knex", engine)).up


def altered(root: Path, body: str, engine: Engine = "postgresql") -> Script:
    return knex(root, f"await knex.schema.alterTable('a', (t) => {{ {body} }});", engine)


def typeorm(root: Path, body: str, engine: Engine = "postgresql") -> Script:
    text = (
        "export class A1700000000000 implements MigrationInterface {\n"
        f"  async up(queryRunner: QueryRunner): Promise<void> {{\n{body}\n  }}\n}}\n"
    )
    return only(read(root, {"1700000000000-A.ts": text}, "typeorm", engine)).up


def test_a_history_of_knex_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    history = read_migrations([layout("knex", tmp_path)], None, Target("postgresql"))
    assert history.format == "knex"
    first, second = history.migrations
    assert (first.version, first.title, first.up.unread) == ("20240101000000", "first", ())
    assert squeezed(first.up)[-3:] == [
        'DROP TABLE IF EXISTS "red"',
        'DROP TABLE IF EXISTS "blue"',
        "UPDATE users SET data = data || '{}' WHERE data ? 'a'",
    ]
    assert sql(first.down) == ['DROP TABLE "orders"', 'DROP TABLE "users"']
    assert (second.up.wrapping, second.down) == ("none", None)
    assert unread(second.up) == [
        "what `knex` does shows only when it runs",
        "a condition that only the running program can tell",
    ]
    assert squeezed(second.up)[-1] == "CREATE INDEX CONCURRENTLY ix ON users (email)"
    exact(history)


def test_columns_come_before_all_else_as_knex_has_it(tmp_path: Path) -> None:
    history = read_migrations([layout("knex", tmp_path)], None, Target("postgresql"))
    first = squeezed(history.migrations[0].up)
    assert first[0] == (
        'CREATE TABLE "users" ("id" serial, "name" varchar(50) not null, '
        "\"bio\" text null default 'it''s', \"age\" integer, "
        "\"price\" decimal(10, 2) default '0', \"ok\" boolean not null default '1', "
        '"seen" timestamp, "data" jsonb default \'{}\', "key" uuid, '
        '"mood" text check ("mood" in (\'sad\', \'ok\')), "tags" text[], '
        '"created_at" timestamptz not null default CURRENT_TIMESTAMP, '
        '"updated_at" timestamptz not null default CURRENT_TIMESTAMP, '
        'CONSTRAINT "users_key" primary key ("key"))'
    )
    assert first[1] == 'ALTER TABLE "users" ADD CONSTRAINT "users_name_unique" unique ("name")'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("t.dropColumns('b', 'c')", ['ALTER TABLE "a" DROP COLUMN "b", DROP COLUMN "c"']),
        ("t.dropForeign('b')", ['ALTER TABLE "a" DROP CONSTRAINT "a_b_foreign"']),
        ("t.dropPrimary()", ['ALTER TABLE "a" DROP CONSTRAINT "a_pkey"']),
        ("t.dropChecks('c')", ['ALTER TABLE "a" DROP CONSTRAINT "c"']),
        (
            "t.primary(['b', 'c'])",
            ['ALTER TABLE "a" ADD CONSTRAINT "a_pkey" primary key ("b", "c")'],
        ),
        ("t.check('b > 0', {}, 'c')", ['ALTER TABLE "a" ADD CONSTRAINT "c" check (b > 0)']),
        (
            "t.enu('m', ['x'], { useNative: true, enumName: 'mood' })",
            ["CREATE TYPE \"mood\" AS ENUM ('x')", 'ALTER TABLE "a" ADD COLUMN "m" "mood"'],
        ),
        (
            "t.dropTimestamps()",
            [
                'ALTER TABLE "a" DROP COLUMN "created_at"',
                'ALTER TABLE "a" DROP COLUMN "updated_at"',
            ],
        ),
        (
            "t.uuid('b').defaultTo(knex.fn.uuid())",
            ['ALTER TABLE "a" ADD COLUMN "b" uuid default gen_random_uuid()'],
        ),
        (
            "t.integer('b').defaultTo(knex.raw('1 + 1'))",
            ['ALTER TABLE "a" ADD COLUMN "b" integer default 1 + 1'],
        ),
    ],
)
def test_a_call_on_a_table_becomes_the_statement_that_knex_makes(
    tmp_path: Path, body: str, expected: list[str]
) -> None:
    up = altered(tmp_path, body)
    assert unread(up) == []
    assert squeezed(up) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("t.odd('b')", "the column type `odd` is not known"),
        ("t.integer('b').odd()", "what `odd` does to a column is not known"),
        ("t.integer(name())", "a column's name is known only when it runs"),
        ("t.foreign('b')", "a foreign key refers to nothing"),
        ("t.dropOdd('b')", "what `dropOdd` does is not known"),
    ],
)
def test_what_a_table_s_call_does_is_told_as_unknown(
    tmp_path: Path, body: str, expected: str
) -> None:
    assert unread(altered(tmp_path, body)) == [expected]


def test_knex_writes_each_engine_s_own_words(tmp_path: Path) -> None:
    up = altered(
        tmp_path,
        "t.string('b').notNullable().alter(); t.enum('e', ['x']); t.integer('n').unsigned(); "
        "t.timestamps(false, false);",
        "mysql",
    )
    assert squeezed(up) == [
        (
            "ALTER TABLE `a` ADD COLUMN `e` enum('x'), ADD COLUMN `n` int unsigned, "
            "ADD COLUMN `created_at` datetime, ADD COLUMN `updated_at` datetime"
        ),
        "ALTER TABLE `a` MODIFY `b` varchar(255) not null",
    ]
    lite = altered(
        tmp_path / "l", "t.string('b').unique(); t.string('c'); t.dropUnique('x')", "sqlite"
    )
    assert squeezed(lite) == [
        'ALTER TABLE "a" ADD COLUMN "b" varchar(255)',
        'ALTER TABLE "a" ADD COLUMN "c" varchar(255)',
        'CREATE UNIQUE INDEX "a_b_unique" ON "a" ("b")',
        'DROP INDEX "a_x_unique"',
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("await knex.schema.withSchema('s').dropTable('a');", ['DROP TABLE "s"."a"']),
        ("await knex.schema.createSchemaIfNotExists('s');", ['create schema if not exists "s"']),
        ("await knex.schema.dropSchema('s');", ['drop schema "s"']),
        ("await knex.schema.dropViewIfExists('v');", ['drop view if exists "v"']),
        (
            "await Promise.all([knex.raw('SELECT 1'), knex.raw('SELECT 2')]);",
            ["SELECT 1", "SELECT 2"],
        ),
        (
            "['a', 'b'].forEach((n) => knex.schema.dropTable(n));",
            ['DROP TABLE "a"', 'DROP TABLE "b"'],
        ),
        ("const f = (n) => knex.schema.dropTable(n); await f('a');", ['DROP TABLE "a"']),
        ("const n = 'a' + 1; await knex.raw(`DROP TABLE ${n}`);", ["DROP TABLE a1"]),
        ("if (1 === 1) { await knex.raw('SELECT 1'); } else { x(); }", ["SELECT 1"]),
        ("try { await knex.raw('SELECT 1'); } catch (e) { throw e; }", ["SELECT 1"]),
        ("const { a } = { a: 1 }; return knex.raw('SELECT \\u0031');", ["SELECT 1"]),
        ("if (knex.client.config.client !== 'pg') { odd(); } else { throw new Error('x'); }", []),
        ("if (knex.client.dialect === 'mysql') { await knex.raw('SELECT 1'); }", []),
        ("await knex.raw('a' + ['b', 'c'].join(' ') + ' d '.trim());", ["ab cd"]),
        ("const o = { sql: 'SELECT 1', n: -1, m: 1.5 }; await knex.raw(o.sql);", ["SELECT 1"]),
        ("const r = await knex.raw('SELECT 1'); r.hasTable();", ["SELECT 1"]),
        ("function inner() {}; await knex.raw(`SELECT 1`);", ["SELECT 1"]),
    ],
)
def test_statements_are_followed_as_far_as_they_are_static(
    tmp_path: Path, body: str, expected: list[str]
) -> None:
    up = knex(tmp_path, body)
    assert unread(up) == []
    assert sql(up) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("await knex.raw(text());", "its SQL is known only when it runs"),
        ("await knex.raw('SELECT ?', [1]);", "its values are given as it runs"),
        ("await knex.schema.createTable('a', build);", "what it does to which table is known"),
        ("await knex.schema.odd('a');", "what `odd` does shows only when it runs"),
        ("for (const x of rows) { await knex.raw(x); }", "a loop over what only the running"),
        ("while (true) {}", "what it does shows only when it runs"),
        ("await knex.schema.dropTable(name);", "the table's name is known only when it runs"),
    ],
)
def test_what_only_the_program_knows_is_told(tmp_path: Path, body: str, expected: str) -> None:
    up = knex(tmp_path, body)
    assert sql(up) == []
    assert unread(up)[0].startswith(expected)


def test_a_program_that_cannot_be_read_is_told_and_so_is_half_of_one(tmp_path: Path) -> None:
    history = read(
        tmp_path,
        {
            "1_a.js": "exports.up = function (knex) {",
            "2_b.js": "module.exports = { down(knex) {} };",
            "3_c.js": "module.exports = { async up(knex) { await knex.raw('SELECT 3'); } };",
            "4_d.d.ts": "export {};",
        },
        "knex",
    )
    assert told(history) == ["migration-unreadable 1_a.js:1", "migration-half 2_b.js:0"]
    assert sql(only(history).up) == ["SELECT 3"]


def test_a_history_of_typeorm_has_the_names_that_typeorm_makes_up(tmp_path: Path) -> None:
    history = read_migrations([layout("typeorm", tmp_path)], None, Target("postgresql"))
    migration = only(history)
    assert (history.format, migration.version) == ("typeorm", "1700000000000")
    assert squeezed(migration.up)[1:4] == [
        "CREATE TYPE \"users_mood_enum\" AS ENUM('sad', 'ok')",
        (
            'CREATE TABLE IF NOT EXISTS "users" ("id" SERIAL NOT NULL, '
            '"name" character varying(50) '
            'NOT NULL, "mood" "users_mood_enum", "price" numeric(10,2) NOT NULL DEFAULT 0, '
            '"at" TIMESTAMP NOT NULL DEFAULT now(), "tags" text[], '
            'CONSTRAINT "UQ_51b8b26ac168fbe7d6f5653e6cf" UNIQUE ("name"), '
            'CONSTRAINT "ck" CHECK ("price" >= 0), '
            'CONSTRAINT "PK_a3ffb1c0c8416b9fc6f907b7433" PRIMARY KEY ("id"))'
        ),
        'CREATE INDEX "IDX_f8a6bf1faccc0cc8d14bd4cf37" ON "users" ("at")',
    ]
    assert migration.down is not None
    assert unread(migration.down) == [
        "its values are given as it runs",
        "what `changeColumn` does shows only when it runs",
    ]
    exact(history)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("await queryRunner.dropForeignKey('a', 'f');", ['ALTER TABLE "a" DROP CONSTRAINT "f"']),
        (
            "await queryRunner.createPrimaryKey('a', ['id']);",
            ['ALTER TABLE "a" ADD CONSTRAINT "PK_2202fa80e03dfdac2f685c43ee4" PRIMARY KEY ("id")'],
        ),
        (
            (
                "await queryRunner.createUniqueConstraint('a', "
                "new TableUnique({ name: 'u', columnNames: ['b'] }));"
            ),
            ['ALTER TABLE "a" ADD CONSTRAINT "u" UNIQUE ("b")'],
        ),
        (
            (
                "await queryRunner.createCheckConstraint('a', "
                "new TableCheck({ name: 'c', expression: 'b > 0' }));"
            ),
            ['ALTER TABLE "a" ADD CONSTRAINT "c" CHECK (b > 0)'],
        ),
        ("await queryRunner.createSchema('s', true);", ['CREATE SCHEMA IF NOT EXISTS "s"']),
        (
            (
                "await queryRunner.addColumns('a', [{ name: 'b', type: 'uuid', isGenerated: true, "
                "generationStrategy: 'uuid', isUnique: true }]);"
            ),
            [
                'ALTER TABLE "a" ADD "b" uuid NOT NULL DEFAULT uuid_generate_v4()',
                'ALTER TABLE "a" ADD CONSTRAINT "UQ_eb2980a5a244aad8cef818994ea" UNIQUE ("b")',
            ],
        ),
        ("await queryRunner.dropColumns('a', ['b']);", ['ALTER TABLE "a" DROP COLUMN "b"']),
        ("if (await queryRunner.hasTable('a')) { x(); }", []),
    ],
)
def test_a_call_of_the_query_runner_becomes_its_statement(
    tmp_path: Path, body: str, expected: list[str]
) -> None:
    assert squeezed(typeorm(tmp_path, body)) == expected


def test_typeorm_tells_what_it_cannot(tmp_path: Path) -> None:
    up = typeorm(
        tmp_path,
        "await queryRunner.query(text());\nawait queryRunner.renameTable('a', 'b');\n"
        "await queryRunner.createTable(table);\nawait queryRunner.addColumn('a', column());\n"
        "console.log('x');\nawait queryRunner.startTransaction();",
    )
    assert unread(up) == [
        "its SQL is known only when it runs",
        "what `renameTable` does shows only when it runs",
        "what it is made from is known only when it runs",
        "what it is made from is known only when it runs",
    ]


def test_typeorm_writes_each_engine_s_own_words(tmp_path: Path) -> None:
    up = typeorm(
        tmp_path,
        "await queryRunner.createTable(new Table({ name: 'a', columns: ["
        "{ name: 'id', type: 'int', isPrimary: true, isGenerated: true },"
        "{ name: 'b', type: 'varchar' }, { name: 'e', type: 'enum', enum: ['x'] },"
        "{ name: 't', type: 'datetime', precision: 6, isNullable: true }] }));",
        "mysql",
    )
    assert squeezed(up) == [
        (
            "CREATE TABLE `a` (`id` int AUTO_INCREMENT NOT NULL, `b` varchar(255) NOT NULL, "
            "`e` enum ('x') NOT NULL, `t` datetime(6), PRIMARY KEY (`id`))"
        )
    ]


def test_a_class_without_a_time_is_told_and_one_may_run_without_a_transaction(
    tmp_path: Path,
) -> None:
    body = "async up(queryRunner) { await queryRunner.query('SELECT 1'); }"
    history = read(
        tmp_path,
        {
            "1-A.js": f"module.exports = class A {{ {body} }};",
            "2-B.ts": f"export class B1700000000000 {{ transaction = false; {body} }}",
        },
        "typeorm",
    )
    assert told(history) == ["migration-half 1-A.js:0"]
    assert [each.up.wrapping for each in history.migrations] == ["one", "none"]


def test_without_the_parser_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def refuse(name: str, *args: object, **named: object) -> object:
        if name == "tree_sitter":
            raise ImportError(name)
        return real(name, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", refuse)
    trees._parser.cache_clear()
    with pytest.raises(InputError, match=r"pip install 'be-tui\[migrations\]'"):
        knex(tmp_path, "await knex.raw('SELECT 1');")
