"""The bundled pack read once for all tests of a process: nothing in it changes while they run.

Only the reading is remembered; what a test puts beside the pack is read, and all of it is checked
together, each time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.knowledge import building, survey
from be_tui.core.knowledge.decode.items import read_item
from be_tui.core.knowledge.passages import passages
from be_tui.core.locations import knowledge_dir
from be_tui.core.yamlform import Faults

if TYPE_CHECKING:
    import pytest

    from be_tui.core.knowledge.decode.items import Item
    from be_tui.core.knowledge.packs import PackFile
    from be_tui.core.knowledge.passages import Findable, Passage


def read_once(patch: pytest.MonkeyPatch) -> None:
    """Remember what files of the bundled pack hold, and the words that a search finds them by."""
    memory = _Memory()
    patch.setattr(survey, "read_item", memory.item)
    patch.setattr(building, "passages", memory.passages)


class _Memory:
    def __init__(self) -> None:
        self._root = knowledge_dir()
        self._items: dict[tuple[PackFile, str], Item] = {}
        self._held: set[int] = set()
        self._said: dict[tuple[int, str], tuple[Passage, ...]] = {}

    def item(self, file: PackFile, shown: str) -> Item:
        if not file.path.startswith(self._root):
            return read_item(file, shown)
        item = self._items.get((file, shown))
        if item is None:
            item = self._items[file, shown] = read_item(file, shown)
            self._held.add(id(item.value))
        # Faults are added to when all files are checked together.
        faults = Faults(item.faults.path, item.faults.family)
        faults.findings += item.faults.findings
        return type(item)(item.file, item.id, item.value, item.usable, faults, item.mentions)

    def passages(self, value: Findable, above: str = "") -> tuple[Passage, ...]:
        if id(value) not in self._held:
            return tuple(passages(value, above))
        key = (id(value), above)
        if key not in self._said:
            self._said[key] = tuple(passages(value, above))
        return self._said[key]
