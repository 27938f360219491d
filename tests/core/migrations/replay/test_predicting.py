from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.migrations.model import (
    Effects,
    Failure,
    Online,
    RelationLock,
    Script,
    ScriptStatement,
    Work,
)
from be_tui.core.migrations.replay import Observation, Run, Step
from be_tui.core.migrations.replay.predicting import foretold
from be_tui.core.schema.state import open_state
from be_tui.core.sqltext import Statement, Target

if TYPE_CHECKING:
    from be_tui.core.migrations.model import LockMode, Wrapping

TARGET = Target("postgresql", (18,))
AE: LockMode = "ACCESS EXCLUSIVE"
ADD = "ALTER TABLE users ADD a int"


def lock(relation: str, mode: LockMode = AE) -> Effects:
    return Effects(locks=(RelationLock(relation, mode),))


def against(
    *pairs: tuple[str, Observation | None], wrapping: Wrapping = "one"
) -> list[tuple[str, ...]]:
    """Give where what was seen is otherwise than is told, statement by statement."""
    state = open_state(TARGET)
    state.apply(Statement("CREATE TABLE users (id int PRIMARY KEY, age int)", 0, 1, 1))
    steps = tuple(Step(ScriptStatement(Statement(text, 0, 1, 1)), seen) for text, seen in pairs)
    run = Run(Script("m.sql", wrapping=wrapping), "up", steps)
    return [step.contradictions for step in foretold(run, state, TARGET).steps]


def test_what_is_told_and_seen_alike_is_no_contradiction() -> None:
    assert against((ADD, Observation(lock("users")))) == [()]


def test_a_lock_that_is_held_already_shows_no_second_time() -> None:
    again = "ALTER TABLE users ADD b int"
    assert against((ADD, Observation(lock("users"))), (again, Observation())) == [(), ()]
    assert against((ADD, Observation(lock("users"))), (again, Observation()), wrapping="none") == [
        (),
        ("users: no lock, told as ACCESS EXCLUSIVE",),
    ]


def test_transactions_of_its_own_hold_locks_too() -> None:
    steps = [
        ("BEGIN", Observation()),
        (ADD, Observation(lock("users"))),
        ("ALTER TABLE users ADD b int", Observation()),
        ("COMMIT", Observation()),
        ("CREATE INDEX CONCURRENTLY i ON users (age)", Observation(lock("users", "SHARE"))),
    ]
    found = against(*steps, wrapping="unknown")
    assert found[:4] == [()] * 4
    assert found[4][0] == "users: SHARE, told as SHARE UPDATE EXCLUSIVE"


@pytest.mark.parametrize(
    ("statement", "seen", "words"),
    [
        (ADD, Effects(), "users: no lock, told as ACCESS EXCLUSIVE"),
        (ADD, lock("users", "SHARE"), "users: SHARE, told as ACCESS EXCLUSIVE"),
        (
            ADD,
            Effects((RelationLock("orders", "SHARE"), RelationLock("users", AE))),
            "orders: SHARE, told as no lock",
        ),
        (
            ADD,
            Effects((RelationLock("users", AE),), (Work("rewrite", "users"),)),
            "not told: rewrite of users",
        ),
        (
            "ALTER TABLE users ALTER age SET NOT NULL",
            lock("users"),
            "told, not seen: scan of users",
        ),
        ("ALTER TABLE none ADD a int", Effects(), "it was told to fail, and ran: "),
        (
            "CREATE INDEX CONCURRENTLY i ON users (age)",
            Effects(),
            "it was told to fail, and ran: ",
        ),
    ],
)
def test_what_differs_is_told(statement: str, seen: Effects, words: str) -> None:
    ((said,),) = against((statement, Observation(seen)))
    assert said.startswith(words)


def test_a_failure_that_nobody_told_of_is_told() -> None:
    seen = Observation(trouble="refused", message="no")
    assert against((ADD, seen)) == [("it failed, which was not told",)]
    assert against(("ALTER TABLE none ADD a int", seen)) == [()]
    assert against((ADD, Observation(trouble="late"))) == [()]
    assert against((ADD, None)) == [()]


def test_what_is_not_known_contradicts_nothing() -> None:
    unknown = Effects(known=False)
    assert against(("VACUUM FULL", Observation(unknown)), wrapping="none") == [()]


def test_ways_of_mariadb_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    told = Effects(online=(Online("users", "INSTANT", "NONE"),))
    monkeypatch.setattr("be_tui.core.migrations.effects.effects_of", lambda *_: told, raising=False)
    seen = Effects(online=(Online("users", "COPY", "SHARED"), Online("other", "COPY", "SHARED")))
    assert against((ADD, Observation(seen))) == [("users: COPY SHARED, told as INSTANT NONE",)]
    assert against((ADD, Observation(told))) == [()]
    rows = Effects(failures=(Failure("on data", "rows"),))
    monkeypatch.setattr("be_tui.core.migrations.effects.effects_of", lambda *_: rows, raising=False)
    assert against((ADD, Observation())) == [()]
