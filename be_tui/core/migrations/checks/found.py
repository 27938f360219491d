"""What a rule found, before its words are put to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.migrations.checks.model import Remark
    from be_tui.core.migrations.model import Migration, ScriptStatement


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found, before its words are put to it."""

    rule: str
    migration: Migration
    given: ScriptStatement | None
    """None where it is about the migration, not a statement of it."""

    remark: Remark
