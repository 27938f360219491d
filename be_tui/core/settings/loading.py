"""Find the files of settings, read them, and lay them over the defaults.

Stands on the way to the first frame: where no file is, nothing is parsed, and the only
work is to look.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from be_tui.core.locations import config_dir
from be_tui.core.settings.model import Loaded

if TYPE_CHECKING:
    from pathlib import Path

    from be_tui.core.findings import Finding
    from be_tui.core.settings.reading import File

PROJECT_FILE = "be-tui.toml"
SHARED_FILE = "pyproject.toml"
SHARED_TABLE = ("tool", "be-tui")


def user_file() -> str:
    """Give the path of the user's own file; it may not be there."""
    return os.path.join(config_dir(), "config.toml")


def load_settings(project: Path | str | None) -> Loaded:
    """Give the settings in force; never raises for what stands in a file.

    Args:
        project: The project's root; None for the user's own settings alone.
    """
    files = settings_files(project)
    if not files:
        return Loaded()
    from be_tui.core.settings.laying import lay
    from be_tui.core.settings.reading import read_layer

    return lay([(file, read_layer(file)) for file in files])


def check_settings(path: str) -> tuple[Finding, ...]:
    """Give what is wrong in one file; its themes may also be those of the user's own file.

    Raises:
        InputError: There is no such file.
    """
    if not os.path.isfile(path):
        from be_tui.core.errors import InputError

        raise InputError("there is no such file", where=path)
    from be_tui.core.settings.laying import lay
    from be_tui.core.settings.reading import File, read_layer

    name, own = os.path.basename(path), user_file()
    table = SHARED_TABLE if name == SHARED_FILE else ()
    by_user = name not in {PROJECT_FILE, SHARED_FILE}
    files = [File(path, path, table, by_user=by_user)]
    if os.path.isfile(own) and not os.path.samefile(own, path):
        files.insert(0, File(own, own, by_user=True))
    faults = lay([(file, read_layer(file)) for file in files]).faults
    return tuple(fault for fault in faults if fault.place.path == path)


def settings_files(project: Path | str | None) -> tuple[File, ...]:
    """Give the files that may hold settings, those that override others last."""
    found: list[tuple[str, str, tuple[str, ...], bool]] = []
    own = user_file()
    if os.path.lexists(own):
        found.append((own, own, (), True))
    if project is not None:
        shared = os.path.join(project, SHARED_FILE)
        if _mentions_us(shared):
            found.append((shared, SHARED_FILE, SHARED_TABLE, False))
        ours = os.path.join(project, PROJECT_FILE)
        if os.path.lexists(ours):
            found.append((ours, PROJECT_FILE, (), False))
    if not found:
        return ()
    from be_tui.core.settings.reading import File

    return tuple(File(*each) for each in found)


def _mentions_us(path: str) -> bool:
    """Tell whether a shared file can have our table, without parsing it."""
    try:
        with open(path, "rb") as file:
            return b"be-tui" in file.read()
    except OSError:
        return False
