"""What stands beside a question: the heart of what was measured for it, and why it matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.decisions.model import said
from be_tui.core.decisions.pages.asking import NO_PROBE, not_yet, provenance, why_page
from be_tui.core.decisions.pages.parts import fact, heading, items, line
from be_tui.core.decisions.proposing import support
from be_tui.core.document import Block, Document, Paragraph, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from be_tui.core.decisions.model import Support
    from be_tui.core.evidence import Evidence
    from be_tui.core.knowledge import Question

_FACTS = 3
"""Facts of each probe that are shown; the page of evidence has all."""

_STATED = "profile"
"""The probe whose answers the person gives, on a screen of their own."""


def beside_page(
    question: Question, evidence: Sequence[Evidence], waiting: Collection[str] = ()
) -> Document:
    """Give what was measured for a question, in short, and why it matters.

    Args:
        question: The question.
        evidence: What was measured.
        waiting: The probes that are still measuring.
    """
    by_probe = {each.probe: each for each in evidence}
    supports = {each.evidence.probe: each for each in support(question, evidence)}
    blocks: list[Block] = [heading("Measured here", "measured")]
    if not question.witnesses:
        blocks.append(line(NO_PROBE, "muted"))
    for witness in question.witnesses:
        found = by_probe.get(witness.probe)
        if found is None:
            blocks.append(line(not_yet(witness.probe, waiting), "muted"))
        else:
            blocks += _in_short(question, found, supports.get(witness.probe))
    return Document(tuple(blocks)) + why_page(question)


def _in_short(question: Question, found: Evidence, supported: Support | None) -> Iterator[Block]:
    spans = [Span(found.asked, "muted")]
    if found.trouble:
        spans += [Span("\nNot measured: ", "warning"), Span(found.trouble)]
        if found.probe == _STATED:
            spans += [Span("; "), Span("fill it in", "link", "screen:profile")]
    if found.found:
        spans.append(Span(f"\n{found.found}", "strong"))
    option = question.option(supported.option) if supported else None
    if supported and option:
        spans += [Span("\n◂ “", "good"), Span(said(question, option, supported.value), "good")]
        spans.append(Span(f"”: {supported.says}", "good"))
    elif not found.trouble:
        spans.append(Span("\nIt does not settle this question.", "muted"))
    yield Paragraph(tuple(spans))
    facts = [fact(each) for each in found.facts[:_FACTS]]
    if len(found.facts) > _FACTS:
        facts.append((Span(f"and {len(found.facts) - _FACTS} more", "muted"),))
    yield from items(facts)
    if found.found or not found.trouble:
        yield provenance(found)
