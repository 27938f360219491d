"""What it runs on: the database, the ORM and what else stands around the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.evidence import Fact, Measure
from be_tui.core.project.probe import Found, NoAnswer, Probe

if TYPE_CHECKING:
    from be_tui.core.project.gathering import Gathering
    from be_tui.core.project.model import TraitKind

_NAMED: tuple[TraitKind, ...] = ("framework", "orm", "database", "migrations")
"""Told by name; `none` where nothing of the kind was found."""

_THERE: tuple[TraitKind, ...] = ("cache", "queue", "search", "tracing", "metrics", "profiler")
"""Told as there or not there."""


def take(gathering: Gathering) -> Found:
    """Hold manifests, images and configuration against the markers."""
    stack = gathering.stack
    if not stack.manifests and not stack.traits:
        raise NoAnswer("no manifest, compose or CI file that be-tui reads")
    measures = [
        Measure(f"stack.{kind}", next((trait.name for trait in stack.of(kind)), "none"))
        for kind in _NAMED
    ]
    measures += [Measure(f"stack.{kind}", bool(stack.of(kind))) for kind in _THERE]
    told = [trait for kind in (*_NAMED, *_THERE) for trait in stack.of(kind)]
    facts = [
        Fact(f"{trait.name}: {trait.facts[0].text}", trait.facts[0].path, trait.facts[0].line)
        for trait in told
    ]
    facts += [Fact(f"not read: {trouble}") for trouble in stack.trouble]
    names = [f"{trait.name} {trait.detail}".strip() for trait in told]
    return Found(
        ", ".join(names) or "no framework, database or ORM that be-tui knows",
        tuple(measures),
        tuple(facts),
        how="parsed",
        confidence="high" if stack.manifests else "medium",
    )


PROBE = Probe(
    "stack",
    "What does it run on?",
    tuple(f"stack.{kind}" for kind in (*_NAMED, *_THERE)),
    take,
)
