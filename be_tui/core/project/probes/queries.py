"""How the code asks its database by SQL that stands in it as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.evidence import Measure
from be_tui.core.project.looks.model import facts, mark
from be_tui.core.project.looks.sql import SQL
from be_tui.core.project.probe import Found, Probe
from be_tui.core.project.reading import need_source
from be_tui.core.project.words import counted, share

if TYPE_CHECKING:
    from be_tui.core.project.gathering import Gathering

INFIX = mark(
    "orm.infix",
    "icontains contains ilike",
    rb"__icontains\s*=|\.icontains\(|findBy\w*Containing",
    stems=(b"__icontains", b"containing"),
)

CONTAINS = mark("orm.infix", "contains", rb"\bcontains:\s", languages="TypeScript,JavaScript")

FEWEST = 5
"""Statements; a share of fewer tells nothing."""


def take(gathering: Gathering) -> Found:
    """Count the statements, and what is in them."""
    need_source(gathering)
    sights = gathering.sights
    raw = sights.count("sql.raw")
    joined = share(sights.count("sql.join"), raw)
    infix = sights.count("sql.infix") + sights.count("orm.infix")
    star = sights.count("sql.star")
    measures = [
        Measure("queries.raw_sql", raw),
        Measure("queries.infix_like", infix),
        Measure("queries.select_star", star),
    ]
    if raw >= FEWEST:
        measures.insert(1, Measure("queries.joins", joined, "%"))
    if raw:
        line = f"{counted(raw, 'SQL statement')} in the code, {joined:g} % with a join"
        line += f", {star} with SELECT *, {infix} with a leading wildcard"
    elif infix:
        line = f"no SQL written as text; {counted(infix, 'search', 'searches')} within a text"
    else:
        line = "no SQL written as text"
    return Found(
        line,
        tuple(measures),
        (
            *facts(sights.of("sql.infix", "orm.infix"), 3),
            *facts(sights.of("sql.star"), 2),
            *facts(sights.of("sql.join"), 2),
            *facts(sights.of("sql.raw"), 3),
        ),
        how="heuristic",
        confidence="medium",
    )


PROBE = Probe(
    "queries",
    "What SQL does the code hold as text?",
    ("queries.raw_sql", "queries.joins", "queries.infix_like", "queries.select_star"),
    take,
    looks=(SQL, INFIX, CONTAINS),
)
