"""A tree drawn in text, for a terminal and for plain output.

    ● 1  Does anyone feel it?
    ├─ No → Leave it
    └▸ ✓ Yes → 2

    ▶ 2  Where does the time go?                    ◂ you are here
    ├─ The network → 4
    │  ○ 4  …

Each question is drawn once and has a number; whatever else leads to it names the number.
A side branch stands within its edge, what several edges lead to below the last question
that all ways to it pass. Walked: `●` for `○`, `▸` for `─`, `✓` on the answer, `◆` on the outcome.
A question that was asked links to itself (`question:felt`), to be looked at again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.decisions.maps.graph import Edge, edges, reached
from be_tui.core.decisions.maps.order import Layout, arrange
from be_tui.core.document import Document, Heading, Lines, Paragraph, Span, width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.decisions.walk import Walk
    from be_tui.core.document import Role, Text
    from be_tui.core.knowledge import Tree

MAP_WIDTH = 76
"""Cells of a line, so that a map can be read beside a margin at 80 columns."""

_NARROWEST = 24
"""Cells that a label gets at the least, however deep it stands."""

_LEGEND = "● asked   ▸ ✓ your way   ▶ asked now   ◆ outcome   → where it leads"
_HERE = "◂ you are here"
_TABLE = "By rule:"
"""Before the title of a table, which is passed through without asking."""


def tree_map(tree: Tree, walk: Walk | None = None, width: int = MAP_WIDTH) -> Document:
    """Draw a tree, with the path walked marked.

    Args:
        tree: What to draw.
        walk: A walk over it, if there is one.
        width: The cells of a line.
    """
    drawing = _Drawing(tree, walk, width)
    return Document((Lines(tuple(drawing.block(drawing.layout, ""))),))


def map_page(walk: Walk, width: int = MAP_WIDTH) -> Document:
    """Give the map of a walk with its title, and what the signs mean."""
    title = Heading((Span(walk.tree.title, "title"),), 1, "map")
    legend = Paragraph((Span(_LEGEND, "muted"),))
    return Document((title, legend)) + tree_map(walk.tree, walk, width)


@dataclass(frozen=True, slots=True)
class _Exit:
    """All edges of one question to the same target."""

    to: str
    edges: tuple[Edge, ...]

    @property
    def walked(self) -> bool:
        return any(edge.walked for edge in self.edges)


class _Drawing:
    def __init__(self, tree: Tree, walk: Walk | None, width: int) -> None:
        self._heads = {each.id: each.ask for each in tree.questions}
        self._heads.update((each.id, each.title) for each in tree.tables)
        self._asked = {each.id for each in tree.questions}
        self._titles = {each.id: each.title for each in tree.outcomes}
        self._width = width
        self._exits: dict[str, dict[str, tuple[Edge, ...]]] = {}
        for edge in edges(tree, walk):
            of_question = self._exits.setdefault(edge.origin, {})
            of_question[edge.to] = (*of_question.get(edge.to, ()), edge)
        self.layout = arrange(tree)
        self._numbers = {each: number for number, each in enumerate(self.layout.drawn(), 1)}
        self._reached = reached(walk)
        self._here = walk.question.id if walk and walk.question else ""

    def block(self, layout: Layout, lead: str) -> Iterator[Text]:
        """Draw a question, its exits, its side branches, and what comes after them."""
        node = layout.question
        yield from self._head(node, lead)
        beside = {each.question: each for each in layout.beside}
        exits = [_Exit(to, of) for to, of in self._exits[node].items()]
        # The longest way on is among those below, so the last exit has nothing beside it.
        exits.sort(key=lambda way: way.to in {each.question for each in layout.below})
        for way in exits:
            yield from self._exit(way, lead, last=way is exits[-1])
            if way.to in beside:
                yield from self.block(beside[way.to], f"{lead}│  ")
        for each in layout.below:
            yield (Span(lead.rstrip(), "muted"),)
            yield from self.block(each, lead)

    def _head(self, node: str, lead: str) -> Iterator[Text]:
        here = node == self._here
        sign = "▶" if here else "●" if node in self._reached else "○"
        role: Role = "chosen" if here else "strong" if sign == "●" else "text"
        head = f"{sign} {self._numbers[node]}  "
        text = self._heads[node] if node in self._asked else f"{_TABLE} {self._heads[node]}"
        text = f"{text}  {_HERE}" if here else text
        link = f"question:{node}" if node in self._reached & self._asked else ""
        for number, line in enumerate(_wrapped(text, self._room(lead, head))):
            yield (
                Span(lead, "muted"),
                Span(head if not number else "│" + " " * (len(head) - 1), "muted"),
                Span(line, role, link),
            )

    def _exit(self, way: _Exit, lead: str, *, last: bool) -> Iterator[Text]:
        arm = f"{'└' if last else '├'}{'▸' if way.walked else '─'} "
        under = "   " if last else "│  "
        role: Role = "strong" if way.walked else "text"
        text = f"{' | '.join(map(_said, way.edges))} → {self._target(way)}"
        for number, line in enumerate(_wrapped(text, self._room(lead, arm))):
            yield (
                Span(lead, "muted"),
                Span(under if number else arm, "muted"),
                Span(line, role),
            )

    def _target(self, way: _Exit) -> str:
        if way.to in self._numbers:
            return str(self._numbers[way.to])
        title = self._titles[way.to]
        return f"◆ {title}" if way.walked else title

    def _room(self, lead: str, head: str) -> int:
        return max(self._width - len(lead) - len(head), _NARROWEST)


def _said(edge: Edge) -> str:
    if not edge.walked:
        return edge.label
    return f"✓ {edge.label}" + ("" if edge.walked == "stated" else f" ({edge.walked})")


def _wrapped(text: str, cells: int) -> Iterator[str]:
    """Break at spaces into lines of no more than `cells`; a longer word is broken anywhere."""
    line = ""
    for word in text.split():
        rest = word
        if line and width(line) + 1 + width(rest) > cells:
            yield line
            line = ""
        while width(rest) > cells:
            fit = next(n for n in range(len(rest) - 1, 0, -1) if width(rest[:n]) <= cells)
            yield rest[:fit]
            rest = rest[fit:]
        line = f"{line} {rest}" if line else rest
    yield line
