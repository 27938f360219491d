"""A service of each stack is built, linted, tested, started, and keeps its contract."""

from __future__ import annotations

import os
import pwd
import re
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
from be_tui.core.scaffold.proving.processes import Place, run_step
from tests.conftest import REQUIRE_ALL, need
from tests.core.scaffold.stacks import users_example
from tests.core.scaffold.stacks.every_right import every_right

if TYPE_CHECKING:
    from be_tui.core.scaffold.proving.proving import Look
    from be_tui.core.scaffold.proving.trying import Running

CORPUS = sorted((Path(__file__).parent.parent / "corpus").glob("*.yaml"))
COVERING = [each for each in CORPUS if each.stem in {"everything", "thirtytables"}]
"""Specs that have together what each of the others tries alone."""

_OLDEST_JDK = 21
_JDKS = ("/usr/lib/jvm", "/Library/Java/JavaVirtualMachines")


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the tools find what they keep for the person: what was fetched, and from where."""
    monkeypatch.setenv("HOME", pwd.getpwuid(os.getuid()).pw_dir)


@pytest.mark.slow
@pytest.mark.parametrize("stack", ["express", "fastapi", "go", "spring"])
def test_a_service_is_proved(stack: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    proved(Wish(text("users"), stack), tmp_path, monkeypatch, users_example.holds)


@pytest.mark.slow
@pytest.mark.lives
@pytest.mark.parametrize("stack", ["express", "fastapi", "go", "spring"])
def test_a_shop_is_proved(stack: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    proved(Wish(text("shop"), stack), tmp_path, monkeypatch)


@pytest.mark.slow
@pytest.mark.lives
@pytest.mark.parametrize(
    ("stack", "spec"),
    [("fastapi", each) for each in CORPUS]
    + [(stack, each) for stack in ("express", "go", "spring") for each in COVERING],
    ids=lambda of: getattr(of, "stem", of),
)
def test_a_service_of_the_corpus_is_proved(
    stack: str, spec: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proved(Wish(spec.read_text(encoding="utf-8"), stack), tmp_path, monkeypatch)


@pytest.mark.slow
@pytest.mark.lives
@pytest.mark.parametrize("stack", ["express", "fastapi", "go", "spring"])
def test_a_load_test_finds_nothing_wrong_with_a_service(
    stack: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    k6 = need("k6")

    def smoke(running: Running) -> None:
        script = running.place.folder / "loadtest" / "main.js"
        place = Place(tmp_path, {**running.place.environment, "BASE_URL": running.url})
        ran = run_step("smoke", [k6, "run", "--quiet", str(script)], place, Cancel(), 600)
        assert ran.outcome == "held", ran.output
        assert "unexpected_answers" in ran.output

    wish = Wish(text("shop"), stack, frozenset({"loadtest"}))
    proved(wish, tmp_path / "shop", monkeypatch, smoke)


@pytest.mark.slow
@pytest.mark.lives
@pytest.mark.parametrize("extended", [False, True], ids=["plain", "extended"])
@pytest.mark.parametrize("accounts", [False, True], ids=["open", "accounts"])
@pytest.mark.parametrize("stack", ["express", "fastapi", "go", "spring"])
def test_tools_have_nothing_to_say_whatever_may_be_done(
    stack: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, accounts: bool, extended: bool
) -> None:
    options = frozenset(read_stack(stack).option_names if extended else ())
    made(Wish(every_right(accounts=accounts), stack, options), tmp_path, monkeypatch)
    for step in read_stack(stack).proof:
        if not step.needs_database:
            ran = run_step(step.name, step.run, Place(tmp_path, {}), Cancel(), 3600)
            assert ran.outcome == "held", f"{ran.command}\n{ran.output}"


def text(spec: str) -> str:
    """Give a spec that ships."""
    return Path(knowledge_dir(), "specs", f"{spec}.yaml").read_text(encoding="utf-8")


def proved(
    wish: Wish, root: Path, monkeypatch: pytest.MonkeyPatch, look: Look | None = None
) -> None:
    """Generate a service and prove it: each step must be tried, and hold."""
    made(wish, root, monkeypatch)
    proof = prove(root, Cancel(), lambda *_: None, look)
    assert proof.held, to_text(proof_page(proof), 120)


def made(wish: Wish, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Generate a service where there is all that its stack needs."""
    for program in read_stack(wish.stack).needs:
        need(program)
    if wish.stack == "spring":
        monkeypatch.setenv("JAVA_HOME", jdk())
    settlement = generate(wish, root, datetime.now(UTC)).settlement
    write(settlement, root, settlement.chosen)


def jdk() -> str:
    """Give the home of a JDK that is new enough; skip the test without it, or fail."""
    named = os.environ.get("JAVA_HOME", "")
    found = [Path(named)] if named else []
    found += [each for place in _JDKS for each in sorted(Path(place).glob("*"), reverse=True)]
    for home in found:
        if _version(home) >= _OLDEST_JDK and (home / "bin" / "javac").exists():
            return str(home)
    message = f"no JDK from {_OLDEST_JDK} on is installed"
    if REQUIRE_ALL:
        pytest.fail(message)
    pytest.skip(message)


def _version(home: Path) -> int:
    release = home / "release"
    if not release.is_file():
        return 0
    said = re.search(r'JAVA_VERSION="(\d+)', release.read_text(encoding="utf-8"))
    return int(said[1]) if said else 0
