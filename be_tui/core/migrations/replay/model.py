"""The nouns of a replay: what was seen of a statement, of a migration, of its way back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from be_tui.core.migrations.model import Effects

if TYPE_CHECKING:
    from be_tui.core.databases import Trouble


@dataclass(frozen=True, slots=True)
class Observation:
    """What was seen of one statement while it ran."""

    effects: Effects = field(default_factory=Effects)
    """Locks, work and failures as the server had them; breaks are not to be seen from inside."""

    seconds: float = 0.0
    """Wall time, without what it waited for those who watched it."""

    said: tuple[str, ...] = ()
    """What the server remarked: notices, warnings, and which proof spared it a scan."""

    trouble: Trouble | None = None
    """Why it did not run; None where it did."""

    message: str = ""
    """In the server's words."""

    code: str = ""
    """What the server calls it: an SQLSTATE."""

    outside: bool = False
    """Whether it ran outside of any transaction, and was watched by other sessions."""

    @property
    def failed(self) -> bool:
        """Tell whether it did not run."""
        return self.trouble is not None
