"""Three texts merged: what both sides made of a common one, line by line.

Where only one side changed, its lines stand; where both made the same of it, those; where they
differ, or where their changes touch, it is a conflict, told and never settled by guessing. The
method is diff3's (Khanna, Kunal, Pierce, "A Formal Investigation of Diff3", 2007). The libraries
for it are under the GPL, or merge by characters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Taken = Literal["both", "ours", "theirs", "conflict"]
"""Whose lines a part is made of; `both` where neither changed it, or both alike."""


@dataclass(frozen=True, slots=True)
class Part:
    """Lines of a merged text that come from one place."""

    taken: Taken
    ours: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    base: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of merging."""

    parts: tuple[Part, ...]

    @property
    def conflicts(self) -> tuple[Part, ...]:
        """Give the parts that somebody has to settle."""
        return tuple(part for part in self.parts if part.taken == "conflict")

    def text(self, ours: str = "yours", base: str = "before", theirs: str = "generated") -> str:
        """Give the text; a conflict stands between marks that name the sides, as git writes them.

        Args:
            ours: What our side is called in the marks.
            base: What the common text is called.
            theirs: What the other side is called.
        """
        lines: list[str] = []
        for part in self.parts:
            if part.taken == "conflict":
                lines += _whole([f"<<<<<<< {ours}\n", *part.ours])
                lines += _whole([f"||||||| {base}\n", *part.base])
                lines += _whole(["=======\n", *part.theirs])
                lines.append(f">>>>>>> {theirs}\n")
            else:
                lines += part.theirs if part.taken == "theirs" else part.ours
        return "".join(lines)


@dataclass(frozen=True, slots=True)
class _Hunk:
    """Lines of the common text that a side replaced by lines of its own."""

    start: int
    end: int
    side_start: int
    side_end: int


def merge(base: str, ours: str, theirs: str) -> Merged:
    """Merge what two sides made of a text."""
    lines = tuple(text.splitlines(keepends=True) for text in (base, ours, theirs))
    return Merged(tuple(_parts(*lines)))


def _parts(base: list[str], ours: list[str], theirs: list[str]) -> Iterator[Part]:
    mine, other = _hunks(base, ours), _hunks(base, theirs)
    at = at_mine = at_other = 0
    while mine or other:
        group_mine, group_other = _next_group(mine, other)
        start = min(hunk.start for hunk in (*group_mine, *group_other))
        end = max(hunk.end for hunk in (*group_mine, *group_other))
        if start > at:
            yield Part("both", *[tuple(base[at:start])] * 3)
        at_mine, at_other = at_mine + start - at, at_other + start - at
        end_mine = at_mine + end - start + _growth(group_mine)
        end_other = at_other + end - start + _growth(group_other)
        yield _settled(
            tuple(ours[at_mine:end_mine]),
            tuple(theirs[at_other:end_other]),
            tuple(base[start:end]),
        )
        at, at_mine, at_other = end, end_mine, end_other
    if at < len(base):
        yield Part("both", *[tuple(base[at:])] * 3)


def _settled(ours: tuple[str, ...], theirs: tuple[str, ...], base: tuple[str, ...]) -> Part:
    taken: Taken = "conflict"
    if ours == theirs:
        taken = "both"
    elif ours == base:
        taken = "theirs"
    elif theirs == base:
        taken = "ours"
    return Part(taken, ours, theirs, base)


def _hunks(base: Sequence[str], side: Sequence[str]) -> list[_Hunk]:
    """Give what a side changed, the last first."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, base, side, autojunk=False)
    found = [
        _Hunk(start, end, side_start, side_end)
        for kind, start, end, side_start, side_end in matcher.get_opcodes()
        if kind != "equal"
    ]
    return found[::-1]


def _next_group(
    mine: list[_Hunk], other: list[_Hunk]
) -> tuple[tuple[_Hunk, ...], tuple[_Hunk, ...]]:
    """Take the next changes that overlap or touch each other, from both sides."""
    groups: tuple[list[_Hunk], list[_Hunk]] = ([], [])
    sides = (mine, other)
    first = min((each for each in (0, 1) if sides[each]), key=lambda each: sides[each][-1].start)
    groups[first].append(sides[first].pop())
    end = groups[first][0].end
    grown = True
    while grown:
        grown = False
        for side, group in zip(sides, groups, strict=True):
            while side and side[-1].start <= end:
                hunk = side.pop()
                group.append(hunk)
                end = max(end, hunk.end)
                grown = True
    return tuple(groups[0]), tuple(groups[1])


def _growth(hunks: Sequence[_Hunk]) -> int:
    return sum((hunk.side_end - hunk.side_start) - (hunk.end - hunk.start) for hunk in hunks)


def _whole(lines: list[str]) -> list[str]:
    """End the last line, so that a mark stands on a line of its own."""
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    return lines
