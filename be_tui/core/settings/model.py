"""What can be set, once: each field of `Settings` carries its kind and its words."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cache
from typing import TYPE_CHECKING, Literal, TypeVar

from be_tui.core.settings.choices import Colour, KeyChoice, ThemeChoice
from be_tui.core.settings.kinds import Command, Flag, Folder, OneOf, ThemeName
from be_tui.core.settings.tables import Keys, Themes

if TYPE_CHECKING:
    from be_tui.core.findings import Finding, Place
    from be_tui.core.settings.kinds import Kind

__all__ = [
    "Colour",
    "KeyChoice",
    "Loaded",
    "Option",
    "Origin",
    "Settings",
    "ThemeChoice",
    "options",
]

Ascii = Literal["auto", "always", "never"]
Clipboard = Literal["auto", "native", "tmux", "osc52", "off"]

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Option:
    """One key of the configuration."""

    name: str
    kind: Kind
    default: object
    help: str
    """What it does, in a sentence or two of Markdown."""

    example: str
    """A value in TOML, other than the default."""

    user_only: bool = False
    """Whether a project may not set it, because be-tui would run what it says."""


@dataclass(frozen=True, slots=True)
class _Words:
    kind: Kind
    help: str
    example: str
    user_only: bool


def _option(
    *,
    default: _T,
    kind: Kind,
    help: str,  # noqa: A002 (what it is)
    example: str,
    user_only: bool = False,
) -> _T:
    words = _Words(kind, help, example, user_only)
    return field(default=default, metadata={"words": words})


@dataclass(frozen=True, slots=True)
class Settings:
    """All that can be chosen; each field is a key of the configuration."""

    theme: str = _option(
        default="dark",
        kind=ThemeName(),
        help="The colours: a theme that ships with be-tui, or one from `[themes]`.",
        example='"light"',
    )
    mouse: bool = _option(
        default=True,
        kind=Flag(),
        help="Whether the session takes the mouse. Off, the terminal selects text as usual; it can "
        "also be switched while the session runs.",
        example="false",
    )
    ascii: Ascii = _option(  # noqa: RUF009 (a field)
        default="auto",
        kind=OneOf(("auto", "always", "never")),
        help="Whether to draw with plain ASCII only. `auto` does so where the terminal's locale is "
        "not UTF-8.",
        example='"always"',
    )
    animations: bool = _option(
        default=False,
        kind=Flag(),
        help="Whether scrolling and dialogues glide.",
        example="true",
    )
    editor: str = _option(
        default="",
        kind=Command(),
        help="The command that opens a file, with `{file}` and `{line}` where it takes them. "
        "Empty, it is `$VISUAL`, then `$EDITOR`.",
        example='"code --goto {file}:{line}"',
        user_only=True,
    )
    clipboard: Clipboard = _option(  # noqa: RUF009 (a field)
        default="auto",
        kind=OneOf(("auto", "native", "tmux", "osc52", "off")),
        help="How text is copied: by the system's own clipboard command, through tmux, or by an "
        "escape sequence (OSC 52) that the terminal may ignore. `auto` takes the first of them "
        "that is there.",
        example='"osc52"',
    )
    record_dir: str = _option(
        default="docs/decisions",
        kind=Folder(),
        help="The project's folder for decision records.",
        example='"doc/adr"',
    )
    keys: tuple[KeyChoice, ...] = _option(
        default=(),
        kind=Keys(),
        help="Other keys for actions. Each replaces all keys of its action. The actions and their "
        "keys are listed in `docs/keys.md`, and by `?` in the session.",
        example='"app.back" = ["backspace", "["]',
    )
    themes: tuple[ThemeChoice, ...] = _option(
        default=(),
        kind=Themes(),
        help="Themes of your own. `dark` says which of the two plain themes lends the colours that "
        "are not given. A colour is `#rrggbb`, or one of the terminal's own: `ansi_blue`, "
        "`ansi_bright_black`, `ansi_default`.",
        example='paper = { dark = false, colours = { background = "#fdf6e3" } }',
    )


@cache
def options() -> tuple[Option, ...]:
    """Give every key of the configuration, in the order of the documentation."""
    found = []
    for each in fields(Settings):
        words: _Words = each.metadata["words"]
        found.append(
            Option(each.name, words.kind, each.default, words.help, words.example, words.user_only)
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value that is not a default comes from."""

    key: str
    """`theme`, or `keys.decide.take` and `themes.paper` for one of several."""

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
