from __future__ import annotations

import pytest

from be_tui.core.ddl import Namer, dotted, held, identifier, literal, written
from be_tui.core.schema import Name, Schema, Table
from tests.core.ddl.drawing import NOWHERE


def test_a_plain_name_stands_without_quotes() -> None:
    assert identifier("users", "postgresql") == "users"
    assert identifier("Users", "mysql") == "Users"


def test_what_another_name_would_be_read_from_is_quoted() -> None:
    assert identifier("Users", "postgresql") == '"Users"'
    assert identifier("order", "postgresql") == '"order"'
    assert identifier("order", "mariadb") == "`order`"
    assert identifier('a"b', "sqlite") == '"a""b"'
    assert identifier("a`b", "mysql") == "`a``b`"


def test_postgresql_holds_in_small_letters_what_has_no_quotes() -> None:
    assert held(Name("Users"), "postgresql") == "users"
    assert held(Name("Users", quoted=True), "postgresql") == "Users"
    assert held(Name("Users"), "mysql") == "Users"
    assert written(Name("Users", quoted=True), "postgresql") == '"Users"'


def test_a_name_after_a_schema_is_quoted_part_by_part() -> None:
    assert dotted("app.Mood", "postgresql") == 'app."Mood"'


@pytest.mark.parametrize(
    ("engine", "said"),
    [("postgresql", r"E'it''s \\ '"), ("mysql", r"'it''s \\ '"), ("sqlite", "'it''s \\ '")],
)
def test_a_text_is_escaped_as_its_engine_reads_it(engine: str, said: str) -> None:
    assert literal("it's \\ ", engine) == said  # type: ignore[arg-type]


def test_a_namer_finds_a_table_in_its_schema_first() -> None:
    tables = (
        Table(Name("users"), NOWHERE),
        Table(Name("Users", quoted=True), NOWHERE, namespace="app"),
    )
    namer = Namer(Schema(tables=tables), "postgresql")
    assert namer.referred("users", "app") == 'app."Users"'
    assert namer.referred("app.users") == 'app."Users"'
    assert namer.referred("users") == "users"
    assert namer.referred("Gone", "app") == 'app."Gone"'
    assert namer.column(None, "id") == "id"
