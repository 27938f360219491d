"""The themes: dark, light, high contrast, colour-blind and the terminal's own colours.

A stylesheet names a colour by what it is for, never by its look: text in one of `TEXTS` on
one of `GROUNDS`. Tests hold every such pair to WCAG's contrast (4.5 to 1; in `high-contrast`
7 to 1) in every theme, and the stylesheets to these names.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from be_tui.core.settings import ThemeChoice


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a theme, each by what it is for."""

    background: str
    surface: str
    """A field, a code block, a pane that stands out from the page."""

    panel: str
    """The title, the footer, a dialogue."""

    cursor: str
    """Behind the row that the keys act on, and behind selected text."""

    mark: str
    """Behind the words that a search found."""

    foreground: str
    muted: str
    """Notes, sources, what cannot be done just now."""

    accent: str
    """Keys, links, headings, what is chosen."""

    good: str
    warning: str
    bad: str
    keyword: str
    name: str
    string: str
    number: str
    line: str
    """Borders and scroll bars: seen, not read."""


DARK = Palette(
    background="#14171a",
    surface="#191d21",
    panel="#23282e",
    cursor="#1d3a57",
    mark="#4a3b12",
    foreground="#e4e7eb",
    muted="#a9b2bc",
    accent="#84c8ff",
    good="#6fd39a",
    warning="#e9bd5f",
    bad="#ff938a",
    keyword="#c9a8ff",
    name="#84c8ff",
    string="#9bd68a",
    number="#f2b26b",
    line="#76818d",
)

LIGHT = Palette(
    background="#fbfbf9",
    surface="#f3f3f0",
    panel="#e6e7e4",
    cursor="#cfe2f5",
    mark="#f6e3a1",
    foreground="#1c2126",
    muted="#4d555d",
    accent="#0a4a8f",
    good="#14592f",
    warning="#6b4700",
    bad="#9b1c16",
    keyword="#6a1f9b",
    name="#0a4a8f",
    string="#1a5c2a",
    number="#8a3b00",
    line="#737a81",
)

HIGH_CONTRAST = Palette(
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    cursor="#003a75",
    mark="#4a3a00",
    foreground="#ffffff",
    muted="#dadada",
    accent="#a6dbff",
    good="#8dffb0",
    warning="#ffe07a",
    bad="#ffc4be",
    keyword="#e3d0ff",
    name="#a6dbff",
    string="#b9ffab",
    number="#ffd6a3",
    line="#ffffff",
)

COLOUR_BLIND = Palette(
    background="#14171a",
    surface="#191d21",
    panel="#23282e",
    cursor="#17395e",
    mark="#46400f",
    foreground="#e8eaed",
    muted="#aab2bb",
    accent="#c8bcff",
    good="#6cbcff",
    warning="#fff2a8",
    bad="#ff9338",
    keyword="#c8bcff",
    name="#6cbcff",
    string="#fff2a8",
    number="#ff9338",
    line="#76818d",
)
"""Blue for good and orange for bad: told apart with weak red or green cones as well."""

TRANSPARENT = Palette(
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    cursor="ansi_default",
    mark="ansi_default",
    foreground="ansi_default",
    muted="ansi_default",
    accent="ansi_magenta",
    good="ansi_green",
    warning="ansi_yellow",
    bad="ansi_red",
    keyword="ansi_magenta",
    name="ansi_blue",
    string="ansi_green",
    number="ansi_yellow",
    line="ansi_bright_black",
)
"""Only what the terminal's own palette has, on its own background; a row is marked by
reversing it. Magenta is the one accent that most palettes keep readable on both grounds."""

_TEXT_NAMES = {
    "foreground": "foreground",
    "text": "foreground",
    "muted": "muted",
    "text-muted": "muted",
    "text-disabled": "muted",
    "accent-text": "accent",
    "text-accent": "accent",
    "text-primary": "accent",
    "text-secondary": "muted",
    "text-success": "good",
    "text-warning": "warning",
    "text-error": "bad",
    "success": "good",
    "warning": "warning",
    "error": "bad",
    "added": "good",
    "removed": "bad",
    "hunk": "accent",
    "code-keyword": "keyword",
    "code-name": "name",
    "code-string": "string",
    "code-number": "number",
    "code-comment": "muted",
    "code-operator": "foreground",
    "block-cursor-foreground": "foreground",
    "block-cursor-blurred-foreground": "foreground",
    "input-selection-foreground": "foreground",
    "link-color": "accent",
    "link-color-hover": "accent",
}
_GROUND_NAMES = {
    "background": "background",
    "surface": "surface",
    "panel": "panel",
    "cursor": "cursor",
    "mark": "mark",
    "block-cursor-background": "cursor",
    "block-cursor-blurred-background": "panel",
    "block-hover-background": "panel",
    "input-selection-background": "cursor",
    "screen-selection-background": "cursor",
    "link-background-hover": "cursor",
}
_LINE_NAMES = {
    "border": "accent",
    "border-blurred": "line",
    "line": "line",
    "scrollbar": "line",
    "scrollbar-hover": "accent",
    "scrollbar-active": "accent",
    "scrollbar-background": "surface",
    "scrollbar-background-hover": "surface",
    "scrollbar-background-active": "surface",
    "scrollbar-corner-color": "surface",
}

TEXTS = frozenset(_TEXT_NAMES)
"""The names that a stylesheet may give text."""

GROUNDS = frozenset(_GROUND_NAMES)
"""The names that a stylesheet may put text on."""

LINES = frozenset(_LINE_NAMES)
"""The names that a stylesheet may draw borders and scroll bars with."""


def variables_of(palette: Palette) -> dict[str, str]:
    """Give what every name of a stylesheet stands for in a palette."""
    names = {**_TEXT_NAMES, **_GROUND_NAMES, **_LINE_NAMES}
    return {name: getattr(palette, role) for name, role in names.items()}


TOKENS: Mapping[str, str] = variables_of(DARK)
"""What the names fall back to in a theme that is not ours."""


def theme_of(name: str, palette: Palette, *, dark: bool = True, ansi: bool = False) -> Theme:
    """Make Textual's theme of a palette."""
    styles = {"block-cursor-text-style": "bold", "link-style": "underline"}
    if ansi:
        styles |= {"block-cursor-text-style": "bold reverse", "surface-active": "ansi_default"}
        styles |= {"ansi-background": "ansi_default", "ansi-foreground": "ansi_default"}
    return Theme(
        name=name,
        primary=palette.accent,
        secondary=palette.muted,
        accent=palette.accent,
        foreground=palette.foreground,
        background=palette.background,
        surface=palette.surface,
        panel=palette.panel,
        success=palette.good,
        warning=palette.warning,
        error=palette.bad,
        dark=dark,
        ansi=ansi,
        variables={**variables_of(palette), **styles},
    )


THEMES: tuple[Theme, ...] = (
    theme_of("dark", DARK),
    theme_of("light", LIGHT, dark=False),
    theme_of("high-contrast", HIGH_CONTRAST),
    theme_of("colour-blind", COLOUR_BLIND),
    theme_of("transparent", TRANSPARENT, ansi=True),
)
"""Every theme that ships, the default first."""

PALETTES = {
    "dark": DARK,
    "light": LIGHT,
    "high-contrast": HIGH_CONTRAST,
    "colour-blind": COLOUR_BLIND,
}
"""The palettes whose colours are known; `transparent` has the terminal's."""


def themes_with(choices: Iterable[ThemeChoice] = ()) -> dict[str, Theme]:
    """Give every theme by its name: those that ship, then a person's own."""
    themes = {theme.name: theme for theme in THEMES}
    for choice in choices:
        colours = {colour.name: colour.value for colour in choice.colours}
        base = TRANSPARENT if _is_terminals(colours) else DARK if choice.dark else LIGHT
        themes[choice.name] = theme_of(
            choice.name,
            replace(base, **colours),
            dark=choice.dark,
            ansi=any(value.startswith("ansi_") for value in colours.values()),
        )
    return themes


def _is_terminals(colours: Mapping[str, str]) -> bool:
    """Tell whether a page stands on the terminal's own ground; mixed palettes cannot be read."""
    return colours.get("background", "").startswith("ansi_")
