"""In which points a column's definition differs from what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from be_tui.core.migrations.effects.my.definitions import standing
from be_tui.core.migrations.effects.my.standing import charset_of

if TYPE_CHECKING:
    from be_tui.core.migrations.effects.my.definitions import Definition
    from be_tui.core.schema import Column, Table

Change = Literal["type", "length", "values", "charset", "collation", "required", "optional"]
_ONE_BYTE = 255
_SET_STEP = 8


def changes(old: Column, new: Definition, table: Table) -> list[Change]:
    """Give what changes about a column, its name and comment apart."""
    found: list[Change] = []
    now = standing(old)
    if now.type != new.type:
        found.append("type")
    elif now.arguments != new.arguments:
        found.append("values" if new.type in {"enum", "set"} else "length")
    texts = old.type.family in {"text", "enum"} and "type" not in found
    if texts:
        before = charset_of(table, old)
        after = new.charset or new.collation.partition("_")[0] or table.charset
        if before != after.lower():
            found.append("charset")
        elif (new.collation or "") != (old.collation or ""):
            found.append("collation")
    if old.nullable and not new.nullable:
        found.append("required")
    elif not old.nullable and new.nullable:
        found.append("optional")
    return found


def is_appended(old: Column, new: Definition) -> bool:
    """Tell whether values of ENUM or SET are only added at the end, and take no more room."""
    before, after = old.type.arguments, new.arguments
    if after[: len(before)] != before:
        return False
    if new.type == "set":
        return -(-len(before) // _SET_STEP) == -(-len(after) // _SET_STEP)
    return (len(before) > _ONE_BYTE) == (len(after) > _ONE_BYTE)
