"""What lies on the desk: the schema as it is, what is to become of it, and what was worked out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from be_tui.core.migrations.plan import Options

if TYPE_CHECKING:
    from be_tui.core.findings import Finding
    from be_tui.core.migrations.diff import Rename
    from be_tui.core.migrations.plan import Plan
    from be_tui.core.migrations.sides import Side
    from be_tui.core.sqltext import Unread


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person laid on the desk."""

    before: Side
    """The schema as it is."""

    change: str = ""
    """DDL that says what is to become of it, in plain words of the engine."""

    after: Side | None = None
    """The schema as it is to be, where it is described whole; then nobody asks for the change."""

    renames: tuple[Rename, ...] = ()
    """What is said to be called otherwise only."""

    dropped: frozenset[str] = frozenset()
    """What is said to go: `users.mail`."""

    options: Options = field(default_factory=Options)


@dataclass(frozen=True, slots=True)
class Worked:
    """What came of it."""

    wanted: Wanted
    plan: Plan
    findings: tuple[Finding, ...] = ()
    """What is wrong with the change, were it run as it is written."""

    unread: tuple[Unread, ...] = ()
    """Statements of the change that could not be taken in."""
