from __future__ import annotations

import pytest

from be_tui.core.databases import WheelSandbox, dump_postgres, open_sandbox
from be_tui.core.errors import InputError


def url_of(sandbox: WheelSandbox) -> str:
    folder = sandbox.superuser().run("SHOW unix_socket_directories").value
    return f"postgresql://{sandbox.name}:hidden@/{sandbox.name}?host={folder}"


def test_tables_and_statistics_are_dumped_and_no_row() -> None:
    with open_sandbox("postgresql:16") as sandbox:
        assert isinstance(sandbox, WheelSandbox)
        session = sandbox.session()
        session.run("CREATE TABLE t (a int PRIMARY KEY, b text)")
        session.run("INSERT INTO t VALUES (1, 'a row'), (2, 'a row')")
        session.run("ANALYZE t")
        text = dump_postgres(url_of(sandbox))
    assert "CREATE TABLE public.t" in text
    assert "pg_restore_relation_stats" in text
    assert "OWNER TO" not in text
    assert "COPY" not in text


def test_a_database_that_is_not_there_is_told_without_the_password() -> None:
    with open_sandbox("postgresql") as sandbox:
        assert isinstance(sandbox, WheelSandbox)
        wrong = url_of(sandbox).replace(f"@/{sandbox.name}", "@/elsewhere")
        with pytest.raises(InputError, match='database "elsewhere" does not exist') as caught:
            dump_postgres(wrong)
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize("url", ["mariadb://localhost/x", "sqlite:///x"])
def test_only_postgresql_is_dumped(url: str) -> None:
    with pytest.raises(InputError):
        dump_postgres(url)


def test_a_url_that_libpq_does_not_take_is_told_in_one_line() -> None:
    with pytest.raises(InputError, match="nonsense") as caught:
        dump_postgres("postgresql://me:hidden@localhost/x?nonsense=1")
    assert "hidden" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_server_that_does_not_answer_is_told() -> None:
    with pytest.raises(InputError, match="refused"):
        dump_postgres("postgresql://me@127.0.0.1:1/x")
