"""What going back does not bring back, as words that follow that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.migrations.diff import objects, tables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.migrations.diff import Change


def lost(changes: Iterable[Change]) -> str:
    """Give what is gone for good once changes are made; empty where nothing is."""
    return "; ".join(dict.fromkeys(said for each in changes if (said := _lost(each))))


def _lost(change: Change) -> str:
    match change:
        case tables.TableDropped():
            return f"the rows of {change.table.name.text}"
        case tables.ColumnDropped() if not change.column.generated:
            return f"the values of {change.table.name.text}.{change.column.name.text}"
        case tables.TypeChanged():
            column = f"{change.table.name.text}.{change.after.name.text}"
            return f"what the new type of {column} could not hold" if _narrows(change) else ""
        case tables.GenerationChanged() if change.after.generated and not change.before.generated:
            column = f"{change.table.name.text}.{change.after.name.text}"
            return f"the values of {column}, which are computed now"
        case objects.EnumerationRebuilt():
            gone = [each for each in change.before.values if each not in change.after.values]
            return f"which rows were {', '.join(gone)}" if gone else ""
        case objects.SequenceDropped():
            return f"where {change.sequence.name} stood"
        case objects.FieldDropped():
            return f"the values of {change.composite.name}.{change.field.name.text}"
        case _:
            return ""


_ORDER = ("smallint", "int", "bigint", "numeric")


def _narrows(change: tables.TypeChanged) -> bool:
    """Tell whether values may lose something."""
    old, new = change.before.type, change.after.type
    if new.name == "text" or (old.name == new.name == "numeric" and not new.arguments):
        return False
    if old.name in _ORDER and new.name in _ORDER and not new.arguments:
        return _ORDER.index(new.name) < _ORDER.index(old.name)
    if old.name == new.name == "varchar":
        return bool(new.arguments) and (
            not old.arguments or int(new.arguments[0]) < int(old.arguments[0])
        )
    return (old.name, old.arguments) != (new.name, new.arguments)
