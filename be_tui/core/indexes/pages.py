"""Advice as a document: what it does in one line, then each index with its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.document import CodeBlock, Document, Heading, Items, Paragraph, Span, Table
from be_tui.core.indexes.ddl import LOCKING, columns_of, names_of, needs
from be_tui.core.indexes.figures import (
    amount,
    megabytes,
    milliseconds,
    share_of,
    tested_words,
    times,
)
from be_tui.core.indexes.model import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.document import Block, Text
    from be_tui.core.indexes.model import Advice, Effect, Report

_SHOWN = 5
"""Queries that are told of an index; the rest is counted."""

_LISTED = 100
"""Queries that stand in the table, the dearest by weight."""

_BEGINNING = 70


def advice_page(report: Report) -> Document:
    """Give advice to read."""
    blocks: list[Block] = [
        Heading((Span("Index advice"),), 1, "advice"),
        Paragraph(_summary(report)),
    ]
    blocks += _judge(report)
    blocks += _tested(report)
    for number, advice in enumerate(report.advice, 1):
        blocks += _advice(number, advice, report)
    if report.advice:
        blocks.append(Paragraph((Span(LOCKING[report.target.engine] + ".", "muted"),)))
    blocks += [Paragraph((Span(f"{each}.", "muted"),)) for each in report.notes]
    blocks += _passed(report)
    blocks += _slower(report)
    blocks += _drops(report)
    blocks += _missing(report)
    blocks += _queries(report)
    blocks += _left_out(report)
    return Document(tuple(blocks))


def _summary(report: Report) -> Text:
    count = len(report.queries)
    queries = f"{count:,} {'query' if count == 1 else 'queries'}"
    if not report.advice:
        if not count and not report.left_out:
            return (Span("There is no query in this workload."),)
        if not count:
            return (Span("No query of this workload could be judged."),)
        any_of = "the query" if count == 1 else f"any of the {queries}"
        said = f"No index is advised: none makes {any_of} faster by what it costs."
        return (Span(said, "strong"),)
    many = len(report.advice)
    spans = [
        Span(f"{many} {'index' if many == 1 else 'indexes'}, {megabytes(report.size)}", "strong"),
        Span(f", for {queries}: the workload costs {_fall(report.before, report.after)}"),
    ]
    worse = len(report.slower)
    if worse:
        said = f"; {worse} {'query gets' if worse == 1 else 'queries get'} dearer under some value"
        spans.append(Span(said, "bad"))
    else:
        spans.append(Span("; no query gets dearer under any value judged", "good"))
    return (*spans, Span("."))


def _fall(before: float, after: float) -> str:
    if after and before / after >= 2:  # noqa: PLR2004 (what reads better as times)
        return f"{times(before / after)} less"
    return f"{share_of(before - after, before)} less"


def _judge(report: Report) -> list[Block]:
    judge = report.judge
    said = [f"Judged by {judge.about}; asked {judge.asked:,} times."] if judge else []
    said += [f"{each}." for each in judge.fallen] if judge else []
    return [Paragraph((Span(each, "muted"),)) for each in said]


def _tested(report: Report) -> list[Block]:
    """Tell what running the queries showed."""
    tested = report.tested
    if tested is None:
        return []
    worse = [
        (
            Span(f"{milliseconds(each.before)} → {milliseconds(each.after)}", "bad"),
            Span(f"  {each.label}  ", "muted"),
            Span(f"query {each.query + 1} ", "strong"),
            Span(_beginning(report, each.query), "code"),
            Span(f"  with {', '.join(each.indexes)}" if each.indexes else "", "muted"),
        )
        for each in tested.slower
    ]
    gone = [
        (Span(each, "strong"), Span(" is not advised: queries lose more time by it than gain"))
        for each in tested.dropped
    ]
    items = tuple((Paragraph(each),) for each in (*gone, *worse))
    blocks: list[Block] = [Heading((Span("Measured"),), 2, "measured")]
    blocks += [Paragraph((Span(each),)) for each in tested_words(tested)]
    return [*blocks, Items(items)] if items else blocks


def _advice(number: int, advice: Advice, report: Report) -> list[Block]:
    table, index = advice.sketch.table, advice.sketch.index
    title = f"{number}. {table.name.text} ({columns_of(table, index)})"
    blocks: list[Block] = [
        Heading((Span(title),), 2, f"index-{number}"),
        CodeBlock(advice.ddl, "sql"),
    ]
    facts = [f"about {megabytes(advice.size)}"]
    if advice.writes:
        rows = amount(advice.writes)
        facts.append(f"{rows} {'row' if rows == '1' else 'rows'} written to it")
    needed = needs(index)
    facts += [f"needs `{needed}`"] if needed else []
    blocks.append(
        Paragraph(
            (
                Span(f"{advice.rule}: ", "strong"),
                Span(RULES[advice.rule]),
                Span(f"  ({', '.join(facts)})", "muted"),
            )
        )
    )
    items = [_effect(each, report) for each in advice.helped[:_SHOWN]]
    rest = len(advice.helped) - _SHOWN
    if rest > 0:
        items.append((Paragraph((Span(f"and {rest:,} more", "muted"),)),))
    items += [_effect(each, report) for each in advice.slower]
    if items:
        blocks.append(Items(tuple(items)))
    blocks += [Paragraph((Span("Turns: ", "muted"), Span(f"{each}."))) for each in advice.turns]
    return blocks


def _effect(effect: Effect, report: Report) -> tuple[Block, ...]:
    faster = effect.ratio >= 1
    ratio = effect.ratio if faster else 1 / effect.ratio
    word = "cheaper" if faster else "dearer"
    return (
        Paragraph(
            (
                Span(f"{times(ratio)} {word}", "good" if faster else "bad"),
                Span(f"  {amount(effect.before)} → {amount(effect.after)}", "muted"),
                Span(f"  {effect.label}  ", "muted"),
                Span(f"query {effect.query + 1} ", "strong"),
                Span(_beginning(report, effect.query), "code"),
            )
        ),
    )


def _beginning(report: Report, query: int) -> str:
    work = report.queries[query]
    said = work.name or " ".join(work.text.split())
    return said if len(said) <= _BEGINNING else said[: _BEGINNING - 1] + "…"


def _section(title: str, slug: str, items: Iterable[Text]) -> list[Block]:
    told = tuple((Paragraph(each),) for each in items)
    return [Heading((Span(title),), 2, slug), Items(told)] if told else []


def _passed(report: Report) -> list[Block]:
    def said() -> Iterable[Text]:
        for each in report.passed:
            columns = columns_of(each.sketch.table, each.sketch.index)
            yield (
                Span(f"{each.instead} is enough", "strong"),
                Span(f": with ({columns}) {each.why}."),
            )

    return _section("Not advised", "passed", said())


def _slower(report: Report) -> list[Block]:
    found = [_effect(each, report) for each in report.slower]
    if not found:
        return []
    return [Heading((Span("Dearer with this advice"),), 2, "slower"), Items(tuple(found))]


def _drops(report: Report) -> list[Block]:
    def said() -> Iterable[Text]:
        for each in report.drops:
            where = f"{each.index.name or 'an index'} of {each.table.name.text}"
            yield (
                Span(f"{each.reason}: ", "warning"),
                Span(where, "strong"),
                Span(f": {each.why}.  "),
                Span(each.ddl, "code"),
            )

    return _section("Indexes that are not needed", "drops", said())


def _missing(report: Report) -> list[Block]:
    def said() -> Iterable[Text]:
        for each in report.missing:
            where = f"{each.table.name.text} ({names_of(each.table, each.columns)})"
            yield (
                Span(where, "strong"),
                Span(f" → {each.parent}: {each.why}.  "),
                Span(each.ddl, "code"),
            )

    return _section("Foreign keys without an index", "foreign-keys", said())


def _queries(report: Report) -> list[Block]:
    if not report.totals:
        return []
    rows = []
    dearest = sorted(report.totals, key=lambda e: -e.before * report.queries[e.query].weight)
    told = sorted(dearest[:_LISTED], key=lambda each: each.query)
    for effect in told:
        work = report.queries[effect.query]
        ratio = "same" if effect.is_same else times(effect.ratio)
        rows.append(
            (
                (Span(str(effect.query + 1)),),
                (Span(amount(work.weight)),),
                (Span(amount(effect.before)),),
                (Span(amount(effect.after)),),
                (Span(ratio, "muted" if effect.is_same or effect.ratio < 1 else "good"),),
                (Span(_beginning(report, effect.query)),),
            )
        )
    words = ("", "calls", "before", "after", "cheaper", "query")
    head: tuple[Text, ...] = tuple((Span(each),) for each in words)
    blocks: list[Block] = [Heading((Span("Queries"),), 2, "queries"), Table(head, tuple(rows))]
    rest = len(report.totals) - len(told)
    if rest:
        blocks.append(Paragraph((Span(f"and the {rest:,} cheapest", "muted"),)))
    return blocks


def _left_out(report: Report) -> list[Block]:
    return _section(
        "Left out",
        "left-out",
        (
            (Span(f"{each.place} ", "path"), Span(f"{each.reason}  "), Span(each.text, "code"))
            for each in report.left_out
        ),
    )
