"""Patterns of paths: `*` within a segment, `**` for any of them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_PARTS = re.compile(r"\*\*/|\*\*|\*|\?|[^*?]+")
_MEANT = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def is_among(path: str, patterns: Iterable[str]) -> bool:
    """Tell whether one of the patterns is met by the whole of a path."""
    return any(_compiled(each).fullmatch(path) for each in patterns)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    parts: list[str] = _PARTS.findall(pattern)
    return re.compile("".join(_MEANT.get(part) or re.escape(part) for part in parts))
