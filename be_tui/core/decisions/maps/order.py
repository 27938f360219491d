"""Where each question and table of a tree is drawn: once, and after all that leads to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.decisions.maps.graph import onward
from be_tui.core.decisions.replay import circle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.knowledge import Tree

DEEPEST = 4
"""Side branches within side branches; a deeper one is drawn below instead."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A question or table and what is drawn with it."""

    question: str
    beside: tuple[Layout, ...]
    """Side branches: one way leads to each, so it stands within that way."""

    below: tuple[Layout, ...]
    """What comes after: where ways meet again, and the longest way on."""

    def drawn(self) -> Iterator[str]:
        """Give the questions in the order in which they are drawn."""
        yield self.question
        for each in (*self.beside, *self.below):
            yield from each.drawn()


def arrange(tree: Tree) -> Layout:
    """Arrange the questions that can be reached.

    Raises:
        InputError: The tree leads in a circle.
    """
    order = _in_order(tree)
    sources = _sources(tree, order)
    above = _last_on_every_way(order, sources)
    children: dict[str, list[str]] = {each: [] for each in order}
    for each in order[1:]:
        children[above[each]].append(each)
    single = frozenset(each for each in order if len(sources[each]) == 1)
    return _layout(order[0], children, single, 0)


def _layout(
    question: str, children: dict[str, list[str]], single: frozenset[str], depth: int
) -> Layout:
    own = children[question]
    branches = [each for each in own if each in single]
    longest = max(branches, key=lambda each: _size(each, children), default="")
    beside = [each for each in branches if each != longest] if depth < DEEPEST else []
    return Layout(
        question,
        tuple(_layout(each, children, single, depth + 1) for each in beside),
        tuple(_layout(each, children, single, depth) for each in own if each not in beside),
    )


def _size(question: str, children: dict[str, list[str]]) -> int:
    return 1 + sum(_size(each, children) for each in children[question])


def _in_order(tree: Tree) -> list[str]:
    """Give the questions that can be reached, each after all that lead to it."""
    done: dict[str, None] = {}

    def visit(node_id: str, above: tuple[str, ...]) -> None:
        if node_id in above:
            raise circle(tree, node_id)
        ahead = onward(tree, node_id)
        if not ahead or node_id in done:
            return
        for target in reversed(ahead):
            visit(target, (*above, node_id))
        done[node_id] = None

    visit(tree.first, ())
    return list(done)[::-1]


def _sources(tree: Tree, order: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {each: [] for each in order}
    for each in order:
        for target in onward(tree, each):
            if target in found:
                found[target].append(each)
    return found


def _last_on_every_way(order: list[str], sources: dict[str, list[str]]) -> dict[str, str]:
    """Give, for each question but the first, the last one that all ways to it pass."""
    above: dict[str, str] = {}
    depth = {order[0]: 0}
    for each in order[1:]:
        common, *others = sources[each]
        for other in others:
            while common != other:
                if depth[common] >= depth[other]:
                    common = above[common]
                else:
                    other = above[other]  # noqa: PLW2901 (climbs until the two meet)
        above[each], depth[each] = common, depth[common] + 1
    return above
