"""How many parts are deployed on their own, as deployment files say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.evidence import Fact, Measure
from be_tui.core.project.probe import Found, NoAnswer, Probe
from be_tui.core.project.units import compose_files, dockerfiles, platform_files, workloads
from be_tui.core.project.words import counted

if TYPE_CHECKING:
    from be_tui.core.project.gathering import Gathering

_MOST = 12


def take(gathering: Gathering) -> Found:
    """Count by the files that stand nearest to production; tell what the others say."""
    checkout = gathering.checkout
    parts = {manifest.folder.rpartition("/")[2] for manifest in gathering.stack.manifests}
    composed = compose_files(checkout, parts - {""})
    told = {
        "Kubernetes workload": workloads(checkout),
        "service of this project in compose": composed.built,
        "Dockerfile": dockerfiles(checkout),
        "platform file": platform_files(checkout),
    }
    seen = {kind: units for kind, units in told.items() if units}
    if not seen:
        raise NoAnswer("no Dockerfile, compose file, Kubernetes manifest or platform file")
    (kind, units), *others = seen.items()
    plural = kind.replace("service", "services") if "service" in kind else ""
    line = f"{counted(len(units), 'deployable part')}: {counted(len(units), kind, plural)}"
    facts = [unit.fact for unit in units[:_MOST]]
    facts += [Fact(f"counted otherwise: {kind}: {len(units)}") for kind, units in others]
    agree = all(len(each) == len(units) for _, each in others)
    return Found(
        line,
        (
            Measure("deploy.units", len(units)),
            Measure("deploy.composed", len(composed.services)),
        ),
        (*facts, *composed.trouble),
        how="parsed",
        confidence="high" if agree else "medium",
    )


PROBE = Probe(
    "deploy-units",
    "How many parts are deployed on their own?",
    ("deploy.units", "deploy.composed"),
    take,
)
