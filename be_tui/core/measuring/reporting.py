"""A measurement for programs, as evidence, and as a record to keep with the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.evidence import Evidence, Fact, Measure
from be_tui.core.measuring.words import (
    ENGINES,
    clock,
    decided,
    headline,
    milliseconds,
    outcome,
    size,
    spread,
    where,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from be_tui.core.files import FileSet
    from be_tui.core.jsonform import Json
    from be_tui.core.measuring.model import Case, Measured, Measurement, Price, Timing, Verdict

PROBE = "measured"


def measurement_json(found: Measurement) -> dict[str, Json]:
    """Give a measurement in its JSON form."""
    return {
        "engine": found.engine,
        "version": found.version,
        "tables": dict(found.tables),
        "seed": found.seed,
        "clock": found.clock,
        "filled_seconds": round(found.filled, 3),
        "seconds": round(found.seconds, 3),
        "headline": headline(found),
        "indexes": [
            {"ddl": built.ddl, "bytes": built.size, "build_ms": round(built.ms, 3)}
            for built in found.indexes
        ],
        "queries": [_query(query) for query in found.queries],
        "writes": [_price(price) for price in found.prices],
        "notes": list(found.notes),
    }


def _query(query: Measured) -> dict[str, Json]:
    return {
        "sql": query.text,
        "rewrite": query.rewrite or None,
        "cases": [_case(case) for case in query.cases],
    }


def _case(case: Case) -> dict[str, Json]:
    plans: dict[str, Json] = {}
    if case.compared:
        from be_tui.core.plans import compared_json

        plans = {"plans": compared_json(case.compared)}
    return {
        "label": case.label,
        "value": case.value,
        "verdict": _verdict(case.verdict),
        "before": _timing(case.before),
        "after": _timing(case.after),
        "rows": case.rows,
        "rows_after": case.rows_after,
        "same": case.same,
        "pages": case.pages,
        "pages_after": case.pages_after,
        **plans,
    }


def _verdict(verdict: Verdict) -> dict[str, Json]:
    return {
        "kind": verdict.kind,
        "ratio": round(verdict.ratio, 4),
        "pairs": round(verdict.pairs, 4),
    }


def _timing(timing: Timing) -> dict[str, Json]:
    low, high = timing.quartiles
    return {
        "median_ms": round(timing.median, 6),
        "quartiles_ms": [round(low, 6), round(high, 6)],
        "cpu_ms": [round(value, 6) for value in timing.cpu],
        "wall_ms": [round(value, 6) for value in timing.wall],
        "late": timing.late,
    }


def _price(price: Price) -> dict[str, Json]:
    return {
        "table": price.table,
        "what": price.what,
        "rows": price.rows,
        "verdict": _verdict(price.verdict),
        "before": _timing(price.before),
        "after": _timing(price.after),
    }


def evidence(found: Measurement, command: str = "", taken: str = "") -> Evidence:
    """Give a measurement as evidence.

    Args:
        found: What was measured.
        command: What shows the same; without credentials.
        taken: When, as ISO 8601.
    """
    cases = [case for query in found.queries for case in query.cases]
    told = [case for case in cases if decided(case.verdict)]
    measures = [Measure(f"{PROBE}.cases", float(len(cases)))]
    measures.append(Measure(f"{PROBE}.slower", float(sum(case.verdict.ratio < 1 for case in told))))
    if told:
        worst = min(case.verdict.ratio for case in told)
        measures.append(Measure(f"{PROBE}.speedup", round(worst, 3), "times, the least"))
    known = [built.size for built in found.indexes if built.size is not None]
    if known:
        measures.append(Measure(f"{PROBE}.index_bytes", float(sum(known)), "bytes"))
    return Evidence(
        probe=PROBE,
        asked="What does the change do to the time of these queries?",
        found=headline(found),
        measures=tuple(measures),
        facts=tuple(map(Fact, _facts(found))),
        how="measured",
        confidence="high" if found.clock == "cpu" else "medium",
        command=command,
        seconds=found.seconds,
        taken=taken,
    )


def _facts(found: Measurement) -> Iterator[str]:
    yield from _setting(found)
    for number, query in enumerate(found.queries, 1):
        for case in query.cases:
            times = f"{milliseconds(case.before.median)} → {milliseconds(case.after.median)}"
            pages = ""
            if case.pages is not None and case.pages_after is not None:
                pages = f"; {case.pages:,} → {case.pages_after:,} pages"
            yield f"query {number}, {where(case)}: {times}, {outcome(case.verdict)}{pages}"
    yield from _costs(found)


def _setting(found: Measurement) -> Iterator[str]:
    tables = ", ".join(f"{name} {rows:,} rows" for name, rows in found.tables)
    yield f"{ENGINES[found.engine]} {found.version}; {tables}, generated with seed {found.seed}"
    yield f"times are {clock(found)}, the middle of runs in turns"


def _costs(found: Measurement) -> Iterator[str]:
    for built in found.indexes:
        told = f"{size(built.size)}, " if built.size is not None else ""
        yield f"{built.ddl}: {told}built in {milliseconds(built.ms)}"
    for price in found.prices:
        times = f"{milliseconds(price.before.median)} → {milliseconds(price.after.median)}"
        batch = f"{price.what} of {price.rows:,} rows of {price.table}"
        yield f"{batch}: {times}, {outcome(price.verdict)}"


def markdown(found: Measurement, title: str, today: date, command: str = "") -> str:
    """Write a measurement as Markdown.

    Args:
        found: What was measured.
        title: Its heading.
        today: The day to put on it.
        command: What shows the same.
    """
    return "\n".join(_markdown(found, title, today, command)) + "\n"


def _markdown(found: Measurement, title: str, today: date, command: str) -> Iterator[str]:
    yield from (f"# {title}", "", f"Measured on {today}: {headline(found)}", "")
    yield from (f"- {each}" for each in _setting(found))
    for number, query in enumerate(found.queries, 1):
        yield from ("", f"## Query {number}", "", "```sql", query.text, "```", "")
        if query.rewrite:
            yield from ("Rewritten:", "", "```sql", query.rewrite, "```", "")
        yield "| values | before | after | outcome | rows | pages |"
        yield "|---|---|---|---|---|---|"
        yield from (f"| {' | '.join(_cells(case))} |" for case in query.cases)
    for heading, told in (("What it costs", tuple(_costs(found))), ("Good to know", found.notes)):
        if told:
            yield from ("", f"## {heading}", "", *(f"- {each}" for each in told))
    if command:
        yield from ("", "Measure it again:", "", "```sh", command, "```")


def _cells(case: Case) -> Iterator[str]:
    """Give what a row of the table tells of a case."""
    shown = case.value.replace("|", "\\|")
    yield f"{case.label}: `{shown}`" if shown else case.label
    for timing in (case.before, case.after):
        yield f"{milliseconds(timing.median)} ({spread(timing)})"
    yield outcome(case.verdict)
    same = {True: "same", False: "**other**", None: "not compared"}[case.same]
    yield f"{case.rows:,}, {same}"
    yield "" if case.pages is None else f"{case.pages:,} → {case.pages_after:,}"


def record(
    found: Measurement, title: str, root: Path, folder: Path, today: date, command: str = ""
) -> FileSet:
    """Give a measurement as a record to be, numbered after those that stand in the folder.

    Args:
        found: What was measured.
        title: What it is about.
        root: The project's root.
        folder: Where records stand.
        today: The day to put on it.
        command: What shows the same; without credentials.

    Raises:
        InputError: The folder cannot be read.
    """
    from be_tui.core.decisions.recording import filed

    text = markdown(found, title, today, command)
    return filed(root, folder, title, text, "measured")
