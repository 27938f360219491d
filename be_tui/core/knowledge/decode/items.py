"""One file of a pack, read: its item, what is wrong with it, the names that it uses."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from be_tui.core.knowledge.decode.aliases import decode_aliases
from be_tui.core.knowledge.decode.chapters import decode_chapter, decode_cover
from be_tui.core.knowledge.decode.checklists import decode_checklist
from be_tui.core.knowledge.decode.comparisons import decode_comparison
from be_tui.core.knowledge.decode.desk import Desk, Mention
from be_tui.core.knowledge.decode.references import read_passages
from be_tui.core.knowledge.decode.rules import decode_rule
from be_tui.core.knowledge.decode.trees import decode_tree
from be_tui.core.knowledge.items import Chapter
from be_tui.core.knowledge.tree_checks import TreeFile, check_tree
from be_tui.core.yamlform import Faults, Mapping, Span, read_yaml

if TYPE_CHECKING:
    from be_tui.core.comparisons.model import Comparison
    from be_tui.core.knowledge.decode.aliases import Aliases
    from be_tui.core.knowledge.decode.references import Passages
    from be_tui.core.knowledge.items import Cover
    from be_tui.core.knowledge.model import Checklist, Rule, Tree
    from be_tui.core.knowledge.packs import PackFile
    from be_tui.core.yamlform import Cursor

    Value = Tree | Comparison | Checklist | Rule | Passages | Cover | Chapter | Aliases
    """What a file can hold."""


@dataclass(frozen=True, slots=True)
class Item:
    """What one file holds."""

    file: PackFile
    id: str
    """As the file gives it, a chapter's behind its reference's; else the file's name."""

    value: Value
    usable: bool
    """Whether the value is whole; a link that leads nowhere does not break it."""

    faults: Faults
    mentions: tuple[Mention, ...]


def read_item(file: PackFile, shown: str) -> Item:
    """Read one file; whatever is wrong with it stands among the faults.

    Args:
        file: The file.
        shown: Its name as findings are to show it.
    """
    faults = Faults(shown)
    desk = Desk()
    value = _value(file, faults, desk)
    item_id = value.id or PurePath(file.path).stem
    if isinstance(value, Chapter):
        item_id = f"{value.reference}/{item_id}"
    return Item(file, item_id, value, not faults.grave, faults, tuple(desk.mentions))


def _value(file: PackFile, faults: Faults, desk: Desk) -> Value:
    if file.kind == "reference" and file.path.lower().endswith(".md"):
        passages = read_passages(file.path, faults)
        for link in passages.scan.links:
            span = Span(link.line, 1, link.line, 1)
            desk.mentions.append(Mention("address", link.target, span, ""))
        return passages
    at = read_yaml(file.path, faults)
    try:
        return _from_yaml(file, at, desk)
    finally:
        at.close()


def _from_yaml(file: PackFile, at: Cursor, desk: Desk) -> Value:
    match file.kind:
        case "reference":
            return decode_cover(at, desk, file.path, file.pack)
        case "chapter":
            return decode_chapter(at, desk, file.path, file.pack)
        case "comparison":
            return decode_comparison(at, desk, file.path, file.pack)
        case "checklist":
            return decode_checklist(at, desk, file.path, file.pack)
        case "rule":
            return decode_rule(at, desk, file.path, file.pack)
        case "aliases":
            return decode_aliases(at)
    tree = decode_tree(at, desk, file.path, file.pack)
    if at.node is not None:
        check_tree(TreeFile(tree, tuple(desk.mentions), _spans(at), at.faults))
    return tree


def _spans(at: Cursor) -> dict[str, Span]:
    """Give where each question, table and outcome stands, by its id."""
    spans: dict[str, Span] = {}
    for key in ("outcomes", "tables", "questions"):
        below = at.find(key)
        if isinstance(below, Mapping):
            spans.update({name.text: name.span for name, _ in below.pairs})
    return spans
