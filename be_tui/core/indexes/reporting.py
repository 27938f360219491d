"""Advice as JSON, Markdown, a file of statements, and as evidence for a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.document import clean
from be_tui.core.evidence import Evidence, Fact, Measure
from be_tui.core.indexes.ddl import LOCKING, needs
from be_tui.core.indexes.figures import amount, megabytes, milliseconds, tested_words, times
from be_tui.core.indexes.model import RULES
from be_tui.core.jsonform import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.indexes.model import Advice, Drop, Effect, Missing, Passed, Report, Tested
    from be_tui.core.jsonform import Json

_MEGA = 1_000_000
_BEGINNING = 100


def advice_json(report: Report) -> dict[str, Json]:
    """Give advice in its JSON form."""
    return {
        "engine": report.target.engine,
        "judge": to_json(report.judge),
        "cost_before": report.before,
        "cost_after": report.after,
        "bytes": report.size,
        "indexes": [_advice(each) for each in report.advice],
        "not_advised": [_passed(each) for each in report.passed],
        "unneeded": [_drop(each) for each in report.drops],
        "foreign_keys": [_missing(each) for each in report.missing],
        "slower": [_effect(each) for each in report.slower],
        "queries": [
            {
                "query": effect.query,
                "name": work.name,
                "text": work.text,
                "place": str(work.place),
                "weight": work.weight,
                "seconds": work.seconds,
                "before": effect.before,
                "after": effect.after,
            }
            for work, effect in zip(report.queries, report.totals, strict=True)
        ],
        "left_out": [
            {"text": each.text, "place": str(each.place), "reason": each.reason}
            for each in report.left_out
        ],
        "notes": list(report.notes),
        "tested": to_json(report.tested),
    }


def _advice(advice: Advice) -> Json:
    index = advice.sketch.index
    return {
        "name": advice.sketch.name,
        "table": advice.sketch.table.name.text,
        "columns": [part.expression for part in index.parts],
        "descending": [part.descending for part in index.parts],
        "include": list(index.include),
        "where": index.where,
        "method": index.method,
        "ddl": advice.ddl,
        "rule": advice.rule,
        "why": RULES[advice.rule],
        "bytes": advice.size,
        "rows_written": advice.writes,
        "helped": [_effect(each) for each in advice.helped],
        "slower": [_effect(each) for each in advice.slower],
        "turns": list(advice.turns),
    }


def _effect(effect: Effect) -> Json:
    return {
        "query": effect.query,
        "values": effect.label,
        "before": effect.before,
        "after": effect.after,
    }


def _passed(passed: Passed) -> Json:
    columns: list[Json] = [part.expression for part in passed.sketch.index.parts]
    table = passed.sketch.table.name.text
    return {"table": table, "columns": columns, "instead": passed.instead, "why": passed.why}


def _drop(drop: Drop) -> Json:
    return {
        "table": drop.table.name.text,
        "index": drop.index.name,
        "place": str(drop.index.place),
        "reason": drop.reason,
        "why": drop.why,
        "ddl": drop.ddl,
    }


def _missing(missing: Missing) -> Json:
    return {
        "table": missing.table.name.text,
        "columns": list(missing.columns),
        "parent": missing.parent,
        "why": missing.why,
        "ddl": missing.ddl,
    }


def advice_markdown(report: Report) -> str:
    """Give advice as Markdown, for a pull request or a page of notes."""
    lines = ["# Index advice", ""]
    if report.judge:
        lines += [f"Judged by {report.judge.about}.", ""]
    if report.tested:
        lines += _markdown_tested(report.tested)
    if not report.advice:
        lines += ["No index is advised.", ""]
    for number, each in enumerate(report.advice, 1):
        lines += _markdown_of(number, each, report)
    told = (
        ("Not advised", [f"{p.instead} is enough: {p.why}" for p in report.passed]),
        (
            "Dearer with this advice",
            [
                f"query {e.query + 1}, {e.label}: {amount(e.before)} → {amount(e.after)}"
                for e in report.slower
            ],
        ),
        ("Not needed", [f"`{d.ddl}` ({d.reason}): {d.why}" for d in report.drops]),
        ("Foreign keys without an index", [f"`{m.ddl}`: {m.why}" for m in report.missing]),
        ("Left out", [f"{each.place}: {each.reason}" for each in report.left_out]),
        ("Notes", list(report.notes)),
    )
    for title, items in told:
        if items:
            lines += [f"## {title}", "", *(f"- {item}" for item in items), ""]
    # A name or a text from outside may hold what a terminal would obey.
    return clean("\n".join(lines).rstrip() + "\n")


def _markdown_tested(tested: Tested) -> list[str]:
    lines = [*tested_words(tested), ""]
    lines += [f"- {each} is not advised: queries lose by it" for each in tested.dropped]
    for each in tested.slower:
        by = f", with {', '.join(each.indexes)}" if each.indexes else ""
        figures = f"{milliseconds(each.before)} → {milliseconds(each.after)}"
        lines.append(f"- slower: query {each.query + 1}, {each.label}: {figures}{by}")
    return [*lines, ""] if tested.slower or tested.dropped else lines


def _markdown_of(number: int, advice: Advice, report: Report) -> Iterator[str]:
    yield f"## {number}. {advice.sketch.name}"
    yield from ("", "```sql", advice.ddl, "```", "")
    yield f"{RULES[advice.rule].capitalize()}. About {megabytes(advice.size)}."
    if needed := needs(advice.sketch.index):
        yield from ("", f"It needs `{needed}`.")
    yield from ("", "| query | values | before | after | |", "|---|---|---:|---:|---:|")
    for each in (*advice.helped, *advice.slower):
        text = " ".join(report.queries[each.query].text.split())[:_BEGINNING].replace("|", "\\|")
        figures = f"{amount(each.before)} | {amount(each.after)} | {times(each.ratio)}"
        yield f"| `{text}` | {each.label} | {figures} |"
    yield ""
    for turn in advice.turns:
        yield f"- Turns: {turn}"
    yield ""


def advice_sql(report: Report) -> str:
    """Give the statements, each with what it is for, to be read before they are run."""
    lines = [f"-- Index advice for {report.target.engine}."]
    lines += _comment(f"Judged by {report.judge.about}.") if report.judge else []
    lines += [f"-- {LOCKING[report.target.engine]}.", ""]
    for each in report.advice:
        best = each.helped[0] if each.helped else None
        gain = f"; query {best.query + 1} {times(best.ratio)} cheaper" if best else ""
        needed = needs(each.sketch.index)
        said = f"-- {each.rule}, about {megabytes(each.size)}{gain}"
        lines += [f"{said}; needs {needed}" if needed else said, each.ddl, ""]
    for missing in report.missing:
        lines += [*_comment(missing.why), missing.ddl, ""]
    for drop in report.drops:
        # Left to a person: the server may have other users than this workload.
        lines += [*_comment(f"{drop.reason}: {drop.why}"), *_comment(drop.ddl), ""]
    return "\n".join(lines)


def _comment(text: str) -> list[str]:
    """Give lines of a comment; a name may hold line breaks, and would end it."""
    return [f"-- {line}" for line in text.splitlines()]


def advice_evidence(report: Report) -> Evidence:
    """Give advice as evidence."""
    judge = report.judge
    many = len(report.advice)
    found = f"{many} {'index' if many == 1 else 'indexes'} of {megabytes(report.size)}"
    if report.after:
        found += f" make the workload {times(report.before / report.after)} cheaper"
    return Evidence(
        probe="indexes",
        asked="Which indexes are the queries worth?",
        found=found if many else ("no index is worth its price" if judge else ""),
        measures=(
            Measure("indexes.advised", float(many)),
            Measure("indexes.megabytes", report.size / _MEGA, "MB"),
            Measure("indexes.unneeded", float(len(report.drops))),
            Measure("indexes.slower", float(len(report.slower))),
        ),
        facts=tuple(Fact(each.ddl) for each in report.advice),
        how="measured" if judge and judge.kind == "copy" else "heuristic",
        confidence="high" if judge and judge.kind in {"clone", "copy", "hypopg"} else "medium",
        trouble="" if judge else "no query could be judged",
    )
