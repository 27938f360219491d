"""Checklists from YAML; `docs/packs.md` gives the form, key by key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from be_tui.core.knowledge.decode.desk import Desk, identify, own_id
from be_tui.core.knowledge.model import Check, CheckGroup, Checklist

if TYPE_CHECKING:
    from be_tui.core.knowledge.model import PackName
    from be_tui.core.yamlform import Cursor


def decode_checklist(at: Cursor, desk: Desk, path: str, pack: PackName) -> Checklist:
    """Give the checklist of a file; its checks have ids of their own across all groups."""
    list_id, title, summary = own_id(at, "checklist"), at.text("title"), at.text("summary")
    desk.read_sources(at)
    taken: set[str] = set()
    groups = at.each("groups", partial(_group, desk, taken), least=1)
    return Checklist(list_id, title, summary, groups, path, pack)


def _group(desk: Desk, taken: set[str], at: Cursor) -> CheckGroup:
    identify(at, at.key)
    checks = at.each("checks", partial(_check, desk, taken), least=1)
    return CheckGroup(at.name, at.text("title"), checks)


def _check(desk: Desk, taken: set[str], at: Cursor) -> Check:
    identify(at, at.key, taken)
    taken.add(at.name)
    return Check(
        id=at.name,
        ask=at.text("ask"),
        why=desk.markdown(at, "why"),
        how=desk.markdown(at, "how", ""),
        sources=desk.cited(at),
        references=desk.references(at),
    )
