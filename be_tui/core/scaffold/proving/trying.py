"""Tries the contract of a service that runs: what it serves, what it refuses, and all the rest.

The rest is schemathesis': thousands of requests made from the document, valid ones and others,
and sequences of them, each answer held against it. https://schemathesis.readthedocs.io
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from be_tui.core.scaffold.proving.model import Ran
from be_tui.core.scaffold.proving.processes import run_step
from be_tui.core.scaffold.rendering import contract_path

if TYPE_CHECKING:
    import subprocess

    from be_tui.core.project import Cancel
    from be_tui.core.scaffold.manifests import Stack
    from be_tui.core.scaffold.model import Service
    from be_tui.core.scaffold.proving.processes import Place

INSTALL = "pip install 'be-tui[scaffold]'"
SEEDS = (1, 2, 3)
EXAMPLES = 30
_LONGEST = 1800.0
_PATIENCE = 15.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request was answered."""

    status: int
    kind: str
    """Its media type."""

    body: bytes


@dataclass(frozen=True, slots=True)
class Running:
    """A service that runs."""

    url: str
    process: subprocess.Popen[bytes]
    command: tuple[str, ...]
    """What started it."""

    place: Place
    """Where, and with which settings: those of its database, and who the administrator is."""

    cancel: Cancel

    def wait(self, seconds: float) -> str:
        """Wait until it is ready; give why it is not, empty once it is.

        Raises:
            Cancelled: It was ended early.
        """
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self.cancel.check()
            code = self.process.poll()
            if code is not None:
                return f"it ended at once, with exit code {code}"
            try:
                if self.ask("GET", "/ready").status == 200:  # noqa: PLR2004 (HTTP's own)
                    return ""
            except (OSError, HTTPException):
                pass
            time.sleep(0.1)
        return f"it was not ready within {seconds:g} s"

    def ask(self, method: str, path: str, sent: dict[str, str] | None = None) -> Answer:
        """Send a request, with JSON where something is sent.

        Raises:
            OSError: It does not answer.
            HTTPException: What it answers is no HTTP.
        """
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=_PATIENCE)
        try:
            body = None if sent is None else json.dumps(sent)
            headers = {"Accept": "application/json, application/problem+json"}
            if body is not None:
                headers["Content-Type"] = "application/json"
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            kind = answer.headers.get_content_type()
            return Answer(answer.status, kind, answer.read())
        finally:
            connection.close()


def try_contract(running: Running, service: Service, stack: Stack) -> list[Ran]:
    """Try the contract of a service.

    Raises:
        Cancelled: It was ended early.
    """
    place = running.place
    document = place.folder / contract_path(service, stack)
    found = [_document(running, document), _stranger(running)]
    program = _program()
    if program is None:
        why = f"schemathesis is not installed; {INSTALL}"
        return [*found, Ran("contract", "schemathesis run", "untried", why=why)]
    headers = _signed_in(running, service, dict(place.environment))
    for seed in SEEDS:
        command = (
            *(program, "run", str(document), "--url", running.url),
            *("--checks", "all", "--seed", str(seed), "--max-examples", str(EXAMPLES)),
            *("--continue-on-failure", "--no-color", "--generation-database", "none", *headers),
        )
        ran = run_step(f"contract, seed {seed}", command, place, running.cancel, _LONGEST)
        found.append(_shown(ran, running, document))
    return found


def _shown(ran: Ran, running: Running, document: Path) -> Ran:
    """Give a step as a person runs it again: without the token and the folder of the proof."""
    words = ran.command.replace(str(document), document.name).replace(running.url, "URL")
    before, dash, _ = words.partition(" --header")
    return Ran(
        ran.name,
        f"{before}{dash and ' --header AUTHORIZATION'}",
        ran.outcome,
        ran.seconds,
        ran.output,
        ran.why,
    )


def _document(running: Running, document: Path) -> Ran:
    """Hold what is served against the file."""
    name, command = "document", "GET /openapi.json"
    try:
        answer = running.ask("GET", "/openapi.json")
        same = answer.body == document.read_bytes()
    except (OSError, HTTPException) as error:
        return Ran(name, command, "failed", why=str(error))
    if same:
        return Ran(name, command, "held")
    return Ran(name, command, "failed", why="what is served is not the file, byte for byte")


def _stranger(running: Running) -> Ran:
    """Ask for what there is not: the answer is a problem, and tells nothing of the inside."""
    name, command = "problems", "GET /api/none"
    try:
        answer = running.ask("GET", "/api/none")
    except (OSError, HTTPException) as error:
        return Ran(name, command, "failed", why=str(error))
    if answer.status == 404 and answer.kind == "application/problem+json":  # noqa: PLR2004
        return Ran(name, command, "held")
    return Ran(name, command, "failed", why=f"answered {answer.status} as {answer.kind}")


def _signed_in(running: Running, service: Service, settings: dict[str, str]) -> tuple[str, ...]:
    """Sign the administrator of the trial in; give what the requests carry."""
    if service.accounts is None:
        return ()
    sent = {
        service.accounts.login: settings["ADMIN_LOGIN"],
        "password": settings["ADMIN_PASSWORD"],
    }
    try:
        answer = running.ask("POST", f"/api/v{service.version}/sessions", sent)
        token = json.loads(answer.body)["access_token"]
    except (OSError, HTTPException, ValueError, KeyError, TypeError):
        return ()
    return ("--header", f"Authorization: Bearer {token}")


def _program() -> str | None:
    beside = Path(sys.executable).with_name("schemathesis")
    return str(beside) if beside.is_file() else shutil.which("schemathesis")
