"""What the tests of a service in Spring Boot try: values next to bounds, rights, rows that go."""

from __future__ import annotations

import json
import re

import pytest

from be_tui.core.scaffold import parse_spec
from be_tui.core.scaffold.manifests import read_stack
from be_tui.core.scaffold.rendering import render
from be_tui.core.scaffold.stacks.spring import view_of
from be_tui.core.scaffold.stacks.spring.trials import Followed, GuardedChange, Trials
from tests.core.scaffold.stacks.spring_breaks import BROKEN, OPTIONS, TABLES, Break

SPEC = """\
service: near
accounts: {resource: person, login: email, password: password, role: role}
resources:
  person:
    owner: person
    soft_delete: true
    fields:
      email: {type: email, unique: true}
      password: {type: password}
      role: {type: enum, values: [reader, writer, admin], default: reader, writers: [admin]}
    allow: {create: anyone, read: owner, list: nobody, update: owner, delete: owner}
  box:
    soft_delete: true
    fields: {name: {type: text, max: 20}}
    allow: {read: signed-in, list: nobody, write: role:admin}
  order:
    fields:
      box: {type: reference, to: box}
      shelf: {type: reference, to: box, on_delete: cascade}
      code: {type: text, min: 2, max: 4, pattern: "[A-Z]+", nullable: true}
      price: {type: decimal, digits: 5, scale: 2, min: 0.01, max: 999.99}
      share: {type: float, min: -1.5}
      count: {type: integer, min: 0, max: 9}
      state: {type: enum, values: [draft, sent], default: draft, writers: [writer, admin]}
    allow: {read: anyone, create: role:admin, update: [role:reader, role:admin], delete: nobody}
"""


def trials(name: str) -> Trials:
    read = parse_spec(SPEC)
    assert read.sound, read.findings
    return view_of(read.service, frozenset()).trials[name]


def refused_of(name: str) -> list[object]:
    found = (
        json.loads(json.loads(value))
        for each, value in trials("order").refused()
        if each == f'"{name}"'
    )
    return list(found)


def test_the_numbers_next_to_the_ends_are_refused_where_digits_write_them() -> None:
    price, share = refused_of("price"), refused_of("share")
    assert "0.00" in price
    assert "1000.00" not in price
    assert -2.5 in share


def test_texts_are_refused_for_their_length_alone_and_for_their_form_alone() -> None:
    texts = [each for each in refused_of("code") if isinstance(each, str) and each]
    formed = [each for each in texts if re.fullmatch("[A-Z]+", each)]
    assert {len(each) for each in formed} == {1, 5}
    assert any(2 <= len(each) <= 4 for each in texts if each not in formed)


def test_changes_are_tried_with_what_new_rows_are_refused() -> None:
    made = trials("person")
    assert set(made.refused_changes()) == {'"email"', '"password"', '"role"'}
    assert set(made.refused_wholes()) == {'"email"'}


def test_the_database_is_tried_with_what_no_row_has() -> None:
    found = trials("order").kept_out()
    assert ('"price"', '"0.00"') in found
    assert ('"count"', '"-1"') in found
    assert ('"count"', '"10"') in found
    assert ('"code"', "\"repeat('a', 5)\"") in found
    assert ('"code"', "\"repeat('a', 1)\"") in found
    assert ('"code"', '"NULL"') not in found
    assert ('"box_id"', '"NULL"') in found
    assert ('"state"', "\"'none of 2'\"") in found
    assert len(set(found)) == len(found)


def test_rows_go_or_stay_with_what_they_refer_to() -> None:
    box, shelf = trials("order").followed()
    assert box == Followed("box_id", "box_id", "boxes", goes=False)
    assert shelf == Followed("shelf_id", "shelf_id", "boxes", goes=True)
    assert [each.name for each in trials("order").deletable()] == ["box_id", "shelf_id"]


def test_whoever_may_change_a_row_but_not_a_member_of_it_tries_to() -> None:
    assert trials("person").guarded_changes() == (
        GuardedChange('"role"', '"admin"', "owner", chief_may=False),
    )
    assert trials("order").guarded_changes() == (
        GuardedChange('"state"', '"sent"', "reader", chief_may=True),
    )
    assert trials("box").guarded_changes() == ()


def test_members_that_give_several_rows_are_told_from_those_that_give_one() -> None:
    linked = SPEC.replace(
        "    allow: {read: anyone", "    links: {boxes: {to: box}}\n    allow: {read: anyone"
    )
    graph = view_of(parse_spec(linked).service, frozenset({"graphql"})).graphs["order"]
    assert {"box", "shelf", "boxes"} <= {each.name for each in graph.leads}
    assert [each.name for each in graph.links] == ["boxes"]


def test_whoever_may_change_a_row_need_not_be_one_who_may_read_it() -> None:
    unread = SPEC.replace("{read: anyone, create: role:admin", "{read: nobody, create: role:admin")
    made = render(parse_spec(unread).service, read_stack("spring"), frozenset())
    text = next(each.text for each in made if each.path.endswith("/OrderService.java"))
    assert "readable(" not in text
    refused = text.partition("if (!access.mayUpdate(caller, orderRow)) {")[2]
    assert refused.strip().startswith("throw access.mayRead(caller, orderRow) ? Problem.forbidden(")


@pytest.mark.parametrize(("spec", "breaks"), BROKEN, ids=["shop", "near"])
def test_lines_that_are_broken_stand_in_services_and_their_tests_as_well(
    spec: str, breaks: list[Break]
) -> None:
    made = {
        each.path: each.text
        for each in render(parse_spec(spec).service, read_stack("spring"), OPTIONS)
    }
    for path, line, broken, test in breaks:
        assert line != broken
        name, method = test.split("#")
        tests = next(text for each, text in made.items() if each.endswith(f"/{name}.java"))
        assert f"void {method}(" in tests
        if path != TABLES:
            assert line in next(text for each, text in made.items() if each.endswith(f"/{path}"))
