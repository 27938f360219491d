"""Statements that no transaction holds; what they leave is put right after each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.databases import DEFAULT_BOUNDS, Bounds, Rows, StatementError
from tests.core.migrations.replay.test_observing import AE, SUE, told

if TYPE_CHECKING:
    from be_tui.core.migrations.replay import Watch


def test_an_index_built_beside_the_work_lets_everybody_work(watch: Watch) -> None:
    seen = watch.see("CREATE INDEX CONCURRENTLY users_age ON users (age)")
    again = watch.see("REINDEX INDEX CONCURRENTLY orders_note")
    gone = watch.see("DROP INDEX CONCURRENTLY users_age")
    assert seen.outside
    assert told(seen.effects) == ({"users": SUE}, {("index build", "users")})
    assert told(again.effects) == (
        {"orders": SUE, "orders_note": SUE},
        {("index build", "orders")},
    )
    assert told(gone.effects) == ({"users": SUE}, set())
    assert [each.effects.known for each in (seen, again, gone)] == [True, True, True]


def test_what_is_written_anew_was_held_alone(watch: Watch) -> None:
    seen = watch.see("VACUUM FULL later")
    assert told(seen.effects) == ({"later": AE}, {("rewrite", "later")})
    assert told(watch.see("VACUUM later").effects) == ({"later": SUE}, set())


def test_a_partition_that_goes_is_held_at_the_end(watch: Watch) -> None:
    seen = watch.see("ALTER TABLE visits DETACH PARTITION visits_1 CONCURRENTLY")
    watch.session.run("ALTER TABLE visits ATTACH PARTITION visits_1 FOR VALUES IN (1)")
    assert told(seen.effects) == ({"visits": SUE, "visits_1": AE}, set())


def test_ctrl_c_ends_what_runs(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> float:
        raise KeyboardInterrupt

    monkeypatch.setattr("be_tui.core.migrations.replay.outside._look_on", interrupt)
    with pytest.raises(KeyboardInterrupt):
        watch.see("VACUUM FULL later")
    assert watch.session.run("SELECT 1").value == "1"


def test_a_server_that_is_gone_is_no_finding(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    run = watch.session.run

    def gone(statement: str, bounds: Bounds = DEFAULT_BOUNDS) -> Rows:
        if statement.startswith("VACUUM") and not watch.session.in_transaction:
            raise StatementError("gone", "lost")
        return run(statement, bounds)

    monkeypatch.setattr(watch.session, "run", gone)
    with pytest.raises(StatementError, match="gone"):
        watch.see("VACUUM later")


def test_what_ends_its_own_transaction_runs_outside_of_any(watch: Watch) -> None:
    block = "DO $$ BEGIN UPDATE orders SET total = 1 WHERE id = 1; COMMIT; END $$"
    assert not watch.see(block).failed
    inside = watch.see(block, inside_transaction=True)
    assert [each.kind for each in inside.effects.failures] == ["in transaction"]


def test_it_fails_for_the_same_reasons(watch: Watch) -> None:
    seen = watch.see("ALTER TABLE events DETACH PARTITION events_1 CONCURRENTLY")
    assert [each.kind for each in seen.effects.failures] == ["always"]
    seen = watch.see("CREATE UNIQUE INDEX CONCURRENTLY one ON users ((1))")
    watch.session.run("DROP INDEX one")
    assert [each.kind for each in seen.effects.failures] == ["on data"]


@pytest.mark.parametrize("statement", ["VACUUM", "VACUUM FULL"])
def test_the_whole_database_is_too_much_to_be_sure_of(watch: Watch, statement: str) -> None:
    seen = watch.see(statement)
    assert not seen.failed
    assert not seen.effects.known
    assert not any("pg_authid" in line for line in seen.said)
