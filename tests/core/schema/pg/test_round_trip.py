from __future__ import annotations

from pathlib import Path

import pytest

from be_tui.core.databases import open_sandbox
from be_tui.core.schema import read_session, schema_of_statements
from be_tui.core.sqltext import Target, split
from tests.core.schema.pg.trips import told, trip

HERE = Path(__file__).parent
UNTOLD = ("operator.", "text search", "publication.")
"""Kinds that the catalogues are not asked for."""


def ddl_of(name: str) -> str:
    return (HERE / f"{name}.sql").read_text(encoding="utf-8")


@pytest.mark.parametrize("major", [16, 18])
@pytest.mark.parametrize("name", ["round_trip", "changes", "expressions", "rest"])
def test_what_a_server_tells_of_ddl_is_what_the_ddl_is_read_as(name: str, major: int) -> None:
    read, dumped = trip(ddl_of(name), major)
    assert told(dumped) == told(read)


def test_what_only_the_newest_has_comes_back_too() -> None:
    read, dumped = trip(ddl_of("round_trip_18"), 18)
    assert told(dumped) == told(read)


@pytest.mark.parametrize("major", [16, 18])
def test_the_catalogues_tell_all_that_the_ddl_said(major: int) -> None:
    names = ["round_trip", "changes", "expressions", "rest"] + ["round_trip_18"] * (major == 18)
    for name in names:
        statements = tuple(split(ddl_of(name), "postgresql"))
        with open_sandbox(f"postgresql:{major}") as sandbox, sandbox.session() as session:
            for statement in statements:
                session.run(statement.text)
            found = read_session(session, "postgresql", str(major))
        assert found.unread == ()
        read, _ = schema_of_statements(statements, Target("postgresql", (major,)))
        expected = told(read)
        expected["others"] = {
            key: each for key, each in expected["others"].items() if not key.startswith(UNTOLD)
        }
        assert told(found.schema) == expected
