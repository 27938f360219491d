"""Types that PostgreSQL changes without writing or reading a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.schema import Column, DataType


def widens(before: Column, after: Column) -> bool:
    """Tell whether PostgreSQL changes a type without writing or reading a row."""
    if before.collation != after.collation:
        return False
    old, new = before.type, after.type
    if old.name == "varchar" and new.name in {"varchar", "text"}:
        return not new.arguments or _wider(old, new)
    if (old.name, new.name) == ("text", "varchar"):
        return not new.arguments
    if old.name == new.name == "numeric":
        same = old.arguments[1:] == new.arguments[1:]
        return not new.arguments or (bool(old.arguments) and same and _wider(old, new))
    if old.name == new.name and old.name in {"timestamp", "timestamptz", "time", "timetz"}:
        return not new.arguments or (bool(old.arguments) and _wider(old, new))
    if old.name == new.name == "varbit":
        return not new.arguments or _wider(old, new)
    return (old.name, new.name) == ("cidr", "inet")


def _wider(old: DataType, new: DataType) -> bool:
    if not old.arguments or not new.arguments:
        return False
    was, now = old.arguments[0], new.arguments[0]
    return was.isdigit() and now.isdigit() and int(was) <= int(now)
