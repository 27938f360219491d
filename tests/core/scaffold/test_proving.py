"""A service is built, tested, started and tried in a copy; what fails is told with its output."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from be_tui.core.document import to_text
from be_tui.core.errors import InputError
from be_tui.core.project import Cancel, Cancelled
from be_tui.core.scaffold.generating import Wish, generate, write
from be_tui.core.scaffold.proving import (
    Proof,
    evidence,
    proof_json,
    proof_page,
    prove,
    record,
    trying,
)
from be_tui.core.scaffold.proving.processes import Place, run_step
from tests.core.scaffold.stack_at_hand import MANIFEST, plain_stack

if TYPE_CHECKING:
    from pathlib import Path

    from be_tui.core.scaffold.proving.trying import Running

__all__ = ["plain_stack"]

SPEC = """\
service: small-shop
resources:
  article:
    fields:
      name: {type: text, max: 80}
    allow: {read: anyone, write: anyone}
"""

SERVICE = '''\
"""Answers with its document, and to all else that there is none."""
import http.server, os, pathlib

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        document = pathlib.Path("small_shop/openapi.json").read_bytes()
        status, kind, body = {
            "/ready": (200, "text/plain", b"ok"),
            "/openapi.json": (200, "application/json", document),
        }.get(self.path, (404, "application/problem+json", b"{}"))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

assert os.environ["KEY"].endswith(os.environ["PGDATABASE"])
http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
'''

CONNECTS = "import os, psycopg; psycopg.connect(os.environ['DATABASE_URL']).close()"


def steps(*scripts: tuple[str, str]) -> str:
    """Give the part of a manifest that runs scripts of Python."""
    lines = [
        f'  - {{name: {name}, database: true, run: ["{sys.executable}", "-c", "{script}"]}}'
        for name, script in scripts
    ]
    return "\n".join(["proof:", *lines, ""])


START = f"""\
start:
  run: ["{sys.executable}", "serve.py"]
  before: [{{name: migrate, run: ["{sys.executable}", "-c", "{CONNECTS}"]}}]
  environment: {{KEY: "{{host}}:{{listen}}/{{database}}"}}
"""


@pytest.fixture
def made(plain_stack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a service, generated in a stack that has a service written in Python."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(trying, "_program", lambda: None)
    (plain_stack / "files/serve.py").write_text(SERVICE)
    root = tmp_path / "shop"
    settlement = generate(Wish(SPEC, "plain"), root, datetime(2026, 5, 1, tzinfo=UTC)).settlement
    write(settlement, root, settlement.chosen)
    return root


def described(folder: Path, proof: str, start: str = START) -> None:
    """Say how services of the stack are proved."""
    from be_tui.core.scaffold.manifests import read_stack

    head = MANIFEST.partition("proof:")[0]
    (folder / "stack.yaml").write_text(head + proof + start)
    read_stack.cache_clear()


def proved(root: Path) -> Proof:
    return prove(root, Cancel(), lambda *_: None)


def test_each_step_is_run_and_the_service_tried(plain_stack: Path, made: Path) -> None:
    described(plain_stack, steps(("test", CONNECTS)))
    proof = proved(made)
    assert [(each.name, each.outcome) for each in proof.steps] == [
        ("test", "held"),
        ("start", "held"),
        ("document", "held"),
        ("problems", "held"),
        ("contract", "untried"),
    ], proof
    assert not proof.held
    assert not proof.failed
    assert "not tried: contract" in to_text(proof_page(proof), 80)


def test_a_service_can_be_looked_at_while_it_runs(plain_stack: Path, made: Path) -> None:
    described(plain_stack, steps(("test", CONNECTS)))
    seen = []

    def look(running: Running) -> None:
        seen.append(running.ask("GET", "/ready").status)
        seen.append(running.place.environment["PORT"] in running.url)

    assert not prove(made, Cancel(), lambda *_: None, look).failed
    assert seen == [200, True]


def test_a_step_that_fails_is_told_with_its_output(plain_stack: Path, made: Path) -> None:
    described(plain_stack, steps(("lint", "print(6 * 7); raise SystemExit(3)"), ("test", "pass")))
    proof = proved(made)
    lint, test = proof.steps[:2]
    assert (lint.outcome, lint.output, lint.why) == ("failed", "42\n", "exit code 3")
    assert test.outcome == "held", "and the next one is run all the same"
    page = to_text(proof_page(proof), 100)
    assert "lint failed" in page
    assert "42" in page
    found = evidence(proof)
    assert found.measure("scaffold.failed") is not None
    assert "lint failed: exit code 3" in found.facts[0].text


def test_nothing_is_tried_after_what_all_else_needs(plain_stack: Path, made: Path) -> None:
    described(plain_stack, steps(("install", "raise SystemExit(1)"), ("test", "pass")))
    assert [each.name for each in proved(made).steps] == ["install"]


def test_a_service_that_ends_at_once_is_told_with_its_words(plain_stack: Path, made: Path) -> None:
    start = f'start: {{run: ["{sys.executable}", "-c", "raise SystemExit(\'no key\')"]}}\n'
    described(plain_stack, steps(("test", "pass")), start)
    start_step = proved(made).steps[-1]
    assert start_step.outcome == "failed"
    assert "it ended at once, with exit code 1" in start_step.why
    assert "no key" in start_step.output


def test_commands_have_the_names_of_the_service(plain_stack: Path, made: Path) -> None:
    described(plain_stack, steps(("test", "print('__package__')")), "")
    assert proved(made).steps[0].output == "small_shop\n"


def test_a_program_that_is_not_there_leaves_steps_untried(plain_stack: Path, made: Path) -> None:
    described(plain_stack, "needs: [no-such-program]\n" + steps(("test", "pass")))
    (step,) = proved(made).steps
    assert (step.outcome, step.why) == ("untried", "no-such-program not installed")


def test_the_folder_of_the_service_stays_as_it_is(plain_stack: Path, made: Path) -> None:
    described(plain_stack, steps(("build", "open('made', 'w').close()")), "")
    before = sorted(path for path in made.rglob("*"))
    (made / "outside").symlink_to("/")
    assert proved(made).steps[0].outcome == "held"
    (made / "outside").unlink()
    assert sorted(path for path in made.rglob("*")) == before


def test_edited_files_are_counted(plain_stack: Path, made: Path) -> None:
    described(plain_stack, steps(("test", "pass")), "")
    (made / "README.md").write_text("mine\n")
    proof = proved(made)
    assert proof.edited == 1
    assert "1 generated file edited since" in to_text(proof_page(proof), 80)
    assert proof_json(proof)["held"] is True


def test_a_folder_that_was_not_generated_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no service was generated here"):
        proved(tmp_path)


def test_a_proof_is_ended_early(plain_stack: Path, made: Path) -> None:
    described(plain_stack, steps(("test", "import time; time.sleep(600)")))
    cancel = Cancel()

    def tell(what: str, share: float) -> None:
        del share
        if what == "test":
            cancel.set()

    with pytest.raises(Cancelled):
        prove(made, cancel, tell)


def test_a_step_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import time; print('began', flush=True); time.sleep(600)"]
    ran = run_step("slow", command, Place(tmp_path, {}), Cancel(), 1.0)
    assert (ran.outcome, ran.why) == ("failed", "took over 1 s")


def test_what_a_step_leaves_behind_is_ended(tmp_path: Path) -> None:
    sleeps = "[sys.executable, '-c', 'import time; time.sleep(600)']"
    script = f"import subprocess, sys; subprocess.Popen({sleeps})"
    ran = run_step("left", [sys.executable, "-c", script], Place(tmp_path, {}), Cancel(), 60.0)
    assert ran.outcome == "held"


RUNS = """\
import sys
from pathlib import Path
from be_tui.core.project import Cancel
from be_tui.core.scaffold.proving.processes import Place, run_step

run_step("slow", sys.argv[2:], Place(Path(sys.argv[1]), {}), Cancel(), 600.0)
"""
HOLDS = "import time; pipe = open('pipe', 'w'); pipe.write('x'); pipe.flush(); time.sleep(600)"


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_step_ends_with_the_process_that_runs_it(by: signal.Signals, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    command = [sys.executable, "-c", RUNS, str(tmp_path), sys.executable, "-c", HOLDS]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as running:
        try:
            with (tmp_path / "pipe").open("rb", buffering=0) as pipe:
                assert pipe.read(1) == b"x"
                running.send_signal(by)
                assert select.select([pipe], [], [], 60.0)[0], "the step goes on"
                assert pipe.read(1) == b""
        finally:
            running.kill()


def test_a_step_ends_with_a_process_that_dies_as_it_begins(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    kills = "exec 3>pipe; kill -KILL $PPID; sleep 600"
    command = [sys.executable, "-c", RUNS, str(tmp_path), "sh", "-c", kills]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as running:
        with (tmp_path / "pipe").open("rb", buffering=0) as pipe:
            assert select.select([pipe], [], [], 60.0)[0], "the step goes on"
            assert pipe.read(1) == b""
        assert running.wait() == -signal.SIGKILL


def test_a_program_that_cannot_be_run_is_told(tmp_path: Path) -> None:
    ran = run_step("none", ["./no-such-program"], Place(tmp_path, {}), Cancel(), 60.0)
    assert (ran.outcome, ran.why) == ("failed", "cannot be run: No such file or directory")


def test_a_proof_can_be_kept_as_a_record(plain_stack: Path, made: Path, tmp_path: Path) -> None:
    described(plain_stack, steps(("test", "pass")), "")
    files = record(proved(made), "Prove small-shop", tmp_path, tmp_path / "docs", date(2026, 5, 1))
    (file,) = files
    assert file.path.endswith("prove-small-shop.md")
    assert "| test | held |" in file.text
