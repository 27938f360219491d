"""What stands at an address, as a document to read: on a screen, or line by line.

guide             a whole reference        tree:optimize          what a tree decides
guide#caching     one section of it        comparison:database    what a comparison compares
                                           checklist:code-review  a checklist
                                           rule:tree-cycle        a rule's words
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.document.model import Block, Document, Heading, Items, Paragraph, Span
from be_tui.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.document import Text
    from be_tui.core.knowledge.entries import Facets
    from be_tui.core.knowledge.library import Library
    from be_tui.core.knowledge.model import Checklist, Reference, Rule, Source, Tree


def page(library: Library, address: str, facets: Facets | None = None) -> Document:
    """Give what stands at an address.

    Args:
        library: Where to look.
        address: Of a reference of items alone, its contents are given.
        facets: Which items to list there.

    Raises:
        InputError: Nothing stands there.
    """
    kind, colon, name = address.partition(":")
    match kind if colon else "reference":
        case "reference":
            name, _, slug = address.partition("#")
            if library.chapters(name):
                return _page_of_items(library, name, slug, facets)
            reference = library.reference(name)
            return section_page(reference, slug) if slug else reference_page(reference)
        case "tree":
            return tree_page(library.tree(name))
        case "comparison":
            from be_tui.core.comparisons.pages.cell import about_page

            return about_page(library.comparison(name))
        case "checklist":
            return checklist_page(library.checklist(name))
        case "rule":
            return rule_page(library.rule(name))
    hint = "write `guide`, `guide#caching`, `tree:…`, `comparison:…`, `checklist:…` or `rule:…`"
    raise InputError(f"no address {address!r}", hint=hint)


def reference_page(reference: Reference) -> Document:
    """Give a whole reference, under its title where the document has none of its own."""
    blocks = reference.document.blocks
    if blocks and isinstance(blocks[0], Heading) and blocks[0].level == 1:
        return reference.document
    return Document((_heading(reference.title, 1, ""), *blocks))


def section_page(reference: Reference, slug: str) -> Document:
    """Give a section of a reference, with the sections below it.

    Raises:
        InputError: It has no section of that slug.
    """
    blocks: list[Block] = []
    level = 0
    for block in reference.document.blocks:
        if isinstance(block, Heading):
            if level and block.level <= level:
                break
            if block.slug == slug:
                level = block.level
        if level:
            blocks.append(block)
    if blocks:
        return Document(tuple(blocks))
    raise no_section(reference.id, slug, [each.slug for each in reference.sections])


def _page_of_items(library: Library, name: str, slug: str, facets: Facets | None) -> Document:
    """Give the contents of a reference of items, one chapter of it, or one item."""
    from be_tui.core.knowledge.item_pages import chapter_page, contents_page, item_page

    if not slug:
        entry = next(each for each in library.entries("reference") if each.id == name)
        return contents_page(entry, library.chapters(name), library.items(name, facets))
    chapter = library.chapter(f"{name}#{slug}")
    item = chapter.find(slug)
    return chapter_page(chapter) if item is None else item_page(chapter, item)


def no_section(reference_id: str, slug: str, slugs: list[str]) -> InputError:
    """Say in one line that a reference has no section of a slug."""
    from be_tui.core.yamlform import nearest

    near = nearest(slug, slugs)
    known = f"see `be-tui refs show {reference_id}`"
    hint = f"did you mean {f'{reference_id}#{near}'!r}?" if near else known
    return InputError(f"no section {slug!r} in {reference_id!r}", hint=hint)


def tree_page(tree: Tree) -> Document:
    """Give what a tree decides, what it asks and where it ends."""
    return Document(
        (
            _heading(tree.title, 1, tree.id),
            _said(tree.question, strong=True),
            _said(tree.summary),
            Paragraph((Span("Walk it: "), Span(f"be-tui decide {tree.id}", "code"))),
            _heading("It asks", 2, "it-asks"),
            _bullets((Span(question.ask),) for question in tree.questions),
            _heading("It ends in", 2, "it-ends-in"),
            _bullets((Span(outcome.title),) for outcome in tree.outcomes),
        )
    )


def checklist_page(checklist: Checklist) -> Document:
    """Give a checklist with the reason and the way of each check."""
    blocks: list[Block] = [_heading(checklist.title, 1, checklist.id), _said(checklist.summary)]
    for group in checklist.groups:
        blocks.append(_heading(group.title, 2, group.id))
        items: list[tuple[Block, ...]] = []
        for check in group.checks:
            item: list[Block] = [_said(check.ask, strong=True), *_markdown(check.why)]
            item += _markdown(check.how)
            item += _sources(check.sources)
            items.append((*item, *_links(check.references)))
        blocks.append(Items(tuple(items)))
    return Document(tuple(blocks))


def rule_page(rule: Rule) -> Document:
    """Give a rule's words."""
    blocks: list[Block] = [
        _heading(rule.title, 1, rule.id),
        Paragraph((Span(rule.id, "code"), Span(f"  {rule.severity}", "muted"))),
    ]
    parts = (("Why", rule.why), ("What to do", rule.fix), ("When it is fine", rule.fine_when))
    for title, text in parts:
        if text:
            blocks += [_heading(title, 2, title.lower().replace(" ", "-")), *_markdown(text)]
    if rule.also_known_as:
        blocks.append(_said(f"Also known as {', '.join(rule.also_known_as)}."))
    return Document((*blocks, *_sources(rule.sources), *_links(rule.references)))


def _heading(title: str, level: int, slug: str) -> Heading:
    return Heading((Span(title, "title" if level == 1 else "heading"),), level, slug)


def _said(text: str, *, strong: bool = False) -> Paragraph:
    return Paragraph((Span(text, "strong" if strong else "text"),))


def _bullets(texts: Iterable[Text]) -> Items:
    return Items(tuple((Paragraph(text),) for text in texts))


def _markdown(text: str) -> tuple[Block, ...]:
    from be_tui.core.document import parse_markdown

    return parse_markdown(text).blocks


def _sources(sources: tuple[Source, ...]) -> tuple[Block, ...]:
    if not sources:
        return ()
    spans = [Span("Source: " if len(sources) == 1 else "Sources: ", "muted")]
    for number, source in enumerate(sources):
        spans.append(Span(f"{'; ' if number else ''}{source}", "muted", source.url))
    return (Paragraph(tuple(spans)),)


def _links(references: tuple[str, ...]) -> tuple[Block, ...]:
    if not references:
        return ()
    spans = [Span("See ", "muted")]
    for number, address in enumerate(references):
        spans += [Span(", ", "muted")] * (number > 0) + [Span(address, "link", address)]
    return (Paragraph(tuple(spans)),)
