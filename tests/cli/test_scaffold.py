"""`be-tui scaffold`: a spec is checked, and printed as a contract, as tables, from tables."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from be_tui.cli import run
from be_tui.core.locations import knowledge_dir
from be_tui.core.scaffold import parse_spec
from be_tui.core.schema import read_schema
from be_tui.core.sqltext import Target

if TYPE_CHECKING:
    from pathlib import Path

SHOP = f"{knowledge_dir()}/specs/shop.yaml"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Give a spec with a fault."""
    file = tmp_path / "spec.yaml"
    file.write_text("service: a\nresources: {tag: {fields: {to: {type: reference, to: ghost}}}}\n")
    return file


def test_a_sound_spec_is_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scaffold", "check", SHOP]) == 0
    assert "nothing found" in capsys.readouterr().out


def test_a_fault_is_told_at_its_line(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scaffold", "check", str(broken)]) == 1
    assert "spec.yaml:2:28 error spec-unknown-name" in capsys.readouterr().out


def test_faults_have_the_words_of_their_rules(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["scaffold", "check", "--sarif", str(broken)]) == 1
    (told,) = json.loads(capsys.readouterr().out)["runs"]
    assert told["tool"]["driver"]["rules"][0]["id"] == "spec-unknown-name"


def test_the_contract_is_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scaffold", "contract", SHOP]) == 0
    assert json.loads(capsys.readouterr().out)["openapi"] == "3.1.0"


def test_the_contract_is_a_schema_of_graphql_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scaffold", "contract", SHOP, "--graphql"]) == 0
    assert "product(id: ID!): Product" in capsys.readouterr().out


def test_a_faulty_spec_has_no_contract(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scaffold", "contract", str(broken)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "no resource `ghost`" in told.err


def test_tables_of_an_option_are_printed_where_it_is_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["scaffold", "tables", SHOP, "--with", "jobs"]) == 0
    assert "CREATE TABLE outbox_events" in capsys.readouterr().out


def test_tables_are_ddl_and_lead_back_to_a_spec(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["scaffold", "tables", SHOP]) == 0
    ddl = capsys.readouterr().out
    assert read_schema(ddl, Target("postgresql")).schema.table("order_lines")
    (tmp_path / "schema.sql").write_text(ddl)
    assert run(["scaffold", "spec", str(tmp_path / "schema.sql"), "--name", "shop"]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    assert parse_spec(told.out).sound


def test_what_a_spec_cannot_say_is_told_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.sql").write_text("CREATE TABLE maps (id int PRIMARY KEY, name text, at point);")
    assert run(["scaffold", "spec", str(tmp_path / "a.sql")]) == 0
    told = capsys.readouterr()
    assert "maps.at" in told.err
    assert parse_spec(told.out).sound


def test_tables_of_which_no_resource_can_be_made_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "b.sql").write_text('CREATE TABLE "größen" (id int PRIMARY KEY);')
    assert run(["scaffold", "spec", str(tmp_path / "b.sql")]) == 2
    assert "no table to make a resource of" in capsys.readouterr().err


def test_a_command_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scaffold", "bake"]) == 2
    assert "check" in capsys.readouterr().err
