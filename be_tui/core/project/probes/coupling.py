"""Which folders change together: parts that do are one part, whatever the folders say."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from be_tui.core.evidence import Fact, Measure
from be_tui.core.project.history import COMMAND, DAYS
from be_tui.core.project.probe import Found, NoAnswer, Probe
from be_tui.core.project.words import counted, share

if TYPE_CHECKING:
    from be_tui.core.project.gathering import Gathering

HUGE = 30
"""Source files in one commit; more is a sweep, which couples nothing."""

FEWEST = 20
"""Commits that touch source code; fewer tell nothing."""

FEWEST_TOGETHER = 5
"""Commits that a pair must share before it is a pattern and no accident."""

STRONG = 20.0
"""Percent from which a pair counts as coupled (a rule of thumb)."""

_DOMINANT = 0.6
"""A folder with more than this share of the files is looked into: its parts are the parts."""

_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Pair:
    """Two folders, and how often they change together."""

    folders: tuple[str, str]
    together: int
    either: int

    @property
    def percent(self) -> float:
        """Give the share of commits to either that touch both."""
        return share(self.together, self.either)


def take(gathering: Gathering) -> Found:
    """Find the pairs of folders that commits join."""
    files = [file.path for file in gathering.scan.files if not file.is_test]
    part_of = parts(files)
    touched: list[frozenset[str]] = []
    sweeps = 0
    for commit in gathering.history.commits:
        sources = [part_of[path] for path in commit.paths if path in part_of]
        if len(sources) > HUGE:
            sweeps += 1
        elif sources:
            touched.append(frozenset(sources))
    if len(touched) < FEWEST:
        commits = counted(len(touched), "commit")
        raise NoAnswer(f"only {commits} to source code in {DAYS} days, too few to tell")
    found = pairs(touched)
    notes = [Fact(f"tests left out; folders compared: {len(set(part_of.values()))}")]
    if sweeps:
        notes.append(Fact(f"{counted(sweeps, 'commit')} with over {HUGE} source files left out"))
    return _told(found, len(touched), notes)


def parts(files: list[str]) -> dict[str, str]:
    """Give the folder that each file belongs to, as deep as the project has its parts.

    A folder that holds most of the files (`src`, `com/acme/shop`) is only a wrapper, so
    its own folders are taken instead.
    """
    depth_of: dict[str, int] = dict.fromkeys(files, 1)
    for _ in range(_DEEPEST):
        groups: defaultdict[str, list[str]] = defaultdict(list)
        for file, depth in depth_of.items():
            groups[_part(file, depth)].append(file)
        name, inside = max(groups.items(), key=lambda each: len(each[1]), default=("", []))
        depth = name.count("/") + 2
        deeper = [file for file in inside if file.count("/") >= depth]
        if len(inside) <= _DOMINANT * len(files) or not deeper:
            break
        depth_of.update(dict.fromkeys(inside, depth))
    return {file: _part(file, depth) for file, depth in depth_of.items()}


def _part(file: str, depth: int) -> str:
    return "/".join(file.split("/")[:-1][:depth])


def pairs(touched: list[frozenset[str]]) -> list[Pair]:
    """Give the pairs that changed together often enough, the most coupled first."""
    alone: Counter[str] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    for folders in touched:
        alone.update(folders)
        both.update(combinations(sorted(folders), 2))
    found = (
        Pair(pair, together, alone[pair[0]] + alone[pair[1]] - together)
        for pair, together in both.items()
        if together >= FEWEST_TOGETHER
    )
    return sorted(found, key=lambda pair: (-pair.percent, -pair.together, pair.folders))


def _told(found: list[Pair], commits: int, notes: list[Fact]) -> Found:
    strong = sum(pair.percent > STRONG for pair in found)
    top = found[0] if found else None
    if top is None:
        line = f"no two folders changed together in {FEWEST_TOGETHER} of {commits} commits"
    else:
        line = (
            f"{_named(top)} changed together in {top.percent:g} % of the "
            f"{top.either} commits to either, in {DAYS} days"
        )
    facts = [
        Fact(f"{_named(pair)}: {pair.together} of {pair.either} commits ({pair.percent:g} %)")
        for pair in found[:5]
    ]
    return Found(
        line,
        (
            Measure("coupling.top", top.percent if top else 0.0, "%"),
            Measure("coupling.pairs", strong),
        ),
        (*facts, *notes),
        confidence="high" if commits >= 5 * FEWEST else "medium",
        command=COMMAND,
    )


def _named(pair: Pair) -> str:
    return " and ".join(f"{folder}/" if folder else "the top folder" for folder in pair.folders)


PROBE = Probe(
    "coupling",
    "Which folders change together?",
    ("coupling.top", "coupling.pairs"),
    take,
    reads_history=True,
)
