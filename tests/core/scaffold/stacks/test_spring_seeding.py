"""Rows to try a service in Spring Boot with: in an order, with the spec's examples, only once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from be_tui.core.locations import knowledge_dir
from be_tui.core.scaffold import Service, parse_spec
from be_tui.core.scaffold.generating import Wish, generate
from be_tui.core.scaffold.manifests import read_stack
from be_tui.core.scaffold.rendering import render
from be_tui.core.scaffold.stacks.spring.seeding import row, sampled, statements
from be_tui.core.scaffold.tables import link_table
from tests.core.scaffold.stacks.test_spring_lives import address_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.databases.served import Served

SHIPPED = [Path(knowledge_dir(), "specs", f"{name}.yaml") for name in ("shop", "users")]
SHOP, USERS = (each.read_text(encoding="utf-8") for each in SHIPPED)
CORPUS = sorted((Path(__file__).parent.parent / "corpus").glob("*.yaml"))

ORDERED = """\
service: near
resources:
  leaf:
    fields:
      tree: {type: reference, to: tree}
      code: {type: text, pattern: "[A-Z]{2}-[0-9]{3}"}
      place: {type: text, min: 8, max: 20, example: "under; it's \\\\"}
      beside: {type: reference, to: leaf, nullable: true}
    allow: {read: anyone, write: anyone}
  tree:
    key: integer
    fields:
      order: {type: integer, min: -7, max: -2}
      height: {type: decimal, digits: 5, scale: 2, example: "12.50"}
      note: {type: text, nullable: true}
    allow: {read: anyone, write: anyone}
"""


def service(text: str) -> Service:
    read = parse_spec(text)
    assert read.sound, read.findings
    return read.service


def test_rows_stand_behind_those_that_they_refer_to() -> None:
    tree, leaf = statements(service(ORDERED))
    assert tree.startswith('INSERT INTO trees ("order", height) SELECT -2, 12.50 WHERE NOT EXISTS')
    assert leaf.startswith("INSERT INTO leaves (id, tree_id, code, place) SELECT ")
    assert leaf.count("(SELECT id FROM trees ORDER BY created_at, id LIMIT 1)") == 2
    assert "'under; it''s \\'" in leaf


def test_the_first_account_is_left_to_the_environment_and_rows_are_its_own() -> None:
    read = service(SHOP)
    assert "users" not in sampled(read)
    found = "\n".join(statements(read))
    assert "INSERT INTO users" not in found
    assert "(SELECT id FROM users ORDER BY created_at, id LIMIT 1) IS NOT NULL" in found
    assert "'Espresso beans'" in found
    assert "(SELECT id FROM products WHERE deleted_at IS NULL ORDER BY" in found
    assert "INSERT INTO product_categories (product_id, category_id) SELECT" in found


@pytest.mark.parametrize(("spec", "has"), [(SHOP, True), (USERS, False)], ids=["shop", "users"])
def test_a_service_of_accounts_alone_has_none(spec: str, has: bool) -> None:  # noqa: FBT001
    made = {
        each.path: each.text for each in render(service(spec), read_stack("spring"), frozenset())
    }
    assert any(path.endswith("/SampleRows.java") for path in made) is has
    assert any(path.endswith("/SampleRowsTest.java") for path in made) is has
    assert ("SAMPLES" in made["README.md"]) is has
    assert ("samples: ${SAMPLES:false}" in made["src/main/resources/application.yml"]) is has


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    from be_tui.core.databases.served import serve_postgres

    with serve_postgres() as served:
        yield served


@pytest.mark.slow
@pytest.mark.lives
@pytest.mark.parametrize("spec", [*SHIPPED, *CORPUS], ids=lambda path: path.stem)
def test_each_table_is_filled_once(spec: Path, server: Served, tmp_path: Path) -> None:
    text = spec.read_text(encoding="utf-8")
    read = service(text)
    wish = Wish(text, "spring", frozenset())
    made = generate(wish, tmp_path, datetime(2026, 5, 1, tzinfo=UTC)).settlement.files
    tables = next(each.text for each in made if "/V1__" in each.path)
    links = [link_table(each, link) for each in read.resources for link in each.links]
    with psycopg.connect(address_of(server), autocommit=True) as connection:
        connection.execute(tables)
        for each in statements(read):
            connection.execute(each)
        if account := read.resource(read.accounts.resource if read.accounts else ""):
            connection.execute(row(read, account))
        for each in statements(read):
            connection.execute(each)
        for table in (*sampled(read), *links):
            found = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
            assert found == (1,), table
        assert [connection.execute(each).rowcount for each in statements(read)] == [0] * len(
            statements(read)
        )
