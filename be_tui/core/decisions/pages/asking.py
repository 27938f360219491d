"""The pages of a question: what is asked, why, and what was measured for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.decisions.model import said
from be_tui.core.decisions.offering import choosing
from be_tui.core.decisions.pages.parts import fact, heading, items, line, prose, sources
from be_tui.core.decisions.proposing import support
from be_tui.core.decisions.standing import aside_words, position_words
from be_tui.core.document import Block, Document, Items, Paragraph, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from be_tui.core.decisions.model import Answer, Support
    from be_tui.core.decisions.offering import ChoosingRow
    from be_tui.core.decisions.walk import Walk
    from be_tui.core.evidence import Evidence
    from be_tui.core.knowledge import Question

NO_PROBE = "No probe can tell; you are the one who knows."


def question_page(walk: Walk, evidence: Sequence[Evidence] | None = None) -> Document:
    """Give the question asked now, with numbered answers; empty where none is asked.

    Args:
        walk: The walk.
        evidence: What was measured; the walk's own unless given.
    """
    question = walk.question
    if question is None:
        return Document()
    given = walk.given(question.id)
    offer = choosing(walk, question, walk.evidence if evidence is None else evidence)
    rows = tuple(_row(row) for row in offer.rows)
    place = position_words(walk)
    return Document(
        (
            line(f"{place[:1].upper()}{place[1:]}", "muted"),
            heading(question.ask, "question"),
            *([line(f"Type {offer.typed}:")] if offer.typed else []),
            Items(rows, first=1 if offer.numbered else 0),
            _unknown_option(question, given, "0" if offer.numbered else "u"),
            *([line(aside, "muted")] if (aside := aside_words(walk)) else []),
        )
    )


def _row(row: ChoosingRow) -> tuple[Block, ...]:
    marks = [*([f"measured: {row.measured}"] if row.measured else []), row.given]
    said = "; ".join(mark for mark in marks if mark)
    label = [Span(row.label, "strong" if said else "text")]
    if said:
        label.append(Span(f"  ◂ {said}", "good"))
    if row.note:
        label.append(Span(f"\n{row.note}", "muted"))
    return (Paragraph(tuple(label)),)


def _unknown_option(question: Question, given: Answer | None, key: str) -> Paragraph:
    chosen = "  ◂ your answer" if given and given.unknown else ""
    assumed = question.option(question.unknown.assume)
    label = assumed.label if assumed else question.unknown.assume
    return Paragraph(
        (
            Span(f"{key}. I don't know"),
            Span(f"{chosen}  (assumes “{label}” meanwhile)", "muted"),
        )
    )


def evidence_page(
    question: Question,
    evidence: Sequence[Evidence],
    *,
    waiting: Collection[str] = (),
) -> Document:
    """Give what was measured for a question, and the answer that it supports.

    Args:
        question: The question.
        evidence: What was measured.
        waiting: The probes that are still measuring.
    """
    if not question.witnesses:
        return Document((line(NO_PROBE, "muted"),))
    by_probe = {each.probe: each for each in evidence}
    supports = {each.evidence.probe: each for each in support(question, evidence)}
    blocks: list[Block] = []
    for witness in question.witnesses:
        found = by_probe.get(witness.probe)
        if found is None:
            blocks.append(line(not_yet(witness.probe, waiting), "muted"))
        else:
            blocks += _measured(found)
            blocks.append(_supported(question, supports.get(witness.probe), found))
    return Document(tuple(blocks))


def not_yet(probe: str, waiting: Collection[str]) -> str:
    """Say that a probe has not answered."""
    return f"{probe}: {'still measuring…' if probe in waiting else 'not measured yet'}"


def _measured(found: Evidence) -> Iterator[Block]:
    yield heading(found.asked, found.probe, level=3)
    if found.trouble:
        yield Paragraph((Span("Not measured: ", "warning"), Span(found.trouble)))
    if found.found:
        yield line(found.found, "strong")
    yield from items(map(fact, found.facts))
    if not found.trouble or found.found:
        yield provenance(found)


def provenance(found: Evidence) -> Paragraph:
    """Give how it is known, how sure that is, how long it took, and a command that shows it."""
    parts = [found.how, f"confidence {found.confidence}"]
    if found.how != "stated":
        took = f"{found.seconds:.1f} s"
        parts.append("under 0.1 s" if took == "0.0 s" else took)
    spans = [Span(" · ".join(parts), "muted")]
    if found.command:
        spans += [Span(" · ", "muted"), Span(found.command, "code")]
    return Paragraph(tuple(spans))


def _supported(question: Question, supports: Support | None, found: Evidence) -> Paragraph:
    option = question.option(supports.option) if supports else None
    if supports is None or option is None:
        says = "The answer is yours." if found.trouble else "It does not settle this question."
        return line(says, "muted")
    return Paragraph(
        (
            Span("Supports “", "good"),
            Span(said(question, option, supports.value), "strong"),
            Span(f"”: {supports.says}", "good"),
        )
    )


def why_page(question: Question) -> Document:
    """Give why a question matters, where that comes from, and what not knowing means."""
    unknown = question.unknown
    assumed = question.option(unknown.assume)
    label = assumed.label if assumed else unknown.assume
    blocks: list[Block] = [heading("Why it matters", "why", level=3), prose(question.why)]
    blocks += sources(question.sources)
    blocks += [
        heading("If you don't know", "unknown", level=3),
        prose(f"“{label}” is assumed meanwhile. If that is wrong: {unknown.price}"),
    ]
    if unknown.find_out:
        blocks.append(prose(f"To find out: {unknown.find_out}"))
    return Document(tuple(blocks))
