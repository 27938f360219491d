"""Lay what several files say over each other: later ones override, key by key."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.findings import Finding, Fix, Place
from be_tui.core.settings.choices import SHIPPED_THEMES, KeyChoice, MigrationChoice, ThemeChoice
from be_tui.core.settings.kinds import nearest, shown
from be_tui.core.settings.model import Loaded, Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from be_tui.core.settings.model import Origin
    from be_tui.core.settings.reading import File, Layer


_SHADOWED = "[tool.be-tui] is not read, as be-tui.toml stands beside it"


def lay(layers: Sequence[tuple[File, Layer]]) -> Loaded:
    """Give the settings that the files say together, and all that is wrong in them."""
    values: dict[str, object] = {}
    origins: dict[str, Origin] = {}
    faults: list[Finding] = []
    used = [(file, layer) for file, layer in layers if not _shadowed(file, layers)]
    for _, layer in used:
        faults += layer.faults
        origins |= {origin.key: origin for origin in layer.origins}
        for name, value in layer.values:
            values[name] = _over(values.get(name), value)
    faults += (
        Finding("config-shadowed", "warning", layer.place, _SHADOWED)
        for file, layer in layers
        if (file, layer) not in used and layer.place
    )
    settings = replace(Settings(), **values)  # type: ignore[arg-type]
    known = (*SHIPPED_THEMES, *(theme.name for theme in settings.themes))
    if settings.theme not in known:
        faults.append(_unknown_theme(settings.theme, known, origins.pop("theme").place))
        settings = replace(settings, theme=Settings().theme)
    return Loaded(
        settings,
        tuple(sorted(faults, key=_order)),
        tuple(origins.values()),
        tuple(file.shown for file, _ in used),
    )


def _order(fault: Finding) -> tuple[str, int, int]:
    return fault.place.path, fault.place.line, fault.place.column


def _over(below: object, above: object) -> object:
    """Lay a value over another: tables are joined by their names, all else is replaced."""
    if not isinstance(above, tuple):
        return above
    joined: dict[str, KeyChoice | MigrationChoice | ThemeChoice] = {}
    for each in (*(below if isinstance(below, tuple) else ()), *above):
        joined[each.action if isinstance(each, KeyChoice) else each.name] = each
    return tuple(joined.values())


def _shadowed(file: File, layers: Sequence[tuple[File, Layer]]) -> bool:
    """Tell whether the project has a file of our own beside the shared one."""
    return bool(file.table) and any(not other.table and not other.by_user for other, _ in layers)


def _unknown_theme(name: str, known: Sequence[str], place: Place) -> Finding:
    expected = ", ".join(f'"{each}"' for each in known)
    meant = nearest(name, known)
    return Finding(
        "config-value",
        "error",
        place,
        f"theme: expected one of {expected}, got {shown(name)}",
        "The default holds instead.",
        Fix(f"did you mean {meant!r}?") if meant else None,
    )
