"""Plans applied to the schema that they begin with, statement by statement, without a server."""

from __future__ import annotations

from functools import cache

import pytest

from be_tui.core.migrations.diff import diff, read_rename
from be_tui.core.migrations.plan import Options, plan, title
from be_tui.core.schema import Schema, open_state
from be_tui.core.sqltext import Statement, Target
from tests.core.migrations.plan.singles import BASE, SINGLES
from tests.core.migrations.plan.trying import down, drawn, read, up


@cache
def _base(target: Target, more: str) -> Schema:
    return read(f"{BASE}{more}", target)


def _after(schema: Schema, statements: list[str], target: Target) -> Schema:
    state = open_state(target, schema)
    for each in statements:
        assert state.apply(Statement(each, 0, 1, 1)) is None, each
    return state.schema()


@pytest.mark.parametrize("direct", [True, False], ids=["direct", "phases"])
@pytest.mark.parametrize("major", [pytest.param(16, marks=pytest.mark.slow), 18])
def test_each_single_change_leads_there_and_back(major: int, *, direct: bool) -> None:
    target = Target("postgresql", (major,))
    for single in SINGLES:
        before = _base(target, single.base)
        after = read(f"{BASE}{single.base}{single.sql};", target)
        renames = [read_rename(each, before) for each in single.renames]
        made = plan(before, after, target, renames, (), Options(direct=direct))
        assert made.steps, single.name
        there = _after(before, up(made), target)
        left = [title(each) for each in diff(there, after, target).changes]
        assert not left, (single.name, left)
        back = _after(there, down(made), target)
        left = [title(each) for each in diff(back, before, target).changes]
        assert not left, (single.name, left)


MARIADB = Target("mariadb", (10, 11))


@pytest.mark.parametrize("direct", [True, False], ids=["direct", "phases"])
def test_pairs_of_schemas_of_mariadb_lead_there(*, direct: bool) -> None:
    for seed in range(12):
        before, after = drawn(seed, MARIADB), drawn(seed + 10_000_000, MARIADB)
        options = Options(direct=direct)
        made = plan(before, after, MARIADB, (), (), options)
        gone = {f"{each.rename.table}.{each.rename.column}".rstrip(".") for each in made.questions}
        made = plan(before, after, MARIADB, (), gone, options)
        there = _after(before, up(made), MARIADB)
        left = [title(each) for each in diff(there, after, MARIADB, (), gone).changes]
        assert not left, (seed, left)


@pytest.mark.parametrize("direct", [True, False], ids=["direct", "phases"])
def test_views_of_mariadb_are_as_they_were_once_their_columns_are(*, direct: bool) -> None:
    target = Target("mariadb", (10, 11))
    old = "CREATE TABLE a (id int PRIMARY KEY, n int); CREATE VIEW v AS SELECT id, n FROM a;"
    new = "CREATE TABLE a (id int PRIMARY KEY, m text); CREATE VIEW v AS SELECT id, m FROM a;"
    before, after = read(old, target), read(new, target)
    made = plan(before, after, target, (), {"a.n"}, Options(direct=direct))
    back = down(made)
    assert back[-1].startswith("CREATE OR REPLACE VIEW v")
    assert not any("VIEW" in each for each in back[:-1])
