"""Figures of advice as people read them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.indexes.model import Tested

_MEGA = 1_000_000
_TEN, _HUNDRED = 10, 100


def megabytes(size: int) -> str:
    """Give bytes in megabytes: `37.8 MB`, `0.23 MB`."""
    return f"{size / _MEGA:,.1f} MB" if size >= _MEGA else f"{size / _MEGA:,.2f} MB"


def amount(number: float) -> str:
    """Give a cost or a number of calls: `1,234`, `8.4`."""
    if number >= _HUNDRED or number == int(number):
        return f"{number:,.0f}"
    return f"{number:.1f}" if number >= 1 else f"{number:.2g}"


def times(ratio: float) -> str:
    """Give how many times: `1.4x`, `12x`, `2,180x`."""
    return f"{ratio:,.0f}x" if ratio >= _TEN else f"{ratio:.1f}x"


def share_of(part: float, whole: float) -> str:
    """Give a part in per cent."""
    return f"{100 * part / whole:.0f} %" if whole else "0 %"


def milliseconds(ms: float) -> str:
    """Give a time in three figures: `0.118 ms`, `3.2 s`."""
    return f"{ms / 1000:.3g} s" if ms >= 1000 else f"{ms:.3g} ms"  # noqa: PLR2004 (a second)


def tested_words(tested: Tested) -> list[str]:
    """Give what trying the advice showed, a sentence each."""
    said = []
    if tested.about:
        counts = Counter(each.outcome for each in tested.runs)
        words = ", ".join(f"{counts[each]:,} {each}" for each in ("faster", "same", "slower"))
        said.append(f"Run on {tested.about}, before and after: {words}.")
    return [*said, f"{tested.left[0].upper()}{tested.left[1:]}."] if tested.left else said
