"""Find titles by what somebody remembers of them: words in any order, beginnings, initials.

Made to be asked again at every key: two thousand titles in a millisecond or two.
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

Span = tuple[int, int]


class Match(NamedTuple):
    """How well a title fits a query."""

    number: int
    """Of the title, from 0."""

    score: float


class Titles:
    """Titles made ready to be searched."""

    def __init__(self, titles: Iterable[str]) -> None:
        """Keep them in small letters, and as bare words between blanks."""
        self._titles = [(low, f" {_bare(low)} ") for low in map(_small, titles)]

    def best(self, query: str) -> list[Match]:
        """Give the titles that fit a query, the best first; every word must be in it somehow."""
        words = [(word, f" {word} ", f" {word}", _scattered(word)) for word in _words(query)]
        found = []
        for index, (low, bare) in enumerate(self._titles):
            score = -_SHORTER * len(low)
            for word, whole, start, scattered in words:
                if whole in bare:
                    score += _WHOLE
                elif start in bare:
                    score += _START
                elif word in low:
                    score += _INSIDE
                elif scattered.search(low):
                    loose = _loosely(word, low)
                    if loose is None:
                        break
                    score += loose[0]
                else:
                    break
            else:
                found.append((-score, index))
        found.sort()
        return [Match(index, -score) for score, index in found]


def places(query: str, title: str) -> tuple[Span, ...]:
    """Give the spans of a title that fit a query, in their order."""
    low = _small(title)
    spans: set[Span] = set()
    for word in _words(query):
        spans.update(_find(word, low))
    return tuple(sorted(spans))


def _small(title: str) -> str:
    low = title.lower()
    # A few letters have a small form of two; the spans must be those of the title.
    return low if len(low) == len(title) else "".join(each.lower()[0] for each in title)


def _bare(low: str) -> str:
    return "".join(letter if letter.isalnum() else " " for letter in low)


@lru_cache(64)
def _words(query: str) -> tuple[str, ...]:
    return tuple(query.lower().split())


@lru_cache(256)
def _scattered(word: str) -> re.Pattern[str]:
    """Give what passes nearly nothing that cannot fit, at the speed of the regex engine."""
    return re.compile(".*?".join(map(re.escape, word)), re.DOTALL)


def _find(word: str, low: str) -> list[Span]:
    bare = f" {_bare(low)} "
    for spaced in (f" {word} ", f" {word}"):
        at = bare.find(spaced)
        if at >= 0:
            return [(at, at + len(word))]
    at = low.find(word)
    if at >= 0:
        return [(at, at + len(word))]
    loose = _loosely(word, low)
    return loose[1] if loose else []


def _loosely(word: str, low: str) -> tuple[float, list[Span]] | None:
    """Find a word by its initials, or by its letters near one another."""
    taken = _initials(word, low)
    if taken:
        return _INITIALS, [(index, index + 1) for index in taken]
    at = -1
    for letter in word:
        at = low.find(letter, at + 1)
        if at < 0:
            return None
        taken.append(at)
    spread = taken[-1] - taken[0] + 1
    if spread > _LOOSEST * len(word):
        return None
    return _SCATTERED * len(word) / spread, _joined(taken)


def _initials(word: str, low: str) -> list[int]:
    taken: list[int] = []
    before = " "
    for index, letter in enumerate(low):
        if letter == word[len(taken)] and not before.isalnum() and letter.isalnum():
            taken.append(index)
            if len(taken) == len(word):
                return taken
        before = letter
    return []


def _joined(indices: list[int]) -> list[Span]:
    spans: list[Span] = []
    for index in indices:
        if spans and spans[-1][1] == index:
            spans[-1] = (spans[-1][0], index + 1)
        else:
            spans.append((index, index + 1))
    return spans
