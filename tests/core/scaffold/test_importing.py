"""Tables become resources; what a spec cannot say is told, and nothing is guessed in silence."""

from __future__ import annotations

import pytest

from be_tui.core.ddl import write_schema
from be_tui.core.findings import Place
from be_tui.core.locations import knowledge_dir
from be_tui.core.scaffold import Field, Resource, Service, parse_spec, sound_spec
from be_tui.core.scaffold.importing import Imported, service_of
from be_tui.core.scaffold.tables import tables_of
from be_tui.core.scaffold.writing import write_spec
from be_tui.core.schema import read_schema
from be_tui.core.sqltext import Target

POSTGRES = Target("postgresql", (18,))
SPECS = ["users", "shop"]


def bundled(name: str) -> Service:
    return sound_spec(f"{knowledge_dir()}/specs/{name}.yaml")


def imported(ddl: str) -> Imported:
    return service_of(read_schema(ddl, POSTGRES, "s.sql").schema, "shop-api", Place("s.sql"))


def resource(ddl: str, name: str) -> Resource:
    found = imported(ddl).service.resource(name)
    assert found is not None
    return found


def field(ddl: str, name: str) -> Field:
    found = resource(f"CREATE TABLE things (id uuid PRIMARY KEY, {ddl});", "thing").field(name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", SPECS)
def test_a_spec_is_read_as_it_was_written(name: str) -> None:
    text = write_spec(bundled(name))
    again = parse_spec(text)
    assert not again.findings
    assert write_spec(again.service) == text


@pytest.mark.parametrize("name", SPECS)
def test_a_spec_comes_back_from_its_tables(name: str) -> None:
    before = bundled(name)
    ddl = ";\n".join(write_schema(tables_of(before), POSTGRES))
    after = imported(ddl)
    assert not after.findings
    assert parse_spec(write_spec(after.service)).sound
    assert after.service.accounts == before.accounts
    for one, other in zip(before.resources, after.service.resources, strict=True):
        assert (one.name, one.plural, one.key, one.soft_delete, one.unique) == (
            other.name,
            other.plural,
            other.key,
            other.soft_delete,
            other.unique,
        )
        assert [(link.name, link.to) for link in one.links] == [
            (link.name, link.to) for link in other.links
        ]
        for was, now in zip(one.fields, other.fields, strict=True):
            assert (was.name, was.kind, was.nullable, was.unique, was.sorted, was.values) == (
                now.name,
                now.kind,
                now.nullable,
                now.unique,
                now.sorted,
                now.values,
            )
            assert (was.to, was.on_delete, was.default) == (now.to, now.on_delete, now.default)


def test_tables_made_again_from_their_spec_are_the_same() -> None:
    tables = tables_of(bundled("shop"))
    ddl = write_schema(tables, POSTGRES)
    again = tables_of(imported(";\n".join(ddl)).service)
    assert [each.name.text for each in again.tables] == [each.name.text for each in tables.tables]


KINDS = [
    ("a varchar(20) NOT NULL", "text", "20"),
    ("a text", "text", "10000"),
    ("a bigint", "integer", "9223372036854775807"),
    ("a int", "integer", None),
    ("a numeric(10,2)", "decimal", None),
    ("a timestamptz", "datetime", None),
    ("a jsonb", "json", None),
    ("a boolean", "boolean", None),
    ("a text CHECK (char_length(a) <= 7)", "text", "7"),
    ("a text CHECK (((length(a) <= 7)))", "text", "7"),
    ("a int CHECK (a BETWEEN 1 AND 9)", "integer", "9"),
]


@pytest.mark.parametrize(("ddl", "kind", "most"), KINDS)
def test_a_column_becomes_a_field(ddl: str, kind: str, most: str | None) -> None:
    found = field(ddl, "a")
    assert (found.kind, found.bounds.most) == (kind, most)


def test_choices_come_from_checks_and_from_enumerations() -> None:
    assert field("a text CHECK (a IN ('x', 'y'))", "a").values == ("x", "y")
    ddl = (
        "CREATE TYPE mood AS ENUM ('ok', 'sad'); CREATE TABLE things (id uuid PRIMARY KEY, m mood);"
    )
    found = resource(ddl, "thing").field("m")
    assert found is not None
    assert found.values == ("ok", "sad")


@pytest.mark.parametrize(
    ("name", "kind"),
    [("contact_email", "email"), ("password_hash", "password"), ("website", "url"), ("e", "text")],
)
def test_what_tables_keep_as_text_is_told_by_its_name(name: str, kind: str) -> None:
    found = resource(f"CREATE TABLE things (id uuid PRIMARY KEY, {name} text);", "thing")
    assert found.fields[0].kind == kind


def test_a_default_is_kept_where_a_spec_can_say_it() -> None:
    assert field("a int DEFAULT 3", "a").default == "3"
    assert field("a text DEFAULT 'it''s'", "a").default == "it's"
    assert field("a boolean DEFAULT false", "a").default == "false"
    assert field("a timestamptz DEFAULT now()", "a").default == "now"
    assert field("a text DEFAULT current_user", "a").default is None


LEFT = [
    ("point point", "a spec has no type"),
    ('"größe" text', "a spec has no such name"),
    ("total int GENERATED ALWAYS AS (1) STORED", "what is computed is no field"),
]


@pytest.mark.parametrize(("ddl", "says"), LEFT)
def test_what_a_spec_cannot_say_is_told(ddl: str, says: str) -> None:
    found = imported(f"CREATE TABLE things (id uuid PRIMARY KEY, name text, {ddl});")
    assert [each.message for each in found.findings if says in each.message]
    assert len(found.service.resources[0].fields) == 1


def test_a_table_that_has_no_name_in_a_spec_is_left_out() -> None:
    found = imported('CREATE TABLE "größen" (id uuid PRIMARY KEY, name text);')
    assert not found.service.resources
    assert found.findings[0].place.line == 1


def test_a_table_without_a_single_key_gets_one() -> None:
    found = imported("CREATE TABLE visits (a int, b int, c int, PRIMARY KEY (a, b));")
    assert "get a key" in found.findings[0].message


def test_names_are_put_into_small_letters_and_the_singular() -> None:
    ddl = 'CREATE TABLE "OrderLines" (id int PRIMARY KEY, "unitPrice" numeric(5,2));'
    found = resource(ddl, "order_line")
    assert (found.plural, found.key) == ("order_lines", "integer")
    assert found.fields[0].name == "unit_price"


def test_a_table_whose_name_is_no_usual_plural_keeps_it() -> None:
    assert resource("CREATE TABLE staff_list (id int PRIMARY KEY, a int);", "staff_list").plural
