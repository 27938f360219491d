"""Every theme can be read, by everyone, and every stylesheet keeps to its names."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.color import Color

import be_tui.tui
from be_tui.core.settings import Colour as Chosen
from be_tui.core.settings import ThemeChoice
from be_tui.tui.app import BeTuiApp, Opening
from be_tui.tui.themes import (
    COLOUR_BLIND,
    GROUNDS,
    LINES,
    PALETTES,
    TEXTS,
    THEMES,
    TOKENS,
    themes_with,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.theme import Theme

KNOWN = tuple(theme for theme in THEMES if theme.name in PALETTES)


def luminance(colour: Color) -> float:
    channels = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in colour.normalized
    )
    return sum(
        weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), channels, strict=True)
    )


def contrast(one: str, other: str) -> float:
    """Give the ratio as WCAG 2.2 defines it."""
    low, high = sorted(luminance(Color.parse(each)) for each in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", KNOWN, ids=lambda theme: theme.name)
def test_every_text_can_be_read_on_every_ground(theme: Theme) -> None:
    variables = theme.variables
    least = 7 if theme.name == "high-contrast" else 4.5
    faint = {
        (text, ground): round(contrast(variables[text], variables[ground]), 2)
        for text in TEXTS
        for ground in GROUNDS
        if contrast(variables[text], variables[ground]) < least
    }
    assert not faint


@pytest.mark.parametrize("theme", KNOWN, ids=lambda theme: theme.name)
def test_every_border_can_be_seen(theme: Theme) -> None:
    variables = theme.variables
    for name in ("border", "border-blurred", "line", "scrollbar"):
        for ground in ("background", "surface", "panel"):
            assert contrast(variables[name], variables[ground]) >= 3, (name, ground)


# How a deuteranope and a protanope see linear RGB: Machado, Oliveira and Fernandes (2009).
WEAK_GREEN = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)
WEAK_RED = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)


def seen(colour: str, matrix: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    """Give a colour as CIE Lab, as somebody with that matrix sees it."""
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in Color.parse(colour).normalized
    ]
    red, green, blue = (
        min(max(sum(w * v for w, v in zip(row, linear, strict=True)), 0.0), 1.0) for row in matrix
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("matrix", [WEAK_GREEN, WEAK_RED], ids=["weak green", "weak red"])
def test_good_warning_and_bad_are_told_apart_with_weak_red_or_green(
    matrix: tuple[tuple[float, ...], ...],
) -> None:
    roles = (COLOUR_BLIND.good, COLOUR_BLIND.warning, COLOUR_BLIND.bad)
    for one, other in combinations(roles, 2):
        distance = (
            sum((a - b) ** 2 for a, b in zip(seen(one, matrix), seen(other, matrix), strict=True))
            ** 0.5
        )
        assert distance > 20, (one, other, distance)


def test_the_transparent_theme_uses_nothing_but_the_terminals_own_colours() -> None:
    transparent = next(theme for theme in THEMES if theme.name == "transparent")
    colours = [v for k, v in transparent.variables.items() if not k.endswith("-style")]
    assert {each.startswith("ansi_") for each in colours} == {True}
    assert transparent.variables["background"] == "ansi_default"


def stylesheets() -> Iterator[tuple[str, str]]:
    folder = Path(be_tui.tui.__path__[0])
    for path in sorted(folder.rglob("*.tcss")):
        yield path.name, path.read_text(encoding="utf-8")
    for path in sorted(folder.rglob("*.py")):
        for sheet in re.findall(r'CSS = """(.*?)"""', path.read_text(encoding="utf-8"), re.DOTALL):
            yield path.name, sheet


RULE = re.compile(r"([a-z-]+):\s*([^;{}]+)[;}]")
OTHER_PROPERTIES = {"text-style", "link-style"}


def test_stylesheets_name_colours_only_by_what_they_are_for() -> None:
    wrong = []
    for name, sheet in stylesheets():
        for key, value in RULE.findall(sheet):
            allowed: frozenset[str] = frozenset()
            if key == "color" or key.startswith("link-color"):
                allowed = TEXTS
            elif key == "background":
                allowed = GROUNDS
            elif key.startswith(("border", "scrollbar", "outline")):
                allowed = LINES | GROUNDS
            used = set(re.findall(r"\$([a-z0-9-]+)", value))
            if (allowed and not used <= allowed) or "#" in value or "rgb" in value:
                wrong.append((name, key, value))
    assert not wrong


def test_every_theme_gives_every_name() -> None:
    for theme in THEMES:
        assert set(TOKENS) <= set(theme.variables)


def test_a_theme_of_ones_own_borrows_what_it_does_not_say() -> None:
    choice = ThemeChoice("paper", dark=False, colours=(Chosen("background", "#fdf6e3"),))
    theme = themes_with([choice])["paper"]
    assert (theme.dark, theme.ansi) == (False, False)
    assert theme.variables["background"] == "#fdf6e3"
    assert theme.variables["muted"] == PALETTES["light"].muted


def test_a_theme_on_the_terminals_own_ground_borrows_the_terminals_colours() -> None:
    choice = ThemeChoice("mine", colours=(Chosen("background", "ansi_default"),))
    theme = themes_with([choice])["mine"]
    assert theme.ansi
    assert theme.variables["foreground"] == "ansi_default"


async def test_a_theme_of_ones_own_is_used_and_can_be_changed_for_now(service: Path) -> None:
    (service / "be-tui.toml").write_text(
        'theme = "paper"\n[themes.paper]\ndark = false\ncolours = { accent = "#7a3b00" }\n'
    )
    app = BeTuiApp(Opening(service))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert app.theme == "paper"
        await pilot.press("T")
        await pilot.pause()
        assert app.theme == "dark"
        said = [notification.message for notification in app._notifications]
        assert said == ['theme: dark, for now; theme = "dark" in your settings keeps it']


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
async def test_the_session_opens_in_every_theme(app: BeTuiApp, theme: Theme) -> None:
    app.theme = theme.name
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.current_theme is theme
