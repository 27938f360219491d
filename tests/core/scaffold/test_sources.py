"""A spec is made of whatever describes it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from be_tui.core.errors import InputError
from be_tui.core.locations import knowledge_dir
from be_tui.core.scaffold import parse_spec, sound_spec
from be_tui.core.scaffold.contract import openapi_text
from be_tui.core.scaffold.sources import spec_of

USERS = f"{knowledge_dir()}/specs/users.yaml"


def test_a_spec_is_taken_as_it_is(tmp_path: Path) -> None:
    made = spec_of(USERS, tmp_path)
    assert made.text == Path(USERS).read_text()
    assert made.left == ()


def test_a_document_is_told_from_a_spec(tmp_path: Path) -> None:
    (tmp_path / "api.json").write_text(openapi_text(sound_spec(USERS)))
    made = spec_of("api.json", tmp_path)
    assert parse_spec(made.text).service.resource("user")


def test_tables_are_read_from_ddl_and_from_databases(tmp_path: Path) -> None:
    (tmp_path / "tables.sql").write_text("CREATE TABLE tags (id bigint PRIMARY KEY, at point);")
    made = spec_of("tables.sql", tmp_path)
    assert parse_spec(made.text).service.resource("tag")
    assert any("at" in each for each in made.left)
    with sqlite3.connect(tmp_path / "shop.db") as database:
        database.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")
    database.close()
    assert "note:" in spec_of(f"sqlite:{tmp_path / 'shop.db'}", tmp_path).text


def test_what_holds_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "views.sql").write_text("CREATE VIEW v AS SELECT 1 AS one;")
    for where in ("views.sql", "none.yaml", "none.sql"):
        with pytest.raises(InputError):
            spec_of(where, tmp_path)
