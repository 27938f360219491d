"""What can be set, with the defaults; `table` says what each key expects and does.

Stands on the way to the first frame, so it holds values only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from be_tui.core.findings import Finding, Place
    from be_tui.core.settings.choices import KeyChoice, MigrationChoice, ThemeChoice

Ascii = Literal["auto", "always", "never"]
Clipboard = Literal["auto", "native", "tmux", "osc52", "off"]


@dataclass(frozen=True, slots=True)
class Settings:
    """All that can be chosen; each field is a key of the configuration."""

    theme: str = "dark"
    mouse: bool = True
    ascii: Ascii = "auto"
    animations: bool = False
    editor: str = ""
    clipboard: Clipboard = "auto"
    record_dir: str = "docs/decisions"
    migrations: tuple[MigrationChoice, ...] = ()
    keys: tuple[KeyChoice, ...] = ()
    themes: tuple[ThemeChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value that is not a default comes from."""

    key: str
    """`theme`, or `keys.decide.take`, `themes.paper` and the like for one of several."""

    place: Place


@dataclass(frozen=True, slots=True)
class Loaded:
    """The settings in force, and what is to be said of them."""

    settings: Settings = Settings()
    faults: tuple[Finding, ...] = ()
    """What is wrong in the files; the default holds in its place."""

    origins: tuple[Origin, ...] = ()
    files: tuple[str, ...] = ()
    """The files that were read, those that override others last."""
