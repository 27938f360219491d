"""The examples of the bundled chapters, and what they do not show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.knowledge.decode.chapters import decode_chapter
from be_tui.core.knowledge.decode.desk import Desk
from be_tui.core.knowledge.trying import try_example
from be_tui.core.locations import knowledge_dir
from be_tui.core.yamlform import Faults, read_yaml
from tests.knowledge.snippets import fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.knowledge.items import Chapter, Item
    from be_tui.core.knowledge.trying import Engines


def bundled_chapters() -> Iterator[Chapter]:
    """Give every chapter that ships."""
    references = Path(knowledge_dir(), "references")
    for cover in sorted(references.glob("*/reference.yaml")):
        for path in sorted(cover.parent.glob("*.yaml")):
            if path != cover:
                yield chapter_of(path)


def chapter_of(path: Path) -> Chapter:
    """Read a chapter; the faults of its form are told by `be-tui knowledge check`."""
    faults = Faults(str(path))
    return decode_chapter(read_yaml(str(path), faults), Desk(), str(path), "bundled")


def misses(item: Item, where: Engines) -> Iterator[tuple[int, str]]:
    """Give what the examples of an item do not show, each with its line in the file."""
    for example in item.examples:
        if example.language == "sql":
            for miss in try_example(example, item, where):
                yield miss.line, f"{miss.side} on {miss.engine}: {miss.message}"
            continue
        for side, text in (("wrong", example.wrong), ("right", example.right)):
            trouble = fault(example.language, text, right=side == "right") if text else ""
            if trouble:
                yield example.line or item.line, f"{side}, {example.language}: {trouble}"
