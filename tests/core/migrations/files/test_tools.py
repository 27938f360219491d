"""What is read stands beside what Alembic and Django themselves write; what is written they run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from be_tui.core.databases import majors, open_sandbox
from be_tui.core.migrations.files import (
    NewMigration,
    NewStatement,
    NewStep,
    PhaseScript,
    read_migrations,
)
from be_tui.core.sqltext import Target, split
from tests.core.migrations.files.building import laid, layout
from tests.core.migrations.files.planning import put

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from be_tui.core.databases import PostgresSandbox
    from be_tui.core.migrations.model import FormatName

pytestmark = pytest.mark.slow

ENV = """
from alembic import context
from sqlalchemy import create_engine, pool
url = context.config.get_main_option("sqlalchemy.url")
if context.is_offline_mode():
    options = {"paramstyle": "named"}
    context.configure(url=url, literal_binds=True, dialect_opts=options)
    with context.begin_transaction():
        context.run_migrations()
else:
    with create_engine(url, poolclass=pool.NullPool).connect() as connection:
        context.configure(connection=connection, transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()
"""
ALEMBIC = """
import json, sys
from io import StringIO
from alembic import command
from alembic.config import Config
folder, url, *what = sys.argv[1:]
out = StringIO()
config = Config(output_buffer=out)
config.set_main_option("script_location", folder)
config.set_main_option("path_separator", "os")
config.set_main_option("sqlalchemy.url", url)
for each in what:
    name, target = each.split(":")
    if name == "sql":
        command.upgrade(config, target, sql=True)
    else:
        getattr(command, name)(config, target)
print(json.dumps(out.getvalue()))
"""
SETTINGS = """
import json, os
SECRET_KEY = "x"
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "shop"]
DATABASES = {"default": json.loads(os.environ["SHOP_DATABASE"])}
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
"""
DJANGO = """
import json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
sys.path.insert(0, os.getcwd())
import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
django.setup()
if sys.argv[1] == "migrate":
    for target in sys.argv[2:]:
        call_command("migrate", "shop", target, verbosity=0) if target != "all" else call_command(
            "migrate", verbosity=0
        )
    sys.exit()
call_command("migrate", "auth", verbosity=0)
loader = MigrationLoader(connection, replace_migrations=False)
found = {}
for name in sys.argv[2:]:
    migration = loader.graph.nodes[("shop", name)]
    state = loader.project_state(("shop", name), at_end=False)
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        migration.apply(state, editor, collect_sql=True)
    found[name] = "\\n".join(editor.collected_sql)
    call_command("migrate", "shop", name, verbosity=0)
print(json.dumps(found))
"""


def ran(code: str, *args: str, folder: Path, **environment: str) -> str:
    """Run a program of the tool's own, and give what it said."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, *args],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


def plain(text: str) -> list[str]:
    """Give the statements of a text as PostgreSQL's own grammar writes them."""
    import postgast

    return [postgast.deparse(postgast.parse(part.text)) for part in split(text, "postgresql")]


@pytest.fixture(params=majors())
def server(request: pytest.FixtureRequest) -> Iterator[PostgresSandbox]:
    with open_sandbox(f"postgresql:{request.param}") as sandbox:
        yield sandbox  # type: ignore[misc]


def address(server: PostgresSandbox) -> dict[str, str]:
    from psycopg.conninfo import conninfo_to_dict

    return {key: str(value) for key, value in conninfo_to_dict(server._address).items()}


def alchemy(server: PostgresSandbox) -> str:
    at = address(server)
    return f"postgresql+psycopg://{at['user']}@/{at['dbname']}?host={at['host']}"


def test_alembic_writes_what_was_read(tmp_path: Path) -> None:
    root = laid(tmp_path, {"env.py": ENV, "script.py.mako": ""})
    layout("alembic", root / "versions")
    said = json.loads(ran(ALEMBIC, str(root), "postgresql://", "sql:head", folder=root))
    # PostgreSQL's grammar takes `RENAME a TO b` and `RENAME COLUMN a TO b` for the same.
    theirs = [
        each
        for each in plain(said)
        if "alembic_version" not in each and each not in {"BEGIN", "COMMIT"}
    ]
    history = read_migrations([root / "versions"], "alembic", Target("postgresql"))
    ours = [
        text
        for migration in history.migrations
        for each in migration.up.statements
        for text in plain(each.statement.text)
    ]
    assert ours == theirs


TRICKY = "INSERT INTO told VALUES ('it''s :x \\:y 12:30 %s {} \"\"\" é')"


def shop(*, postgres: bool) -> NewMigration:
    """Give a migration that both engines can run, and on PostgreSQL what must stand outside."""
    steps = [
        NewStep(
            (NewStatement("CREATE TABLE told (words text)"), NewStatement(TRICKY)),
            (NewStatement("DROP TABLE told"),),
        )
    ]
    if postgres:
        index = NewStatement("CREATE INDEX CONCURRENTLY told_words ON told (words)", outside=True)
        steps.append(NewStep((index,), (NewStatement("DROP INDEX told_words"),)))
        body = (
            "CREATE FUNCTION one() RETURNS int AS $$\nBEGIN\n  RETURN 1;\nEND $$ LANGUAGE plpgsql"
        )
        steps.append(NewStep((NewStatement(body),), (NewStatement("DROP FUNCTION one()"),)))
    target = Target("postgresql" if postgres else "sqlite")
    return NewMigration("Tell it", (PhaseScript("", tuple(steps)),), target)


def holds(server: PostgresSandbox, *, told: bool) -> None:
    with server.session() as session:
        rows = session.run("SELECT count(*) FROM pg_class WHERE relname = 'told_words'")
        assert rows.rows[0][0] == ("1" if told else "0")
        if told:
            words = session.run("SELECT words FROM told").rows[0][0]
            assert words == 'it\'s :x \\:y 12:30 %s {} """ é'


def test_alembic_runs_what_was_written(server: PostgresSandbox, tmp_path: Path) -> None:
    root = laid(tmp_path, {"env.py": ENV, "script.py.mako": ""})
    (root / "versions").mkdir()
    put(shop(postgres=True), "alembic", root / "versions")
    ran(ALEMBIC, str(root), alchemy(server), "upgrade:head", folder=root)
    holds(server, told=True)
    ran(ALEMBIC, str(root), alchemy(server), "downgrade:base", "upgrade:head", folder=root)
    holds(server, told=True)
    ran(ALEMBIC, str(root), alchemy(server), "downgrade:base", folder=root)
    holds(server, told=False)


def test_alembic_runs_what_was_written_on_sqlite(tmp_path: Path) -> None:
    root = laid(tmp_path, {"env.py": ENV, "script.py.mako": ""})
    (root / "versions").mkdir()
    put(shop(postgres=False), "alembic", root / "versions")
    url = f"sqlite:///{root / 'x.db'}"
    ran(ALEMBIC, str(root), url, "upgrade:head", "downgrade:base", "upgrade:head", folder=root)
    kept(root / "x.db")


def kept(file: Path) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(file)) as connection:
        ((words,),) = connection.execute("SELECT words FROM told")
    assert words == 'it\'s :x \\:y 12:30 %s {} """ é'


def django_at(server: PostgresSandbox) -> str:
    at = address(server)
    return json.dumps(
        {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": at["dbname"],
            "USER": at["user"],
            "HOST": at["host"],
        }
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return laid(tmp_path, {"settings.py": SETTINGS, "shop/__init__.py": ""})


def test_django_writes_what_was_read(server: PostgresSandbox, project: Path) -> None:
    root = layout("django", project / "shop" / "migrations")
    laid(root, {"__init__.py": ""})
    history = read_migrations([root], "django", Target("postgresql"))
    names = [each.version for each in history.migrations]
    said = json.loads(ran(DJANGO, "sql", *names, folder=project, SHOP_DATABASE=django_at(server)))
    for migration in history.migrations:
        ours = [text for each in migration.up.statements for text in plain(each.statement.text)]
        assert ours == plain(said[migration.version])


def test_django_runs_what_was_written(server: PostgresSandbox, project: Path) -> None:
    put(shop(postgres=True), "django", project / "shop" / "migrations")
    at = django_at(server)
    for targets, told in ((("all",), True), (("zero", "all"), True), (("zero",), False)):
        ran(DJANGO, "migrate", *targets, folder=project, SHOP_DATABASE=at)
        holds(server, told=told)


def test_django_runs_what_was_written_on_sqlite(project: Path) -> None:
    put(shop(postgres=False), "django", project / "shop" / "migrations")
    file = project / "x.db"
    at = json.dumps({"ENGINE": "django.db.backends.sqlite3", "NAME": str(file)})
    ran(DJANGO, "migrate", "all", "zero", "all", folder=project, SHOP_DATABASE=at)
    kept(file)


SQL_FORMATS: tuple[FormatName, ...] = ("goose", "dbmate", "flyway", "atlas", "sqlx", "prisma")


@pytest.mark.parametrize("form", SQL_FORMATS)
def test_what_was_written_runs_as_its_marks_say(
    form: FormatName, server: PostgresSandbox, tmp_path: Path
) -> None:
    """Run each statement as the tool would: outside of a transaction where it says so."""
    put(shop(postgres=True), form, tmp_path)
    history = read_migrations([tmp_path], form, Target("postgresql"))
    with server.session() as session:
        for migration in history.migrations:
            inside = migration.up.wrapping == "one"
            statements = [each.statement.text for each in migration.up.statements]
            for text in ["BEGIN", *statements, "COMMIT"] if inside else statements:
                session.run(text)
    holds(server, told=True)
