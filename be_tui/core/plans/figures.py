"""Figures of plans as people read them."""

from __future__ import annotations

_SECOND, _MINUTE = 1_000.0, 60_000.0
_MEGA = 1024
_TIMES = 10
_SIGNS = 4


def count(number: float) -> str:
    """Give a number of rows or loops: `1,234`, `0.25` where it is less than one."""
    if 0 < number < 1:
        return f"{number:.2g}"
    return f"{number:,.0f}"


def short(number: float) -> str:
    """Give a number in six signs at most: `812`, `12.3k`, `4.1M`."""
    for limit, size, unit in ((1e9, 1e9, "G"), (1e6, 1e6, "M"), (1e4, 1e3, "k")):
        if number >= limit:
            scaled = f"{number / size:.1f}".removesuffix(".0")
            return f"{scaled if len(scaled) <= _SIGNS else f'{number / size:,.0f}'}{unit}"
    return count(number)


def duration(ms: float) -> str:
    """Give a time: `0.012 ms`, `25.3 ms`, `3.2 s`, `4 min 5 s`."""
    if ms >= _MINUTE:
        return f"{int(ms // _MINUTE)} min {ms % _MINUTE / _SECOND:.0f} s"
    if ms >= _SECOND:
        return f"{ms / _SECOND:.3g} s"
    return f"{ms:.3g} ms" if ms >= 1 else f"{ms:.2g} ms"


def percent(share: float) -> str:
    """Give a share in per cent, `<1 %` where it is not quite nothing."""
    if 0 < share < 0.005:  # noqa: PLR2004 (what would round to nothing)
        return "<1 %"
    return f"{share * 100:.0f} %"


def times(factor: float) -> str:
    """Give how many times more or fewer: `12 times`, from a factor above or below one."""
    more = factor if factor >= 1 else 1 / factor
    return f"{more:,.0f} times" if more >= _TIMES else f"{more:.1f} times"


def kilobytes(number: int) -> str:
    """Give kilobytes, or megabytes from one on."""
    return f"{number / _MEGA:,.1f} MB" if number >= _MEGA else f"{number} kB"
