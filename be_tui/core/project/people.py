"""Who wrote it: the same person under two addresses is one, a program is nobody."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_BOT = re.compile(
    r"\[bot\]|(?:^|[-_.+])bot(?:$|@)|^(?:dependabot|renovate|greenkeeper|pre-commit-ci|mergify"
    r"|github-actions|semantic-release|imgbot|allcontributors|codecov|weblate|crowdin"
    r"|release-please|jenkins|travis[ -]ci|circleci|bors)(?:$|@)",
    re.IGNORECASE,
)
"""A name or an address that programs commit under."""

_ANYBODY = re.compile(r"(?:root|no-?reply|git|user|you|admin|me)@", re.IGNORECASE)
"""Addresses that say nothing about who it is."""


@dataclass(frozen=True, slots=True)
class Person:
    """One who committed."""

    name: str
    commits: int


def is_bot(name: str, email: str) -> bool:
    """Tell whether a program commits under this name or address."""
    return _BOT.search(name) is not None or _BOT.search(email) is not None


def people(commits: Iterable[tuple[str, str, int]]) -> tuple[Person, ...]:
    """Give the people behind names, addresses and counts of commits, the busiest first.

    Two entries are one person where name or address is the same, case aside; what
    `.mailmap` says was heeded by git before.
    """
    leader: dict[str, str] = {}

    def first(key: str) -> str:
        while leader.setdefault(key, key) != key:
            key = leader[key]
        return key

    counted: Counter[tuple[str, str]] = Counter()
    for name, email, count in commits:
        if not is_bot(name, email):
            counted[name, email] += count
            leader[first(_address(email) or _called(name))] = first(_called(name))
    totals: Counter[str] = Counter()
    names: dict[str, str] = {}
    for (name, _), count in counted.most_common():
        totals[first(_called(name))] += count
        names.setdefault(first(_called(name)), name)
    return tuple(Person(names[key], count) for key, count in totals.most_common())


def _called(name: str) -> str:
    return "name " + " ".join(name.casefold().split())


def _address(email: str) -> str:
    shared = not email or _ANYBODY.match(email)
    return "" if shared else f"mail {email.casefold()}"
