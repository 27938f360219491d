"""PostgreSQL's arrays of one dimension as text: `{1,"two words",NULL}`.

The rules are those of `array_in` and `array_out` (PostgreSQL's `arrayfuncs.c`).
"""

from __future__ import annotations

import re

_ITEM = re.compile(
    r"\s*(?:\"(?P<quoted>(?:[^\"\\]|\\.)*)\"|(?P<plain>(?:[^\",{}\\]|\\.)+?))\s*(?P<end>[,}])", re.S
)
_ESCAPED = re.compile(r"\\(.)", re.S)
_ORDINARY = re.compile(r"[^\s,{}\"\\]+")


def read_array(text: str) -> tuple[str, ...]:
    """Give the elements of an array.

    Raises:
        ValueError: It is no array of one dimension, or holds NULL.
    """
    body = text.strip()
    if body[:1] != "{" or body[-1:] != "}":
        raise ValueError("expected an array in braces")
    if not body[1:-1].strip():
        return ()
    found: list[str] = []
    at = 1
    while at < len(body):
        item = _ITEM.match(body, at)
        if item is None or (item["end"] == "}") != (item.end() == len(body)):
            raise ValueError("expected elements with commas between")
        if item["plain"] is not None and item["plain"].upper() == "NULL":
            raise ValueError("expected no NULL")
        whole = item["quoted"] if item["plain"] is None else item["plain"]
        found.append(_ESCAPED.sub(r"\1", whole))
        at = item.end()
    return tuple(found)


def write_array(values: tuple[str, ...]) -> str:
    """Give an array of the values."""
    return f"{{{','.join(_element(value) for value in values)}}}"


def _element(value: str) -> str:
    if _ORDINARY.fullmatch(value) and value.upper() != "NULL":
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
