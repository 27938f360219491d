"""Errors are one clear line, in which nothing secret stands."""

from __future__ import annotations

import pytest

from be_tui.core.errors import InputError
from be_tui.core.sqltext import read_sql

URLS = [
    "postgresql://ann:s3cret@db/shop",
    "mysql://ann:s3cret@at@db:3306/shop?ssl=true",
    "postgresql://db/shop?user=ann&password=s3cret",
    "postgresql://:s3cret@db/shop",
]


def test_a_line_says_where_what_and_what_to_do() -> None:
    error = InputError("no such table", where="q.sql:3", hint="give its DDL")
    assert str(error) == "q.sql:3: no such table; give its DDL"


@pytest.mark.parametrize("url", URLS)
def test_a_line_leaves_out_the_password_of_a_url(url: str) -> None:
    line = str(InputError(f"unrecognized arguments: --url {url}", where=url, hint=f"not {url}"))
    assert "s3cret" not in line
    assert "shop" in line


def test_a_line_keeps_a_url_that_has_no_password() -> None:
    line = "see https://www.postgresql.org/docs/18/sql.html#a@b, postgresql://ann@db/shop"
    assert str(InputError(line)) == line


def test_a_url_in_the_place_of_a_file_is_told_where_it_belongs() -> None:
    with pytest.raises(InputError) as caught:
        read_sql("postgresql://ann:s3cret@db/shop")
    assert str(caught.value).startswith("postgresql://ann:***@db/shop: cannot be read")
    assert str(caught.value).endswith("; a database is given by `--database URL`")
