"""A measurement as a document: what was gained first, then each query, the index, the price."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.document import CodeBlock, Document, Heading, Items, Lines, Paragraph, Span
from be_tui.core.document.cells import width
from be_tui.core.measuring.words import (
    ENGINES,
    clock,
    counted,
    decided,
    headline,
    milliseconds,
    outcome,
    size,
    spread,
)

if TYPE_CHECKING:
    from be_tui.core.document import Block, Role, Text
    from be_tui.core.measuring.model import Case, Measured, Measurement, Price, Timing, Verdict

_LABEL, _TIME = 22, 10
_LEAST_BAR, _MOST_BAR = 8, 40
_FULL, _PART = "█", "▏"
_ROLES: dict[str, Role] = {
    "faster": "good",
    "slower": "bad",
    "noise": "muted",
    "late": "warning",
}


def measurement_page(found: Measurement, cells: int = 80) -> Document:
    """Give a measurement to read.

    Args:
        found: What was measured.
        cells: The width that bars are drawn for.
    """
    blocks: list[Block] = [
        Heading((Span("Measured, before and after"),), 1, "measured"),
        Paragraph((Span(headline(found), _headline_role(found)),)),
        Paragraph((Span(_about(found), "muted"),)),
    ]
    for number, query in enumerate(found.queries, 1):
        blocks += _query(query, number, cells)
    blocks += _indexes(found)
    blocks += _prices(found, cells)
    if found.notes:
        blocks.append(Heading((Span("Good to know"),), 2, "notes"))
        blocks.append(Items(tuple((Paragraph((Span(each),)),) for each in found.notes)))
    return Document(tuple(blocks))


def _headline_role(found: Measurement) -> Role:
    cases = [case for query in found.queries for case in query.cases]
    told = [case.verdict.ratio for case in cases if decided(case.verdict)]
    if any(case.same is False for case in cases) or any(each < 1 for each in told):
        return "bad"
    return "good" if told else "text"


def _about(found: Measurement) -> str:
    tables = ", ".join(f"{name} {rows:,}" for name, rows in found.tables)
    made = f"rows generated ({tables}; seed {found.seed}) in {found.filled:.1f} s"
    where = f"{ENGINES[found.engine]} {found.version}, in a database of its own"
    return f"{where}, {made}. Times are {clock(found)}, the middle of runs in turns."


def _query(query: Measured, number: int, cells: int) -> list[Block]:
    blocks: list[Block] = [
        Heading((Span(f"Query {number}"),), 2, f"query-{number}"),
        CodeBlock(query.text, "sql"),
    ]
    if query.rewrite:
        blocks += [Paragraph((Span("Rewritten:"),)), CodeBlock(query.rewrite, "sql")]
    lines: list[Text] = []
    longest = max(max(case.before.median, case.after.median) for case in query.cases)
    for case in query.cases:
        lines += _case(case, longest, cells)
    blocks.append(Lines(tuple(lines[:-1])))
    plans = _plans(query)
    if plans:
        blocks.append(Paragraph(plans))
    return blocks


def _case(case: Case, longest: float, cells: int) -> list[Text]:
    verdict = case.verdict
    title: Text = (
        Span(f"{case.label:<12}", "strong"),
        Span(f"{case.value}  " if case.value else "", "code"),
        Span(outcome(verdict), _ROLES[verdict.kind]),
    )
    pages = ""
    if case.pages is not None and case.pages_after is not None:
        pages = f", {case.pages:,} → {case.pages_after:,} pages"
    same = {True: "same rows", False: "other rows!", None: "rows not compared"}[case.same]
    rows = counted(case.rows)
    if case.rows != case.rows_after:
        rows = f"{case.rows:,} → {counted(case.rows_after)}"
    told: Text = (
        Span(f"  {rows}, "),
        Span(same, "bad" if case.same is False else "text"),
        Span(pages),
    )
    return [
        title,
        _bar("  before", case.before, longest, cells, "text"),
        _bar("  after", case.after, longest, cells, _ROLES[verdict.kind]),
        told,
        (),
    ]


def _bar(label: str, timing: Timing, longest: float, cells: int, role: Role) -> Text:
    """Draw one side: its name, its middle run, a bar of it, where its runs lie."""
    said = f"{milliseconds(timing.median):>{_TIME}} "
    runs = " did not end" if timing.late else f" {spread(timing)}"
    room = cells - 9 - width(said) - width(runs)
    bar = max(min(room, _MOST_BAR), _LEAST_BAR)
    full = round(timing.median / longest * bar) if longest else 0
    drawn = _FULL * full or _PART
    return (
        Span(f"{label:<9}"),
        Span(said, role),
        Span(drawn, role),
        Span(" " * max(bar - width(drawn), 0)),
        Span(runs, "muted"),
    )


def _plans(query: Measured) -> Text:
    """Tell in a line how the plan differs, by the first case in which it does."""
    known = [case for case in query.cases if case.compared]
    shown = next((case for case in known if case.compared and not case.compared.same), None)
    first = shown or next(iter(known), None)
    if first is None or first.compared is None:
        return ()
    before = " < ".join(node.title for node in first.compared.before.nodes)
    after = " < ".join(node.title for node in first.compared.after.nodes)
    if shown is None:
        return (Span("The plan is the same: ", "muted"), Span(after))
    lead = f"Plan ({shown.label}): " if len(known) > 1 else "Plan: "
    return (Span(lead, "muted"), Span(before), Span(" → ", "muted"), Span(after))


def _indexes(found: Measurement) -> list[Block]:
    if not found.indexes:
        return []
    blocks: list[Block] = [
        Heading((Span("The index" if len(found.indexes) == 1 else "The indexes"),), 2, "index")
    ]
    for built in found.indexes:
        blocks.append(CodeBlock(built.ddl, "sql"))
        told = f"{size(built.size)}, " if built.size is not None else ""
        blocks.append(Paragraph((Span(f"{told}built in {milliseconds(built.ms)}."),)))
    return blocks


def _prices(found: Measurement, cells: int) -> list[Block]:
    if not found.prices:
        return []
    longest = max(max(each.before.median, each.after.median) for each in found.prices)
    lines: list[Text] = []
    for price in found.prices:
        lines += _price(price, longest, cells)
    return [
        Heading((Span("What writes cost"),), 2, "writes"),
        Lines(tuple(lines[:-1])),
    ]


def _price(price: Price, longest: float, cells: int) -> list[Text]:
    verdict: Verdict = price.verdict
    return [
        (
            Span(f"{price.what:<12}", "strong"),
            Span(f"{price.rows:,} rows of {price.table}  "),
            Span(outcome(verdict), "warning" if verdict.kind == "slower" else "muted"),
        ),
        _bar("  without", price.before, longest, cells, "text"),
        _bar(
            "  with", price.after, longest, cells, "warning" if verdict.kind == "slower" else "text"
        ),
        (),
    ]
