"""The one table of the configuration: what each key expects, does, and looks like.

Reading, faults, the JSON Schema, the documentation and the example are all made from it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING

from be_tui.core.settings.kinds import Command, Flag, Folder, OneOf, ThemeName
from be_tui.core.settings.model import Settings
from be_tui.core.settings.tables import Keys, Migrations, Themes

if TYPE_CHECKING:
    from be_tui.core.settings.kinds import Kind


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
    user_only: bool = False


_TABLE = {
    "theme": _Words(
        kind=ThemeName(),
        help="The colours: a theme that ships with be-tui, or one from `[themes]`.",
        example='"light"',
    ),
    "mouse": _Words(
        kind=Flag(),
        help="Whether the session takes the mouse. Off, the terminal selects text as usual; it can "
        "also be switched while the session runs.",
        example="false",
    ),
    "ascii": _Words(
        kind=OneOf(("auto", "always", "never")),
        help="Whether to draw with plain ASCII only. `auto` does so where the terminal's locale is "
        "not UTF-8.",
        example='"always"',
    ),
    "animations": _Words(
        kind=Flag(),
        help="Whether scrolling and dialogues glide.",
        example="true",
    ),
    "editor": _Words(
        kind=Command(),
        help="The command that opens a file, with `{file}` and `{line}` where it takes them. "
        "Empty, it is `$VISUAL`, then `$EDITOR`.",
        example='"code --goto {file}:{line}"',
        user_only=True,
    ),
    "clipboard": _Words(
        kind=OneOf(("auto", "native", "tmux", "osc52", "off")),
        help="How text is copied: by the system's own clipboard command, through tmux, or by an "
        "escape sequence (OSC 52) that the terminal may ignore. `auto` takes the first of them "
        "that is there.",
        example='"osc52"',
    ),
    "record_dir": _Words(
        kind=Folder(),
        help="The project's folder for decision records.",
        example='"doc/adr"',
    ),
    "migrations": _Words(
        kind=Migrations(),
        help="How `be-tui migrate check` looks at migrations, where its options say nothing else: "
        "`dialect` (`postgresql:16`), `format` (`goose`), `profile`, `enable` and `disable` "
        "(lists) and `baseline`, a file. The rules are listed in `docs/migration-rules.md`.",
        example='profile = ["strict"]',
    ),
    "keys": _Words(
        kind=Keys(),
        help="Other keys for actions. Each replaces all keys of its action. The actions and their "
        "keys are listed in `docs/keys.md`, and by `?` in the session.",
        example='"app.back" = ["backspace", "["]',
    ),
    "themes": _Words(
        kind=Themes(),
        help="Themes of your own. `dark` says which of the two plain themes lends the colours that "
        "are not given. A colour is `#rrggbb`, or one of the terminal's own: `ansi_blue`, "
        "`ansi_bright_black`, `ansi_default`.",
        example='paper = { dark = false, colours = { background = "#fdf6e3" } }',
    ),
}


@cache
def options() -> tuple[Option, ...]:
    """Give every key of the configuration, in the order of the documentation."""
    found = []
    for each in fields(Settings):
        words = _TABLE[each.name]
        found.append(
            Option(each.name, words.kind, each.default, words.help, words.example, words.user_only)
        )
    return tuple(found)
