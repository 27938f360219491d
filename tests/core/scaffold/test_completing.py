"""A spec is completed as it is written: keys, types, names of what is there."""

from __future__ import annotations

import pytest

from be_tui.core.scaffold.completing import complete_spec
from be_tui.core.scaffold.model import FIELD_KINDS

SPEC = """\
service: shop
accounts: {resource: user, login: email}
resources:
  user:
    owner: user
    fields:
      email: {type: email}
      name: {type: text}
  order_line:
    fields:
      price: {type: decimal}
"""


def offered(before: str, after: str = "") -> list[str]:
    found = complete_spec(before + after, len(before))
    assert before.endswith(found.word)
    assert found.start == len(before) - len(found.word)
    return [each.text for each in found.offers]


def test_keys_of_each_level_are_offered() -> None:
    assert offered("ser") == ["service"]
    assert "resources" in offered("service: a\n")
    assert offered(f"{SPEC}    so") == ["soft_delete"]
    assert offered(f"{SPEC}      tax: {{type: decimal, mi") == ["min"]
    assert offered(f"{SPEC}    allow: {{re") == ["read"]
    assert offered("service: a\naccounts: {lo") == ["login"]


def test_keys_have_what_they_mean_beside_them() -> None:
    found = complete_spec(f"{SPEC}      tax: {{uniq", len(f"{SPEC}      tax: {{uniq"))
    assert found.offers[0].detail == "Whether no two rows have the same value"


def test_values_are_offered_where_they_are_known() -> None:
    assert offered(f"{SPEC}      tax: {{type: dec") == ["decimal"]
    assert offered(f"{SPEC}      tax: {{type: ") == list(FIELD_KINDS)
    assert offered(f"{SPEC}      tax: {{unique: t") == ["true"]
    assert offered(f"{SPEC}    key: in") == ["integer"]
    assert offered(f"{SPEC}      line: {{type: reference, on_delete: set") == ["set-null"]
    assert offered(f"{SPEC}    allow: {{read: any") == ["anyone"]
    assert offered(f"{SPEC}    allow: {{read: [owner, sig") == ["signed-in"]


def test_names_that_are_there_are_offered() -> None:
    assert offered(f"{SPEC}      line: {{type: reference, to: ") == ["user", "order_line"]
    assert offered("service: a\naccounts: {resource: u", SPEC) == ["user"]
    assert offered(f"{SPEC}    owner: ") == ["email", "name", "price"]


@pytest.mark.parametrize("text", ["", "]]}}", "a: {b: [", "\t\t:", "'", "resources:\n  :"])
def test_a_text_that_is_no_spec_offers_nothing_wrong(text: str) -> None:
    for offset in range(len(text) + 1):
        found = complete_spec(text, offset)
        assert found.start + len(found.word) == offset
