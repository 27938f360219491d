"""Words that a step adds, in small letters where the statement has its own so."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.rewrites.model import Step

_WORDS = re.compile(
    r"'(?:[^']|'')*'|\"[^\"]*\"|`[^`]*`|--[^\n]*|/\*.*?\*/"
    r"|(?P<word>\b(?:ALL|AND|AS|BY|COALESCE|EXISTS|FROM|GROUP|IN|IS|JOIN|LEFT|NOT|NULL|ON|OR|SELECT"
    r"|TRUE|UNION|WHERE)\b)",
    re.S,
)
"""None of them can be a name without quotes, so that their letters mean nothing."""

_FIRST = re.compile(r"[A-Za-z]+")


def styled(step: Step, text: str) -> Step:
    """Give a step with its words as the statement writes them."""
    first = _FIRST.search(text)
    if first is None or not first[0].islower():
        return step
    changes = tuple(replace(each, text=_WORDS.sub(_small, each.text)) for each in step.changes)
    return replace(step, changes=changes)


def _small(found: re.Match[str]) -> str:
    return found[0].lower() if found["word"] else found[0]
