"""Services in Go are built, held against Go's own tools, tested and served.

Nothing is fetched: the modules must be in the module cache of the person who runs this.
"""

from __future__ import annotations

import json
import os
import pwd
import re
import subprocess
from contextlib import contextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest

from be_tui.core.locations import knowledge_dir
from be_tui.core.scaffold.generating import Wish, generate, write
from be_tui.core.scaffold.stacks.go.sqlc import VERSION
from tests.conftest import REQUIRE_ALL, need
from tests.core.scaffold.stacks.test_go import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.databases.served import Served

pytestmark = [pytest.mark.slow, pytest.mark.lives]

CORPUS = sorted((Path(__file__).parent.parent / "corpus").glob("*.yaml"))
SHIPPED = [Path(knowledge_dir(), "specs", f"{name}.yaml") for name in ("users", "shop")]
SQLC = f"github.com/sqlc-dev/sqlc/cmd/sqlc@{VERSION}"
STATICCHECK = "honnef.co/go/tools/cmd/staticcheck@v0.8.2"


@pytest.fixture(autouse=True)
def go(monkeypatch: pytest.MonkeyPatch) -> str:
    """Give Go, with the caches of the person and nothing from outside."""
    program = need("go")
    home = Path(pwd.getpwuid(os.getuid()).pw_dir)
    monkeypatch.setenv("GOPATH", str(home / "go"))
    monkeypatch.setenv("GOCACHE", str(home / ".cache" / "go-build"))
    cached = home / "go" / "pkg" / "mod" / "cache" / "download"
    monkeypatch.setenv("GOPROXY", cached.as_uri())
    monkeypatch.setenv("GOSUMDB", "off")
    monkeypatch.setenv("GOFLAGS", "-mod=readonly")
    return program


def made(spec: str, root: Path, *options: str) -> Path:
    wish = Wish(spec, "go", frozenset(options))
    settlement = generate(wish, root, datetime(2026, 5, 1, tzinfo=UTC)).settlement
    write(settlement, root, settlement.chosen)
    return root


def run(root: Path, *command: str) -> str:
    ran = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    said = f"{ran.stdout}{ran.stderr}"
    if "reading file://" in said:
        message = "the modules are not in Go's cache"
        if REQUIRE_ALL:
            pytest.fail(message)
        pytest.skip(message)
    assert ran.returncode == 0, said
    return said.strip()


def clean(root: Path) -> None:
    """Hold a service against the tools: none has anything to say."""
    assert not run(root, "go", "vet", "./...")
    assert not run(root, "go", "run", "./tools/formatted")
    assert not run(root, "go", "run", SQLC, "diff")
    assert not run(root, "go", "run", STATICCHECK, "./...")


@pytest.mark.parametrize("spec", [*SHIPPED, *CORPUS], ids=lambda path: path.stem)
def test_tools_have_nothing_to_say(spec: Path, tmp_path: Path) -> None:
    clean(made(spec.read_text(encoding="utf-8"), tmp_path / "service"))


def test_what_a_spec_says_is_never_run(tmp_path: Path) -> None:
    as_the_table = "      errors: {type: enum, values: [a, b], default: a}\n      select:"
    spec = HOSTILE.replace("      select:", as_the_table)
    assert "errors:" in spec
    clean(made(spec, tmp_path / "service"))


OPTIONS = [("cache",), ("jobs",), ("graphql",), ("cache", "graphql", "jobs", "loadtest")]


@pytest.mark.parametrize("options", OPTIONS, ids="+".join)
@pytest.mark.parametrize("spec", SHIPPED, ids=lambda path: path.stem)
def test_with_options_tools_have_nothing_to_say_and_tests_hold(
    spec: Path, options: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from be_tui.core.databases.served import serve_postgres

    root = made(spec.read_text(encoding="utf-8"), tmp_path / "service", *options)
    clean(root)
    assert not run(root, "go", "mod", "tidy", "-diff")
    with serve_postgres() as served:
        monkeypatch.setenv("TEST_DATABASE_URL", address_of(served))
        run(root, "go", "test", "-race", "./...")


def address_of(served: Served) -> str:
    at = served.settings
    return (
        f"postgresql://{at['user']}:{at['password']}@{at['host']}:{at['port']}/{served.database()}"
    )


@contextmanager
def running(root: Path, *command: str, **settings: str) -> Iterator[None]:
    """Run a program of a service until the block ends; it is then told to stop, and does."""
    with (root / f"{Path(command[0]).name}.log").open("wb") as log:
        environment = {**os.environ, **settings}
        program = subprocess.Popen(command, cwd=root, env=environment, stdout=log, stderr=log)
        try:
            yield
        finally:
            program.terminate()
            ended = program.wait(60)
    assert ended == 0


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """Give the address of a Redis of our own."""
    program = need("redis-server")
    folder.mkdir()
    at = folder / "redis.sock"
    command = (program, "--port", "0", "--unixsocket", str(at), "--save", "", "--appendonly", "no")
    served = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    try:
        while not at.exists():
            assert served.poll() is None
        yield f"unix://{at}"
    finally:
        served.terminate()
        served.wait(60)


def answered(port: int, path: str, body: object = None) -> tuple[int, str]:
    """Give what a service answers: the status, and the text."""
    request = Request(f"http://127.0.0.1:{port}{path}")
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
    try:
        with urlopen(request, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def once_ready(port: int, path: str = "/ready") -> None:
    """Wait until a service answers; the run as a whole has an end."""
    while True:
        try:
            if answered(port, path)[0] == HTTPStatus.OK:
                return
        except (URLError, ConnectionError):
            continue


def test_a_cache_is_used_where_it_is_there_and_done_without_where_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from be_tui.core.databases.served import free_port, serve_postgres

    root = made(SHIPPED[1].read_text(encoding="utf-8"), tmp_path / "service", "cache")
    run(root, "go", "build", "-o", "bin/api", "./cmd/api")
    with serve_postgres() as served, redis(tmp_path / "redis") as address:
        monkeypatch.setenv("DATABASE_URL", address_of(served))
        monkeypatch.setenv("TOKEN_SECRET", "only-for-the-tests-of-this-service")
        monkeypatch.setenv("HOST", "127.0.0.1")
        run(root, "bin/api", "migrate")
        run(root, "bin/api", "seed")
        for cache in (address, "redis://127.0.0.1:1", ""):
            port = free_port()
            with running(root, "bin/api", CACHE_URL=cache, PORT=str(port)):
                once_ready(port)
                first = json.loads(answered(port, "/api/v1/categories")[1])["items"][0]
                read_often(port, first, until="hit" if cache == address else "bypass")


def test_a_worker_works_off_what_the_service_wrote_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from be_tui.core.databases.served import free_port, serve_postgres

    root = made(SHIPPED[0].read_text(encoding="utf-8"), tmp_path / "service", "jobs")
    for program in ("api", "worker"):
        run(root, "go", "build", "-o", f"bin/{program}", f"./cmd/{program}")
    account = {"email": "ada@example.com", "password": "correct-horse", "name": "Ada"}
    with serve_postgres() as served:
        monkeypatch.setenv("DATABASE_URL", address_of(served))
        monkeypatch.setenv("TOKEN_SECRET", "only-for-the-tests-of-this-service")
        monkeypatch.setenv("HOST", "127.0.0.1")
        run(root, "bin/api", "migrate")
        port, watched = free_port(), free_port()
        with running(root, "bin/api", PORT=str(port)):
            once_ready(port)
            status, text = answered(port, "/api/v1/users", account)
            assert status == HTTPStatus.CREATED, text
        with running(root, "bin/worker", PORT=str(watched)):
            once_ready(watched, "/health")
            done = re.compile(r'jobs_total\{.*result="done".*topic="user.created".*\} 1\n')
            while not done.search(answered(watched, "/metrics")[1]):
                continue
            assert "jobs_oldest_seconds" in answered(watched, "/metrics")[1]
    told = (root / "worker.log").read_text(encoding="utf-8")
    assert "user.created" in told
    assert "ada@example.com" not in told


def test_the_schema_that_tools_are_told_is_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from graphql import (
        build_client_schema,
        build_schema,
        get_introspection_query,
        lexicographic_sort_schema,
        print_schema,
    )

    from be_tui.core.databases.served import free_port, serve_postgres

    root = made(SHIPPED[0].read_text(encoding="utf-8"), tmp_path / "service", "graphql")
    run(root, "go", "build", "-o", "bin/api", "./cmd/api")
    asked = get_introspection_query(
        specified_by_url=True, directive_is_repeatable=True, schema_description=True
    )
    account = {"email": "ada@example.com", "password": "correct-horse", "name": "Ada"}
    new = "mutation($input: UserCreate!) {createUser(input: $input) {name}}"
    with serve_postgres() as served:
        monkeypatch.setenv("DATABASE_URL", address_of(served))
        monkeypatch.setenv("TOKEN_SECRET", "only-for-the-tests-of-this-service")
        monkeypatch.setenv("HOST", "127.0.0.1")
        run(root, "bin/api", "migrate")
        port = free_port()
        with running(root, "bin/api", PORT=str(port), GRAPHQL_INTROSPECTION="true"):
            once_ready(port)
            told = json.loads(answered(port, "/graphql", {"query": asked})[1])
            change = {"query": new, "variables": {"input": account}}
            assert json.loads(answered(port, "/graphql", change)[1]) == {
                "data": {"createUser": {"name": "Ada"}}
            }
            counted = r'graphql_operations_total\{kind="mutation",.*result="ok"\} 1\n'
            assert re.search(counted, answered(port, "/metrics")[1])
    file = (root / "internal/graphql/schema.graphql").read_text(encoding="utf-8")
    found, wanted = build_client_schema(told["data"]), build_schema(file)
    assert print_schema(lexicographic_sort_schema(found)) == print_schema(
        lexicographic_sort_schema(wanted)
    )
    log = (root / "api.log").read_text(encoding="utf-8")
    assert "createUser" not in log
    assert "ada@example.com" not in log


def read_often(port: int, row: dict[str, object], *, until: str) -> None:
    """Read a row until the cache has counted a result; a slow machine is given its time."""
    seen: set[str] = set()
    while until not in seen:
        status, text = answered(port, f"/api/v1/categories/{row['id']}")
        assert (status, json.loads(text)) == (HTTPStatus.OK, row)
        gone = answered(port, "/api/v1/categories/01890a5d-ac96-774b-bcce-b302099a8057")
        assert gone[0] == HTTPStatus.NOT_FOUND
        metrics = answered(port, "/metrics")[1]
        seen = set(re.findall(r'cache_requests_total\{.*result="(\w+)"', metrics))
    assert until == "hit" or not seen & {"hit", "miss", "missing"}


BREAKS = [
    ("orders/service.go", "policy.Policy{Owner: true", "policy.Policy{Anyone: true"),
    ("orders/list.go", "if !mayList.Always(caller) {", "if false {"),
    (
        "orderlines/service.go",
        "!mayCreate.Allows(caller, owner)",
        "mayCreate.Allows(caller, owner)",
    ),
    ("products/service.go", "httpapi.Require(known,", "httpapi.Require(httpapi.ETag(row.Version),"),
    ("products/products.go", "wire.Text(3, 32)", "wire.Text(2, 32)"),
    ("orderlines/orderlines.go", "wire.Int32(1, 1000)", "wire.Int32(1, 1001)"),
    ("users/handler.go", "!caller.Has(guardedMembers[name]...)", "false"),
    ("users/service.go", "row.PasswordHash != password {", "row.PasswordHash == password {"),
    ("sessions/sessions.go", "if kept.UsedAt != nil {", "if false {"),
    ("auth/auth.go", "|| found.Kind != kind", ""),
    ("httpapi/limits.go", "used <= l.most", "true"),
    ("idempotency/idempotency.go", "if kept.Fingerprint != fingerprint {", "if false {"),
    ("paging/paging.go", "(%s, id) %s (?::%s, %s)", "(%s, id) %s= (?::%s, %s)"),
]
"""Lines of authorisation, constraints and limits, each with one that no longer holds."""


NOTES = """\
service: notes
accounts: {resource: user, login: email, password: password, role: role}
resources:
  user:
    owner: user
    fields:
      email: {type: email, unique: true}
      password: {type: password}
      role: {type: enum, values: [member, admin], default: member, writers: [admin]}
    allow: {create: anyone, read: owner, list: nobody, update: owner, delete: owner}
  note:
    owner: user
    fields: {user: {type: reference, to: user}, text: {type: text}}
    allow: {create: signed-in, read: anyone, list: anyone, update: owner, delete: owner}
"""
GRAPHQL_BREAKS = [
    ("users/graphql.go", "if !mayRead.Always(caller) {", "if false {"),
    ("users/graphql.go", "admitGuarded(caller, guarded)", "admitGuarded(caller, guarded[:0])"),
    ("notes/graphql.go", "mayCreate.Admit(caller); err != nil", "mayCreate.Admit(caller); false"),
    ("graphql/bounds.go", "case count.cost > int64(s.settings.Cost):", "case false:"),
    ("graphql/bounds.go", "|| depth > m.settings.Depth", ""),
    ("graphql/bounds.go", "case count.roots > mostRoots:", "case false:"),
    ("graphql/bounds.go", "times*m.rows(field)", "times"),
    ("graphql/bounds.go", "Input: sent.Query}, mostTokens)", "Input: sent.Query}, 0)"),
    ("graphql/bounds.go", 'if field.Name == "__schema" || field.Name == "__type" {', "if false {"),
    ("graphql/execute.go", "err = httpapi.Take(w, req, s.limit)", "httpapi.NotFound()"),
    ("graphql/execute.go", "known[key] = found[key]", "known[key] = Node{}"),
    ("graphql/faults.go", "message = problem.Title", "message = err.Error()"),
]
"""The same of what GraphQL asks for."""

JOB_BREAKS = [
    ("db/own.sql.go", "CASE WHEN due.spent THEN 0 ELSE 1 END", "0"),
    ("db/own.sql.go", "failed_at = CASE WHEN due.spent THEN now() END", "failed_at = NULL"),
    ("db/own.sql.go", "(SELECT alone.id FROM due AS alone WHERE alone.lost LIMIT 1)", "NULL"),
    ("db/own.sql.go", "FOR UPDATE SKIP LOCKED", ""),
    ("jobs/worker.go", "if row.FailedAt != nil {", "if false {"),
    ("jobs/worker.go", "row.Attempts >= w.settings.Attempts", "false"),
    ("jobs/worker.go", "case settled == 0:", "case settled < 0:"),
]
"""The same of events and the worker."""


@pytest.mark.parametrize(
    ("spec", "options", "breaks"),
    [
        (SHIPPED[1].read_text(encoding="utf-8"), (), BREAKS),
        (NOTES, ("graphql",), GRAPHQL_BREAKS),
        (SHIPPED[0].read_text(encoding="utf-8"), ("jobs",), JOB_BREAKS),
    ],
    ids=["routes", "graphql", "jobs"],
)
def test_a_line_that_no_longer_holds_fails_a_test_of_the_service(
    tmp_path: Path, spec: str, options: tuple[str, ...], breaks: list[tuple[str, str, str]]
) -> None:
    from be_tui.core.databases.served import serve_postgres

    root = made(spec, tmp_path / "service", *options)
    survived = []
    with serve_postgres() as served:
        environment = {**os.environ, "TEST_DATABASE_URL": address_of(served)}
        for path, line, broken in breaks:
            file = root / "internal" / path
            whole = file.read_text(encoding="utf-8")
            assert line in whole, (path, line)
            file.write_text(whole.replace(line, broken), encoding="utf-8")
            command = ("go", "test", "-vet=off", "./...")
            ran = subprocess.run(
                command, cwd=root, env=environment, capture_output=True, text=True, check=False
            )
            if "--- FAIL" not in ran.stdout:
                survived.append((path, broken, ran.stdout[-2000:]))
            file.write_text(whole, encoding="utf-8")
    assert not survived
