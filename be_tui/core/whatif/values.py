"""Values that statistics and statements write differently: are two the same, which is greater."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_TRUTHS = {"t": "true", "f": "false", "true": "true", "false": "false"}
_MIDNIGHT = " 00:00:00"


def same(one: str, other: str) -> bool:
    """Tell whether two texts mean the same value: as texts, numbers or truths."""
    if one == other or one.rstrip() == other.rstrip():
        return True
    numbers = _number(one), _number(other)
    if None not in numbers:
        return numbers[0] == numbers[1]
    truth = _TRUTHS.get(one.lower())
    return truth is not None and truth == _TRUTHS.get(other.lower())


def position(bounds: Sequence[str], value: str) -> float | None:
    """Give the share of values below one, by the bounds of equally full parts.

    None where they cannot be compared.
    """
    wanted = _number(value)
    numbers = [_number(each) for each in bounds]
    known = [each for each in numbers if each is not None]
    if wanted is not None and len(known) == len(bounds):
        return _among(known, wanted)
    if wanted is not None or len(known) == len(bounds):
        return None
    texts = [_dated(each) for each in bounds]
    at = bisect_left(texts, _dated(value))
    return min(max((at - 0.5) / (len(texts) - 1), 0.0), 1.0)


def _among(bounds: Sequence[float], wanted: float) -> float:
    at = bisect_left(bounds, wanted)
    if at == 0:
        return 0.0
    if at == len(bounds):
        return 1.0
    low, high = bounds[at - 1], bounds[at]
    within = (wanted - low) / (high - low) if high > low else 0.5
    return (at - 1 + within) / (len(bounds) - 1)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _dated(text: str) -> str:
    """Give a day without the midnight that some engines write behind it."""
    return text.removesuffix(_MIDNIGHT)
