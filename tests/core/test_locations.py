"""Where things stand, whichever way be-tui came to the machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

from be_tui.core import locations

ROOT = Path(__file__).parents[2]
KINDS = ("config", "state", "cache")


def of_platformdirs(kind: str) -> str:
    return str(getattr(platformdirs, f"user_{kind}_dir")("be-tui", appauthor=False))


def ours(kind: str) -> str:
    return str(getattr(locations, f"{kind}_dir")())


@pytest.mark.parametrize("kind", KINDS)
def test_the_users_folders_are_those_of_platformdirs(kind: str) -> None:
    assert ours(kind) == of_platformdirs(kind)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("stated", [None, "", "relative/folder", "/srv/elsewhere"])
def test_they_agree_whatever_the_environment_says(
    monkeypatch: pytest.MonkeyPatch, kind: str, stated: str | None
) -> None:
    variable = f"XDG_{kind.upper()}_HOME"
    monkeypatch.delenv(variable, raising=False)
    if stated is not None:
        monkeypatch.setenv(variable, stated)
    if stated == "relative/folder":
        # The standard has a relative path ignored.
        monkeypatch.delenv(variable)
        expected = of_platformdirs(kind)
        monkeypatch.setenv(variable, stated)
        assert ours(kind) == expected
    else:
        assert ours(kind) == of_platformdirs(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_other_systems_are_left_to_platformdirs(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(
        platformdirs, f"user_{kind}_dir", lambda name, appauthor: f"/{name}/{appauthor}"
    )
    assert ours(kind) == "/be-tui/False"


def test_a_checkout_reads_its_own_knowledge() -> None:
    assert Path(locations.knowledge_dir()) == ROOT / "knowledge"
    assert not locations.is_packaged()


def test_the_knowledge_is_read_from_where_it_is_edited(tmp_path: Path) -> None:
    """What pip made of an editable install leads to the checkout, from any folder."""
    said = run_in(tmp_path, os.environ | {"PYTHONPATH": str(ROOT)})
    assert said == [str(ROOT / "knowledge"), "False"]


def test_a_wheel_carries_its_knowledge(tmp_path: Path) -> None:
    """Lay the files out as a wheel does, and ask the copy."""
    site = tmp_path / "site-packages"
    shutil.copytree(ROOT / "be_tui", site / "be_tui", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "knowledge", site / "be_tui" / "knowledge")
    said = run_in(tmp_path, os.environ | {"PYTHONPATH": str(site)})
    assert said == [str(site / "be_tui" / "knowledge"), "True"]


def test_the_wheel_is_told_to_carry_it() -> None:
    import tomllib

    build = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]
    assert build["targets"]["wheel"]["force-include"]["knowledge"] == "be_tui/knowledge"


def run_in(folder: Path, environment: dict[str, str]) -> list[str]:
    code = (
        "from be_tui.core.locations import knowledge_dir, is_packaged\n"
        "print(knowledge_dir()); print(is_packaged())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout.splitlines()


def test_it_costs_nothing_to_ask(tmp_path: Path) -> None:
    code = (
        "import sys; before = set(sys.modules)\n"
        "from be_tui.core.locations import config_dir, knowledge_dir\n"
        "config_dir(); knowledge_dir()\n"
        "print(' '.join(sorted(set(sys.modules) - before)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert set(done.stdout.split()) <= {
        "__future__",
        "be_tui",
        "be_tui.core",
        "be_tui.core.locations",
    }
