"""Services in Spring Boot with options hold what they say: a line that breaks it fails a test.

Maven takes what it needs from the repository of the person who runs this, and fetches the rest.
"""

from __future__ import annotations

import os
import pwd
import re
import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from be_tui.core.scaffold.generating import Wish, generate, write
from tests.conftest import need
from tests.core.scaffold.stacks.test_lives import jdk

if TYPE_CHECKING:
    from pathlib import Path

    from be_tui.core.databases.served import Served

pytestmark = [pytest.mark.slow, pytest.mark.lives]

SPEC = """\
service: near
resources:
  thing:
    fields: {name: {type: text, min: 1, max: 60}}
    allow: {read: anyone, write: anyone}
  counter:
    key: integer
    fields:
      thing: {type: reference, to: thing, on_delete: cascade}
      before: {type: reference, to: counter, nullable: true, on_delete: set-null}
      up: {type: integer, default: 0}
    allow: {read: anyone, write: anyone}
"""
"""Without accounts, and with a key that is a number."""


@pytest.fixture(autouse=True)
def java(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Maven find a Java that is new enough, and the repository of the person."""
    need("mvn")
    monkeypatch.setenv("HOME", pwd.getpwuid(os.getuid()).pw_dir)
    monkeypatch.setenv("JAVA_HOME", jdk())


def made(root: Path) -> Path:
    wish = Wish(SPEC, "spring", frozenset({"cache", "jobs", "graphql"}))
    settlement = generate(wish, root, datetime(2026, 5, 1, tzinfo=UTC)).settlement
    write(settlement, root, settlement.chosen)
    return root


def maven(root: Path, *goals: str, **settings: str) -> str:
    """Run Maven, and give what it says."""
    command = ("mvn", "--batch-mode", "--no-transfer-progress", *goals)
    environment = {**os.environ, **settings}
    ran = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    return ran.stdout


def address_of(served: Served) -> str:
    at = served.settings
    return (
        f"postgresql://{at['user']}:{at['password']}@{at['host']}:{at['port']}/{served.database()}"
    )


BREAKS = [
    (
        "cache/RowCache.java",
        "open.fill(key, value, spread(",
        "open.put(List.of(key), value, spread(",
        "keepsNothingThatWasReadBeforeAChange",
    ),
    (
        "jobs/Outbox.java",
        "Propagation.MANDATORY",
        "Propagation.REQUIRES_NEW",
        "keepsNoEventOfAChangeThatWasTakenBack",
    ),
    ("jobs/JobQueue.java", "FOR UPDATE SKIP LOCKED", "FOR UPDATE", "passesOverWhatAnotherIsTaking"),
    (
        "jobs/JobQueue.java",
        "AND (locked_until IS NULL OR locked_until <= now())",
        "AND true",
        "leavesToAnotherWhatOneHasUntilItsTimeIsUp",
    ),
    (
        "graphql/GraphqlValues.java",
        "MOST_AT_ONCE = 1000",
        "MOST_AT_ONCE = 1",
        "asksOnceForAllTheRowsThatAPageLeadsTo",
    ),
    (
        "graphql/GraphqlSize.java",
        "Math.min(MOST, 1 + times * cost)",
        "Math.min(MOST, 1 + Math.min(times, 1) * cost)",
        "boundsHowDeepADocumentIsAndHowManyRowsItTellsOf",
    ),
]
"""Lines that options stand on, each with one that no longer holds, and the test that says so."""


def test_a_line_that_no_longer_holds_fails_a_test_of_the_service(tmp_path: Path) -> None:
    from be_tui.core.databases.served import serve_postgres

    root = made(tmp_path / "service")
    platform = root / "src/main/java/com/example/near/platform"
    for path, line, broken, _ in BREAKS:
        file = platform / path
        whole = file.read_text(encoding="utf-8")
        assert line in whole, (path, line)
        file.write_text(whole.replace(line, broken), encoding="utf-8")
    with serve_postgres() as served:
        address = address_of(served)
        tests = "-Dtest=JobsTest,RowCacheTest,GraphqlTest,CounterGraphqlTest"
        said = maven(root, tests, "test", TEST_DATABASE_URL=address)
    failed = set(re.findall(r"\[ERROR\] \S+Test\.(\w+)", said))
    assert {test for *_, test in BREAKS} <= failed, said[-4000:]
