"""What a sandbox of the wheel offers to those who prepare it, beyond its owner's rights."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from be_tui.core.databases import StatementError, WheelSandbox, open_sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(params=["18", "16"])
def sandbox(request: pytest.FixtureRequest) -> Iterator[WheelSandbox]:
    with open_sandbox(f"postgresql:{request.param}") as opened:
        assert isinstance(opened, WheelSandbox)
        yield opened


def test_the_superuser_may_what_the_owner_may_not(sandbox: WheelSandbox) -> None:
    asked = "UPDATE pg_class SET relpages = 3 WHERE relname = 't'"
    owner = sandbox.session()
    owner.run("CREATE TABLE t (a int)")
    with pytest.raises(StatementError, match="permission denied"):
        owner.run(asked)
    assert sandbox.superuser().run(asked).count == 1


def test_a_database_that_was_forgotten_is_the_same_to_its_owner(sandbox: WheelSandbox) -> None:
    before = sandbox.session()
    before.run("CREATE TABLE t (a int)")
    before.run("INSERT INTO t VALUES (7)")
    sandbox.forget()
    with pytest.raises(StatementError):
        before.run("SELECT 1")
    after = sandbox.session()
    assert after.run("SELECT a FROM t").value == "7"
    assert after.run("SELECT current_database()").value == sandbox.name
    after.run("DROP TABLE t")


def test_a_file_changed_while_forgotten_is_read_anew(sandbox: WheelSandbox) -> None:
    owner = sandbox.session()
    owner.run("CREATE TABLE t (a int)")
    owner.run("INSERT INTO t VALUES (7)")
    sandbox.forget()
    session = sandbox.superuser()
    folder = session.run("SHOW data_directory").value
    path = session.run("SELECT pg_relation_filepath('t')").value
    assert folder is not None
    assert path is not None
    Path(folder, path).write_bytes(b"")
    assert session.run("SELECT count(*) FROM t").value == "0"


def test_a_twin_holds_the_same_and_goes_its_own_way(sandbox: WheelSandbox) -> None:
    sandbox.session().run("CREATE TABLE t AS SELECT 7 AS a")
    with sandbox.twin() as twin, twin.session() as session:
        session.run("ALTER TABLE t ADD b int")
        assert session.run("SELECT * FROM t").rows == (("7", None),)
        assert twin.twin().session().run("SELECT a FROM t").value == "7"
        assert "b integer" in twin.ddl()
        name = twin.name
    assert "b integer" not in sandbox.ddl()
    asked = f"SELECT count(*) FROM pg_database WHERE datname LIKE '{name}%'"
    assert sandbox.session().run(asked).value == "0"


def test_a_twin_ends_with_its_original() -> None:
    with open_sandbox("postgresql:16", superuser=True) as first:
        assert isinstance(first, WheelSandbox)
        name = first.twin().name
    asked = f"SELECT count(*) FROM pg_database WHERE datname = '{name}'"
    with open_sandbox("postgresql:16") as second:
        assert second.session().run(asked).value == "0"
