"""Find titles by what somebody remembers of them: words in any order, beginnings, initials.

Made to be asked again at every key: two thousand titles in a few milliseconds.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_WHOLE, _START, _INSIDE, _INITIALS, _SCATTERED = 100.0, 80.0, 50.0, 45.0, 20.0
"""What a word of the query is worth by where it was found."""

_SHORTER = 0.05
"""What each character of a title takes away: of two equals the shorter is meant."""

_LOOSEST = 3
"""How many times its own length a scattered word may spread over; more is chance."""


class Match(NamedTuple):
    """How well a title fits a query."""

    score: float
    places: tuple[tuple[int, int], ...]
    """The spans of the title that fit, in their order."""


def match(query: str, title: str) -> Match | None:
    """Tell how well a title fits a query; every word of the query must be in it somehow."""
    words = _words(query)
    low = title.lower()
    if len(low) != len(title):  # a letter whose small form is longer, as the dotted İ
        low = "".join(letter.lower()[0] for letter in title)
    total = -_SHORTER * len(title)
    places: list[tuple[int, int]] = []
    for word in words:
        found = _find(word, low)
        if found is None:
            return None
        score, spans = found
        total += score
        places += spans
    return Match(total, tuple(sorted(set(places))))


def best(query: str, titles: Iterable[str], limit: int) -> list[tuple[int, Match]]:
    """Give the indices of the titles that fit best, each with how, the best first."""
    patterns = [_scattered(word) for word in _words(query)]
    found = []
    for index, title in enumerate(titles):
        for pattern in patterns:
            if not pattern.search(title):
                break
        else:
            fits = match(query, title)
            if fits is not None:
                found.append((index, fits))
    found.sort(key=lambda each: (-each[1].score, each[0]))
    return found[:limit]


@lru_cache(64)
def _words(query: str) -> tuple[str, ...]:
    return tuple(query.lower().split())


@lru_cache(256)
def _scattered(word: str) -> re.Pattern[str]:
    """Give what passes nearly nothing that cannot fit, at the speed of the regex engine."""
    return re.compile("[^\0]*?".join(map(re.escape, word)), re.IGNORECASE)


def _find(word: str, title: str) -> tuple[float, list[tuple[int, int]]] | None:
    at = title.find(word)
    while at >= 0:
        if at == 0 or not title[at - 1].isalnum():
            end = at + len(word)
            whole = end == len(title) or not title[end].isalnum()
            return (_WHOLE if whole else _START), [(at, end)]
        further = title.find(word, at + 1)
        if further < 0:
            at = title.find(word)
            return _INSIDE, [(at, at + len(word))]
        at = further
    return _by_initials(word, title) or _by_letters(word, title)


def _by_initials(word: str, title: str) -> tuple[float, list[tuple[int, int]]] | None:
    starts = [
        index
        for index, letter in enumerate(title)
        if letter.isalnum() and (index == 0 or not title[index - 1].isalnum())
    ]
    taken: list[int] = []
    for index in starts:
        if len(taken) < len(word) and title[index] == word[len(taken)]:
            taken.append(index)
    if len(taken) < len(word):
        return None
    return _INITIALS, [(index, index + 1) for index in taken]


def _by_letters(word: str, title: str) -> tuple[float, list[tuple[int, int]]] | None:
    taken: list[int] = []
    at = -1
    for letter in word:
        at = title.find(letter, at + 1)
        if at < 0:
            return None
        taken.append(at)
    spread = taken[-1] - taken[0] + 1
    if spread > _LOOSEST * len(word):
        return None
    return _SCATTERED * len(word) / spread, _joined(taken)


def _joined(places: list[int]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for place in places:
        if spans and spans[-1][1] == place:
            spans[-1] = (spans[-1][0], place + 1)
        else:
            spans.append((place, place + 1))
    return spans
