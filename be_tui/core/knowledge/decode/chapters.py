"""References of items from YAML: a cover and its chapters; `docs/packs.md` gives the form."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Literal, cast

from be_tui.core.knowledge.conditions import is_measure
from be_tui.core.knowledge.decode.conditions import read_condition
from be_tui.core.knowledge.decode.desk import Desk, identify, own_id
from be_tui.core.knowledge.decode.examples import decode_example
from be_tui.core.knowledge.entries import KINDS
from be_tui.core.knowledge.items import SCALES, ByHand, ByProbe, ByTool, Chapter, Cover, Item
from be_tui.core.yamlform import Listing, Scalar

if TYPE_CHECKING:
    from be_tui.core.knowledge.items import Level, Position, Scale, Way
    from be_tui.core.knowledge.model import PackName, Source
    from be_tui.core.yamlform import Cursor

STATEMENT_LIMIT = 80
"""Characters of a statement: it is a heading, and read in a list."""

_LEVELS = tuple(level for levels in SCALES.values() for level in levels)


def decode_cover(at: Cursor, desk: Desk, path: str, pack: PackName) -> Cover:
    """Give what a reference of items says of itself: its `reference.yaml`."""
    return Cover(
        id=own_id(at, "reference"),
        title=at.text("title"),
        summary=at.text("summary"),
        scale=cast("Scale", at.choice("levels", tuple(SCALES))),
        checked_for=at.integer("checked_for", 12),
        chapters=_once(desk, at, "chapter", least=1),
        concepts=_once(desk, at, "concept"),
        path=path,
        pack=pack,
    )


def _once(
    desk: Desk, at: Cursor, kind: Literal["chapter", "concept"], *, least: int = 0
) -> tuple[str, ...]:
    """Give a list of names of which none may stand there twice."""
    found: list[str] = []
    for text, node in at.placed_texts(f"{kind}s", least=least):
        if text in found:
            at.fault("duplicate-id", f"{kind}s: `{text}` stands here twice", node)
        desk.mention(kind, text, node, at)
        found.append(text)
    return tuple(found)


def decode_chapter(at: Cursor, desk: Desk, path: str, pack: PackName) -> Chapter:
    """Give the chapter of a file."""
    chapter_id, reference, title = own_id(at, "chapter"), at.text("reference"), at.text("title")
    return Chapter(
        id=chapter_id,
        reference=reference,
        title=title,
        intro=desk.markdown(at, "intro", ""),
        sources=desk.read_sources(at),
        items=at.each("items", partial(_item, desk), least=1),
        path=path,
        pack=pack,
    )


def _item(desk: Desk, at: Cursor) -> Item:
    identify(at, at.key)
    return Item(
        id=at.name,
        level=cast("Level", at.choice("level", _LEVELS)),
        statement=_statement(at),
        why=desk.markdown(at, "why"),
        when_not=desk.markdown(at, "when_not"),
        ways=at.items("check", partial(_way, desk), least=1),
        examples=at.items("examples", partial(decode_example, desk)),
        sources=_sources(desk, at),
        checked=_day(at, "checked"),
        applies_to=at.texts("applies_to"),
        concepts=_once(desk, at, "concept"),
        related=_addresses(desk, at, "related"),
        disputes=_addresses(desk, at, "disputes"),
        changed=desk.markdown(at, "changed", ""),
        subject=at.text("subject", ""),
        position=_position(at),
        line=at.line,
    )


def _statement(at: Cursor) -> str:
    text = " ".join(at.text("statement").split())
    node = at.find("statement")
    if len(text) > STATEMENT_LIMIT:
        message = f"statement: {len(text)} characters, at most {STATEMENT_LIMIT} head an item"
        at.faults.add("item-statement", at.said(message), node.span if node else None)
    elif text.endswith("."):
        message = "statement: it heads an item and ends without a full stop"
        at.faults.add("item-statement", at.said(message), node.span if node else None)
    return text


def _sources(desk: Desk, at: Cursor) -> tuple[Source, ...]:
    found, node = desk.cited(at), at.need("sources")
    if isinstance(node, Listing) and not node.items:
        at.fault("wrong-type", "sources: expected the key of one source at least", node)
    return found


def _day(at: Cursor, key: str) -> date | None:
    text, node = at.text(key), at.find(key)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        at.fault("wrong-type", f"{key}: expected a day as 2026-11-23, found `{text}`", node)
        return None


def _position(at: Cursor) -> Position | None:
    if not at.has("position"):
        return None
    if not at.has("subject"):
        at.fault("missing-key", "`position` says nothing without a `subject`", at.find("position"))
    return cast("Position", at.choice("position", ("for", "against")))


def _addresses(desk: Desk, at: Cursor, key: str) -> tuple[str, ...]:
    found = at.placed_texts(key)
    for address, node in found:
        scheme, colon, _ = address.partition(":")
        if colon and scheme not in KINDS:
            message = f"{key}: expected `reference#item`, `tree:…` or the like, found `{address}`"
            at.fault("wrong-type", message, node)
        else:
            desk.mention("address", address, node, at)
    return tuple(address for address, _ in found)


def _way(desk: Desk, at: Cursor) -> Way:
    if at.has("probe"):
        return _by_probe(desk, at)
    if at.has("tool"):
        return ByTool(at.text("tool"), desk.markdown(at, "how", ""))
    if not at.has("hand"):
        at.fault("missing-key", "expected `probe`, `tool` or `hand`")
        at.find("how")
        return ByHand("")
    return ByHand(desk.markdown(at, "hand"))


def _by_probe(desk: Desk, at: Cursor) -> ByProbe:
    probe = at.text("probe")
    desk.mention("probe", probe, at.find("probe"), at)
    measure = at.text("measure", "")
    desk.mention("measure", measure, at.find("measure"), at)

    def take(name: Scalar, answer: Scalar | None) -> None:
        if not is_measure(name.text):
            at.fault("wrong-type", f"passes: expected a measure, found `{name.text}`", name)
        elif answer is None:
            desk.mention("measure", name.text, name, at)

    return ByProbe(probe, read_condition(at, "passes", take), measure, at.text("says", ""))
