"""Regular expressions of the contract, in what ECMA-262, RE2, Java and Python read alike."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NO_NUL = "^[^\\u0000]*$"
"""Text that every database keeps: PostgreSQL has no place for a NUL."""

EMAIL = (
    "^[A-Za-z0-9_+-]{1,32}(?:\\.[A-Za-z0-9_+-]{1,15}){0,2}"
    "@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?\\.){1,4}[A-Za-z]{2,24}$"
)
"""Addresses as nearly all are; told in the contract, because `format: email` is read in many ways.
At most 64 characters stand before the @, as SMTP has it."""

URL = "^https?://[A-Za-z0-9.-]{1,200}(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~/%?&=+-]{0,1000})?$"

CURSOR = "^[A-Za-z0-9_-]{1,1024}$"

IDEMPOTENCY_KEY = "^[A-Za-z0-9_-]{16,128}$"

ETAG = '^"[A-Za-z0-9-]{1,64}"$'

KNOWN_ETAGS = "^[!-~](?:[ -~]{0,198}[!-~])?$"
"""What `If-None-Match` may say: tags with commas between, weak ones too, or `*`."""

MAX_DIGITS = 100
"""Digits that decimals are reckoned with."""

BEARER = "^[A-Za-z0-9._-]{1,4096}$"


def whole(pattern: str) -> str:
    """Give a pattern that the whole text must match."""
    return f"^(?:{pattern})$"


def may_match_nul(pattern: str) -> bool:
    """Tell whether a pattern might let a NUL through; sure only when it says no."""
    return any(mark in pattern for mark in (".", "[^", "\\W", "\\D", "\\S", "\\x", "\\u", "\\0"))


def decimals(least: Decimal, most: Decimal, scale: int) -> str:
    """Give the pattern of the numbers from one to another, each written in one way alone.

    Args:
        least: The lowest of them.
        most: The highest.
        scale: How many digits stand after the point, no more and no fewer.
    """
    # With the usual 28 digits the ends of longer decimals would be rounded.
    with localcontext(prec=MAX_DIGITS):
        step = Decimal(10) ** scale
        low, high = int((least * step).to_integral_value("ROUND_CEILING")), int(most * step // 1)
    arms = []
    if low < 0:
        first = 1 if high >= 0 else -high
        arms += [f"-{arm}" for arm in _ranges(first, -low, scale)]
    if high >= 0:
        arms += _ranges(max(low, 0), high, scale)
    return f"^(?:{'|'.join(arms)})$"


def _ranges(low: int, high: int, scale: int) -> Iterator[str]:
    """Give patterns of whole numbers as digits, with a point before the last `scale` of them."""
    shortest = scale + 1
    full: list[int] = []
    for width in range(shortest, max(len(str(high)), shortest) + 1):
        first = 10 ** (width - 1) if width > shortest else 0
        start, end = max(low, first), min(high, 10**width - 1)
        if start > end:
            continue
        if width > shortest and (start, end) == (first, 10**width - 1):
            full.append(width)
            continue
        for arm in _same_width(str(start).zfill(width), str(end).zfill(width)):
            yield _pointed(arm, scale)
    if full:
        point = f"\\.{_times('[0-9]', scale, scale)}" if scale else ""
        yield f"[1-9]{_times('[0-9]', full[0] - scale - 1, full[-1] - scale - 1)}{point}"


def _times(one: str, least: int, most: int) -> str:
    """Write how often something stands there; all numbers of times between the two were asked."""
    if least == most:
        return one if least == 1 else f"{one}{{{least}}}"
    return f"{one}{{{least},{most}}}"


def _same_width(low: str, high: str) -> Iterator[tuple[tuple[str, str], ...]]:
    """Give rows of digit ranges that together hold the numbers between two of one width."""
    if not low:
        yield ()
    elif low == "0" * len(low) and high == "9" * len(high):
        yield tuple(("0", "9") for _ in low)
    elif low[0] == high[0]:
        for rest in _same_width(low[1:], high[1:]):
            yield ((low[0], low[0]), *rest)
    else:
        yield from _apart(low, high)


def _apart(low: str, high: str) -> Iterator[tuple[tuple[str, str], ...]]:
    rest = len(low) - 1
    first, last = int(low[0]), int(high[0])
    if low[1:] != "0" * rest:
        for arm in _same_width(low[1:], "9" * rest):
            yield ((low[0], low[0]), *arm)
        first += 1
    full_end = high[1:] == "9" * rest
    if first <= last - (0 if full_end else 1):
        middle = (str(first), str(last if full_end else last - 1))
        yield (middle, *(("0", "9") for _ in range(rest)))
    if not full_end:
        for arm in _same_width("0" * rest, high[1:]):
            yield ((high[0], high[0]), *arm)


def _pointed(arm: tuple[tuple[str, str], ...], scale: int) -> str:
    before, after = arm[: len(arm) - scale], arm[len(arm) - scale :]
    return _digits(before) + (f"\\.{_digits(after)}" if after else "")


def _digits(ranges: tuple[tuple[str, str], ...]) -> str:
    """Write digit ranges, equal ones in a row counted."""
    parts: list[str] = []
    at = 0
    while at < len(ranges):
        end = at
        while end < len(ranges) and ranges[end] == ranges[at]:
            end += 1
        low, high = ranges[at]
        one = low if low == high else f"[{low}-{high}]"
        parts.append(_times(one, end - at, end - at))
        at = end
    return "".join(parts)
