from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.migrations.files import read_migrations
from be_tui.core.migrations.files.code.djangofields import made_name
from be_tui.core.sqltext import Target
from tests.core.migrations.files.building import exact, layout, read, sql, squeezed, told, unread

if TYPE_CHECKING:
    from pathlib import Path

    from be_tui.core.migrations.files import History
    from be_tui.core.migrations.model import Script
    from be_tui.core.sqltext import Engine

HEAD = "from django.db import migrations, models\n"
BEFORE = (
    "migrations.CreateModel('A', [('id', models.BigAutoField(primary_key=True)), "
    "('b', models.CharField(max_length=5, null=True)), ('n', models.IntegerField(db_index=True))])"
)


def migration(operations: str, more: str = "", after: str = "") -> str:
    needs = f"('shop', {after!r})" if after else ""
    return (
        f"{HEAD}class Migration(migrations.Migration):\n    dependencies = [{needs}]\n{more}"
        f"    operations = [{operations}]\n"
    )


def app(root: Path, files: dict[str, str | bytes], engine: Engine = "postgresql") -> History:
    return read(root / "shop" / "migrations", files, "django", engine)


def after(root: Path, operation: str, engine: Engine = "postgresql") -> Script:
    files: dict[str, str | bytes] = {
        "0001_a.py": migration(BEFORE),
        "0002_b.py": migration(operation, after="0001_a"),
    }
    return app(root, files, engine).migrations[1].up


def test_a_history_is_read_over_the_state_that_it_builds(tmp_path: Path) -> None:
    history = read_migrations(
        [layout("django", tmp_path / "shop" / "migrations")], None, Target("postgresql")
    )
    assert history.format == "django"
    assert told(history) == []
    first, more, _, live, _ = history.migrations
    assert (first.version, more.after) == ("0001_initial", ("0001_initial",))
    assert (first.up.wrapping, live.up.wrapping) == ("one", "none")
    assert (first.up.unread, more.up.unread) == ((), ())
    assert sql(live.up)[0] == 'CREATE INDEX CONCURRENTLY "opened_ix" ON "the_shops" ("opened")'
    assert unread(live.up) == ["a function of the program: what it does shows when it runs"]
    exact(history)


def test_what_django_leaves_for_the_end_comes_last(tmp_path: Path) -> None:
    history = read_migrations(
        [layout("django", tmp_path / "shop" / "migrations")], None, Target("postgresql")
    )
    words = [text.split(" ", 2)[:2] for text in sql(history.migrations[0].up)]
    kinds = [" ".join(pair) for pair in words]
    assert kinds == sorted(kinds, key=lambda each: each != "CREATE TABLE")


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        (
            "migrations.AddField('a', 'c', models.BooleanField(default=True))",
            [
                'ALTER TABLE "shop_a" ADD COLUMN "c" boolean DEFAULT true NOT NULL',
                'ALTER TABLE "shop_a" ALTER COLUMN "c" DROP DEFAULT',
            ],
        ),
        (
            "migrations.AlterField('a', 'b', models.CharField(max_length=9))",
            [
                (
                    'ALTER TABLE "shop_a" ALTER COLUMN "b" TYPE varchar(9), ALTER COLUMN "b" '
                    "SET NOT NULL"
                )
            ],
        ),
        (
            "migrations.AlterField('a', 'n', models.CharField(max_length=9, null=True))",
            [
                f'DROP INDEX IF EXISTS "{made_name("shop_a", ["n"], "", "postgresql")}"',
                'ALTER TABLE "shop_a" ALTER COLUMN "n" TYPE varchar(9) USING "n"::varchar(9)',
                'ALTER TABLE "shop_a" ALTER COLUMN "n" DROP NOT NULL',
            ],
        ),
        (
            "migrations.AlterField('a', 'n', models.IntegerField(unique=True))",
            [
                f'DROP INDEX IF EXISTS "{made_name("shop_a", ["n"], "", "postgresql")}"',
                (
                    'ALTER TABLE "shop_a" ADD CONSTRAINT '
                    f'"{made_name("shop_a", ["n"], "_uniq", "postgresql")}" UNIQUE ("n")'
                ),
            ],
        ),
        ("migrations.AlterField('a', 'n', models.IntegerField(db_index=True, help_text='x'))", []),
        (
            "migrations.RenameField('a', 'b', 'c')",
            ['ALTER TABLE "shop_a" RENAME COLUMN "b" TO "c"'],
        ),
        ("migrations.RenameModel('A', 'B')", ['ALTER TABLE "shop_a" RENAME TO "shop_b"']),
        ("migrations.DeleteModel('A')", ['DROP TABLE "shop_a" CASCADE']),
        (
            "migrations.AlterUniqueTogether('a', {('b', 'n')})",
            [
                (
                    'ALTER TABLE "shop_a" ADD CONSTRAINT '
                    f'"{made_name("shop_a", ["b", "n"], "_uniq", "postgresql")}" UNIQUE ("b", "n")'
                )
            ],
        ),
        (
            (
                "migrations.AddConstraint('a', models.CheckConstraint(name='c', "
                "check=models.Q(('n__in', [1, 2]), ('b__isnull', False))))"
            ),
            [
                (
                    'ALTER TABLE "shop_a" ADD CONSTRAINT "c" CHECK (("n" IN (1, 2) AND "b" IS NOT '
                    "NULL))"
                )
            ],
        ),
        (
            (
                "migrations.AddConstraint('a', models.CheckConstraint(name='c', "
                "check=models.Q(n__gt=models.F('id'))))"
            ),
            ['ALTER TABLE "shop_a" ADD CONSTRAINT "c" CHECK ("n" > "id")'],
        ),
        ("migrations.RunSQL(['SELECT 1', ('SELECT 2', None)])", ["SELECT 1", "SELECT 2"]),
        ("migrations.RunSQL(migrations.RunSQL.noop)", []),
        (
            (
                "migrations.SeparateDatabaseAndState("
                "database_operations=[migrations.RunSQL('SELECT 1')]"
                ", state_operations=[migrations.RemoveField('a', 'b')])"
            ),
            ["SELECT 1"],
        ),
        ("migrations.AlterModelManagers('a', [])", []),
    ],
)
def test_an_operation_becomes_the_statements_that_django_makes(
    tmp_path: Path, operation: str, expected: list[str]
) -> None:
    up = after(tmp_path, operation)
    assert unread(up) == []
    assert squeezed(up) == expected


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        ("migrations.AddField('b', 'c', models.TextField())", "the model b is not made by"),
        ("migrations.RemoveField('a', 'x')", "A has no field x here"),
        ("migrations.AlterField('a', 'x', models.TextField())", "A has no field x here"),
        ("migrations.RenameField('a', 'x', 'y')", "A has no field x here"),
        ("migrations.AddField('a', 'c', GUID())", "the field GUID is the program's own"),
        ("migrations.AddField('a', 'c', field())", "the field field is the program's own"),
        (
            "migrations.AddField('a', 'c', models.UUIDField(default=make))",
            "the value that rows get",
        ),
        (
            "migrations.AddField('a', 'c', models.ForeignKey('x.Y', models.CASCADE))",
            "x.Y is another app's",
        ),
        ("migrations.AlterField('a', 'id', models.IntegerField())", "it becomes a key"),
        ("migrations.AddIndex('a', make())", "the index's name is known only when it runs"),
        ("migrations.AddIndex('a', models.Index(Lower('b'), name='i'))", "the index is over an"),
        ("migrations.RemoveConstraint('a', 'x')", "A has no constraint x here"),
        ("Odd()", "what `Odd` does is not known"),
        ("migrations.RunSQL(make())", "its SQL is known only when it runs"),
        (
            (
                "migrations.CreateModel('B', [('id', models.BigAutoField(primary_key=True))], "
                "bases=('shop.a',))"
            ),
            "it takes fields over from another model",
        ),
        (
            (
                "migrations.AddConstraint('a', models.CheckConstraint(name='c', "
                "check=models.Q(b__regex='x')))"
            ),
            "a condition with `regex` is Django's to write",
        ),
    ],
)
def test_what_only_the_program_knows_is_told(tmp_path: Path, operation: str, expected: str) -> None:
    up = after(tmp_path, operation)
    assert sql(up) == []
    (why,) = unread(up)
    assert why.startswith(expected)


@pytest.mark.parametrize(
    "operation",
    [
        "migrations.AlterField('a', 'b', models.TextField())",
        "migrations.AddField('a', 'c', models.BooleanField(default=True))",
        "migrations.RemoveField('a', 'n')",
        "migrations.AlterUniqueTogether('a', {('b', 'n')})",
        "migrations.AddConstraint('a', models.CheckConstraint(name='c', check=models.Q(n=1)))",
    ],
)
def test_sqlite_tells_what_django_makes_tables_anew_for(tmp_path: Path, operation: str) -> None:
    assert unread(after(tmp_path, operation, "sqlite")) == [
        "on SQLite Django makes the table anew for this change"
    ]


def test_mysql_has_its_own_words(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "0001_a.py": migration(BEFORE),
        "0002_b.py": migration(
            "migrations.AddField('a', 'c', models.ForeignKey('A', models.CASCADE, null=True)), "
            "migrations.RemoveField('a', 'c'), migrations.AlterField('a', 'b', models.TextField()),"
            "migrations.AddIndex('a', models.Index(fields=['-n'], name='i')),"
            "migrations.RenameIndex('a', new_name='j', old_name='i'),"
            "migrations.RemoveIndex('a', 'j')",
            after="0001_a",
        ),
    }
    _, second = app(tmp_path, files, "mysql").migrations
    key = made_name("shop_a", ["c_id"], "_fk_shop_a_id", "mysql")
    assert squeezed(second.up) == [
        "ALTER TABLE `shop_a` ADD COLUMN `c_id` bigint NULL",
        f"ALTER TABLE `shop_a` DROP FOREIGN KEY `{key}`",
        "ALTER TABLE `shop_a` DROP COLUMN `c_id`",
        "CREATE INDEX `i` ON `shop_a` (`n` DESC)",
        "ALTER TABLE `shop_a` RENAME INDEX `i` TO `j`",
        "DROP INDEX `j` ON `shop_a`",
    ]
    assert unread(second.up) == ["MySQL is told the whole column again"]


def test_several_leaves_and_squashed_steps_are_known(tmp_path: Path) -> None:
    replaces = "    replaces = [('shop', '0001_a'), ('shop', '0002_b')]\n"
    history = app(
        tmp_path,
        {
            "0001_a.py": migration(BEFORE),
            "0002_b.py": migration("", after="0001_a"),
            "0003_c.py": migration("", after="0001_a"),
            "0001_squashed.py": migration(BEFORE, replaces),
            "0004_d.py": "class Migration(:\n",
            "helper.py": "x = 1",
        },
    )
    assert [each.version for each in history.migrations] == ["0001_a", "0002_b", "0003_c"]
    assert told(history) == ["migration-unreadable 0004_d.py:1", "migration-heads 0003_c.py:0"]


def test_a_way_back_is_given_where_the_file_has_it(tmp_path: Path) -> None:
    history = app(
        tmp_path,
        {
            "0001_a.py": migration("migrations.RunSQL('SELECT 1', 'SELECT -1')"),
            "0002_b.py": migration("migrations.RunSQL('SELECT 1')", after="0001_a"),
            "0003_c.py": migration(BEFORE, after="0002_b"),
            "0004_d.py": migration(
                "migrations.RunSQL('SELECT 1', migrations.RunSQL.noop)", after="0003_c"
            ),
        },
    )
    first, second, third, fourth = history.migrations
    assert sql(first.down) == ["SELECT -1"]
    assert second.down is None
    assert third.down is not None
    assert unread(third.down) == ["Django makes up the way back from its state"]
    assert (sql(fourth.down), fourth.down is None) == ([], False)


def test_long_names_are_shortened_as_django_does() -> None:
    name = made_name("a" * 40, ["b" * 40], "_fk_other_id", "postgresql")
    assert len(name) <= 63
    assert made_name("1" * 70, ["b"], "", "postgresql").startswith("D1")


LIBRARY = (
    "migrations.CreateModel('Author', [('id', models.BigAutoField(primary_key=True)), "
    "('name', models.CharField(max_length=9, unique=True))]), "
    "migrations.CreateModel('Book', [('code', models.CharField(max_length=9, primary_key=True)), "
    "('author', models.OneToOneField(on_delete=models.CASCADE, to='shop.Author')), "
    "('site', models.ForeignKey('sites.Site', models.CASCADE, db_constraint=False)), "
    "('readers', models.ManyToManyField('self')), ('old', models.ManyToManyField('Author', "
    "db_table='old_ones')), ('mine', models.ManyToManyField('Author', through='Mine'))], "
    "options={'unique_together': ('author', 'site')})"
)


@pytest.mark.parametrize("engine", ["postgresql", "mysql", "sqlite"])
def test_tables_between_models_are_made_for_each_engine(engine: Engine, tmp_path: Path) -> None:
    history = app(tmp_path, {"0001_a.py": migration(LIBRARY)}, engine)
    up = history.migrations[0].up
    assert up.unread == ()
    made = [text for text in squeezed(up) if text.startswith("CREATE TABLE")]
    assert [text.split()[2].strip('`"') for text in made] == [
        "shop_author",
        "shop_book",
        "shop_book_readers",
        "old_ones",
    ]
    mark = "`" if engine == "mysql" else '"'
    assert f"{mark}from_book_id{mark} varchar(9) NOT NULL" in made[2]
    referring = [text for text in squeezed(up) if "FOREIGN KEY" in text]
    assert len(referring) == (0 if engine == "sqlite" else 5)


def test_models_that_have_tables_between_are_dropped_with_them(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "0001_a.py": migration(LIBRARY),
        "0002_b.py": migration(
            "migrations.AddField('author', 'friends', models.ManyToManyField('self')), "
            "migrations.RemoveField('author', 'friends'), "
            "migrations.RenameModel('Author', 'Writer'), migrations.RenameModel('Book', 'Tome'), "
            "migrations.RemoveField('book', 'author'), migrations.DeleteModel('Book')",
            after="0001_a",
        ),
    }
    up = app(tmp_path, files).migrations[1].up
    assert unread(up) == ["the tables between it and others are renamed along with it"]
    key = made_name("shop_book", ["author_id"], "_fk_shop_author_id", "postgresql")
    assert squeezed(up)[1:] == [
        'DROP TABLE "shop_author_friends" CASCADE',
        'ALTER TABLE "shop_author" RENAME TO "shop_writer"',
        f'SET CONSTRAINTS "{key}" IMMEDIATE',
        f'ALTER TABLE "shop_book" DROP CONSTRAINT "{key}"',
        'ALTER TABLE "shop_book" DROP COLUMN "author_id" CASCADE',
        'DROP TABLE "shop_book_readers" CASCADE',
        'DROP TABLE "old_ones" CASCADE',
        'DROP TABLE "shop_book" CASCADE',
    ]


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        (
            (
                "migrations.AddConstraint('a', models.UniqueConstraint(fields=['b'], name='u', "
                "condition=models.Q(n=1), include=['n']))"
            ),
            ['CREATE UNIQUE INDEX "u" ON "shop_a" ("b") INCLUDE ("n") WHERE "n" = 1'],
        ),
        (
            (
                "migrations.AddConstraint('a', models.UniqueConstraint(fields=['b'], name='u', "
                "condition=models.Q(n=1))), migrations.RemoveConstraint('a', 'u')"
            ),
            ['CREATE UNIQUE INDEX "u" ON "shop_a" ("b") WHERE "n" = 1', 'DROP INDEX IF EXISTS "u"'],
        ),
        (
            (
                "migrations.AddConstraint('a', models.UniqueConstraint(fields=['b'], name='u')), "
                "migrations.RemoveConstraint('a', 'u')"
            ),
            [
                'ALTER TABLE "shop_a" ADD CONSTRAINT "u" UNIQUE ("b")',
                'ALTER TABLE "shop_a" DROP CONSTRAINT "u"',
            ],
        ),
        (
            (
                "AddConstraintNotValid('a', models.CheckConstraint(name='c', "
                "check=models.Q(n=True))), "
                "ValidateConstraint('a', 'c'), TrigramExtension(), CreateExtension('x')"
            ),
            [
                'ALTER TABLE "shop_a" ADD CONSTRAINT "c" CHECK ("n") NOT VALID',
                'ALTER TABLE "shop_a" VALIDATE CONSTRAINT "c"',
                'CREATE EXTENSION IF NOT EXISTS "pg_trgm"',
                'CREATE EXTENSION IF NOT EXISTS "x"',
            ],
        ),
        (
            (
                "migrations.AddIndex('a', "
                "GinIndex(fields=['b'], name='g', opclasses=['gin_trgm_ops']))"
            ),
            ['CREATE INDEX "g" ON "shop_a" USING gin ("b" gin_trgm_ops)'],
        ),
        (
            (
                "migrations.AddField('a', 'd', models.DateTimeField(db_default=Now())), "
                "migrations.AddField('a', 'p', models.PositiveIntegerField(db_default=1))"
            ),
            [
                (
                    'ALTER TABLE "shop_a" ADD COLUMN "d" timestamp with time zone DEFAULT '
                    "STATEMENT_TIMESTAMP() NOT NULL"
                ),
                'ALTER TABLE "shop_a" ADD COLUMN "p" integer DEFAULT 1 NOT NULL CHECK ("p" >= 0)',
            ],
        ),
        (
            (
                "migrations.AlterField('a', 'b', models.CharField(max_length=5, default='x', "
                "db_column='c'))"
            ),
            [
                'ALTER TABLE "shop_a" RENAME COLUMN "b" TO "c"',
                'ALTER TABLE "shop_a" ALTER COLUMN "c" SET DEFAULT \'x\'',
                'UPDATE "shop_a" SET "c" = \'x\' WHERE "c" IS NULL',
                "SET CONSTRAINTS ALL IMMEDIATE",
                'ALTER TABLE "shop_a" ALTER COLUMN "c" SET NOT NULL',
                'ALTER TABLE "shop_a" ALTER COLUMN "c" DROP DEFAULT',
            ],
        ),
        (
            (
                "migrations.AlterUniqueTogether('a', [['b', 'n']]), "
                "migrations.AlterUniqueTogether('a', set())"
            ),
            [
                (
                    'ALTER TABLE "shop_a" ADD CONSTRAINT '
                    f'"{made_name("shop_a", ["b", "n"], "_uniq", "postgresql")}" UNIQUE ("b", "n")'
                )
            ],
        ),
        (
            (
                "migrations.CreateModel('P', [], options={'proxy': True}), "
                "migrations.CreateModel('M', [('id', models.AutoField(primary_key=True))], "
                "options={'managed': False}), migrations.DeleteModel('M')"
            ),
            [],
        ),
    ],
)
def test_several_operations_build_on_each_other(
    tmp_path: Path, operation: str, expected: list[str]
) -> None:
    assert squeezed(after(tmp_path, operation))[: len(expected)] == expected
