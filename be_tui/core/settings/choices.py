"""What a person can name in the settings: keys, themes, and how migrations are checked."""

from __future__ import annotations

from dataclasses import dataclass

SHIPPED_THEMES = ("dark", "light", "high-contrast", "colour-blind", "transparent")
"""The themes that ship, the default first; the session's own table is held to it by a test."""

COLOURS = (
    ("background", "the page"),
    ("surface", "a field, a code block, a pane that stands out from the page"),
    ("panel", "the title, the footer, a dialogue"),
    ("cursor", "behind the row that the keys act on, and behind selected text"),
    ("mark", "behind the words that a search found"),
    ("foreground", "text"),
    ("muted", "notes, sources, what cannot be done just now"),
    ("accent", "keys, links, headings, what is chosen"),
    ("good", "what is right or added"),
    ("warning", "what to look at"),
    ("bad", "what is wrong or removed"),
    ("keyword", "keywords in code"),
    ("name", "names in code"),
    ("string", "strings in code"),
    ("number", "numbers in code"),
    ("line", "borders and scroll bars"),
)
"""The colours of a theme, each with what it is for."""


@dataclass(frozen=True, slots=True)
class KeyChoice:
    """Other keys for one action."""

    action: str
    """Its id: `decide.take`."""

    keys: tuple[str, ...]
    """Names as Textual gives them: `ctrl+p`, `question_mark`, `f1`."""


@dataclass(frozen=True, slots=True)
class Colour:
    """One colour of a theme, by what it is for."""

    name: str
    value: str
    """`#rrggbb`, or one of the terminal's own: `ansi_blue`."""


@dataclass(frozen=True, slots=True)
class ThemeChoice:
    """A theme of the person's own."""

    name: str
    dark: bool = True
    """Whether the plain dark theme lends the colours that are not given, or the light one."""

    colours: tuple[Colour, ...] = ()


@dataclass(frozen=True, slots=True)
class MigrationChoice:
    """One thing that is said of how migrations are checked."""

    name: str
    """`dialect`, `format`, `profile`, `enable`, `disable` or `baseline`."""

    values: tuple[str, ...]
    """One for what is one thing only."""
