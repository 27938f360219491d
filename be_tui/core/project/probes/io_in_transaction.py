"""Where a transaction stays open while the code waits for something outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.evidence import Measure
from be_tui.core.project.looks.model import facts
from be_tui.core.project.looks.transactions import OPENINGS, TRANSACTIONS
from be_tui.core.project.probe import Found, NoAnswer, Probe
from be_tui.core.project.reading import need_source
from be_tui.core.project.words import counted

if TYPE_CHECKING:
    from be_tui.core.project.gathering import Gathering


def take(gathering: Gathering) -> Found:
    """Give the calls that wait inside the block of a transaction."""
    need_source(gathering, OPENINGS)
    sights = gathering.sights
    blocks, suspects = sights.count("transaction"), sights.count("transaction.waits")
    if not blocks:
        raise NoAnswer("no transaction found whose block could be read")
    line = f"no call that waits outside in {counted(blocks, 'transaction block')}, by its shape"
    if suspects:
        line = f"{counted(suspects, 'call')} inside a transaction that may wait for something else"
    return Found(
        line,
        (Measure("io_in_transaction.suspects", suspects),),
        facts(sights.of("transaction.waits")),
        how="heuristic",
        confidence="low",
    )


PROBE = Probe(
    "io-in-transaction",
    "Does a transaction stay open while the code waits for something outside?",
    ("io_in_transaction.suspects",),
    take,
    looks=(TRANSACTIONS,),
)
