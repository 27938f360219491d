"""The settings in force as TOML that can be read again, each with where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.reports import summary
from be_tui.core.settings.kinds import quoted
from be_tui.core.settings.table import options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.settings.choices import KeyChoice, MigrationChoice, ThemeChoice
    from be_tui.core.settings.model import Loaded


def settings_in_force(loaded: Loaded) -> str:
    """Give all settings, one a line; defaults are called so."""
    settings = loaded.settings
    places = {origin.key: str(origin.place) for origin in loaded.origins}
    rows = [
        (f"{option.name} = {_value(getattr(settings, option.name))}", places.get(option.name, ""))
        for option in options()
        if not isinstance(option.default, tuple)
    ]
    parts = [_aligned([(row, place or "default") for row, place in rows])]
    if settings.migrations:
        parts.append("[migrations]\n" + _aligned([_said(e, places) for e in settings.migrations]))
    if settings.keys:
        parts.append("[keys]\n" + _aligned([_key_row(each, places) for each in settings.keys]))
    parts += ("\n".join(_theme_lines(each, places)) for each in settings.themes)
    if loaded.faults:
        parts.append(f"# {summary(loaded.faults)}: see `be-tui config check`")
    return "\n\n".join(parts) + "\n"


def _aligned(rows: list[tuple[str, str]]) -> str:
    width = max(len(row) for row, _ in rows)
    return "\n".join(f"{row:<{width}}  # {place}" for row, place in rows)


def _key_row(choice: KeyChoice, places: dict[str, str]) -> tuple[str, str]:
    keys = ", ".join(map(quoted, choice.keys))
    return f"{quoted(choice.action)} = [{keys}]", places[f"keys.{choice.action}"]


def _said(choice: MigrationChoice, places: dict[str, str]) -> tuple[str, str]:
    values = ", ".join(map(quoted, choice.values))
    listed = choice.name in {"profile", "enable", "disable"}
    shown = f"[{values}]" if listed else values
    return f"{choice.name} = {shown}", places[f"migrations.{choice.name}"]


def _theme_lines(theme: ThemeChoice, places: dict[str, str]) -> Iterator[str]:
    yield f"[themes.{quoted(theme.name)}]  # {places[f'themes.{theme.name}']}"
    yield f"dark = {_value(theme.dark)}"
    if theme.colours:
        yield f"[themes.{quoted(theme.name)}.colours]"
        yield from (f"{colour.name} = {quoted(colour.value)}" for colour in theme.colours)


def _value(value: object) -> str:
    return quoted(value) if isinstance(value, str) else str(value).lower()
