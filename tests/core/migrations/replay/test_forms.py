from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.migrations.files import NewStatement, NewStep, PhaseScript
from be_tui.core.migrations.replay import (
    Given,
    before_statement,
    form_of,
    prepare,
    prove,
    replay_forms,
    try_beside,
)
from tests.core.migrations.replay.made import NO_USERS, USERS, work, write

if TYPE_CHECKING:
    from pathlib import Path


def phase(*statements: str, outside: bool = False) -> PhaseScript:
    return PhaseScript("", tuple(NewStep((NewStatement(each, outside),)) for each in statements))


@pytest.mark.slow
def test_the_safe_form_is_tried_beside_what_was_written(tmp_path: Path) -> None:
    _, path = write(
        tmp_path,
        (USERS, NO_USERS),
        ("ALTER TABLE users ADD a int; CREATE INDEX i ON users (age); SELECT 1", ""),
    )
    trial = prepare(Given((path,), engine="postgresql:18", rows=2000))
    before = before_statement(trial, trial.migrations[0], 1)
    assert [len(each.up.statements) for each in before.before] == [2, 1]
    assert len(before.migrations[0].up.statements) == 2
    told: list[str] = []
    written, safe, broken = replay_forms(
        before,
        (
            form_of("as written", (phase("CREATE INDEX i ON users (age)"),)),
            form_of(
                "beside the work",
                (
                    phase("SET lock_timeout = '5s'"),
                    phase(
                        "CREATE INDEX CONCURRENTLY i ON users (age)",
                        "CREATE INDEX j ON users (id)",
                        outside=True,
                    ),
                ),
            ),
            form_of("broken", (phase("CREATE INDEX i ON none (a)"), phase("SELECT 1"))),
        ),
        lambda what, _: told.append(what),
    )
    assert (written.failed, safe.failed, broken.failed) == (False, False, True)
    assert (written.against, broken.against) == (None, None)
    assert safe.against is not None
    assert [part.name for part in safe.against.extra] == ["j"]
    assert work(written.runs[0], 1) == work(safe.runs[1], 1) == {("index build", "users")}
    assert {wait.kind for wait in safe.runs[1].waits} == {"reads", "writes"}
    assert safe.longest_wait >= 0
    assert written.seconds > 0
    assert len(broken.runs) == 1
    assert told[-3:] == ["as written", "beside the work", "broken"]


def test_what_blocks_is_tried_beside_its_safe_form(tmp_path: Path) -> None:
    up = "ALTER TABLE users ADD z int; CREATE INDEX i ON users (age); DROP TABLE orders"
    _, path = write(tmp_path, (USERS, NO_USERS), (up, ""))
    trial = prepare(Given((path,), engine="postgresql:18", rows=500))
    (found,) = try_beside(trial, prove(trial))
    assert found.rule == "migration-index-blocks-writes"
    assert found.step.statement.statement.text == "CREATE INDEX i ON users (age)"
    assert not found.safe.failed
    assert found.safe.against is None
    texts = [step.statement.statement.text for run in found.safe.runs for step in run.steps]
    assert any("CONCURRENTLY" in text for text in texts)


@pytest.mark.slow
def test_only_so_many_are_tried_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, path = write(tmp_path, (USERS, NO_USERS), ("CREATE INDEX i ON users (age)", ""))
    monkeypatch.setattr("be_tui.core.migrations.replay.beside.MOST", 0)
    trial = prepare(Given((path,), engine="postgresql:18", rows=5))
    assert try_beside(trial, prove(trial)) == ()
