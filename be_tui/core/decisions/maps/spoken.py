"""A tree in sentences, for people to whom it is read aloud: no signs, only words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.decisions.maps.graph import Edge, edges
from be_tui.core.decisions.maps.order import arrange
from be_tui.core.document import Block, Document, Items, Paragraph, Span

if TYPE_CHECKING:
    from be_tui.core.decisions.walk import Walk


def map_words(walk: Walk) -> Document:
    """Say where each answer of each question leads, and which way the walk took."""
    tree = walk.tree
    order = tuple(arrange(tree).drawn())
    numbers = {each: number for number, each in enumerate(order, 1)}
    titles = {each.id: each.title for each in tree.outcomes}
    asks = {each.id: each.ask for each in tree.questions}
    asks |= {each.id: each.title for each in tree.tables}
    kinds = {each.id: "Rules" for each in tree.tables}
    here = walk.question.id if walk.question else ""
    ways = edges(tree, walk)
    blocks: list[Block] = []
    for question in order:
        mark = " You are here." if question == here else ""
        kind = kinds.get(question, "Question")
        said = f"{kind} {numbers[question]}: {asks[question]}{mark}"
        blocks.append(Paragraph((Span(said),)))
        blocks.append(
            Items(
                tuple(
                    (Paragraph((Span(_way(edge, numbers, titles, kinds)),)),)
                    for edge in ways
                    if edge.origin == question
                )
            )
        )
    return Document(tuple(blocks))


def _way(edge: Edge, numbers: dict[str, int], titles: dict[str, str], kinds: dict[str, str]) -> str:
    kind = kinds.get(edge.to, "Question").lower()
    leads = f"{kind} {numbers[edge.to]}" if edge.to in numbers else f"outcome {titles[edge.to]}"
    taken = {"": "", "stated": " (your answer)"}.get(edge.walked, f" (taken, {edge.walked})")
    return f"{edge.label}{taken}: {leads}"
