"""Services in FastAPI with their options: as they run, and with lines that do not hold."""

from __future__ import annotations

import os
import pwd
import subprocess
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from be_tui.core.databases.served import free_port, serve_postgres
from be_tui.core.locations import knowledge_dir
from be_tui.core.scaffold.generating import Wish, generate, write
from be_tui.core.scaffold.manifests import read_stack
from tests.conftest import need
from tests.core.scaffold.stacks.users_example import USERS, Account, Api

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

pytestmark = [pytest.mark.slow, pytest.mark.lives]

PACKAGE = "users_api"
PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Made:
    """A service that is installed, and a database with its tables."""

    root: Path
    environment: Mapping[str, str]

    def run(self, *command: str, **more: str) -> str:
        """Run one command of it, which must hold."""
        ran = self.tried(*command, **more)
        assert ran.returncode == 0, f"{ran.stdout}{ran.stderr}"
        return ran.stdout

    def tried(self, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run one command of it."""
        environment = {**self.environment, **more}
        return subprocess.run(
            command, cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )

    @contextmanager
    def started(self, *command: str, **more: str) -> Iterator[subprocess.Popen[bytes]]:
        """Let a process of it run; it must end well when it is told to."""
        process = subprocess.Popen(
            command,
            cwd=self.root,
            env={**self.environment, **more},
            stdout=subprocess.DEVNULL,
        )
        try:
            yield process
        finally:
            process.terminate()
            ended = process.wait(PATIENCE)
        assert ended in {0, -15}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    need("python3")
    stack = read_stack("fastapi")
    assert stack.start is not None
    root = tmp_path_factory.mktemp("fastapi") / "service"
    spec = Path(knowledge_dir(), "specs", "users.yaml").read_text(encoding="utf-8")
    wish = Wish(spec, "fastapi", frozenset({"cache", "jobs", "graphql"}))
    settlement = generate(wish, root, datetime(2026, 5, 1, tzinfo=UTC)).settlement
    write(settlement, root, settlement.chosen)
    with serve_postgres() as served:
        at = served.settings
        url = f"postgresql://{at['user']}:{at['password']}@{at['host']}:{at['port']}"
        environment = {
            **os.environ,
            **dict(stack.start.environment),
            "HOME": pwd.getpwuid(os.getuid()).pw_dir,
            "DATABASE_URL": f"{url}/{served.database()}",
            "TEST_DATABASE_URL": f"{url}/{served.database()}",
        }
        service = Made(root, environment)
        for step in stack.proof:
            if step.name in {"environment", "install", "build"}:
                service.run(*step.run)
        service.run(".venv/bin/alembic", "upgrade", "head")
        yield service


@contextmanager
def serving(service: Made, cache: str) -> Iterator[Api]:
    """Let the service answer, with a cache at an address."""
    port = str(free_port())
    command = (".venv/bin/python", "-m", PACKAGE)
    with service.started(*command, PORT=port, CACHE_URL=cache) as process:
        api = Api(f"http://127.0.0.1:{port}")
        until(lambda: process.poll() is None and answers(api))
        yield api


def answers(api: Api) -> bool:
    try:
        return api.ask("GET", "/ready").status == 200
    except (OSError, HTTPException):
        return False


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """Let a Redis run."""
    port = free_port()
    command = (need("redis-server"), "--port", str(port), "--save", "", "--dir", str(folder))
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()


def counted(api: Api, result: str) -> float:
    """Give how many rows were asked of the cache with a result."""
    wanted = f'cache_requests_total{{resource="user",result="{result}"}} '
    lines = api.ask("GET", "/metrics").text.splitlines()
    return sum(float(line.removeprefix(wanted)) for line in lines if line.startswith(wanted))


def reads_and_changes(api: Api) -> None:
    """Hold that an account is read as it is, whatever the cache does."""
    one, other = api.member(), api.member("Bob")
    place = f"{USERS}/{one.id}"
    first = api.ask("GET", place, token=one.token)
    assert (first.status, first.json["name"]) == (200, "Ada")
    assert api.ask("GET", place, token=one.token).text == first.text
    assert api.ask("GET", place, token=other.token).status == 404
    merge = {"Content-Type": "application/merge-patch+json", "If-Match": first.headers["etag"]}
    change = api.ask("PATCH", place, {"name": "Grace"}, one.token, merge)
    assert change.status == 200
    assert api.ask("GET", place, token=one.token).json["name"] == "Grace"
    assert api.ask("GET", "/ready").status == 200


def test_rows_come_from_a_cache_that_may_go_at_any_time(made: Made, tmp_path: Path) -> None:
    with ExitStack() as store:
        url = store.enter_context(redis(tmp_path))
        with serving(made, url) as api:
            one = api.member()
            until(lambda: reads_from_the_cache(api, one))
            reads_and_changes(api)
            store.close()
            reads_and_changes(api)
    with serving(made, url) as api:
        reads_and_changes(api)
        assert counted(api, "hit") == 0
    with serving(made, "") as api:
        reads_and_changes(api)


def reads_from_the_cache(api: Api, one: Account) -> bool:
    """Tell whether a row came from the cache: not at once, because it is new."""
    assert api.ask("GET", f"{USERS}/{one.id}", token=one.token).status == 200
    return counted(api, "hit") >= 1


def test_what_happens_reaches_the_worker(made: Made) -> None:
    with serving(made, "") as api:
        api.registered()
    with (
        made.started(".venv/bin/python", "-m", f"{PACKAGE}.worker", METRICS="false") as worker,
        psycopg.connect(made.environment["DATABASE_URL"], autocommit=True) as connection,
    ):
        left = "SELECT count(*) FROM outbox_events WHERE done_at IS NULL"
        until(lambda: connection.execute(left).fetchone() == (0,))
        worker.terminate()
        assert worker.wait(PATIENCE) == 0
        done = connection.execute("SELECT count(*) FROM outbox_events").fetchone()
    assert done is not None
    assert done[0] >= 1


def test_rows_are_asked_for_over_graphql(made: Made) -> None:
    with serving(made, "") as api:
        one, other = api.member(), api.member("Bob")
        document = "query One($id: ID!) { user(id: $id) { name version } }"
        asked = {"query": document, "variables": {"id": one.id}}
        found = api.ask("POST", "/graphql", asked, one.token)
        assert found.json == {"data": {"user": {"name": "Ada", "version": 1}}}
        hidden = api.ask("POST", "/graphql", asked, other.token).json
        assert hidden["data"] == {"user": None}
        assert hidden["errors"][0]["extensions"] == {"code": "NOT_FOUND", "status": 404}
        api.ask("POST", "/graphql", asked, "not-a-token").problem(401)
        assert api.ask("GET", "/graphql").problem(405)["title"] == "Method Not Allowed"
        counted = 'graphql_operations_total{kind="query",result="ok"} 1.0'
        assert counted in api.ask("GET", "/metrics").text


GRAPHQL, CACHED, WORKER, EVENTS = (
    "tests/graphql",
    "tests/users/test_cached.py",
    "tests/core/test_worker.py",
    "tests/users/test_events.py",
)
BREAKS = [
    ("users/policy.py", "return row.id == caller.account_id", "return True", CACHED),
    ("users/service.py", " or not policy.may_read(caller, found.row)", "", CACHED),
    ("users/repository.py", '"created", row)', '"updated", row)', EVENTS),
    (
        "users/repository.py",
        '    tell(session, "user", "created"',
        '    await session.commit()\n    tell(session, "user", "created"',
        EVENTS,
    ),
    ("graphql/bounds.py", "weight.depth > settings.graphql_depth", "False", GRAPHQL),
    ("graphql/bounds.py", "weight.cost > settings.graphql_cost", "False", GRAPHQL),
    ("graphql/bounds.py", "weight.fields > MOST_ROOTS", "False", GRAPHQL),
    ("graphql/context.py", "if not self.share.allowed:", "if False:", GRAPHQL),
    (
        "graphql/context.py",
        "async with self._turn, _transaction(",
        "async with _transaction(",
        GRAPHQL,
    ),
    ("graphql/operations.py", "max_lexical_tokens=MOST_TOKENS", "", GRAPHQL),
    ("graphql/operations.py", "() if shown else (No", "() if True else (No", GRAPHQL),
    ("graphql/operations.py", "self._hides = not shown", "self._hides = False", GRAPHQL),
    (
        "graphql/problems.py",
        "return broken(unforeseen)",
        "return GraphQLError(str(unforeseen))",
        GRAPHQL,
    ),
    ("graphql/route.py", "caller = await caller_of(request)", "caller = None", GRAPHQL),
    (
        "users/resolvers.py",
        'etag(given["version"])',
        "etag(1)",
        "tests/users/test_graphql.py",
    ),
    ("core/database.py", "    await cache.forget(changed)", "    pass", CACHED),
    ("core/cache.py", " or now - began > LONGEST_LOAD", "", "tests/core/test_cache.py"),
    ("core/cache.py", "self._owed.get(place) == turn", "True", "tests/core/test_cache.py"),
    (
        "core/cache.py",
        "value in {CHANGED, MISSING}",
        "value == MISSING",
        "tests/core/test_cache.py",
    ),
    ("worker/loop.py", "skip_locked=True", "", WORKER),
    ("worker/loop.py", "OutboxEvent.available_at <= now, free)", "sa.true())", WORKER),
    ("worker/loop.py", ", OutboxEvent.locked_until == event.leased_until)", ",)", WORKER),
    ("worker/loop.py", "event.attempts >= self._settings.job_attempts", "False", WORKER),
    (
        "worker/loop.py",
        "Event.attempts >= self._settings.job_attempts",
        "Event.id.is_(None)",
        WORKER,
    ),
    ("worker/loop.py", "sa.case((spent, 0), else_=1)", "0", WORKER),
    ("worker/loop.py", "sa.func.coalesce(alone, due.c.id)", "due.c.id", WORKER),
    ("worker/loop.py", '{"attempts": OutboxEvent.attempts - 1}', "{}", WORKER),
    ("worker/loop.py", "if self._stopping.is_set():", "if True:", WORKER),
    (
        "users/policy.py",
        "return UserRow.id == caller.account_id",
        "return sa.true()",
        "tests/users",
    ),
    ("users/policy.py", 'role != "admin"', 'role == "nobody"', "tests/users"),
    ("users/schemas.py", "max_length=200", "max_length=201", "tests/users"),
    ("core/etags.py", "if known != etag(version):", "if False:", "tests/users"),
    ("core/limits.py", "return Share(allowed,", "return Share(True,", "tests/core"),
    (
        "core/idempotency.py",
        "if not hmac.compare_digest(",
        "if hmac.compare_digest(",
        "tests/users",
    ),
    ("sessions/service.py", "if row.used_at is not None:", "if False:", "tests/sessions"),
    ("core/paging.py", "else here > there", "else here >= there", "tests/users"),
]
"""Lines of authorisation, constraints, limits, the cache and the worker, each with one that no
longer holds, and the tests that must tell."""


def test_a_line_that_no_longer_holds_fails_a_test_of_the_service(made: Made) -> None:
    survived = []
    for path, line, broken, tests in BREAKS:
        file = made.root / "src" / PACKAGE / path
        whole = file.read_text(encoding="utf-8")
        assert line in whole, (path, line)
        file.write_text(whole.replace(line, broken), encoding="utf-8")
        try:
            ran = made.tried(".venv/bin/pytest", "-q", "-x", tests)
        finally:
            file.write_text(whole, encoding="utf-8")
        if ran.returncode != 1:
            survived.append((path, broken, ran.stdout[-2000:]))
    assert not survived
