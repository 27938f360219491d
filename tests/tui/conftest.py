"""Helpers for screens: a frame as text, held against a golden file at each size."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from be_tui.tui import terminal
from be_tui.tui.app import BeTuiApp, Opening
from be_tui.tui.working import WorkingApp

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDENS = Path(__file__).parent / "goldens"

SIZES = ((80, 24), (160, 48))
"""The terminals that every screen is designed for and held to."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write the frames anew")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the large frames to the slower proofs; the small ones break for the same reasons."""
    for item in items:
        callspec = getattr(item, "callspec", None)
        size = callspec.params.get("size") if callspec else None
        if size == SIZES[1] and item.path.is_relative_to(GOLDENS.parent / "screens"):
            item.add_marker(pytest.mark.slow)


def told(app: BeTuiApp) -> str:
    """Give what is said beside the page."""
    return "\n".join(notification.message for notification in app._notifications)


def frame(app: BeTuiApp) -> str:
    """Give what the terminal shows, as lines of text without trailing blanks."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips) + "\n"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Give a function that holds a text against the golden file of a name."""

    def hold(name: str, text: str) -> None:
        path = GOLDENS / f"{name}.txt"
        if request.config.getoption("--update-goldens", default=False):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"no golden {path.name}: run pytest with --update-goldens"
        assert text == path.read_text(encoding="utf-8")

    return hold


@pytest.fixture(autouse=True)
def reading(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, indexed: None) -> None:
    """Leave the project unread, so that frames do not depend on when the reading ends.

    A test that is about the reading says so: `@pytest.mark.reads_project`.
    """
    del indexed
    if request.node.get_closest_marker("reads_project") is None:
        monkeypatch.setattr(WorkingApp, "read_project", lambda _: None)


@pytest.fixture(autouse=True)
def standing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let notices stand for as long as a test takes, so that none looks for them too late."""
    monkeypatch.setattr(terminal, "_NOTICE", 3600.0)


@pytest.fixture
def service(tmp_path: Path) -> Path:
    """Give the folder of an empty service named `shop`."""
    folder = tmp_path / "shop"
    folder.mkdir()
    return folder


@pytest.fixture
def app(service: Path) -> BeTuiApp:
    """Give a session on the empty service, not yet running."""
    return BeTuiApp(Opening(service))
