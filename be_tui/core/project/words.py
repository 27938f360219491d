"""Small words that probes share."""

from __future__ import annotations

import time

DAY = 86_400


def counted(number: int, noun: str, plural: str = "") -> str:
    """Give `1 file`, `2 files`."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def share(part: float, whole: float) -> float:
    """Give a percentage with one decimal; 0 of nothing."""
    return round(100 * part / whole, 1) if whole else 0.0


def age_in_days(when: float) -> int:
    """Give the whole days since a time in seconds; never less than none."""
    return max(0, int((time.time() - when) // DAY))


def listed(names: list[str], most: int = 3) -> str:
    """Give `a, b and 4 more`."""
    shown = ", ".join(names[:most])
    rest = len(names) - most
    return f"{shown} and {rest} more" if rest > 0 else shown
