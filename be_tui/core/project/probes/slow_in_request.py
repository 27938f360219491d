"""Where a request waits for slow work: mail, PDF, pictures, other services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.evidence import Measure
from be_tui.core.project.looks.handlers import CUSTOMS, HANDLERS
from be_tui.core.project.looks.model import facts
from be_tui.core.project.probe import Found, NoAnswer, Probe
from be_tui.core.project.reading import need_source
from be_tui.core.project.words import counted

if TYPE_CHECKING:
    from be_tui.core.project.gathering import Gathering


def take(gathering: Gathering) -> Found:
    """Give the slow calls that stand in the body of a request handler."""
    need_source(gathering, CUSTOMS)
    sights = gathering.sights
    handlers, suspects = sights.count("handler"), sights.count("handler.slow")
    if not handlers:
        raise NoAnswer("no request handler found whose body could be read")
    line = f"no slow call in {counted(handlers, 'request handler')}, by its shape"
    if suspects:
        line = f"{counted(suspects, 'slow call')} in {counted(handlers, 'request handler')}"
    return Found(
        line,
        (Measure("slow_in_request.suspects", suspects),),
        facts(sights.of("handler.slow")),
        how="heuristic",
        confidence="low",
    )


PROBE = Probe(
    "slow-in-request",
    "Does a request wait for mail, PDF, pictures or other services?",
    ("slow_in_request.suspects",),
    take,
    looks=HANDLERS,
)
