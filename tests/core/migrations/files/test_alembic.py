from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.migrations.files import read_migrations
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

HEAD = "from alembic import op\nimport sqlalchemy as sa\nrevision = 'a'\ndown_revision = None\n"


def upgraded(root: Path, body: str, engine: Engine = "postgresql") -> Script:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    history = read(root, {"a_x.py": f"{HEAD}def upgrade():\n{lines}"}, "alembic", engine)
    return only(history).up


def test_a_history_is_read_in_the_order_of_its_graph(tmp_path: Path) -> None:
    history = read_migrations([layout("alembic", tmp_path)], None, Target("postgresql"))
    assert history.format == "alembic"
    first, second = history.migrations
    assert (first.version, first.title, first.after) == ("0a1b2c3d4e5f", "The first tables.", ())
    assert second.after == ("0a1b2c3d4e5f",)
    assert (first.up.unread, second.up.unread, told(history)) == ((), (), [])
    exact(history)


def test_a_block_that_commits_each_statement_is_outside_of_the_transaction(tmp_path: Path) -> None:
    _, second = read_migrations(
        [layout("alembic", tmp_path)], None, Target("postgresql")
    ).migrations
    assert second.up.wrapping == "one"
    outside = [each.statement.text for each in second.up.statements if each.wrapping == "none"]
    assert outside == [
        "CREATE INDEX CONCURRENTLY ix_years ON users (years)",
        "ALTER TYPE mood ADD VALUE 'glad'",
    ]
    assert second.down is None


def test_sql_in_a_call_has_its_own_place_and_the_call_is_told(tmp_path: Path) -> None:
    _, second = read_migrations(
        [layout("alembic", tmp_path)], None, Target("postgresql")
    ).migrations
    found = second.up.statements[-2]
    assert (found.statement.text, found.exact) == ("UPDATE users SET years = 1", True)
    assert found.origin is not None
    assert found.origin.text.startswith("op.execute(")


def test_heads_circles_and_what_is_missing_are_told(tmp_path: Path) -> None:
    def revision(name: str, after: str, more: str = "") -> str:
        return f"revision = {name!r}\ndown_revision = {after}\n{more}def upgrade():\n    pass\n"

    history = read(
        tmp_path,
        {
            "a.py": revision("a", "None"),
            "b.py": revision("b", "'a'"),
            "c.py": revision("c", "'a'"),
            "d.py": revision("d", "'gone'"),
            "e.py": revision("e", "'f'"),
            "f.py": revision("f", "('e', 'b')"),
            "g.py": revision("a", "None"),
            "broken.py": "revision = 'x'\ndef (",
            "half.py": "down_revision = None\n",
            "env.py": "revision = 'no'",
        },
        "alembic",
    )
    assert sorted(told(history)) == [
        "migration-circle e.py:0",
        "migration-circle f.py:0",
        "migration-duplicate g.py:0",
        "migration-half half.py:1",
        "migration-heads d.py:0",
        "migration-missing d.py:0",
        "migration-unreadable broken.py:2",
    ]
    assert [each.version for each in history.migrations] == ["a", "b", "c", "d", "e", "f"]


def test_branches_that_have_a_name_are_meant(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.py": "revision = 'a'\ndown_revision = None\nbranch_labels = ('one',)\n",
        "b.py": "revision = 'b'\ndown_revision = None\ndepends_on = 'a'\n",
        "c.py": "revision = 'c'\ndown_revision = 'a'\n",
    }
    history = read(tmp_path, files, "alembic")
    assert told(history) == []
    assert history.migrations[1].after == ("a",)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("op.rename_table('a', 'b', schema='s')", "ALTER TABLE s.a RENAME TO b"),
        ("op.drop_table('a', if_exists=True)", "DROP TABLE IF EXISTS a"),
        ("op.drop_column('a', 'User')", 'ALTER TABLE a DROP COLUMN "User"'),
        (
            "op.create_primary_key('pk', 'a', ['b', 'c'])",
            "ALTER TABLE a ADD CONSTRAINT pk PRIMARY KEY (b, c)",
        ),
        (
            "op.create_check_constraint('ck', 'a', sa.text('b > 0'), postgresql_not_valid=True)",
            "ALTER TABLE a ADD CONSTRAINT ck CHECK (b > 0) NOT VALID",
        ),
        (
            "op.create_unique_constraint(None, 'a', ['b'])",
            "ALTER TABLE a ADD UNIQUE (b)",
        ),
        (
            "op.create_table_comment('a', 'it is')",
            "COMMENT ON TABLE a IS 'it is'",
        ),
        ("op.drop_table_comment('a')", "COMMENT ON TABLE a IS NULL"),
        (
            "op.alter_column('a', 'b', comment='x')",
            "COMMENT ON COLUMN a.b IS 'x'",
        ),
        (
            "op.drop_index('i', 'a', postgresql_concurrently=True, if_exists=True)",
            "DROP INDEX CONCURRENTLY IF EXISTS i",
        ),
        (
            (
                "op.create_index('i', 'a', ['b'], postgresql_ops={'b': 'text_pattern_ops'}, "
                "postgresql_with={'fillfactor': 50}, unique=True, if_not_exists=True)"
            ),
            "CREATE UNIQUE INDEX IF NOT EXISTS i ON a (b text_pattern_ops) WITH (fillfactor = 50)",
        ),
        (
            (
                "op.create_foreign_key('f', 'a', 'b', ['c'], ['d'], onupdate='CASCADE', "
                "deferrable=True, initially='DEFERRED', referent_schema='s')"
            ),
            (
                "ALTER TABLE a ADD CONSTRAINT f FOREIGN KEY (c) REFERENCES s.b (d) "
                "ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED"
            ),
        ),
        ("op.execute('SELECT 1' + ' + 2')", "SELECT 1 + 2"),
        ("name = 'a'\nop.execute(f'DROP TABLE {name}')", "DROP TABLE a"),
        ("op.execute('DROP TABLE %s' % 'a')", "DROP TABLE a"),
        ("op.execute('DROP TABLE {}'.format('a'))", "DROP TABLE a"),
        ("op.execute(sa.text(\"SELECT '\\\\:x'\"))", "SELECT ':x'"),
        ("conn = op.get_bind()\nconn.execute(sa.text('SELECT 1'))", "SELECT 1"),
        ("conn = op.get_bind()\nconn.exec_driver_sql('SELECT 1')", "SELECT 1"),
        ("op.execute(sa.schema.CreateSequence(sa.Sequence('s')))", "CREATE SEQUENCE s"),
        ("op.execute(sa.schema.CreateSchema('s'))", "CREATE SCHEMA s"),
        (
            "sa.Enum('a', 'b', name='m').create(op.get_bind(), checkfirst=True)",
            "CREATE TYPE m AS ENUM ('a', 'b')",
        ),
        (
            (
                "if op.get_context().dialect.name != 'postgresql':\n    op.drop_table('x')\n"
                "else:\n    op.drop_table('y')"
            ),
            "DROP TABLE y",
        ),
        ("for a, b in [('x', 'y')]:\n    op.drop_column(a, b)", "ALTER TABLE x DROP COLUMN y"),
        ("def inner(t):\n    op.drop_table(t)\ninner('z')", "DROP TABLE z"),
        ("try:\n    op.drop_table('z')\nexcept Exception:\n    raise", "DROP TABLE z"),
        ("op.drop_table('z')\nreturn\nop.drop_table('never')", "DROP TABLE z"),
    ],
)
def test_an_operation_becomes_the_statement_that_alembic_makes(
    tmp_path: Path, body: str, expected: str
) -> None:
    up = upgraded(tmp_path, body)
    assert unread(up) == []
    assert squeezed(up) == [expected]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("op.execute(make())", "its SQL is made as it runs"),
        ("op.execute('SELECT :x')", "the parameter `:x` has its value when it runs"),
        ("op.execute(sa.text('SELECT :x').bindparams(x=1))", "its parameters"),
        ("op.frobnicate('a')", "what `frobnicate` does is not known"),
        ("something('a')", "what `something` does shows only when it runs"),
        ("op.drop_table(name())", "the table's name is known only when it runs"),
        ("op.add_column('a', column())", "the column is known only when it runs"),
        ("op.add_column('a', sa.Column('b', GUID()))", "the type GUID is the program's own"),
        ("op.add_column('a', sa.Column('b', sa.Odd()))", "the type Odd is not known"),
        ("op.create_index('i', 'a', [lower()])", "an expression of the index"),
        ("if flag():\n    op.drop_table('a')", "a condition that only the running program can"),
        ("for t in tables():\n    op.drop_table(t)", "a loop over what only the running program"),
        ("while True:\n    pass", "what it does shows only when it runs"),
        ("with odd():\n    op.drop_table('a')", "a block that only the running program knows"),
        ("op.bulk_insert(t, [])", "the rows are known only when it runs"),
        ("op.create_table('a', *columns())", "what it does shows only when it runs"),
        ("rows = op.get_bind().execute(sa.select(x))", "its SQL is made as it runs"),
    ],
)
def test_what_only_the_program_knows_is_told_with_its_place(
    tmp_path: Path, body: str, expected: str
) -> None:
    up = upgraded(tmp_path, body)
    assert sql(up) == []
    (found,) = up.unread
    assert found.message.startswith(expected)
    assert found.statement.line >= 6


def test_mysql_is_told_the_whole_column_and_needs_the_kind_of_a_constraint(tmp_path: Path) -> None:
    up = upgraded(
        tmp_path,
        "op.alter_column('a', 'b', existing_type=sa.String(5), nullable=False)\n"
        "op.alter_column('a', 'b', type_=sa.Boolean(), new_column_name='c')\n"
        "op.alter_column('a', 'b', server_default='x')\n"
        "op.alter_column('a', 'b', nullable=False)\n"
        "op.drop_constraint('u', 'a', type_='unique')\n"
        "op.drop_constraint('u', 'a')\n"
        "op.drop_index('i', 'a')\n"
        "op.create_table('t', sa.Column('id', sa.Integer, primary_key=True), "
        "sa.Column('e', sa.Enum('a', 'b', name='x')), sa.Column('n', sa.Numeric(5)))",
        "mysql",
    )
    assert squeezed(up) == [
        "ALTER TABLE a MODIFY b VARCHAR(5) NOT NULL",
        "ALTER TABLE a CHANGE b c BOOL NULL",
        "ALTER TABLE a ALTER COLUMN b SET DEFAULT 'x'",
        "ALTER TABLE a DROP INDEX u",
        "DROP INDEX i ON a",
        (
            "CREATE TABLE t (id INTEGER NOT NULL AUTO_INCREMENT, e ENUM('a', 'b'), n NUMERIC(5), "
            "PRIMARY KEY (id))"
        ),
    ]
    assert len(unread(up)) == 2
    assert up.wrapping == "none"


def test_sqlite_tells_what_it_makes_tables_anew_for(tmp_path: Path) -> None:
    up = upgraded(
        tmp_path,
        "op.add_column('a', sa.Column('b', sa.DateTime(timezone=True)))\n"
        "op.alter_column('a', 'b', nullable=True)\n"
        "op.create_unique_constraint('u', 'a', ['b'])\n"
        "op.create_index('i', 'a', ['b'], sqlite_where=sa.text('b > 1'))\n"
        "with op.batch_alter_table('a') as batch_op:\n    batch_op.drop_column('b')",
        "sqlite",
    )
    assert sql(up) == [
        "ALTER TABLE a ADD COLUMN b DATETIME",
        "CREATE INDEX i ON a (b) WHERE b > 1",
    ]
    assert len(unread(up)) == 3


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("sa.Enum('a', name='m').drop(op.get_bind())", ["DROP TYPE m"]),
        (
            (
                "sa.Enum('a', name='m').create(op.get_bind())\n"
                "op.create_table('t', sa.Column('c', sa.Enum('a', name='m')))"
            ),
            ["CREATE TYPE m AS ENUM ('a')", "CREATE TABLE t (c m)"],
        ),
        (
            (
                "op.create_table('t', sa.Column('c', sa.Integer, sa.CheckConstraint('c > 0'), "
                "server_default=sa.func.current_timestamp()), sa.UniqueConstraint('c', "
                "postgresql_nulls_not_distinct=True), sa.Column('g', sa.Integer, "
                "sa.Computed('c + 1')), if_not_exists=True)"
            ),
            [
                (
                    "CREATE TABLE IF NOT EXISTS t (c INTEGER DEFAULT CURRENT_TIMESTAMP, "
                    "g INTEGER GENERATED ALWAYS AS (c + 1) STORED, UNIQUE NULLS NOT DISTINCT (c), "
                    "CHECK (c > 0))"
                )
            ],
        ),
        (
            "op.add_column('t', sa.Column('c', sa.Text, index=True, comment='x'))",
            [
                "ALTER TABLE t ADD COLUMN c TEXT",
                "CREATE INDEX ix_t_c ON t (c)",
                "COMMENT ON COLUMN t.c IS 'x'",
            ],
        ),
        (
            "op.create_index('i', 't', [sa.text('lower(a)')], postgresql_nulls_not_distinct=True)",
            ["CREATE INDEX i ON t (lower(a)) NULLS NOT DISTINCT"],
        ),
        (
            (
                "with op.batch_alter_table('t', schema='s') as b:\n"
                "    b.create_table_comment('x')\n    b.drop_index('i')\n"
                "    b.create_unique_constraint('u', ['a'])\n"
                "    b.create_check_constraint('c', 'a > 0')"
            ),
            [
                "COMMENT ON TABLE s.t IS 'x'",
                "DROP INDEX s.i",
                "ALTER TABLE s.t ADD CONSTRAINT u UNIQUE (a)",
                "ALTER TABLE s.t ADD CONSTRAINT c CHECK (a > 0)",
            ],
        ),
        (
            (
                "session = sa.orm.Session(bind=op.get_bind())\n"
                "found = session.execute(sa.text('SELECT 1'))\nrows = found.fetchall()\n"
                "users = session.query(User).all()\nprint(len(rows))\nsession.commit()"
            ),
            ["SELECT 1"],
        ),
        (
            "op.alter_column('t', 'c', server_default=sa.text('now()'))",
            ["ALTER TABLE t ALTER COLUMN c SET DEFAULT now()"],
        ),
        ("assert True\nimport logging\nlogging.info('x')\nop.execute('SELECT 1')", ["SELECT 1"]),
    ],
)
def test_several_statements_come_of_one_call_or_block(
    tmp_path: Path, body: str, expected: list[str]
) -> None:
    up = upgraded(tmp_path, body)
    assert unread(up) == []
    assert squeezed(up) == expected


@pytest.mark.parametrize(
    "body",
    [
        "op.create_table('t', column)",
        "op.create_table('t', sa.Column('c', sa.Integer, nullable=flag))",
        "op.create_table('t', sa.Column('c', sa.Integer, server_default=make()))",
        "op.create_table('t', sa.Column('c', sa.Integer, server_default=sa.func.make(1)))",
        "op.alter_column('t', 'c', nullable=flag)",
        "op.create_index('i', 't', columns)",
        "op.bulk_insert(sa.table('t'), [row])",
        "sa.Enum(*values, name='m').create(op.get_bind())",
        "sa.Enum('a').create(op.get_bind())",
        "op.execute(sa.schema.CreateSequence(name))",
        "def f(x=make(), *, y):\n    op.drop_table(x)\nf()",
        "def f():\n    f()\nf()",
    ],
)
def test_parts_that_are_not_static_leave_the_call_unread(tmp_path: Path, body: str) -> None:
    up = upgraded(tmp_path, body)
    assert unread(up)
    assert sql(up) == []
