"""What is being changed right now: the last fourteen days."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

from be_tui.core.evidence import Fact, Measure
from be_tui.core.project.probe import Found, Probe
from be_tui.core.project.words import DAY, counted

if TYPE_CHECKING:
    from be_tui.core.project.gathering import Gathering

RECENT = 14
"""Days that count as now."""


def take(gathering: Gathering) -> Found:
    """Count the files that the latest commits changed."""
    since = time.time() - RECENT * DAY
    recent = [commit for commit in gathering.history.commits if commit.when >= since]
    changes = Counter(path for commit in recent for path in commit.paths)
    files = counted(len(changes), "file")
    return Found(
        f"{counted(len(recent), 'commit')} changed {files} in the last {RECENT} days",
        (Measure("churn.files_14d", len(changes)), Measure("churn.commits_14d", len(recent))),
        tuple(Fact(counted(count, "change"), path) for path, count in changes.most_common(5)),
        command=f"git log --since={RECENT}.days --no-merges --name-only",
    )


PROBE = Probe(
    "churn-now",
    f"What was changed in the last {RECENT} days?",
    ("churn.files_14d", "churn.commits_14d"),
    take,
    reads_history=True,
)
