"""Where a query seems to run once for each item of a loop: suspects, not culprits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.evidence import Fact, Measure
from be_tui.core.project.loops import CUSTOMS
from be_tui.core.project.probe import Found, NoAnswer, Probe
from be_tui.core.project.words import counted

if TYPE_CHECKING:
    from be_tui.core.project.gathering import Gathering

_MOST = 8


def take(gathering: Gathering) -> Found:
    """Give the calls that look like a query inside the body of a loop."""
    scan = gathering.scan
    read = [file for file in scan.files if file.language.name in CUSTOMS and not file.is_test]
    if not read:
        raise NoAnswer("no source code in a language that this probe reads")
    suspects = scan.suspects
    if suspects.count:
        line = f"{counted(suspects.count, 'call')} that may run a query for each item of a loop"
    else:
        line = f"no query inside a loop in {counted(len(read), 'source file')}, by its shape"
    return Found(
        line,
        (Measure("n_plus_one.suspects", suspects.count),),
        tuple(Fact(each.text, each.path, each.line) for each in suspects.first[:_MOST]),
        how="heuristic",
        confidence="low",
    )


PROBE = Probe(
    "n-plus-one",
    "Does a query run once for each item of a loop?",
    ("n_plus_one.suspects",),
    take,
)
