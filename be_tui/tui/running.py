"""Run the session from the first import to the last line, whatever happens in it."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from be_tui.core.errors import BeTuiError, InputError
from be_tui.core.locations import state_dir
from be_tui.tui.opening import read_opening

if TYPE_CHECKING:
    from be_tui.tui.app import BeTuiApp
    from be_tui.tui.hold import Hold
    from be_tui.tui.opening import Opening

CRASHED = 1
"""How a session ends that could not go on; what was answered is saved."""


def run(arguments: list[str], hold: Hold) -> int:
    """Open the session; give the exit code.

    Raises:
        BeTuiError: The call, a setting or the project cannot be used as it is.
    """
    try:
        app = _app(arguments, hold)
        app.run(mouse=app.opening.mouse and app.settings.mouse)
        crash = app.crash
    except BeTuiError:
        raise
    except Exception as error:  # noqa: BLE001 (the last resort: said below, logged whole)
        crash = error
        code = CRASHED
    else:
        code = app.return_code or 0
    if crash is None:
        return code
    hold.release()
    sys.stderr.write(f"be-tui: {told(crash)}\n")
    return CRASHED


def _app(arguments: list[str], hold: Hold) -> BeTuiApp:
    # Modules leave no garbage behind, and looking for it in them takes a tenth of the time to
    # the first frame; `BeTuiApp` looks again from then on.
    gc.disable()
    opening = read_opening(arguments)
    if opening.theme:
        _check_theme(opening)
    from be_tui.tui.app import BeTuiApp

    return BeTuiApp(opening, hold)


def _check_theme(opening: Opening) -> None:
    from be_tui.core.settings import load_settings
    from be_tui.tui.themes import themes_with

    names = themes_with(load_settings(opening.project).settings.themes)
    if opening.theme not in names:
        raise InputError(f"no theme {opening.theme!r}", hint=f"one of {', '.join(names)}")


def told(error: BaseException) -> str:
    """Write what happened into the log of crashes; give the line that says so."""
    from datetime import UTC, datetime
    from pathlib import Path
    from traceback import format_exception

    from be_tui import __version__

    # What a worker raised is what went wrong; that it was a worker tells nobody anything.
    inner = getattr(error, "error", None)
    error = inner if isinstance(inner, BaseException) else error
    said = str(error).strip().partition("\n")[0]
    line = f"something went wrong: {type(error).__name__}{f': {said}' if said else ''}"
    log = Path(state_dir()) / "crash.log"
    at = datetime.now(UTC).isoformat(timespec="seconds")
    head = f"{at} be-tui {__version__} python {sys.version.partition(' ')[0]} {sys.platform}\n"
    try:
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        log.write_text(head + "".join(format_exception(error)), encoding="utf-8", errors="replace")
    except OSError as trouble:
        reason = (trouble.strerror or str(trouble)).lower()
        return f"{line}; the log could not be written to {log} ({reason})"
    return f"{line}; what you answered is saved, and the log is in {os.fspath(log)}"
