"""Who works on it now: people who committed in the last 90 days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.evidence import Fact, Measure
from be_tui.core.project.history import DAYS
from be_tui.core.project.people import is_bot, people
from be_tui.core.project.probe import Found, Probe
from be_tui.core.project.words import counted, share

if TYPE_CHECKING:
    from be_tui.core.project.gathering import Gathering


def take(gathering: Gathering) -> Found:
    """Count the people behind the commits."""
    history = gathering.history
    found = people((each.name, each.email, 1) for each in history.commits)
    commits = sum(person.commits for person in found)
    programs = sum(is_bot(each.name, each.email) for each in history.commits)
    top = share(found[0].commits, commits) if found else 0.0
    measures = (
        Measure("authors.active_90d", len(found)),
        Measure("authors.commits_90d", commits),
        Measure("authors.top_share", top, "%"),
    )
    if found:
        who = counted(len(found), "person", "people")
        line = f"{who} made {counted(commits, 'commit')} in {DAYS} days, the busiest {top:g} %"
    else:
        line = f"nobody committed in the last {DAYS} days"
    facts = [Fact(f"{person.name}: {counted(person.commits, 'commit')}") for person in found[:6]]
    if programs:
        facts.append(Fact(f"{counted(programs, 'commit')} by programs left out"))
    if history.bounded:
        facts.append(Fact("only the newest commits of these days were read"))
    command = f"git shortlog -sne --no-merges --since={DAYS}.days HEAD"
    return Found(line, measures, tuple(facts), command=command)


PROBE = Probe(
    "authors",
    f"How many people changed it in the last {DAYS} days?",
    ("authors.active_90d", "authors.commits_90d", "authors.top_share"),
    take,
    reads_history=True,
)
