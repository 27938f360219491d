"""What the session tells its screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from be_tui.core.evidence import Evidence
    from be_tui.core.project import Project


class EvidenceFound(Message):
    """A probe has answered, or said why it cannot."""

    def __init__(self, evidence: Evidence) -> None:
        """Carry what the probe found."""
        super().__init__()
        self.evidence = evidence


class MeasuringEnded(Message):
    """All probes that were asked have answered."""


class ProjectRead(Message):
    """The project was read anew."""

    def __init__(self, project: Project) -> None:
        """Carry what was found."""
        super().__init__()
        self.project = project
