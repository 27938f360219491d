"""The person's and the project's choices: `be-tui.toml` and what stands beside it.

    loaded = load_settings(project)
    loaded.settings.theme      # frozen values; what is wrong is left at its default
    loaded.faults              # findings, with file, line, key and what was expected
    loaded.origins             # where each value that is not a default comes from

`table` is the one table: reading, faults, the JSON Schema, the documentation and the example
are all made from it. Where no file stands, nothing is parsed or imported.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.settings.choices import Colour, KeyChoice, MigrationChoice, ThemeChoice
    from be_tui.core.settings.inforce import settings_in_force
    from be_tui.core.settings.loading import (
        check_settings,
        load_settings,
        settings_files,
        user_file,
    )
    from be_tui.core.settings.model import Loaded, Origin, Settings
    from be_tui.core.settings.pages import settings_example, settings_page
    from be_tui.core.settings.schema import settings_schema

__all__ = [
    "Colour",
    "KeyChoice",
    "Loaded",
    "MigrationChoice",
    "Origin",
    "Settings",
    "ThemeChoice",
    "check_settings",
    "load_settings",
    "settings_example",
    "settings_files",
    "settings_in_force",
    "settings_page",
    "settings_schema",
    "user_file",
]

if not TYPE_CHECKING:
    _HOMES = {
        "inforce": ("settings_in_force",),
        "loading": ("check_settings", "load_settings", "settings_files", "user_file"),
        "choices": ("Colour", "KeyChoice", "MigrationChoice", "ThemeChoice"),
        "model": ("Loaded", "Origin", "Settings"),
        "pages": ("settings_example", "settings_page"),
        "schema": ("settings_schema",),
    }

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        for module, names in _HOMES.items():
            if name in names:
                return getattr(import_module(f"{__name__}.{module}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
