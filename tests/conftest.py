"""Fixtures that every floor uses: no test sees the person's own folders."""

from __future__ import annotations

import os
import shutil
import signal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.bundled_once import read_once
from tests.mariadb import URL, running_mariadb, server_program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# A shell starts what runs in the background deaf to Ctrl+C, and so would be all that tests start.
for each, usual in ((signal.SIGINT, signal.default_int_handler), (signal.SIGQUIT, signal.SIG_DFL)):
    if signal.getsignal(each) is signal.SIG_IGN:
        signal.signal(each, usual)

REQUIRE_ALL = os.environ.get("BE_TUI_REQUIRE_ALL") == "1"
"""Set where a missing tool must fail a test rather than skip it, and where no draw may decide."""

settings.register_profile(
    "thorough",
    deadline=None,
    suppress_health_check=(HealthCheck.too_slow,),
    derandomize=REQUIRE_ALL,
)
settings.register_profile("quick", settings.get_profile("thorough"), max_examples=30)
settings.load_profile("quick")
"""The suite that runs while somebody works; CI runs the core's again with many more examples.

How long an example takes says nothing on a machine that others use too. CI draws the same examples
each time, so that a change is judged by what it did; everybody else's runs draw new ones.
"""


def need(tool: str) -> str:
    """Give the path of a program; skip the test without it, or fail where all are required."""
    found = shutil.which(tool)
    if found is None:
        message = f"{tool} is not installed"
        if REQUIRE_ALL:
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a home of its own, with the XDG folders in it."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(variable, str(home / variable.lower()))
    # COLUMNS and LINES stand for the size of a terminal, and the workers of a test run set them.
    for variable in (*("NO_COLOR", "COLORTERM", "EDITOR", "VISUAL", "TMUX"), "COLUMNS", "LINES"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    return home


@pytest.fixture(scope="session", autouse=True)
def bundled_pack() -> Iterator[None]:
    """Let the files of the bundled pack be read once."""
    with pytest.MonkeyPatch.context() as patch:
        read_once(patch)
        yield


@pytest.fixture(scope="session")
def built_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the index of the bundled pack, built once for all tests of this process."""
    from be_tui.core.knowledge import open_library

    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("index")
        for variable in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
            patch.setenv(variable, str(folder))
        with open_library() as library:
            library.entries()
    (index,) = (folder / "be-tui").glob("library-*.sqlite")
    return index


@pytest.fixture
def indexed(own_folders: Path, built_index: Path) -> None:
    """Put the index where be-tui keeps it, so that a test does not wait for it to be built."""
    cache = own_folders / "xdg_cache_home" / "be-tui"
    cache.mkdir(parents=True)
    os.link(built_index, cache / built_index.name)


@pytest.fixture
def git() -> str:
    """Give the path of git."""
    return need("git")


@pytest.fixture(scope="session")
def mariadb() -> Iterator[str]:
    """Give the URL of a MariaDB, as `need` gives a program."""
    if not URL and server_program() is None:
        need("mariadbd")
    with running_mariadb() as url:
        yield url
