"""A service's tables hold what its contract says, on a real server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.databases import Session, StatementError, open_sandbox
from be_tui.core.ddl import write_schema
from be_tui.core.locations import knowledge_dir
from be_tui.core.scaffold import Service, parse_spec, sound_spec
from be_tui.core.scaffold.tables import link_table, tables_of
from be_tui.core.sqltext import Target

if TYPE_CHECKING:
    from be_tui.core.schema import Table

POSTGRES = Target("postgresql", (18,))

KINDS = """\
service: kinds
accounts: {resource: user}
resources:
  user:
    key: integer
    fields:
      email: {type: email, unique: true}
      password: {type: password}
  group:
    soft_delete: true
    fields:
      order: {type: text, min: 1, max: 3, unique: true, sort: true, default: abc}
      count: {type: integer, min: 0, default: 0}
      total: {type: integer, max: 5000000000, nullable: true}
      ratio: {type: float, default: 0.5}
      rank: {type: integer, min: 1, max: 3, default: 1}
      born: {type: date, default: now}
      seen: {type: datetime, default: now}
      token: {type: uuid, nullable: true}
      state: {type: enum, values: [on, off], default: "on"}
      more: {type: json, nullable: true}
      user: {type: reference, to: user, nullable: true}
    links:
      members: {to: user}
    unique: [[count, rank]]
"""


def service(text: str) -> Service:
    read = parse_spec(text)
    assert read.sound, read.findings
    return read.service


def table(found: Service, name: str) -> Table:
    made = tables_of(found).table(name)
    assert made is not None
    return made


def lay(session: Session, found: Service) -> None:
    for statement in write_schema(tables_of(found), POSTGRES):
        session.run(statement)


@pytest.mark.parametrize("name", ["users", "shop"])
def test_the_tables_of_a_bundled_spec_are_made(name: str) -> None:
    with open_sandbox("postgresql") as sandbox, sandbox.session() as session:
        lay(session, sound_spec(f"{knowledge_dir()}/specs/{name}.yaml"))


REFUSED = [
    ("count", "-1"),
    ("rank", "4"),
    ('"order"', "''"),
    ('"order"', "'abcd'"),
    ("state", "'maybe'"),
    ("ratio", "1e16"),
    ("total", "5000000001"),
    ("count", "NULL"),
]


def test_the_database_refuses_what_the_contract_refuses() -> None:
    with open_sandbox("postgresql") as sandbox, sandbox.session() as session:
        lay(session, service(KINDS))
        row = "INSERT INTO groups (id) VALUES (gen_random_uuid())"
        session.run(row)
        for column, value in REFUSED:
            with pytest.raises(StatementError):
                session.run(f"UPDATE groups SET {column} = {value}")
        with pytest.raises(StatementError, match="groups_order_key"):
            session.run(row)
        session.run("UPDATE groups SET deleted_at = now()")
        session.run(row)


def test_a_reference_has_the_type_of_the_key_that_it_leads_to() -> None:
    column = table(service(KINDS), "groups").column("user_id")
    assert column is not None
    assert column.type.name == "bigint"


def test_every_reference_has_an_index() -> None:
    for made in tables_of(service(KINDS)).tables:
        for key in made.foreign_keys:
            assert made.leads(key.columns[0]), (made.name.text, key.columns)


def test_a_long_name_is_cut_and_stays_its_own() -> None:
    long = "a" * 45
    text = f"service: a\nresources:\n  {long}:\n    fields:\n"
    text += "".join(f"      {long}{end}: {{type: text, sort: true}}\n" for end in ("x", "y"))
    names = [each.name for each in tables_of(service(text)).tables[0].indexes]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= 63


def test_tables_stand_after_those_they_refer_to() -> None:
    text = """\
service: a
resources:
  leaf: {fields: {branch: {type: reference, to: branch}}}
  branch: {fields: {tree: {type: reference, to: tree}}}
  tree: {fields: {best: {type: reference, to: leaf, nullable: true}}}
"""
    names = [each.name.text for each in tables_of(service(text)).tables]
    assert sorted(names) == ["branches", "idempotency_keys", "leaves", "trees"]
    plain = text.replace("best: {type: reference, to: leaf, nullable: true}", "n: {type: text}")
    names = [each.name.text for each in tables_of(service(plain)).tables]
    assert names.index("trees") < names.index("branches") < names.index("leaves")


def test_pairs_have_a_table_of_their_own() -> None:
    found = service(KINDS)
    group = found.resource("group")
    assert group is not None
    made = table(found, link_table(group, group.links[0]))
    assert made.primary_key is not None
    assert made.primary_key.columns == ("group_id", "member_id")


def test_events_have_a_table_where_jobs_are_chosen() -> None:
    found = service(KINDS)
    assert tables_of(found, frozenset({"cache"})) == tables_of(found)
    with open_sandbox("postgresql") as sandbox, sandbox.session() as session:
        for statement in write_schema(tables_of(found, frozenset({"jobs"})), POSTGRES):
            session.run(statement)
        session.run(
            "INSERT INTO outbox_events (id, topic, payload) "
            "VALUES (gen_random_uuid(), 'group.created', '{}')"
        )
        indexes = session.run(
            "SELECT indexdef FROM pg_indexes "
            "WHERE tablename = 'outbox_events' AND indexname ~ 'available_at'"
        )
    ((definition,),) = indexes.rows
    assert "WHERE ((done_at IS NULL) AND (failed_at IS NULL))" in str(definition)
