"""JSON by RFC 8259: no name twice in an object, no NaN."""

from __future__ import annotations

import json


def parse_json(text: str) -> object:
    """Give the value; raises ValueError where it is none."""
    return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"`{name}` stands twice in an object")
    return dict(pairs)


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")
