"""How it runs, as deployment files say: how often, watched by what, behind what."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from be_tui.core.evidence import Fact, Measure
from be_tui.core.project.looks.deployment import DEPLOYMENT, POOLS
from be_tui.core.project.looks.model import facts
from be_tui.core.project.probe import Found, NoAnswer, Probe
from be_tui.core.project.words import counted

if TYPE_CHECKING:
    from be_tui.core.project.gathering import Gathering
    from be_tui.core.project.looks.model import Sight


def take(gathering: Gathering) -> Found:
    """Read the deployment files, and the pools that code and configuration name."""
    sights = gathering.sights
    files, pools = sights.of("run.file"), sights.of("run.pool")
    gateways = sights.of("run.gateway")
    if not files and not pools and not gateways:
        raise NoAnswer("no Kubernetes, compose, Docker or platform file, and no pool setting")
    measures: list[Measure] = []
    parts: list[str] = []
    told: list[Fact] = []
    replicas = max(sights.of("run.replicas"), key=_number, default=None)
    if replicas is not None:
        measures.append(Measure("runtime.replicas", _number(replicas)))
        parts.append(f"up to {counted(_number(replicas), 'copy', 'copies')}")
        told += facts([replicas])
    if pools:
        largest = max(pools, key=_number)
        measures.append(Measure("runtime.pool", _number(largest), "connections"))
        parts.append(f"a pool of up to {counted(_number(largest), 'connection')}")
        told += [Fact(f"a pool of {each.value}", each.path, each.line) for each in pools[:3]]
    if files:
        for kind, name, label in _KINDS:
            found = sights.of(kind)
            measures.append(Measure(name, bool(found)))
            if label:
                parts.append(label if found else f"no {label}")
                told += facts(found, 3)
    gateway = Counter(each.value for each in gateways).most_common(1)
    measures.append(Measure("runtime.gateway", gateway[0][0] if gateway else ""))
    parts.append(f"behind {gateway[0][0]}" if gateway else "no gateway found")
    told += facts(gateways, 2)
    return Found(
        ", ".join(parts),
        tuple(measures),
        tuple(told),
        how="parsed" if files else "heuristic",
        confidence="medium",
    )


_KINDS = (
    ("run.check", "runtime.health_checks", "health checks"),
    ("run.limits", "runtime.limits", "limits of CPU or memory"),
    ("run.kubernetes", "runtime.kubernetes", ""),
)


def _number(sight: Sight) -> int:
    return int(sight.value)


PROBE = Probe(
    "runtime",
    "How does it run where it is deployed?",
    ("runtime.replicas", "runtime.pool", "runtime.health_checks", "runtime.limits",
     "runtime.gateway", "runtime.kubernetes"),
    take,
    looks=(DEPLOYMENT, POOLS),
)  # fmt: skip
