"""How values are drawn for a load test: what is sent is valid, and unique where it must be.

A value is told as JSON for the generated scripts: its kind, its ends, and for a pattern the parts
that a matching text is put together from.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from importlib import import_module
from typing import TYPE_CHECKING, Any

from be_tui.core.scaffold.contract.patterns import MAX_DIGITS
from be_tui.core.scaffold.contract.schemas import INT32, LONGEST_TEXT, PASSWORD
from be_tui.core.scaffold.stacks.sampling import characters, samples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from be_tui.core.jsonform import Json
    from be_tui.core.scaffold.model import Field

    Part = tuple[Any, Any]

_EXACT = 2**53 - 1
"""Up to here JavaScript counts one by one."""

_SPAN = 1_000_000
_ENDLESS = 64
"""Repeats of what may be repeated without end."""


def drawn(field: Field) -> Json:
    """Give how values of a field are drawn; None where no script can draw one."""
    match field.kind:
        case "text" | "password":
            return _text(field)
        case "email" | "url":
            most = int(field.bounds.most or (254 if field.kind == "email" else 2000))
            return {"kind": field.kind, "most": most} if most >= _SHORTEST[field.kind] else None
        case "integer" | "decimal":
            return _whole(field)
        case "float":
            least = float(field.bounds.least or -_SPAN)
            highest = float(field.bounds.most or max(least, 0) + _SPAN)
            return {"kind": "float", "least": min(least, highest), "most": highest}
        case "enum":
            return {"kind": "choice", "of": list(field.values)}
        case "reference":
            return None
        case _:
            return {"kind": field.kind}


_SHORTEST = {"email": 16, "url": 28}
"""Characters that leave room for a name of its own."""


def room(field: Field) -> float:
    """Give how many values there are to draw from, roughly."""
    value = drawn(field)
    if not isinstance(value, dict):
        return 0
    match value["kind"]:
        case "choice":
            return len(field.values)
        case "boolean":
            return 2
        case "whole" | "decimal":
            return _number(value["most"]) - _number(value["least"]) + 1
        case "text":
            return 36.0 ** min(int(_number(value["most"])), 10)
        case "matching":
            return _ways(value["parts"], _number(value["most"]))
        case _:
            return float(_SPAN)


def _ways(parts: Json, most: float) -> float:
    """Give how many texts parts can be put together to, roughly."""
    found = 1.0
    for part in parts if isinstance(parts, list) else []:
        if isinstance(part, dict):
            times = min(int(min(_number(part["most"]), most)), 10)
            arms = part.get("arms")
            one = len(str(part.get("of", "")))
            if isinstance(arms, list):
                one = int(min(sum(_ways(each, most) for each in arms), _SPAN))
            found *= float(max(one, 1)) ** times
    return found


def _number(value: Json) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0


def _text(field: Field) -> Json:
    bounds = field.bounds
    usual = PASSWORD if field.kind == "password" else (0, LONGEST_TEXT)
    least, most = int(bounds.least or usual[0]), int(bounds.most or usual[1])
    if not bounds.pattern:
        return {"kind": "text", "least": least, "most": most}
    usable = samples(bounds.pattern, least, most)
    if not usable:
        return None
    parts: Json = _parts(import_module("re._parser").parse(bounds.pattern))
    return {
        "kind": "matching",
        "least": least,
        "most": most,
        "parts": parts,
        "known": list(usable[:5]),
    }


def _whole(field: Field) -> Json:
    """Give how a number without a part, or one in its last digit, is drawn."""
    scale = field.bounds.scale if field.kind == "decimal" else 0
    highest = 10**field.bounds.digits - 1
    usual = (-highest, highest) if field.kind == "decimal" else INT32
    least = _in_last_digit(field.bounds.least, scale, usual[0], "ROUND_CEILING")
    most = _in_last_digit(field.bounds.most, scale, usual[1], "ROUND_FLOOR")
    if field.kind == "decimal":
        least, most = max(least, usual[0]), min(most, usual[1])
    low = max(least, min(1, most))
    high = min(most, low + _SPAN)
    if max(abs(low), abs(high)) > _EXACT or low > high:
        return None
    if field.kind == "integer":
        return {"kind": "whole", "least": low, "most": high}
    return {"kind": "decimal", "least": low, "most": high, "scale": scale}


def _in_last_digit(end: str | None, scale: int, usual: int, rounding: str) -> int:
    if end is None:
        return usual
    with localcontext(prec=MAX_DIGITS):
        return int(Decimal(end).scaleb(scale).to_integral_value(rounding))


def _parts(tree: Sequence[Part]) -> list[Json]:
    """Give what a matching text is put together from, in its order."""
    return [each for part in tree for each in _part(str(part[0]), part[1])]


def _part(name: str, given: Any) -> list[Json]:  # noqa: ANN401 (the parser's own)
    match name:
        case "LITERAL":
            return [{"of": chr(given), "least": 1, "most": 1}]
        case "IN" | "ANY" | "NOT_LITERAL":
            of = "".join(dict.fromkeys(characters(name, given)))
            return [{"of": of, "least": 1, "most": 1}]
        case "MAX_REPEAT" | "MIN_REPEAT":
            low, high, inner = given
            most = min(int(high), int(low) + _ENDLESS)
            return [{"arms": [_parts(inner)], "least": int(low), "most": most}]
        case "BRANCH":
            return [{"arms": [_parts(arm) for arm in given[1]], "least": 1, "most": 1}]
        case "SUBPATTERN":
            return [{"arms": [_parts(given[-1])], "least": 1, "most": 1}]
        case _:
            return []
