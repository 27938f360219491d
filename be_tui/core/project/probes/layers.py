"""Whether the parts keep apart: SQL in request handlers, long handlers, circles of imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.evidence import Fact, Measure
from be_tui.core.project.folders import read_folders
from be_tui.core.project.looks.handlers import HANDLERS
from be_tui.core.project.looks.imports import IMPORTS
from be_tui.core.project.looks.model import facts
from be_tui.core.project.probe import Found, NoAnswer, Probe
from be_tui.core.project.reading import need_source
from be_tui.core.project.words import counted, listed

if TYPE_CHECKING:
    from be_tui.core.project.folders import Knot
    from be_tui.core.project.gathering import Gathering

_MOST = 4


def take(gathering: Gathering) -> Found:
    """Look at the handlers, and at what folders import."""
    need_source(gathering)
    sights = gathering.sights
    handlers = sorted(sights.of("handler"), key=lambda each: -int(each.value))
    folders = read_folders(gathering)
    if not handlers and not folders.resolved:
        raise NoAnswer("no request handler, and no import of the project's own code, was found")
    measures: list[Measure] = []
    parts: list[str] = []
    told: list[Fact] = []
    if handlers:
        with_sql, largest = sights.count("handler.sql"), int(handlers[0].value)
        measures += [
            Measure("layers.handlers_with_sql", with_sql),
            Measure("layers.largest_handler", largest, "lines"),
        ]
        parts.append(f"{with_sql} of {counted(len(handlers), 'request handler')} hold SQL")
        parts.append(f"the longest has {counted(largest, 'line')}")
        told += facts(sights.of("handler.sql"), _MOST)
        told += [
            Fact(f"a request handler of {counted(int(each.value), 'line')}", each.path, each.line)
            for each in handlers[:2]
        ]
    if folders.resolved:
        measures.append(Measure("layers.cycles", len(folders.knots)))
        knots = len(folders.knots)
        circles = counted(knots, "circle") if knots else "no circle"
        parts.append(f"{circles} of folders that import each other")
        told += [fact for knot in folders.knots[:_MOST] for fact in _facts(knot)]
    return Found(
        ", ".join(parts), tuple(measures), tuple(told), how="heuristic", confidence="medium"
    )


def _facts(knot: Knot) -> list[Fact]:
    names = listed([f"{folder}/" for folder in knot.folders], 6)
    return [
        Fact(f"import each other: {names}"),
        *(Fact(step.text, step.path, step.line) for step in knot.circle),
    ]


PROBE = Probe(
    "layers",
    "Do the parts of the code keep apart?",
    ("layers.handlers_with_sql", "layers.largest_handler", "layers.cycles"),
    take,
    looks=(*HANDLERS, *IMPORTS),
)
