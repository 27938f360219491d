"""Migrations that name what they follow, put in an order in which they can be run."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from be_tui.core.migrations.files.folder import Folder


@dataclass(frozen=True, slots=True)
class Node:
    """One migration of a graph."""

    id: str
    after: tuple[str, ...]
    file: str
    """Its file, relative to the folder; of two that could be next, the earlier name comes first."""

    title: str = ""


def ordered(
    folder: Folder, nodes: Sequence[Node], merge: str, *, labelled: bool = False
) -> list[Node]:
    """Sort a graph, and tell of what is wrong with it.

    Args:
        folder: Where findings are kept.
        nodes: The migrations.
        merge: The command that merges two heads, for the finding's words.
        labelled: Whether branches are meant, because one has a name.
    """
    known: dict[str, Node] = {}
    for node in nodes:
        first = known.setdefault(node.id, node)
        if first is not node:
            folder.find("migration-duplicate", node.file, f"is {node.id}, as {first.file} is")
    waiting: dict[str, int] = {}
    follow: dict[str, list[str]] = {}
    for node in known.values():
        before = [
            each for each in dict.fromkeys(node.after) if _is_known(folder, known, node, each)
        ]
        waiting[node.id] = len(before)
        for each in before:
            follow.setdefault(each, []).append(node.id)
    ready = [(known[each].file, each) for each, count in waiting.items() if not count]
    heapify(ready)
    order: list[Node] = []
    while ready:
        _, name = heappop(ready)
        order.append(known[name])
        for each in follow.get(name, ()):
            waiting[each] -= 1
            if not waiting[each]:
                heappush(ready, (known[each].file, each))
    done = {node.id for node in order}
    for node in known.values():
        if node.id not in done:
            folder.find(
                "migration-circle", node.file, f"{node.id} follows itself, by way of others"
            )
            order.append(node)
    _tell_heads(folder, [node for node in order if node.id not in follow], merge, labelled=labelled)
    return order


def _is_known(folder: Folder, known: dict[str, Node], node: Node, before: str) -> bool:
    if before in known:
        return True
    message = f"follows {before}, and there is no such migration"
    folder.find("migration-missing", node.file, message)
    return False


def _tell_heads(folder: Folder, heads: list[Node], merge: str, *, labelled: bool) -> None:
    if len(heads) < 2 or labelled:  # noqa: PLR2004 (one head is what there should be)
        return
    names = ", ".join(head.id for head in heads)
    for head in heads[1:]:
        message = f"the history has {len(heads)} heads: {names}; `{merge}` joins them"
        folder.find("migration-heads", head.file, message, severity="warning")
