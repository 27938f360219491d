"""A service in Spring Boot is built without a warning, tested, started, and keeps its contract."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from be_tui.core.locations import knowledge_dir
from be_tui.core.project import Cancel
from be_tui.core.scaffold.generating import Wish, generate, write
from be_tui.core.scaffold.proving import prove
from tests.conftest import REQUIRE_ALL, need

_OLDEST = 21
_PLACES = ("/usr/lib/jvm", "/Library/Java/JavaVirtualMachines")


def jdk() -> str:
    """Give the home of a JDK that is new enough; skip the test without it, or fail."""
    named = os.environ.get("JAVA_HOME", "")
    found = [Path(named)] if named else []
    found += [each for place in _PLACES for each in sorted(Path(place).glob("*"), reverse=True)]
    for home in found:
        if _version(home) >= _OLDEST and (home / "bin" / "javac").exists():
            return str(home)
    message = f"no JDK from {_OLDEST} on is installed"
    if REQUIRE_ALL:
        pytest.fail(message)
    pytest.skip(message)


def _version(home: Path) -> int:
    release = home / "release"
    if not release.is_file():
        return 0
    said = re.search(r'JAVA_VERSION="(\d+)', release.read_text(encoding="utf-8"))
    return int(said[1]) if said else 0


@pytest.mark.slow
@pytest.mark.parametrize("name", ["users", "shop"])
def test_it_is_built_tested_started_and_keeps_its_contract(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need("mvn")
    monkeypatch.setenv("JAVA_HOME", jdk())
    spec = (Path(knowledge_dir()) / "specs" / f"{name}.yaml").read_text(encoding="utf-8")
    made = generate(Wish(spec, "spring"), tmp_path, datetime.now(UTC))
    write(made.settlement, tmp_path, {each.path for each in made.settlement.files})
    proof = prove(tmp_path, Cancel(), lambda _said, _share: None)
    assert [each for each in proof.steps if each.outcome == "failed"] == []
    assert {"build", "test", "start"} <= {
        each.name for each in proof.steps if each.outcome == "held"
    }
