from __future__ import annotations

from types import SimpleNamespace

import pytest

from be_tui.core.databases import Rows, StatementError, open_guarded, open_sandbox
from be_tui.core.errors import InputError
from be_tui.core.schema import read_schema
from be_tui.core.sqltext import Target
from be_tui.core.statistics import mysql, read_mysql_statistics
from be_tui.core.whatif import Given, open_judge

URL = "mariadb://me:hidden@server/shop"


def stand_in(engine: str, *answers: Rows | StatementError) -> SimpleNamespace:
    waiting = list(answers)

    def run(*_: object) -> Rows:
        answer = waiting.pop(0)
        if isinstance(answer, StatementError):
            raise answer
        return answer

    return SimpleNamespace(engine=engine, shown="mariadb://server/shop", run=run, close=list)


TABLES = Rows(rows=(("empty", None, None), ("posts", "1000", "163840")), count=2)
INDEXES = Rows(
    rows=(
        ("posts", "PRIMARY", "id", "990"),
        ("posts", "by_user", "user_id", "10"),
        ("posts", "by_user", "at", "500"),
        ("posts", "on_expression", None, "4"),
    ),
    count=4,
)


def test_tables_and_beginnings_of_indexes_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mysql, "open_guarded", lambda _: stand_in("mariadb", TABLES, INDEXES))
    found = read_mysql_statistics(URL)
    posts, index, empty = found.of("posts"), found.of("by_user"), found.of("empty")
    assert posts is not None
    assert index is not None
    assert empty is not None
    assert (posts.rows, posts.pages, empty.rows) == (1000, 20, 0)
    assert [(each.name, each.distinct) for each in posts.columns] == [("id", -1), ("user_id", 10)]
    assert (index.table, index.per_key) == ("posts", (100.0, 2.0))
    assert found.source == "mariadb://server/shop"


@pytest.mark.parametrize(
    ("engine", "answer", "said"),
    [
        ("postgresql", TABLES, "expected mariadb:// or mysql://"),
        ("mysql", StatementError("no"), "mariadb://server/shop: no"),
    ],
)
def test_what_tells_nothing_is_refused(
    monkeypatch: pytest.MonkeyPatch, engine: str, answer: Rows | StatementError, said: str
) -> None:
    monkeypatch.setattr(mysql, "open_guarded", lambda _: stand_in(engine, answer))
    with pytest.raises(InputError, match=said):
        read_mysql_statistics(URL)


def test_the_model_asks_the_database_for_its_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mysql, "open_guarded", lambda _: stand_in("mariadb", TABLES, INDEXES))
    schema = read_schema("CREATE TABLE posts (id int PRIMARY KEY)", Target("mariadb"), "x").schema
    with open_judge(Given(Target("mariadb"), schema, url=URL)).judge as judge:
        assert "statistics from mariadb://server/shop" in judge.about


@pytest.mark.slow
def test_a_real_server_tells_the_same(mariadb: str) -> None:
    with open_sandbox(mariadb) as sandbox, sandbox.session() as session:
        session.run("CREATE TABLE t (a int PRIMARY KEY, b int, KEY by_b (b))")
        session.run("INSERT INTO t SELECT seq, seq % 7 FROM seq_1_to_5000")
        session.run("ANALYZE TABLE t")
        name = session.run("SELECT database()").value
        base, _, query = mariadb.partition("?")
        where = f"{base.rstrip('/')}/{name}" + (f"?{query}" if query else "")
        open_guarded(where).close()
        found = read_mysql_statistics(where)
    table, index = found.of("t"), found.of("by_b")
    assert table is not None
    assert index is not None
    assert table.rows == pytest.approx(5000, rel=0.2)
    # InnoDB looks at a few pages, and is often off by a factor of two.
    assert 5000 / 21 < index.per_key[0] < 5000 / 2
