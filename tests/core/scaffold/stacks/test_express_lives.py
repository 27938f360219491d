"""Services in Express are built, held against their linter and types, tested and served."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from be_tui.core.document import to_text
from be_tui.core.locations import knowledge_dir
from be_tui.core.project import Cancel
from be_tui.core.scaffold.generating import Wish, generate, write
from be_tui.core.scaffold.manifests import read_stack
from be_tui.core.scaffold.proving import proof_page, prove
from tests.conftest import need

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

pytestmark = [pytest.mark.slow, pytest.mark.lives]

CORPUS = Path(__file__).parent.parent / "corpus"
USERS = Path(knowledge_dir(), "specs", "users.yaml")
ALL = frozenset(read_stack("express").option_names)


def made(spec: Path, root: Path, options: frozenset[str]) -> Path:
    for program in ("node", "npm"):
        need(program)
    wish = Wish(spec.read_text(encoding="utf-8"), "express", options, where=str(spec))
    settlement = generate(wish, root, datetime(2026, 1, 1, tzinfo=UTC)).settlement
    write(settlement, root, settlement.chosen)
    return root


def run(root: Path, *command: str, settings: Mapping[str, str] | None = None) -> str:
    environment = {**os.environ, **(settings or {})}
    ran = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    said = f"{ran.stdout}{ran.stderr}"
    assert ran.returncode == 0, said[-8000:]
    return said


@pytest.mark.parametrize(
    ("spec", "options"),
    [(CORPUS / "reservedwords.yaml", frozenset()), (USERS, ALL)],
    ids=["reservedwords", "users with all options"],
)
def test_a_service_holds_in_each_step_of_its_proof(
    spec: Path, options: frozenset[str], tmp_path: Path
) -> None:
    proof = prove(made(spec, tmp_path, options), Cancel(), lambda *_: None)
    assert proof.held, to_text(proof_page(proof), 120)


@contextmanager
def serve_redis(folder: Path) -> Iterator[str]:
    """Start a server; give its address."""
    import socket

    from be_tui.core.databases.served import free_port

    port = free_port()
    command = [need("redis-server"), "--port", str(port), "--bind", "127.0.0.1"]
    command += ["--save", "", "--appendonly", "no", "--dir", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            while server.poll() is None:
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
            yield f"redis://127.0.0.1:{port}"
        finally:
            server.terminate()


def test_its_tests_hold_with_a_real_cache_and_cover_it(tmp_path: Path) -> None:
    from be_tui.core.databases.served import serve_postgres

    root = made(USERS, tmp_path / "service", ALL)
    run(root, "npm", "ci", "--no-audit", "--no-fund")
    with serve_postgres() as served, serve_redis(tmp_path) as cache:
        at = served.settings
        address = f"{at['user']}:{at['password']}@{at['host']}:{at['port']}/{served.database()}"
        settings = {"TEST_DATABASE_URL": f"postgresql://{address}", "TEST_CACHE_URL": cache}
        said = run(root, "npm", "test", "--", "--coverage", settings=settings)
    assert "failed" not in said
