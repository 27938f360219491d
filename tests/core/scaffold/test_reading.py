"""A spec is read whole, and what is wrong with it is told at its line."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.errors import InputError
from be_tui.core.locations import knowledge_dir
from be_tui.core.scaffold import parse_spec, read_spec, sound_spec
from be_tui.core.scaffold.contract import openapi_text
from be_tui.core.scaffold.model import FIELD_KINDS
from be_tui.core.scaffold.tables import tables_of

if TYPE_CHECKING:
    from pathlib import Path

    from be_tui.core.scaffold.model import FieldKind

SPEC = """\
service: shop
accounts: {resource: user, role: role}
resources:
  user:
    owner: user
    fields:
      email: {type: email, unique: true}
      password: {type: password, min: 12}
      role: {type: enum, values: [member, admin], default: member, writers: [admin]}
  note:
    owner: writer
    fields:
      writer: {type: reference, to: user, on_delete: cascade}
      text: {type: text, max: 20}
"""


def told(text: str) -> list[str]:
    return [f"{each.place.line} {each.rule} {each.message}" for each in parse_spec(text).findings]


def changed(before: str, after: str) -> list[str]:
    assert before in SPEC
    return told(SPEC.replace(before, after))


def test_a_sound_spec_has_no_fault() -> None:
    read = parse_spec(SPEC)
    assert read.sound
    assert not read.findings
    note = read.service.resource("note")
    assert note is not None
    assert note.plural == "notes"


def test_without_a_word_on_permissions_a_row_is_its_owners() -> None:
    note = parse_spec(SPEC).service.resource("note")
    assert note is not None
    assert note.may("create").who == ("signed-in",)
    assert {note.may(action).who for action in ("read", "list", "update", "delete")} == {("owner",)}


@pytest.mark.parametrize("allow", ["", "allow: {create: anyone, read: owner, write: owner}"])
def test_an_account_is_its_own_though_nothing_says_so(allow: str) -> None:
    fields = "{email: {type: email, unique: true}, password: {type: password}}"
    text = "service: a\naccounts: {resource: person}\nresources:\n  person:\n"
    read = parse_spec(f"{text}    fields: {fields}\n    {allow}\n")
    assert read.sound, read.findings
    person = read.service.resources[0]
    assert person.owner == "person"
    assert person.may("update").who == ("owner",)


def test_without_accounts_everybody_may_do_everything() -> None:
    service = parse_spec("service: a\nresources: {tag: {fields: {name: {type: text}}}}").service
    assert {each.who for each in service.resources[0].permissions} == {("anyone",)}


def test_what_is_not_allowed_is_nobodys_once_something_is_said() -> None:
    text = SPEC.replace("owner: writer\n", "owner: writer\n    allow: {read: anyone}\n")
    note = parse_spec(text).service.resource("note")
    assert note is not None
    assert note.may("list").who == ("anyone",)
    assert note.may("create").who == ("nobody",)


def test_an_action_of_its_own_goes_before_the_word_for_several() -> None:
    allow = "    allow: {write: owner, delete: [role:admin], read: anyone, list: owner}\n"
    note = parse_spec(SPEC.replace("owner: writer\n", f"owner: writer\n{allow}")).service.resource(
        "note"
    )
    assert note is not None
    assert note.may("delete").roles == ("admin",)
    assert note.may("update").who == ("owner",)
    assert note.may("list").who == ("owner",)


def test_a_field_with_a_default_or_null_need_not_be_given() -> None:
    text = SPEC.replace("text: {type: text, max: 20}", "text: {type: text, nullable: true}")
    fields = {each.name: each for each in parse_spec(text).service.resources[0].fields}
    assert fields["email"].required
    assert not fields["role"].required
    note = parse_spec(text).service.resource("note")
    assert note is not None
    assert not note.fields[1].required


FAULTS = [
    ("service: shop", "service: Shop!", "1 spec-bad-name service: expected a name"),
    ("service: shop", "service: shop\nversion: 0", "1 spec-bounds version: expected 1 to 99"),
    ("  note:", "  note-book:", "10 spec-bad-name `note-book`"),
    ("type: text, max: 20", "type: txet", "14 spec-wrong-type"),
    ("type: text, max: 20", "type: text, max: many", "14 spec-bounds text: `min` and `max`"),
    ("type: text, max: 20", "type: text, min: 9, max: 2", "14 spec-bounds text: `min` 9 is above"),
    ("type: text, max: 20", "type: text, max: 2.5", "14 spec-bounds text: a length"),
    ("type: text, max: 20", "type: integer, max: 9e30", "14 spec-bounds text: a whole number of"),
    ("type: text, max: 20", "type: decimal, digits: 0, scale: 0", "14 spec-bounds text: `digits`"),
    ("type: text, max: 20", "type: decimal, digits: 2, scale: 4", "14 spec-bounds text: `digits`"),
    ("type: text, max: 20", "type: text, pattern: '('", "14 spec-bounds text: `pattern` is no"),
    (
        "type: text, max: 20",
        "type: text, pattern: 'a{1,1001}'",
        "14 spec-bounds text: `pattern`: a part is repeated more than 1,000 times",
    ),
    (
        "type: text, max: 20",
        "type: text, pattern: '(?=a)b'",
        "14 spec-bounds text: `pattern`: `(?`",
    ),
    (
        "type: text, max: 20",
        "type: boolean, default: 'yes'",
        "14 spec-bounds text: default: expected",
    ),
    (
        "type: text, max: 20",
        "type: integer, default: x",
        "14 spec-bounds text: default: expected a",
    ),
    (
        "type: text, max: 20",
        "type: integer, max: 2, default: 3",
        "14 spec-bounds text: default: 3 is",
    ),
    (
        "type: text, max: 20",
        "type: datetime, default: noon",
        "14 spec-bounds text: default: expected",
    ),
    (
        "type: text, max: 20",
        "type: text, max: 2, default: abc",
        "14 spec-bounds text: default: `abc`",
    ),
    (
        "type: text, max: 20",
        "type: json, filter: true",
        "14 spec-contradiction text: a json is not",
    ),
    (
        "type: text, max: 20",
        "type: text, private: true, sort: true",
        "14 spec-contradiction text: what is private",
    ),
    (
        "type: text, max: 20",
        "type: text, read_only: true",
        "14 spec-contradiction text: nobody may set it",
    ),
    (
        "text: {type: text, max: 20}",
        "limit: {type: text, filter: true}",
        "14 spec-collision limit: something else is called so",
    ),
    (
        "text: {type: text, max: 20}",
        "writer_id: {type: text}",
        "14 spec-collision writer_id: something else is called so",
    ),
    ("      text:", "      id:", "14 spec-collision id: every resource has this one already"),
    ("to: user", "to: usr", "13 spec-unknown-name writer: no resource `usr`; did you mean `user`?"),
    ("on_delete: cascade", "on_delete: set-null", "13 spec-contradiction writer: `set-null` needs"),
    ("owner: writer", "owner: text", "10 spec-unknown-name note: owner: expected a reference"),
    ("[member, admin]", "[member, member]", "9 spec-collision role: a value stands there twice"),
    ("default: member", "default: boss", "9 spec-bounds role: default: expected one of"),
    ("writers: [admin]", "writers: [boss]", "9 spec-unknown-name role: no role `boss`"),
    ("accounts: {resource: user", "accounts: {resource: usr", "1 spec-unknown-name accounts"),
    ("unique: true", "unique: false", "4 spec-unknown-name accounts.login"),
    ("type: password, min: 12", "type: text", "4 spec-unknown-name accounts.password"),
    (", default: member", "", "4 spec-unknown-name accounts.role"),
    ("  note:", "  note:\n    plural: users", "10 spec-collision note: its plural `users`"),
    (
        "  note:",
        "  note:\n    plural: outbox_events",
        "10 spec-collision note: its plural `outbox_events` is that of the service itself",
    ),
    (
        "  note:",
        "  refresh:\n    links: {tokens: {to: user}}\n    fields: {a: {type: text}}\n  note:",
        "11 spec-collision tokens: its pairs would stand in `refresh_tokens`",
    ),
    ("  note:", "  note:\n    plural: note", "10 spec-collision note: its plural is its own name"),
    (
        "  note:",
        "  note:\n    unique: [[text, txt]]",
        "10 spec-unknown-name note: unique: no field",
    ),
    (
        "  note:",
        "  note:\n    unique: [[text, text]]",
        "10 spec-collision note: unique: a field is",
    ),
    ("  note:", "  note:\n    unique: [text]", "11 spec-wrong-type resources.note: unique"),
    ("  note:", "  note:\n    unique: text", "11 spec-wrong-type resources.note: unique"),
    ("  note:", "  note:\n    allow: {read: role:boss}", "10 spec-unknown-name note: allow: read"),
    ("  note:", "  note:\n    allow: {read: everybody}", "11 spec-wrong-type resources.note.allow"),
    ("  note:", "  note:\n    allow: {read: nobody}", "10 spec-contradiction note: nobody may do"),
    ("  note:", "  note:\n    links: {text: {to: user}}", "11 spec-collision text: something"),
    ("  note:", "  note:\n    links: {tags: {to: tag}}", "11 spec-unknown-name tags: no resource"),
    ("  note:", "  note:\n    colour: red", "11 spec-unknown-key resources.note: unknown key"),
    (
        "on_delete: cascade}",
        "on_delete: cascade}\n      next: {type: reference, to: note}",
        "10 spec-contradiction note: each row needs another first",
    ),
    (
        "    owner: writer\n",
        "    allow: {read: owner}\n",
        "10 spec-contradiction note: allow: read",
    ),
    (
        "text: {type: text, max: 20}",
        "text: {type: text, required: false}",
        "14 spec-contradiction text: it may be left out",
    ),
    (
        "    owner: writer\n",
        "    tenant: writer\n",
        "10 spec-contradiction note: tenant: the accounts have no `tenant`",
    ),
    (
        "type: text, max: 20",
        "type: text, max: 010",
        "14 spec-bounds text: `min` and `max` are numbers, found `010`",
    ),
    ("type: text, max: 20", "type: text, max: 1e999999999", "14 spec-bounds text: `min` and `max`"),
    ("type: text, max: 20", "type: text, min: 201", "14 spec-bounds text: no value is left from"),
    ("type: password, min: 12", "type: password, max: 9", "8 spec-bounds password: no value is"),
    (
        "type: text, max: 20",
        "type: decimal, scale: 2, min: '0.001', max: '0.009'",
        "14 spec-bounds text: no value is left from 0.001 to 0.009 in steps of 0.01",
    ),
    ("type: text, max: 20", "type: float, max: 1e400", "14 spec-bounds text: `min` and `max` of a"),
    (
        "type: text, max: 20",
        "type: integer, default: 9999999999",
        "14 spec-bounds text: default: 9999999999 is outside",
    ),
    (
        "type: text, max: 20",
        "type: decimal, scale: 2, default: '1.005'",
        "14 spec-bounds text: default: 1.005 has more than 2 digits",
    ),
    ("type: text, max: 20", "type: date, default: 2026-02-30", "14 spec-bounds text: default: exp"),
    ("type: text, max: 20", "type: email, default: ada", "14 spec-bounds text: default: expected"),
    ("type: text, max: 20", "type: uuid, default: ada", "14 spec-bounds text: default: a uuid has"),
    ("type: text, max: 20", "type: integer, example: two", "14 spec-bounds text: example: expecte"),
    ("type: text, max: 20", "type: uuid, example: two", "14 spec-bounds text: example: expected"),
    ("type: text, max: 20", "type: datetime, example: noon", "14 spec-bounds text: example: expec"),
    ("type: text, max: 20", "type: json, example: '{}'", "14 spec-bounds text: example: a json"),
    (
        "type: text, max: 20",
        f"type: text, pattern: '{'(' * 5000}{')' * 5000}'",
        "14 spec-bounds text: `pattern` is nested too deep",
    ),
    (
        "[member, admin]",
        f"[member, admin, {', '.join(f'v{number}' for number in range(1000))}]",
        "9 spec-bounds role: 1,002 values",
    ),
    ("type: text, max: 20", 'type: text, description: "a\\u2028b"', "14 spec-not-text a text with"),
    ("service: shop", f"service: {'a' * 51}", "1 spec-bad-name service: expected a name"),
    (
        "      text:",
        "".join(f"      f{number}: {{type: date}}\n" for number in range(300)) + "      text:",
        "10 spec-bounds note: at most 300 fields, found 302",
    ),
    (
        "  note:",
        "".join(f"  r{number}: {{fields: {{a: {{type: date}}}}}}\n" for number in range(300))
        + "  note:",
        "1 spec-bounds resources: at most 300, found 302",
    ),
]


@pytest.mark.parametrize(("before", "after", "says"), FAULTS, ids=[each[2] for each in FAULTS])
def test_a_fault_is_told_at_its_line(before: str, after: str, says: str) -> None:
    assert any(line.startswith(says) for line in changed(before, after)), changed(before, after)


TEXTS = st.one_of(
    st.sampled_from(["now", "true", "1e999999999", "010", "-0", "NaN", "{{7*7}}", "9" * 5000]),
    st.from_regex(r"-?[0-9]{1,9}(\.[0-9]{1,9})?([eE][-+]?[0-9]{1,4})?", fullmatch=True),
    st.text(st.characters(codec="utf-8"), max_size=30),
)


@given(
    st.sampled_from(FIELD_KINDS),
    st.dictionaries(st.sampled_from(["min", "max", "default", "example", "pattern"]), TEXTS),
    st.integers(-1, 39),
    st.integers(-1, 39),
)
def test_a_field_is_told_of_or_has_a_contract(
    kind: FieldKind, said: dict[str, str], digits: int, scale: int
) -> None:
    settings: dict[str, object] = {"type": kind, "nullable": True, **said}
    settings |= {"values": ["a"]} if kind == "enum" else {}
    settings |= {"to": "tag"} if kind == "reference" else {}
    settings |= {"digits": digits, "scale": scale} if kind == "decimal" else {}
    fields = json.dumps({"name": settings})
    read = parse_spec(f"service: a\nresources: {{tag: {{fields: {fields}}}}}")
    if read.sound:
        assert json.loads(openapi_text(read.service))
        assert tables_of(read.service).tables


def test_nobody_can_sign_in_where_there_are_no_accounts() -> None:
    text = "service: a\nresources: {tag: {fields: {n: {type: text}}, allow: {read: signed-in}}}"
    assert any("nobody can sign in" in line for line in told(text))


def test_owners_may_lead_to_the_account_over_other_rows() -> None:
    line = "  line:\n    owner: note\n    fields: {note: {type: reference, to: note}}\n"
    assert not told(SPEC + line)


def test_owners_that_lead_nowhere_are_told() -> None:
    line = "  line:\n    owner: tag\n    fields: {tag: {type: reference, to: tag}}\n"
    tag = "  tag: {fields: {name: {type: text}}}\n"
    assert any("does not lead to the accounts" in each for each in told(SPEC + line + tag))


@pytest.mark.parametrize("name", ["users", "shop"])
def test_a_bundled_spec_is_sound(name: str) -> None:
    assert read_spec(f"{knowledge_dir()}/specs/{name}.yaml").findings == ()


def test_a_file_that_is_no_yaml_is_one_fault(tmp_path: Path) -> None:
    broken = tmp_path / "spec.yaml"
    broken.write_text("service: [")
    read = read_spec(str(broken))
    assert not read.sound
    with pytest.raises(InputError, match=re.escape("spec.yaml:2")):
        sound_spec(str(broken))


def test_a_sound_file_gives_its_service(tmp_path: Path) -> None:
    file = tmp_path / "spec.yaml"
    file.write_text(SPEC)
    assert sound_spec(str(file)).name == "shop"


def test_all_faults_of_a_spec_are_counted(tmp_path: Path) -> None:
    file = tmp_path / "spec.yaml"
    file.write_text(SPEC.replace("to: user", "to: usr").replace("default: member", "default: x"))
    with pytest.raises(InputError, match=r"and \d more"):
        sound_spec(str(file))
