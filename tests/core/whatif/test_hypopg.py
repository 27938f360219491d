"""HypoPG on a server, stood in for by functions of its names, as the wheel brings no extension.

What the real one answers was seen on PostgreSQL 15 with HypoPG 1.3.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.databases import StatementError
from be_tui.core.errors import InputError
from be_tui.core.sqltext import Target
from be_tui.core.whatif import (
    Given,
    Judged,
    RefusedError,
    StoppedError,
    Unjudged,
    open_judge,
)
from be_tui.core.whatif.hypopg import HypopgJudge
from tests.core.whatif.shop import filled, schema
from tests.core.whatif.test_clone import sketch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_STAND_IN = (
    "CREATE SCHEMA hypo",
    """CREATE FUNCTION hypo.hypopg_create_index(ddl text, OUT indexrelid oid, OUT indexname text)
LANGUAGE plpgsql AS $$BEGIN
  IF ddl LIKE '%nothing%' THEN RAISE 'column "nothing" does not exist'; END IF;
  indexrelid := 13000; indexname := '<13000>btree_posts_score';
END$$""",
    "CREATE FUNCTION hypo.hypopg_relation_size(oid) RETURNS bigint LANGUAGE sql AS 'SELECT 81920'",
    "CREATE FUNCTION hypo.hypopg_reset() RETURNS void LANGUAGE sql AS 'SELECT'",
    """CREATE FUNCTION hypo.hypopg_hide_index(oid) RETURNS bool
LANGUAGE sql AS 'SELECT $1 IS NOT NULL'""",
    'CREATE INDEX "<13000>btree_posts_score" ON posts (score)',
)
_EXTENSION = """
INSERT INTO pg_extension SELECT 99999, 'hypopg', 10, oid, false, '1.4.1', NULL, NULL
FROM pg_namespace WHERE nspname = 'hypo'"""

QUERY = "SELECT * FROM posts WHERE score = 7"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with filled("18") as (session, url):
        for statement in _STAND_IN:
            session.run(statement)
        yield url


@pytest.fixture(scope="module")
def judge(url: str) -> Iterator[HypopgJudge]:
    from be_tui.core.databases import PostgresSession

    without = HypopgJudge(url)
    assert not without.usable
    without.close()
    name = url.split("@/")[1].split("?", maxsplit=1)[0]
    folder = url.split("host=")[1]
    with PostgresSession(f"host={folder} dbname={name} user=postgres") as superuser:
        superuser.run(_EXTENSION)
    with HypopgJudge(url) as judge:
        yield judge


def test_an_index_is_told_by_its_own_name(judge: HypopgJudge) -> None:
    wanted = sketch("posts", "score")
    found = judge.cost(QUERY, [wanted])
    assert found.used == (wanted.name,)
    assert "13000" not in found.plan
    assert judge.size(wanted) == 81920
    assert judge.cost(QUERY, without=["posts_user"]).cost == found.cost
    assert judge.notes == ()


def test_it_tells_where_it_asks_without_the_password(judge: HypopgJudge) -> None:
    assert judge.usable
    assert "HypoPG 1.4.1 on postgresql://" in judge.about
    assert "hidden" not in judge.about


def test_the_opener_takes_it_where_it_is_wanted(judge: HypopgJudge, url: str) -> None:
    assert judge.usable
    with open_judge(Given(Target("postgresql"), schema(), url=url), "hypopg").judge as opened:
        assert opened.kind == "hypopg"


def test_a_database_without_it_is_told() -> None:
    with (
        filled("16") as (_, other),
        pytest.raises(InputError, match="does not have the extension"),
    ):
        open_judge(Given(Target("postgresql"), schema(), url=other), "hypopg")


def test_what_the_server_refuses_costs_only_itself(judge: HypopgJudge) -> None:
    one, refused, several = judge.costs((QUERY, "SELECT nonsense", "SELECT 1; SELECT 2"))
    assert isinstance(one, Judged)
    assert isinstance(refused, Unjudged)
    assert refused.reason == 'column "nonsense" does not exist'
    assert isinstance(several, Unjudged)
    with pytest.raises(RefusedError, match="nothing"):
        judge.cost(QUERY, [sketch("posts", "nothing")])
    with pytest.raises(RefusedError, match="there is no index missing"):
        judge.cost(QUERY, without=["missing"])


@pytest.mark.parametrize(
    ("trouble", "error"),
    [("stopped", StoppedError), ("lost", InputError), ("waited", RefusedError)],
)
@pytest.mark.parametrize("asked", ["cost", "size", "create", "hide"])
def test_each_end_of_a_connection_is_told_as_what_it_is(
    judge: HypopgJudge,
    monkeypatch: pytest.MonkeyPatch,
    trouble: str,
    error: type[Exception],
    asked: str,
) -> None:
    def failing(*_: object) -> object:
        raise StatementError("no more", trouble)  # type: ignore[arg-type]

    monkeypatch.setattr(judge._database, "run", failing)
    asking: dict[str, Callable[[], object]] = {
        "size": lambda: judge.size(sketch("posts", "score")),
        "hide": lambda: judge.cost(QUERY, without=["posts_user"]),
        "create": lambda: judge.cost(QUERY, [sketch("posts", "score")]),
        "cost": lambda: judge.cost(QUERY),
    }
    with pytest.raises(error):
        asking[asked]()


def test_it_can_be_stopped_from_elsewhere(
    judge: HypopgJudge, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = HypopgJudge._judged

    def stopping(self: HypopgJudge, *arguments: object) -> object:
        self.stop()
        return inner(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(HypopgJudge, "_judged", stopping)
    with pytest.raises(StoppedError):
        judge.costs([QUERY])


@pytest.mark.parametrize("kind", [None, "hypopg", "clone"])
def test_a_server_that_lets_nobody_in_is_told_without_the_password(kind: str | None) -> None:
    url = "postgresql://me:hidden@127.0.0.1:1/shop"
    with pytest.raises(InputError) as caught:
        open_judge(Given(Target("postgresql"), schema(), url=url), kind)  # type: ignore[arg-type]
    assert "hidden" not in str(caught.value)
    assert "127.0.0.1" in str(caught.value)


def test_without_the_wheel_the_next_judge_is_taken(
    url: str, judge: HypopgJudge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> object:
        return None

    monkeypatch.setattr("be_tui.core.databases.wheel._home", gone)
    picked = open_judge(Given(Target("postgresql"), schema(), url=url))
    with picked.judge as other:
        assert other.kind == "hypopg"
    (passed,) = picked.passed_over
    assert "pip install 'be-tui[postgres]'" in passed.reason
    assert judge.usable


def test_without_a_driver_the_model_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "be_tui.core.whatif.clone", None)
    monkeypatch.setitem(sys.modules, "be_tui.core.whatif.hypopg", None)
    url = "postgresql://me:hidden@127.0.0.1:1/shop"
    picked = open_judge(Given(Target("postgresql"), schema(), url=url))
    with picked.judge as judge:
        assert judge.kind == "model"
    assert all("pip install" in each.reason for each in picked.passed_over)
