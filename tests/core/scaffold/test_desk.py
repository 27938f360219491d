"""What lies on the desk of scaffolds is worked out, told, and kept for the next session."""

from __future__ import annotations

from pathlib import Path

import pytest

from be_tui.core.document import Document, to_text
from be_tui.core.files import NewFile, compare
from be_tui.core.files.model import FileSet
from be_tui.core.locations import knowledge_dir
from be_tui.core.scaffold.desk import (
    EMPTY,
    UNPROVED,
    Draft,
    Worked,
    file_page,
    keep,
    kept,
    no_stack_page,
    operation_page,
    resource_page,
    tables_page,
    work_out,
)
from be_tui.core.scaffold.settling import Settled
from be_tui.core.sessions import open_store

SHOP = Path(knowledge_dir(), "specs", "shop.yaml").read_text()


def told(page: Document) -> str:
    return to_text(page, 100)


@pytest.fixture(scope="module")
def shop() -> Worked:
    return work_out(SHOP)


def resource(worked: Worked, name: str) -> str:
    assert worked.service
    found = worked.service.resource(name)
    assert found
    return told(resource_page(worked.service, found))


def test_an_empty_desk_says_what_to_do() -> None:
    assert work_out("  \n") == Worked("  \n")
    assert "product.price decimal" in told(EMPTY)
    assert "tries its contract" in " ".join(told(UNPROVED).split())
    assert "fastapi" in told(no_stack_page(("fastapi",)))


def test_tables_that_an_option_needs_are_among_the_others(shop: Worked) -> None:
    assert "outbox_events" not in shop.ddl
    assert "CREATE TABLE outbox_events" in work_out(SHOP, frozenset({"jobs"})).ddl


def test_a_spec_with_a_fault_has_no_service() -> None:
    worked = work_out(SHOP.replace("to: order,", "to: ordre,", 1))
    assert worked.service is None
    assert worked.resources == ()
    assert "ordre" in worked.findings[0].message


def test_a_resource_is_told_with_what_holds(shop: Worked) -> None:
    page = resource(shop, "product")
    assert "3 to 32" in page
    assert "unique" in page
    assert "categories: many category, either way" in page
    assert "a deleted row is kept" in page
    assert "anyone" in page
    page = resource(shop, "payment")
    assert "never answered" in page
    assert "nobody" in page
    assert "order and product together are unique" in resource(shop, "order_line")
    assert "set by admin" in resource(shop, "user")
    assert "the owner, or who is admin" in " ".join(resource(shop, "order").split())


def test_an_operation_is_told_with_what_it_takes_and_answers(shop: Worked) -> None:
    (patch,) = (
        each
        for each in shop.operations
        if (each.method, each.path) == ("PATCH", "/api/v1/orders/{id}")
    )
    assert patch.who == "the owner, or who is admin"
    page = told(operation_page(patch))
    assert "If-Match" in page
    assert "application/merge-patch+json" in page
    assert "412" in page
    assert "The row was changed meanwhile." in page


def test_all_operations_of_the_contract_are_there(shop: Worked) -> None:
    paths = {each.path for each in shop.operations}
    assert "/api/v1/sessions/refresh" in paths
    assert "/api/v1/order-lines/{id}" in paths
    assert {each.who for each in shop.operations if "sessions" in each.path} == {"anyone"}


def test_tables_are_told_as_ddl(shop: Worked) -> None:
    assert "CREATE TABLE order_lines" in told(tables_page(shop))


def test_a_file_is_told_with_what_would_change(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old\n")
    (change,) = compare(FileSet((NewFile("a.txt", "new\n"),)), tmp_path)
    page = told(file_page(Settled("a.txt", "updated", "new\n"), change))
    assert "brought up to date" in page
    assert "old" in page
    assert "new" in page
    assert "You deleted it" in told(file_page(Settled("a.txt", "deleted"), None))


def test_what_lay_on_the_desk_is_kept(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        assert kept(store) is None
        draft = Draft(SHOP, "fastapi", ("cache",), "services/shop")
        keep(store, draft)
        assert kept(store) == draft
        keep(store, Draft("x" * 300_000))
        assert kept(store) == Draft("")
        store.keep_text("scaffold", "", "{broken")
        assert kept(store) is None
