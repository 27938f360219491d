"""In which order the columns of a table stand after an ALTER TABLE."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.migrations.effects.my.parts import Part
    from be_tui.core.schema import Table


def moves_computed(parts: Iterable[Part], table: Table) -> bool:
    """Tell whether a virtual column that stays is another of the table's columns by number."""
    names = [each.name.folded for each in table.columns]
    after = names.copy()
    for part in parts:
        if part.kind == "drop column" and part.name in after:
            after.remove(part.name)
    for part in parts:
        if part.definition is None:
            continue
        at = after.index(part.name) if part.name in after else len(after)
        if part.name in after and part.definition.position:
            after.remove(part.name)
        if part.name not in after:
            after.insert(_place(part.definition.position.lower(), after, at), part.name)
    return any(
        each.generated and each.virtual and after.index(name) != number
        for number, (name, each) in enumerate(zip(names, table.columns, strict=True))
        if name in after
    )


def _place(position: str, columns: list[str], otherwise: int) -> int:
    """Give where a column comes: after another, or first."""
    if position == "first":
        return 0
    return columns.index(position) + 1 if position in columns else otherwise
