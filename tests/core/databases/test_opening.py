from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import be_tui.core.databases as public
from be_tui.core.databases import open_sandbox
from be_tui.core.databases.held import Held, HeldSandbox
from be_tui.core.errors import InputError

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("where", ["", "sqlite:3", "oracle", "mariadb"])
def test_an_unknown_database_is_told_with_those_that_are_known(where: str) -> None:
    with pytest.raises(InputError, match="no such database") as caught:
        open_sandbox(where)
    assert "postgresql:MAJOR" in caught.value.hint


@pytest.mark.parametrize(
    ("driver", "where", "told"),
    [
        ("psycopg", "postgresql", "pip install 'be-tui[postgres]'"),
        ("psycopg", "postgresql://h/d", "pip install 'be-tui[postgres]'"),
        ("pymysql", "mysql://h/d", "pip install 'be-tui[mariadb]'"),
    ],
)
def test_a_driver_that_is_not_installed_is_named(
    monkeypatch: pytest.MonkeyPatch, driver: str, where: str, told: str
) -> None:
    for name in [*sys.modules]:
        if name in (
            "be_tui.core.databases.postgres",
            "be_tui.core.databases.postgres_sandbox",
            "be_tui.core.databases.mariadb",
        ):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, driver, None)
    with pytest.raises(InputError, match="is not installed") as caught:
        open_sandbox(where)
    assert caught.value.hint == told


def test_every_public_name_is_there() -> None:
    for name in public.__all__:
        assert getattr(public, name)
    with pytest.raises(AttributeError):
        _ = public.nothing


def test_a_sandbox_of_sqlite_loads_no_driver() -> None:
    code = (
        "import sys\nfrom be_tui.core.databases import open_sandbox\n"
        "with open_sandbox('sqlite') as s, s.session() as t: t.run('SELECT 1')\n"
        "print({'psycopg', 'pymysql', 'sqlglot', 'yaml'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"


def test_what_is_held_must_say_how_it_is_closed_and_removed() -> None:
    with pytest.raises(NotImplementedError):
        Held().close()
    with pytest.raises(NotImplementedError):
        HeldSandbox().remove()
