"""The page that says how well effects are told.

python -m tests.core.migrations.effects.page > docs/migration-truth.md
"""

from __future__ import annotations

import sys
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, get_args

from tests.core.migrations.effects import onlines
from tests.core.migrations.effects.onlines import shown
from tests.core.migrations.effects.truths import (
    HELD_OUT,
    MAJORS,
    Label,
    cases,
    differences,
    label,
    measured,
    predicted,
    titles,
    told_label,
)

if TYPE_CHECKING:
    from be_tui.core.schema import SchemaState
    from tests.core.migrations.effects.truths import Case, Seen

MADE_BY = "python -m tests.core.migrations.effects.page > docs/migration-truth.md"

_INTRODUCTION = """# What statements really do, and what be-tui tells of them

Each statement below was run on PostgreSQL {majors}, on [one schema][schema] with rows in nearly all
of its tables. What it locked, wrote anew, read through, built and looked up was measured by
be-tui's own replay, within the transaction that ran it; what cannot run in a transaction was
watched from outside, where locks on indexes come and go too fast to be held against anybody. Then
the same was told from the schema alone, without a server, and both were compared.

A statement *fails* if the server refused it; *breaks* if code written for the schema before it
fails or data is gone, which is said by hand; *blocks* if readers or writers of a table wait for as
long as its work takes. What is told of data (`rows have no nick`) comes with a query, and the query
was asked on the same rows: it found some where the statement failed, and none where it ran.

Two chapters were held out: written when the rules were done, and told before anybody had looked.
Of the first 87 statements 83 were told exactly then, on each major: of 63 that do harm two were
missed, and one of 24 that do none was called harmful (three labels said by hand were put right
besides). Of the second, on further tables and mostly about partitions and what fails, 234 of 251
were told exactly on 16 and 237 of 253 on 18; eight of its harms were missed, and two harmless ones
called failing. What was missed has become rules since, so the figures below are not of unseen
statements any more.

What is not told: that an INSERT, UPDATE or DELETE fails on its rows, which partition a row goes to,
and which roles there are.

This page is written by
`{made_by}`,
and a test holds it to what was measured.

[schema]: ../tests/core/migrations/effects/truth/schema.sql
"""

_ONLINE = """How MariaDB {version} alters tables: the cheapest ALGORITHM and LOCK that the server
takes, on [another schema][online]. {exact} of {of} are told exactly. What is told of MySQL is its
manual's, and says so.
"""

_SHORT = {
    "ACCESS SHARE": "AS",
    "ROW SHARE": "RS",
    "ROW EXCLUSIVE": "RE",
    "SHARE UPDATE EXCLUSIVE": "SUE",
    "SHARE": "S",
    "SHARE ROW EXCLUSIVE": "SRE",
    "EXCLUSIVE": "E",
    "ACCESS EXCLUSIVE": "AE",
}
_NEWEST = MAJORS[-1]


def page() -> str:
    """Give the page."""
    majors = " and ".join(map(str, MAJORS))
    parts = [_INTRODUCTION.format(majors=majors, made_by=MADE_BY), _figures()]
    names = ", ".join(f"{short} {mode}" for mode, short in _SHORT.items())
    parts.append(
        f"## The statements\n\nAs on PostgreSQL {_NEWEST}; where {MAJORS[0]} does otherwise, that "
        f"stands below. Locks: {names}.\n"
    )
    parts += [_chapter(name, title) for name, title in titles()]
    parts.append(_online())
    return "\n".join(parts)


def _figures() -> str:
    lines = [
        "## Figures",
        "",
        "| PostgreSQL | chapters | statements | exact | fails | breaks | blocks | false alarms |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for major in MAJORS:
        for held_out in (False, True):
            chosen = [
                each
                for each in cases()
                if each.since <= major and (each.chapter in HELD_OUT) is held_out
            ]
            if chosen:
                name = "held out" if held_out else "all others"
                lines.append(f"| {major} | {name} | {_counted(chosen, major)} |")
    return "\n".join(lines) + "\n"


def _counted(chosen: list[Case], major: int) -> str:
    exact = alarms = harmless = 0
    there: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    for case in chosen:
        seen = measured(major)[case.key]
        told = predicted(case, major, outside=seen.outside)
        exact += not differences(told, seen)
        kinds = told_label(told, seen)
        real = label(case, seen)
        there[real] += 1
        if real == "harmless":
            harmless += 1
            # That rows may be in the way is told with the query that says whether they are.
            alarms += bool(kinds & {"breaks", "blocks"} or _fails(told))
        else:
            caught[real] += real in kinds
    counts = [f"{caught[each]} of {there[each]}" for each in ("fails", "breaks", "blocks")]
    return " | ".join(
        (str(len(chosen)), f"{exact} of {len(chosen)}", *counts, f"{alarms} of {harmless}")
    )


def _fails(told: object) -> bool:
    return any(each.kind == "always" for each in getattr(told, "failures", ()))


def _chapter(name: str, title: str) -> str:
    lines = [
        f"### {title}",
        "",
        "| statement | | locks | work |",
        "|---|---|---|---|",
    ]
    for case in cases(name):
        if case.since > _NEWEST:
            continue
        seen = measured(_NEWEST)[case.key]
        marks = "" if _agrees(case, _NEWEST) else " **told otherwise**"
        lines.append(f"| `{_cell(case.key)}` | {label(case, seen)}{marks} | {_row(seen)} |")
        older = measured(MAJORS[0]).get(case.key)
        if older and _row(older) != _row(seen):
            lines.append(f"| on {MAJORS[0]} | {label(case, older)} | {_row(older)} |")
    return "\n".join(lines) + "\n"


def _online() -> str:
    exact = sum(shown(onlines.predicted(e, _state())) == way for e, way in _ways().items())
    lines = [
        "## MariaDB",
        "",
        _ONLINE.format(
            version=".".join(map(str, onlines.MEASURED_ON)), exact=exact, of=len(_ways())
        ),
        "[online]: ../tests/core/migrations/effects/online/schema.sql",
        "",
        "| statement | |",
        "|---|---|",
    ]
    lines += [f"| `{_cell(each)}` | {way} |" for each, way in _ways().items()]
    return "\n".join(lines) + "\n"


def _ways() -> dict[str, str]:
    # A table that is renamed takes no words about the way.
    return {each: way for each, way in onlines.measured().items() if way}


@cache
def _state() -> SchemaState:
    return onlines.begun()


def _agrees(case: Case, major: int) -> bool:
    seen = measured(major)[case.key]
    return not differences(predicted(case, major, outside=seen.outside), seen)


def _row(seen: Seen) -> str:
    if seen.failure:
        words = {"always": "", "on data": "rows are in the way: ", "in transaction": ""}
        return f"{words[seen.failure]}{_cell(seen.message)} | "
    by_mode: dict[str, list[str]] = {}
    for name, mode in seen.locks:
        by_mode.setdefault(_SHORT[mode], []).append(name)
    locks = "; ".join(f"{mode} {', '.join(names)}" for mode, names in sorted(by_mode.items()))
    work = "; ".join(f"{kind} of {name}" for kind, name in seen.work)
    return f"{locks} | {work}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("`", "'")


LABELS = get_args(Label)

if __name__ == "__main__":
    sys.stdout.write(page())
