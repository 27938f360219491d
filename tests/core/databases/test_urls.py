from __future__ import annotations

import pytest

from be_tui.core.databases.scratch import is_scratch, lock_key, new_name
from be_tui.core.databases.urls import parse
from be_tui.core.errors import InputError


def test_a_url_is_shown_without_who_we_are() -> None:
    url = parse("postgresql+psycopg://me:s%40crt@db.example:6000/shop?sslmode=require")
    assert url.shown == "postgresql://db.example:6000/shop"
    assert url.text == "postgresql://me:s%40crt@db.example:6000/shop?sslmode=require"
    assert (url.host, url.port, url.user, url.password) == ("db.example", 6000, "me", "s@crt")
    assert "s@crt" not in repr(url)
    assert "s%40crt" not in repr(url)


@pytest.mark.parametrize(
    ("text", "engine"),
    [
        ("postgres://h/d", "postgresql"),
        ("mysql+pymysql://h", "mysql"),
        ("MariaDB://h/d", "mariadb"),
    ],
)
def test_the_usual_names_are_known(text: str, engine: str) -> None:
    assert parse(text).engine == engine


def test_a_socket_and_the_usual_port_are_found() -> None:
    url = parse("mariadb://root@localhost/shop?unix_socket=/run/s")
    assert (url.socket, url.port, url.database, url.password) == ("/run/s", 3306, "shop", "")


@pytest.mark.parametrize(
    "text", ["oracle://u:secret@h/d", "postgresql://u:secret@h:port/d", "mysql://u:secret@[h/d"]
)
def test_what_is_no_url_of_ours_is_told_without_repeating_it(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(text)
    assert "secret" not in str(caught.value)
    assert "mariadb://" in caught.value.hint


def test_names_of_scratch_databases_are_known_by_their_form() -> None:
    assert is_scratch(new_name())
    assert new_name() != new_name()
    assert not is_scratch("be_tui_scratch_x")
    assert not is_scratch("shop")
    assert 0 <= lock_key(new_name()) < 1 << 63
