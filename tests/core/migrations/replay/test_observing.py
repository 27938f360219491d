from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.databases import DEFAULT_BOUNDS, Bounds, Rows, StatementError
from be_tui.core.migrations.replay import Watch, observe

if TYPE_CHECKING:
    from be_tui.core.databases import PostgresSandbox
    from be_tui.core.migrations.model import Effects

AE, SRE = "ACCESS EXCLUSIVE", "SHARE ROW EXCLUSIVE"
SUE = "SHARE UPDATE EXCLUSIVE"


def told(effects: Effects) -> tuple[dict[str, str], set[tuple[str, str]]]:
    locks = {each.relation: each.mode for each in effects.locks}
    return dict(locks), {(each.kind, each.relation) for each in effects.work}


CASES = {
    "ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (user_id) REFERENCES users": (
        {"orders": SRE, "users": SRE},
        {("key check", "orders")},
    ),
    "ALTER TABLE orders ALTER total TYPE bigint": (
        {"orders": AE, "orders_note": AE, "orders_pkey": AE},
        {("rewrite", "orders"), ("index build", "orders")},
    ),
    "ALTER TABLE users ALTER email TYPE varchar(40)": ({"users": AE}, set()),
    "ALTER TABLE users ALTER age SET NOT NULL": ({"users": AE}, {("scan", "users")}),
    "ALTER DOMAIN amount ADD CHECK (value > 0)": ({"payments": "SHARE"}, {("scan", "payments")}),
    "ALTER TABLE events ATTACH PARTITION later FOR VALUES IN (7)": (
        {"events": SUE, "later": AE, "events_rest": AE},
        {("scan", "later"), ("scan", "events_rest")},
    ),
    "CREATE INDEX ON events (id)": (
        {"events": "SHARE", "events_1": "SHARE", "events_rest": "SHARE"},
        {("index build", "events_1"), ("index build", "events_rest")},
    ),
    "REFRESH MATERIALIZED VIEW totals": (
        {"orders": "ACCESS SHARE", "totals": AE, "totals_id": AE},
        {("rewrite", "totals"), ("index build", "totals")},
    ),
    "CLUSTER orders USING orders_pkey": (
        {"orders": AE, "orders_note": AE, "orders_pkey": AE},
        {("rewrite", "orders"), ("index build", "orders")},
    ),
    "REINDEX TABLE orders": (
        {"orders": "SHARE", "orders_note": AE, "orders_pkey": AE},
        {("index build", "orders")},
    ),
    "TRUNCATE orders": ({"orders": AE, "orders_note": AE, "orders_pkey": AE}, set()),
    "UPDATE orders SET total = 1": ({"orders": "ROW EXCLUSIVE"}, set()),
    "CREATE TABLE new (id int PRIMARY KEY REFERENCES users)": ({"users": SRE}, set()),
    "ALTER TABLE shop.users ADD age int": ({"shop.users": AE}, set()),
    "ALTER TABLE users RENAME TO people": ({"users": AE}, set()),
    "DO $$ BEGIN EXECUTE 'ALTER TABLE orders ADD r float DEFAULT random()'; END $$": (
        {"orders": AE, "orders_note": AE, "orders_pkey": AE},
        {("rewrite", "orders"), ("index build", "orders")},
    ),
    "SELECT 1": ({}, set()),
}


@pytest.mark.parametrize("statement", CASES)
def test_locks_and_work_are_those_of_the_server(watch: Watch, statement: str) -> None:
    seen = watch.see(statement, undo=True)
    assert not seen.failed, seen.message
    assert told(seen.effects) == CASES[statement]


def test_what_is_undone_leaves_no_trace(watch: Watch) -> None:
    watch.see("DROP TABLE users", undo=True)
    assert watch.session.run("SELECT count(*) FROM users").value == "200"
    assert told(watch.see("ALTER TABLE users ADD a int", undo=True).effects)[0] == {"users": AE}


def test_one_statement_is_observed_at_once(shop: PostgresSandbox) -> None:
    assert told(observe(shop, "LOCK TABLE users IN SHARE MODE")) == ({"users": "SHARE"}, set())


@pytest.mark.parametrize(
    ("statement", "kind", "words"),
    [
        ("ALTER TABLE none ADD a int", "always", "does not exist"),
        ("ALTER TABLE users ALTER email TYPE int USING email::int", "on data", "invalid input"),
        ("CREATE UNIQUE INDEX ON orders ((1))", "on data", "could not create unique index"),
        ("ALTER TABLE users ADD b int NOT NULL", "on data", "contains null values"),
        ("CREATE TABLE broken (", "always", "syntax error"),
    ],
)
def test_why_it_failed_is_told(watch: Watch, statement: str, kind: str, words: str) -> None:
    seen = watch.see(statement)
    (failure,) = seen.effects.failures
    assert failure.kind == kind
    assert words in failure.message
    assert seen.trouble == "refused"


def test_what_cannot_stand_in_a_transaction_fails_where_its_tool_opens_one(watch: Watch) -> None:
    seen = watch.see("VACUUM users", inside_transaction=True)
    assert [each.kind for each in seen.effects.failures] == ["in transaction"]
    watch.session.run("BEGIN")
    seen = watch.see("CREATE INDEX CONCURRENTLY ON users (age)")
    assert [each.kind for each in seen.effects.failures] == ["in transaction"]
    assert watch.see("SELECT 1").failed
    watch.session.run("ROLLBACK")


def test_within_a_transaction_each_statement_tells_what_it_adds(watch: Watch) -> None:
    watch.session.run("BEGIN")
    first = watch.see("ALTER TABLE users ADD a int")
    second = watch.see("ALTER TABLE users ALTER age SET NOT NULL")
    third = watch.see("DROP TABLE orders CASCADE", undo=True)
    fourth = watch.see("ALTER TABLE orders ADD a int")
    watch.session.run("ROLLBACK")
    assert told(first.effects) == ({"users": AE}, set())
    assert told(second.effects) == ({}, {("scan", "users")})
    assert told(third.effects)[0].keys() >= {"orders", "totals", "orders_pkey"}
    assert told(fourth.effects) == ({"orders": AE}, set())


def test_what_a_migration_made_itself_is_unseen_until_the_next(watch: Watch) -> None:
    try:
        watch.see("CREATE TABLE made AS SELECT * FROM users")
        assert told(watch.see("ALTER TABLE made ALTER id SET NOT NULL").effects) == ({}, set())
        watch.mark()
        seen = watch.see("ALTER TABLE made ALTER age SET NOT NULL")
        assert told(seen.effects) == ({"made": AE}, {("scan", "made")})
    finally:
        watch.session.run("DROP TABLE made")


def test_names_follow_what_renames_them(watch: Watch) -> None:
    watch.session.run("BEGIN")
    watch.see("ALTER TABLE users RENAME TO people")
    watch.see("ALTER SCHEMA shop RENAME TO store")
    assert told(watch.see("ALTER TABLE people ALTER age SET NOT NULL").effects)[1] == {
        ("scan", "people")
    }
    assert told(watch.see("ALTER TABLE store.users ADD b int").effects)[0] == {"store.users": AE}
    watch.session.run("ROLLBACK")


def test_a_proof_that_spares_a_scan_is_told(watch: Watch) -> None:
    watch.session.run("BEGIN")
    watch.see("ALTER TABLE users ADD CONSTRAINT c CHECK (age IS NOT NULL)")
    seen = watch.see("ALTER TABLE users ALTER age SET NOT NULL")
    watch.session.run("ROLLBACK")
    assert told(seen.effects)[1] == set()
    assert any("sufficient to prove" in line for line in seen.said)


def test_what_is_deferred_may_refuse_at_the_end(watch: Watch) -> None:
    watch.session.run("CREATE TABLE late (a int UNIQUE DEFERRABLE INITIALLY DEFERRED)")
    try:
        seen = watch.see("INSERT INTO late VALUES (1), (1)")
        assert [each.kind for each in seen.effects.failures] == ["on data"]
    finally:
        watch.session.run("DROP TABLE late")


def test_a_statement_that_goes_on_for_ever_is_ended(shop: PostgresSandbox) -> None:
    with shop.session() as session:
        seen = Watch(shop, session, Bounds(seconds=0.1)).see("SELECT pg_sleep(60)")
        assert (seen.trouble, seen.effects.failures) == ("late", ())
        assert session.run("SELECT 1").value == "1"


def test_a_server_that_is_gone_is_no_finding(shop: PostgresSandbox) -> None:
    with shop.session() as session, pytest.raises(StatementError) as caught:
        Watch(shop, session).see("SELECT pg_terminate_backend(pg_backend_pid())")
    assert caught.value.trouble == "lost"


def test_a_server_that_speaks_otherwise_is_not_fully_known(
    shop: PostgresSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    with shop.session() as session:
        run = session.run

        def german(statement: str, bounds: Bounds = DEFAULT_BOUNDS) -> Rows:
            if statement == "SHOW lc_messages":
                return Rows(("lc_messages",), (("de_DE.UTF-8",),), 1)
            return run(statement, bounds)

        monkeypatch.setattr(session, "run", german)
        seen = Watch(shop, session).see("LOCK TABLE users", undo=True)
    assert (seen.effects.known, len(seen.effects.locks)) == (False, 1)
    assert "does not speak English" in seen.effects.why_unknown
