"""Figures of advice as people read them."""

from __future__ import annotations

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
