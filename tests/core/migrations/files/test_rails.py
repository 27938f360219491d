from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.migrations.files import read_migrations
from be_tui.core.migrations.files.code.railswords import singular
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

    from be_tui.core.migrations.model import Migration
    from be_tui.core.sqltext import Engine


def rails(
    root: Path, body: str, engine: Engine = "postgresql", method: str = "change"
) -> Migration:
    text = f"class A < ActiveRecord::Migration[7.1]\n  def {method}\n{body}\n  end\nend\n"
    return only(read(root, {"20240101000000_a.rb": text}, "rails", engine))


def test_a_change_is_read_forward_and_backward(tmp_path: Path) -> None:
    history = read_migrations([layout("rails", tmp_path)], None, Target("postgresql"))
    migration = only(history)
    assert (history.format, migration.up.wrapping) == ("rails", "none")
    assert squeezed(migration.up)[:4] == [
        'CREATE EXTENSION IF NOT EXISTS "pgcrypto"',
        (
            'CREATE TABLE "users" ("id" uuid DEFAULT gen_random_uuid() NOT NULL PRIMARY KEY, '
            '"name" character varying(50) NOT NULL, "at" timestamp(6) DEFAULT now(), '
            '"price" decimal(10,2) DEFAULT 0, "company_id" bigint NOT NULL, '
            'CONSTRAINT "fk_rails_7682a3bdfe" FOREIGN KEY ("company_id") REFERENCES '
            '"companies" ("id"), '
            "\"data\" jsonb DEFAULT '{}', "
            '"created_at" timestamp(6) NOT NULL, "updated_at" timestamp(6) NOT NULL)'
        ),
        'CREATE UNIQUE INDEX "index_users_on_name" ON "users" ("name")',
        'CREATE INDEX "index_users_on_company_id" ON "users" ("company_id")',
    ]
    assert unread(migration.up) == ["what it does shows only when it runs"]
    backward = sql(migration.down)
    assert backward[0] == 'ALTER TABLE "users" RENAME COLUMN "title" TO "name"'
    assert backward[-2:] == ['DROP TABLE "users"', 'DROP EXTENSION IF EXISTS "pgcrypto" CASCADE']
    assert backward.index("SELECT 1") == 4
    exact(history)


@pytest.mark.parametrize(
    ("body", "forward", "backward"),
    [
        (
            "add_column :a, :b, :string, default: true, null: false",
            ['ALTER TABLE "a" ADD COLUMN "b" character varying DEFAULT TRUE NOT NULL'],
            ['ALTER TABLE "a" DROP COLUMN "b"'],
        ),
        (
            "remove_column :a, :b, :integer, limit: 2",
            ['ALTER TABLE "a" DROP COLUMN "b"'],
            ['ALTER TABLE "a" ADD COLUMN "b" smallint'],
        ),
        ("remove_column :a, :b", ['ALTER TABLE "a" DROP COLUMN "b"'], None),
        (
            "rename_table :a, :b",
            ['ALTER TABLE "a" RENAME TO "b"'],
            ['ALTER TABLE "b" RENAME TO "a"'],
        ),
        (
            "rename_index :a, 'i', 'j'",
            ['ALTER INDEX "i" RENAME TO "j"'],
            ['ALTER INDEX "j" RENAME TO "i"'],
        ),
        (
            "change_column_default :a, :b, from: nil, to: 'x'",
            ['ALTER TABLE "a" ALTER COLUMN "b" SET DEFAULT \'x\''],
            ['ALTER TABLE "a" ALTER COLUMN "b" DROP DEFAULT'],
        ),
        (
            "change_column_null :a, :b, false, 0",
            [
                'UPDATE "a" SET "b"=0 WHERE "b" IS NULL',
                'ALTER TABLE "a" ALTER COLUMN "b" SET NOT NULL',
            ],
            ['ALTER TABLE "a" ALTER COLUMN "b" DROP NOT NULL'],
        ),
        (
            "change_column :a, :b, :bigint, using: 'b::bigint', null: true, default: nil",
            [
                'ALTER TABLE "a" ALTER COLUMN "b" TYPE bigint USING b::bigint',
                'ALTER TABLE "a" ALTER COLUMN "b" DROP DEFAULT',
                'ALTER TABLE "a" ALTER COLUMN "b" DROP NOT NULL',
            ],
            None,
        ),
        (
            "remove_index :a, column: [:b, :c], algorithm: :concurrently",
            ['DROP INDEX CONCURRENTLY "index_a_on_b_and_c"'],
            ['CREATE INDEX CONCURRENTLY "index_a_on_b_and_c" ON "a" ("b", "c")'],
        ),
        (
            "add_index :a, 'lower(b)', name: 'i', using: :gin, include: [:c], if_not_exists: true",
            ['CREATE INDEX IF NOT EXISTS "i" ON "a" USING gin (lower(b)) INCLUDE ("c")'],
            ['DROP INDEX "i"'],
        ),
        (
            "add_index :a, [:b], order: { b: :desc }, opclass: { b: :text_ops }",
            ['CREATE INDEX "index_a_on_b" ON "a" ("b" text_ops DESC)'],
            ['DROP INDEX "index_a_on_b"'],
        ),
        (
            "add_foreign_key :orders, :people, column: :owner_id, primary_key: :key, name: 'f'",
            [
                (
                    'ALTER TABLE "orders" ADD CONSTRAINT "f" FOREIGN KEY ("owner_id") '
                    'REFERENCES "people" ("key")'
                )
            ],
            ['ALTER TABLE "orders" DROP CONSTRAINT "f"'],
        ),
        (
            "validate_foreign_key :orders, :users",
            ['ALTER TABLE "orders" VALIDATE CONSTRAINT "fk_rails_f868b47f6a"'],
            [],
        ),
        (
            "validate_check_constraint :a, name: 'c'",
            ['ALTER TABLE "a" VALIDATE CONSTRAINT "c"'],
            [],
        ),
        (
            "add_timestamps :a, null: true",
            [
                'ALTER TABLE "a" ADD COLUMN "created_at" timestamp(6)',
                'ALTER TABLE "a" ADD COLUMN "updated_at" timestamp(6)',
            ],
            [
                'ALTER TABLE "a" DROP COLUMN "updated_at"',
                'ALTER TABLE "a" DROP COLUMN "created_at"',
            ],
        ),
        (
            "create_enum :mood, %w[sad ok]",
            ["CREATE TYPE \"mood\" AS ENUM ('sad', 'ok')"],
            ['DROP TYPE "mood"'],
        ),
        ("create_schema 's'", ['CREATE SCHEMA "s"'], ['DROP SCHEMA "s" CASCADE']),
        (
            "remove_columns :a, :b, :c",
            ['ALTER TABLE "a" DROP COLUMN "b", DROP COLUMN "c"'],
            None,
        ),
        ("drop_table :a, if_exists: true", ['DROP TABLE IF EXISTS "a"'], None),
        (
            (
                "change_table :a, bulk: true do |t|\n t.string :b\n t.rename :c, :d\n"
                " t.index [:b]\n"
                " t.remove :e\n t.column :f, :tsvector\nend"
            ),
            [
                'ALTER TABLE "a" ADD COLUMN "b" character varying',
                'ALTER TABLE "a" ADD COLUMN "f" tsvector',
                'ALTER TABLE "a" RENAME COLUMN "c" TO "d"',
                'CREATE INDEX "index_a_on_b" ON "a" ("b")',
                'ALTER TABLE "a" DROP COLUMN "e"',
            ],
            None,
        ),
        (
            (
                "create_table :a, id: false, force: :cascade do |t|\n t.enum :m, enum_type: :mood\n"
                " t.references :thing, polymorphic: true\n"
                " t.virtual :v, type: :text, as: 'lower(b)', stored: true\nend"
            ),
            [
                'DROP TABLE IF EXISTS "a" CASCADE',
                (
                    'CREATE TABLE "a" ("m" "mood", "thing_id" bigint, '
                    '"thing_type" character varying, '
                    '"v" text GENERATED ALWAYS AS (lower(b)) STORED)'
                ),
                'CREATE INDEX "index_a_on_thing" ON "a" ("thing_type", "thing_id")',
            ],
            ['DROP TABLE "a"'],
        ),
        ("up_only { execute 'SELECT 1' }", ["SELECT 1"], []),
        ("execute 'SELECT 1'", ["SELECT 1"], None),
    ],
)
def test_a_call_becomes_the_statements_that_rails_makes(
    tmp_path: Path, body: str, forward: list[str], backward: list[str] | None
) -> None:
    migration = rails(tmp_path, body)
    assert unread(migration.up) == []
    assert squeezed(migration.up) == forward
    assert (squeezed(migration.down) if migration.down else None) == backward


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("execute sql", "its SQL is known only when it runs"),
        ('execute "SELECT #{x}"', "its SQL is known only when it runs"),
        ("add_column :a, name, :string", "the column's name is known only when it runs"),
        ("add_column :a, :b, :odd_type", "the column type `odd_type` is not known"),
        ("odd :a", "what `odd` does shows only when it runs"),
        ("User.update_all(x: 1)", "what `update_all` does shows only when it runs"),
        ("remove_index :a", "which index it is shows only when it runs"),
        ("remove_check_constraint :a", "which check it is shows only when it runs"),
        ("create_table name do |t|\nend", "which table it makes is known only when it runs"),
        ("x if y", "what it does shows only when it runs"),
    ],
)
def test_what_only_the_program_knows_is_told(tmp_path: Path, body: str, expected: str) -> None:
    migration = rails(tmp_path, body, method="up")
    assert sql(migration.up) == []
    assert unread(migration.up)[0] == expected


def test_mysql_and_sqlite_have_their_own_words(tmp_path: Path) -> None:
    body = "create_table(:a) { |t| t.boolean :b, default: false }\nchange_column :a, :b, :string"
    assert squeezed(rails(tmp_path, body, "mysql").up) == [
        (
            "CREATE TABLE `a` (`id` bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, "
            "`b` tinyint(1) DEFAULT 0)"
        ),
        "ALTER TABLE `a` MODIFY `b` varchar(255)",
    ]
    lite = rails(tmp_path / "l", body, "sqlite").up
    assert squeezed(lite) == [
        'CREATE TABLE "a" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "b" boolean DEFAULT 0)'
    ]
    assert len(unread(lite)) == 1


def test_sql_in_a_heredoc_has_its_place(tmp_path: Path) -> None:
    body = "    execute <<~SQL\n      SELECT 1;\n      SELECT 2;\n    SQL"
    up = rails(tmp_path, body, method="up").up
    assert [
        (e.statement.text, e.statement.line, e.statement.column, e.exact) for e in up.statements
    ] == [
        ("SELECT 1", 4, 7, True),
        ("SELECT 2", 5, 7, True),
    ]


def test_files_that_rails_passes_over_and_broken_ones_are_told(tmp_path: Path) -> None:
    good = "class A < ActiveRecord::Migration[7.1]\n  def up; end\nend\n"
    history = read(
        tmp_path,
        {
            "nameless.rb": good,
            "1_broken.rb": "class A < ActiveRecord::Migration[7.1]\n  def up(\n",
            "2_other.rb": "class B\nend\n",
            "3_a.rb": good,
            "3_b.rb": f"module M\n{good}end\n",
        },
        "rails",
    )
    assert sorted(told(history)) == [
        "migration-duplicate 3_b.rb:0",
        "migration-name nameless.rb:0",
        "migration-unreadable 1_broken.rb:1",
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('execute "SELECT \\"a\\"\\n\\t1"', ['SELECT "a"\n\t1']),
        ("execute 'it\\'s'", ["it's"]),
        ("name = 'users'\nexecute \"DROP TABLE #{name}\"", ["DROP TABLE users"]),
        ("execute %q(SELECT 1)", ["SELECT 1"]),
        ("execute(<<-SQL.squish)\n      SELECT 1\n    SQL", ["SELECT 1"]),
        ("execute <<~'SQL'\n      SELECT '\\n'\n    SQL", ["SELECT '\\n'"]),
        ("table = :a\nexecute <<~SQL\n      DROP TABLE #{table}\n    SQL", ["DROP TABLE a"]),
        (
            "[[:a, :b], [:c, :d]].each do |t, c|\n  remove_column t, c\nend",
            ['ALTER TABLE "a" DROP COLUMN "b"', 'ALTER TABLE "c" DROP COLUMN "d"'],
        ),
        ("remove_column(:a, (:b))", ['ALTER TABLE "a" DROP COLUMN "b"']),
        ("helper", ["SELECT 'helped'"]),
        (
            "add_column :a, :b, :float, default: 1.5\nadd_column :a, :c, :bigint, default: 1_000",
            [
                'ALTER TABLE "a" ADD COLUMN "b" float DEFAULT 1.5',
                'ALTER TABLE "a" ADD COLUMN "c" bigint DEFAULT 1000',
            ],
        ),
        ("return\nexecute 'never'", []),
        ("nil\n'a text'\n# a comment", []),
        ("say 'hello'\nUser.reset_column_information", []),
        ("say_with_time('x') { execute 'SELECT 1' }", ["SELECT 1"]),
    ],
)
def test_ruby_is_followed_as_far_as_it_is_static(
    tmp_path: Path, body: str, expected: list[str]
) -> None:
    helper = "\n  end\n\n  def helper\n    execute \"SELECT 'helped'\""
    up = rails(tmp_path, f"{body}{helper}", method="up").up
    assert unread(up) == []
    assert sql(up) == expected


@pytest.mark.parametrize(
    "body",
    [
        "add_column(*args)",
        "execute x[0]",
        "execute <<~SQL\n      SELECT #{x}\n    SQL",
        "add_column :a, :b, :integer, default: -> { x }",
        "rows.each { |r| execute r }",
        "x += 1",
        "change_column_null :a, :b, flag",
        "change_column :a, :b, :integer, default: y",
        "rename_table :a, b",
        "create_join_table :a, :b",
        "create_table(:a, id: false, primary_key: [:b]) { |t| t.odd :c }",
        "remove_columns :a, b",
    ],
)
def test_ruby_that_is_not_static_is_told(tmp_path: Path, body: str) -> None:
    assert unread(rails(tmp_path, body, method="up").up)


def test_the_singular_of_a_table_is_what_its_keys_are_called_by() -> None:
    names = ("users", "companies", "addresses", "boxes", "statuses", "news_items", "glass", "sheep")
    assert [singular(name) for name in names] == [
        "user",
        "company",
        "address",
        "box",
        "status",
        "news_item",
        "glass",
        "sheep",
    ]
