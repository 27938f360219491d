"""What came of a spec that is being written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.findings import Finding
    from be_tui.core.scaffold.model import Resource, Service


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked of the service."""

    method: str
    path: str
    summary: str
    answers: tuple[tuple[str, str], ...]
    """Each status with what it means."""

    takes: tuple[tuple[str, str], ...] = ()
    """Each parameter with what it does; the body is one."""

    who: str = ""
    """Who may ask, in words."""


@dataclass(frozen=True, slots=True)
class Worked:
    """What a spec says; without a service where it has a grave fault."""

    text: str
    findings: tuple[Finding, ...] = ()
    service: Service | None = None
    operations: tuple[Operation, ...] = ()
    ddl: str = ""

    @property
    def resources(self) -> tuple[Resource, ...]:
        """Give the resources; none where the spec has a grave fault."""
        return self.service.resources if self.service else ()
