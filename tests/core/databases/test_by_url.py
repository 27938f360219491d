"""A server that others use too: only what be-tui has made there is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.databases import open_sandbox
from be_tui.core.databases.postgres import PostgresSession
from be_tui.core.databases.postgres_server import running_server
from be_tui.core.databases.scratch import is_scratch, lock_key, new_name
from be_tui.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.databases.postgres_server import Server


@pytest.fixture
def server() -> Iterator[Server]:
    """Give a server as others have them: ours are copied without `template0`."""
    server = running_server("18")
    with PostgresSession(server.address()) as session:
        session.run("CREATE DATABASE template0 TEMPLATE template1")
        yield server
        session.run("DROP DATABASE template0")


@pytest.fixture
def admin(server: Server) -> Iterator[PostgresSession]:
    with PostgresSession(server.address()) as session:
        yield session


def url(server: Server, user: str = "postgres") -> str:
    return f"postgresql://{user}:s3cret@/maintenance?host={server.sockets}"


def databases(admin: PostgresSession) -> set[str]:
    asked = "SELECT datname FROM pg_database WHERE datname LIKE 'be%' OR datname = 'shop'"
    return {str(name) for (name,) in admin.run(asked).rows}


def test_a_scratch_database_is_made_and_dropped(server: Server, admin: PostgresSession) -> None:
    with open_sandbox(url(server)) as sandbox, sandbox.session() as session:
        session.run("CREATE TABLE t (a int)")
        name = str(session.run("SELECT current_database()").value)
        assert is_scratch(name)
        assert databases(admin) == {name}
        assert sandbox.version.startswith("18")
    assert databases(admin) == set()


def test_what_a_dead_process_left_goes_and_all_else_stays(
    server: Server, admin: PostgresSession
) -> None:
    left, held = new_name(), new_name()
    for name in (left, held, "be_tui_scratch_mine", "shop"):
        admin.run(f"CREATE DATABASE {name} TEMPLATE template1")
    admin.run("CREATE ROLE somebody")
    foreign = new_name()
    admin.run(f"CREATE DATABASE {foreign} TEMPLATE template1 OWNER somebody")
    try:
        admin.run(f"SELECT pg_advisory_lock({lock_key(held)})")
        with open_sandbox(url(server)):
            assert left not in databases(admin)
        assert databases(admin) == {held, foreign, "be_tui_scratch_mine", "shop"}
    finally:
        for name in (held, foreign, "be_tui_scratch_mine", "shop"):
            admin.run(f"DROP DATABASE {name}")
        admin.run("DROP ROLE somebody")


def test_who_may_make_no_database_is_told_so(server: Server, admin: PostgresSession) -> None:
    admin.run("CREATE ROLE poor LOGIN")
    try:
        with pytest.raises(InputError, match="permission denied to create database") as caught:
            open_sandbox(url(server, "poor"))
        assert caught.value.where == "postgresql:///maintenance"
        assert "CREATEDB" in caught.value.hint
    finally:
        admin.run("DROP ROLE poor")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgresql://me:s3cret@/x?host=/no/such/folder", "No such file"),
        ("postgresql://me:s3cret@127.0.0.1:1/x", "refused"),
        ("postgresql://me:s3cret@/x?nonsense=1", "nonsense"),
    ],
)
def test_a_server_that_does_not_answer_is_told_in_one_line(address: str, told: str) -> None:
    with pytest.raises(InputError, match=told) as caught:
        open_sandbox(address)
    assert "\n" not in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_an_unknown_role_is_told(server: Server) -> None:
    with pytest.raises(InputError, match='role "nobody_knows" does not exist'):
        open_sandbox(url(server, "nobody_knows"))
