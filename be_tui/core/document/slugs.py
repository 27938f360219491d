"""The addresses of headings: `Cache-aside (lazy loading)` is `#cache-aside-lazy-loading`.

The one source of slugs: who lays out a document and who indexes it must agree on them.
They are made as GitHub makes them, so that a link works in both places.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_DROPPED = re.compile(r"[^\w\- ]")
_EXPLICIT = re.compile(r"\s*\{#([\w.-]+)\}\s*$")


def slugify(title: str) -> str:
    """Give the slug of a heading's plain text; `section` where nothing of it remains."""
    kept = _DROPPED.sub("", title.strip().lower())
    return kept.replace(" ", "-") or "section"


def split_slug(title: str) -> tuple[str, str]:
    """Take an explicit slug off a heading: `Title {#slug}` is `("Title", "slug")`.

    Without one the slug is made from the title.
    """
    explicit = _EXPLICIT.search(title)
    if explicit:
        return title[: explicit.start()].rstrip(), explicit[1]
    return title.strip(), slugify(title)


def unique(slugs: Iterable[str]) -> tuple[str, ...]:
    """Number the slugs that occur again: `a, b, a` is `a, b, a-1`; none is given twice."""
    taken: set[str] = set()
    given: list[str] = []
    # Numbers below the last one given are taken for ever: thousands of equal headings cost little.
    last: dict[str, int] = {}
    for slug in slugs:
        candidate, number = slug, last.get(slug, 0)
        while candidate in taken:
            number += 1
            candidate = f"{slug}-{number}"
        last[slug] = number
        taken.add(candidate)
        given.append(candidate)
    return tuple(given)
