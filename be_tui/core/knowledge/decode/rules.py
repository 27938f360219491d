"""The words of rules from YAML; `docs/packs.md` gives the form, key by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.findings import SEVERITIES
from be_tui.core.knowledge.decode.desk import Desk, own_id
from be_tui.core.knowledge.model import Rule

if TYPE_CHECKING:
    from be_tui.core.knowledge.model import PackName
    from be_tui.core.yamlform import Cursor


def decode_rule(at: Cursor, desk: Desk, path: str, pack: PackName) -> Rule:
    """Give the rule of a file."""
    rule_id, title = own_id(at, "rule"), at.text("title")
    severity = at.choice("severity", SEVERITIES)
    return Rule(
        id=rule_id,
        title=title,
        severity=next(each for each in SEVERITIES if each == severity or not severity),
        why=desk.markdown(at, "why"),
        fix=desk.markdown(at, "fix"),
        fine_when=desk.markdown(at, "fine_when", ""),
        sources=desk.read_sources(at),
        references=desk.references(at),
        also_known_as=at.texts("also_known_as"),
        path=path,
        pack=pack,
    )
