"""Ways to ask one probe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.project import gather

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from be_tui.core.evidence import Evidence, Value

    Ask = Callable[..., Evidence]


@pytest.fixture
def ask(folder: Callable[..., Path]) -> Ask:
    """Ask one probe of a folder of files, or of a repository."""

    def asking(probe: str, files: Mapping[str, str | bytes] | Path) -> Evidence:
        root = folder(files) if isinstance(files, dict) else files
        (evidence,) = gather(root, [probe])  # type: ignore[arg-type] # a path, if no mapping
        return evidence

    return asking


def values(evidence: Evidence) -> dict[str, Value]:
    """Give the measures by the names that they have after the probe's."""
    return {each.name.partition(".")[2]: each.value for each in evidence.measures}
