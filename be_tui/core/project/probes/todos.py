"""How much is marked as unfinished in the code's own comments."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from be_tui.core.evidence import Fact, Measure
from be_tui.core.project.probe import Found, NoAnswer, Probe
from be_tui.core.project.words import counted

if TYPE_CHECKING:
    from be_tui.core.project.gathering import Gathering

_MOST = 8


def take(gathering: Gathering) -> Found:
    """Count the comments that begin with a word for unfinished work."""
    scan = gathering.scan
    if not scan.lines:
        raise NoAnswer("no source code found")
    marked = scan.left_open
    per_kloc = round(1000 * marked.count / scan.lines, 2)
    by_file = Counter(remark.path for remark in marked.first)
    fullest = {path for path, _ in by_file.most_common(_MOST)}
    told = [remark for remark in marked.first if remark.path in fullest][:_MOST]
    return Found(
        f"{counted(marked.count, 'comment')} of unfinished work in {scan.lines} lines"
        f" ({per_kloc:g} in a thousand)",
        (Measure("todos.count", marked.count), Measure("todos.per_kloc", per_kloc)),
        tuple(Fact(remark.text, remark.path, remark.line) for remark in told),
        command='git grep -inE "(#|//|--|\\*) *(todo|fixme|hack|xxx)"',
    )


PROBE = Probe(
    "todos",
    "How much is marked as unfinished?",
    ("todos.count", "todos.per_kloc"),
    take,
)
