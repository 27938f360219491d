"""How lists are cut into pages: by counting past rows, or from where the last page ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.evidence import Measure
from be_tui.core.project.looks.model import facts, mark
from be_tui.core.project.looks.sql import SQL
from be_tui.core.project.probe import Found, Probe
from be_tui.core.project.reading import need_source
from be_tui.core.project.words import counted

if TYPE_CHECKING:
    from be_tui.core.project.gathering import Gathering

OFFSET = mark(
    "page.offset",
    "offset skip paginate paginator pagerequest pageable limitoffsetpagination"
    " pagenumberpagination add_pagination per",
    rb"\.[oO]ffset\(|\.[sS]kip\(\s*[\w(]|\.paginate\(|\bPaginator\("
    rb"|\bPageRequest\.of\(|\bPageable\s+\w+|\bLimitOffsetPagination\b|\bPageNumberPagination\b"
    rb"|\badd_pagination\(|\.page\([^)\n]*\)\.per\(",
)
SKIP = mark(
    "page.offset",
    "skip offset",
    rb"\b(?:skip|offset):\s*[^\s,]",
    languages="TypeScript,JavaScript",
)
APPENDED = mark(
    "page.offset",
    "offset",
    rb"[\"'`]\s*(?:OFFSET|offset)\s+(?:%[dsv]|[$:?{]|[\"'`])",
    strings=True,
)
"""A statement that is put together: `sql += " OFFSET %d"`."""

CURSOR = mark(
    "page.cursor",
    "cursorpagination next_cursor nextcursor endcursor end_cursor page_token pagetoken"
    " next_page_token nextpagetoken scrollposition keysetscrollposition starting_after"
    " startingafter cursorpage cursor_page cursorpaginate cursor_paginate keyset relay"
    " connectionfromarray connection_from_list connection_from_array",
    rb"\bCursorPagination\b|\b(?:next|end|start)_?[cC]ursor\b|\b(?:next_?)?page_?[tT]oken\b"
    rb"|\b(?:Next)?PageToken\b|\b(?:NextCursor|EndCursor)\b|\b(?:Keyset)?ScrollPosition\b"
    rb"|\bstarting_?[aA]fter\b|\bCursor_?[pP]age\b|\bcursor_?[pP]aginate\b|\b[kK]eyset\w*"
    rb"|\brelay\.(?:PageInfo|Connection\w*)\b|\bconnectionFromArray\w*\(|\bconnection_from_\w+\(",
)
TOTAL = mark(
    "page.total",
    "findandcount findandcountall getmanyandcount total_count totalcount paginator page"
    " totalelements",
    rb"\.find(?:AndCount|AndCountAll)\(|\.getManyAndCount\(|\bPaginator\(|\btotal_?[cC]ount\s*[=:]"
    rb"|(?:public\s+|^\s+)Page<\w+>\s+\w+\(|\bgetTotalElements\(",
)


def take(gathering: Gathering) -> Found:
    """Count the ways in which the code pages."""
    need_source(gathering)
    sights = gathering.sights
    offset = _lines(gathering, "sql.offset", "page.offset")
    cursor = _files(gathering, "sql.keyset", "page.cursor")
    total = _lines(gathering, "sql.total", "page.total")
    line = "no paging found in the code"
    if offset or cursor:
        line = (
            f"{counted(offset, 'place that pages', 'places that page')} by OFFSET,"
            f" {counted(cursor, 'file')} by cursor"
        )
        line += f", {counted(total, 'count', 'counts')} of all rows"
    return Found(
        line,
        (
            Measure("paging.offset", offset),
            Measure("paging.cursor", cursor),
            Measure("paging.total_counts", total),
        ),
        (
            *facts(sights.of("sql.offset", "page.offset"), 4),
            *facts(sights.of("sql.keyset", "page.cursor"), 3),
            *facts(sights.of("sql.total", "page.total"), 3),
        ),
        how="heuristic",
        confidence="medium" if offset or cursor else "low",
    )


def _lines(gathering: Gathering, *kinds: str) -> int:
    return len({(each.path, each.line) for each in gathering.sights.of(*kinds)})


def _files(gathering: Gathering, *kinds: str) -> int:
    # A cursor is named on many lines of the code that makes one; a file is one use.
    return len({each.path for each in gathering.sights.of(*kinds)})


PROBE = Probe(
    "paging",
    "How are long lists cut into pages?",
    ("paging.offset", "paging.cursor", "paging.total_counts"),
    take,
    looks=(SQL, OFFSET, SKIP, APPENDED, CURSOR, TOTAL),
)
