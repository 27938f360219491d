"""What a search finds: each passage of what the packs hold, with its title and its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from be_tui.core.comparisons.model import Comparison
from be_tui.core.knowledge.decode.markdown import scan
from be_tui.core.knowledge.decode.references import Passages
from be_tui.core.knowledge.items import ByHand, ByProbe, ByTool, Chapter, Cover
from be_tui.core.knowledge.model import Checklist, Rule, Tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.knowledge.items import Item
    from be_tui.core.knowledge.model import Section

    Findable = Tree | Comparison | Checklist | Rule | Passages | Cover | Chapter

TRAIL_SIGN = " › "
"""What stands between the titles of a trail."""


class Passage(NamedTuple):
    """One thing that can be found."""

    address: str
    kind: str
    title: str
    trail: str
    """The titles above it, outermost first."""

    body: str
    """Its words."""


def passages(value: Findable, above: str = "") -> Iterator[Passage]:
    """Give what a search can find of something.

    Args:
        value: What to find.
        above: For a chapter, the title of its reference.
    """
    match value:
        case Cover():
            yield Passage(value.id, "reference", value.title, "", value.summary)
        case Chapter():
            yield from _chapter_passages(value, above)
        case Passages():
            yield from _reference_passages(value)
        case Tree():
            yield Passage(f"tree:{value.id}", "tree", value.title, "", _tree_words(value))
        case Comparison():
            address, words = f"comparison:{value.id}", _comparison_words(value)
            yield Passage(address, "comparison", value.title, "", words)
        case Checklist():
            words = " ".join([value.summary, *_checklist_words(value)])
            yield Passage(f"checklist:{value.id}", "checklist", value.title, "", words)
        case Rule():
            names = " ".join((value.id, *value.also_known_as))
            words = f"{value.why} {value.fix} {value.fine_when} {names}"
            yield Passage(f"rule:{value.id}", "rule", value.title, "", words)


def _reference_passages(reference: Passages) -> Iterator[Passage]:
    sections, words = reference.scan.sections, reference.scan.words
    opening = [reference.summary, words[0]]
    above: list[Section] = []
    found: list[Passage] = []
    for section, text in zip(sections, words[1:], strict=True):
        if section.level == 1 and section.line == sections[0].line:
            # The title's own text stands under the reference's address.
            opening.append(text)
            continue
        above = [each for each in above if each.level < section.level]
        trail = TRAIL_SIGN.join([reference.title, *(each.title for each in above)])
        address = f"{reference.id}#{section.slug}"
        found.append(Passage(address, "reference", section.title, trail, text))
        above.append(section)
    yield Passage(reference.id, "reference", reference.title, "", " ".join(opening).strip())
    yield from found


def _tree_words(tree: Tree) -> str:
    asks = [
        f"{each.ask} {' '.join(option.label for option in each.options)}" for each in tree.questions
    ]
    return " ".join([tree.question, tree.summary, *asks, *(each.title for each in tree.outcomes)])


def _comparison_words(comparison: Comparison) -> str:
    """Give the question, the names, and the reasons: a search for one of them leads here."""
    names = [each.title for each in comparison.options]
    names += [each.title for each in comparison.criteria]
    reasons = [each.summary for each in comparison.options]
    reasons += [cell.why for option in comparison.options for cell in option.cells]
    return " ".join([comparison.question, comparison.summary, *names, *map(_plain, reasons)])


def _checklist_words(checklist: Checklist) -> Iterator[str]:
    for group in checklist.groups:
        yield group.title
        for check in group.checks:
            yield check.ask


def _chapter_passages(chapter: Chapter, above: str) -> Iterator[Passage]:
    address, title = f"{chapter.reference}#{chapter.id}", chapter.title
    yield Passage(address, "reference", title, above, _plain(chapter.intro))
    trail = TRAIL_SIGN.join((above, title))
    for item in chapter.items:
        address = f"{chapter.reference}#{item.id}"
        yield Passage(address, "reference", item.statement, trail, _item_words(item))


def _item_words(item: Item) -> str:
    """Give the words of an item: the prose first, for a hit shows the words around it."""
    prose = [item.why, item.when_not, item.changed, *map(_way_words, item.ways)]
    examples = [part for each in item.examples for part in (each.note, each.wrong, each.right)]
    names = (*item.applies_to, *item.concepts, item.id.replace("-", " "))
    code = " ".join(" ".join(examples).split())
    parts = (_plain("\n\n".join(prose)), ", ".join(names), code)
    return " · ".join(part for part in parts if part)


def _way_words(way: ByProbe | ByTool | ByHand) -> str:
    match way:
        case ByProbe():
            return way.says
        case ByTool():
            return f"{way.tool}: {way.how}"
    return way.how


def _plain(markdown: str) -> str:
    return " ".join(scan(markdown).words).strip() if markdown else ""
