"""Whatever the schema: the engine tells it as it was given, and takes the rows made for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from be_tui.core.databases import open_sandbox, split
from be_tui.core.filling import fill, plan, sizes
from be_tui.core.schema import read_schema, read_session
from be_tui.core.sqltext import Target
from tests.core.filling.generated import schemas
from tests.core.schema.test_live import lines

if TYPE_CHECKING:
    from be_tui.core.sqltext import Engine

QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


def tried(where: str, engine: Engine, ddl: str) -> None:
    with open_sandbox(where) as sandbox, sandbox.session() as session:
        if engine == "sqlite":
            session.run("PRAGMA foreign_keys = ON")
        for statement in split(ddl, engine):
            session.run(statement.text)
        read = read_session(session, engine, sandbox.version)
        assert read.unread == ()
        written = read_schema(ddl, Target(engine)).schema
        if engine != "mariadb":
            # MariaDB makes an index of its own for a foreign key, and a default of NULL.
            assert lines(read.schema) == lines(written)
        names = [table.name.text for table in read.schema.tables]
        assert sorted(names) == sorted(table.name.text for table in written.tables)
        planned = plan(read.schema, engine, sizes(read.schema, names, 300))
        fill(session, planned)
        for table in planned.tables:
            count = session.run(f"SELECT count(*) FROM {table.table.name.text}").value
            assert count == str(table.rows) != "0"


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
@settings(max_examples=12, deadline=None, suppress_health_check=QUIET)
@given(data=st.data())
def test_any_schema_is_told_and_filled(engine: Engine, data: st.DataObject) -> None:
    tried(engine, engine, data.draw(schemas(engine)))


@settings(max_examples=6, deadline=None, suppress_health_check=QUIET)
@given(data=st.data())
def test_any_schema_is_filled_on_mariadb(mariadb: str, data: st.DataObject) -> None:
    tried(mariadb, "mariadb", data.draw(schemas("mariadb")))


@pytest.mark.slow
@pytest.mark.parametrize("where", ["sqlite", "postgresql:16", "postgresql:18"])
@settings(max_examples=400, deadline=None, suppress_health_check=QUIET)
@given(data=st.data())
def test_hundreds_of_schemas_are_told_and_filled(where: str, data: st.DataObject) -> None:
    engine: Engine = "sqlite" if where == "sqlite" else "postgresql"
    tried(where, engine, data.draw(schemas(engine)))


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=QUIET)
@given(data=st.data())
def test_hundreds_of_schemas_are_filled_on_mariadb(mariadb: str, data: st.DataObject) -> None:
    tried(mariadb, "mariadb", data.draw(schemas("mariadb")))
