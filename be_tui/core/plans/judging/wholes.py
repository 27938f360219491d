"""What is wrong with the whole of a plan: planning, compiling, triggers, workers, its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.plans.figures import count, duration, percent
from be_tui.core.plans.judging.model import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from be_tui.core.plans.judging.model import Detector, Look

JIT_SHARE = 0.25
TRIGGER_SHARE = 0.1
LEAST_MS = 1.0
"""Less than this is not worth a word, whatever its share."""


def jit(look: Look) -> Iterator[Remark]:
    """Find queries that are compiled longer than it can save."""
    done, total = look.plan.jit, look.plan.execution_ms
    if done and total and done.ms >= max(JIT_SHARE * total, LEAST_MS):
        said = (
            f"compiling {count(done.functions)} functions took {duration(done.ms)},"
            f" {percent(done.ms / total)} of the time to run"
        )
        yield look.about("plan-jit", said, done.ms)


def planning(look: Look) -> Iterator[Remark]:
    """Find queries that are planned for longer than they run."""
    plan = look.plan
    if plan.planning_ms is None or plan.execution_ms is None:
        return
    if plan.planning_ms > plan.execution_ms and plan.planning_ms >= LEAST_MS:
        said = (
            f"planning took {duration(plan.planning_ms)},"
            f" running only {duration(plan.execution_ms)}"
        )
        yield look.about("plan-planning", said, plan.planning_ms)


def triggers(look: Look) -> Iterator[Remark]:
    """Find triggers, those of foreign keys most of all, that take much of the time."""
    total = look.plan.execution_ms
    for each in look.plan.triggers:
        if each.ms is None or not total or each.ms < max(TRIGGER_SHARE * total, LEAST_MS):
            continue
        what = f"the foreign key {each.constraint}" if each.constraint else f"trigger {each.name}"
        where = f" on {each.relation}" if each.relation else ""
        said = (
            f"{what}{where} was checked {count(each.calls)} times:"
            f" {duration(each.ms)}, {percent(each.ms / total)} of the time"
            if each.constraint
            else f"{what}{where} ran {count(each.calls)} times: {duration(each.ms)},"
            f" {percent(each.ms / total)} of the time"
        )
        yield look.about("plan-trigger", said, each.ms)


def workers(look: Look) -> Iterator[Remark]:
    """Find parallel steps that got fewer processes than planned."""
    for node in look.plan.nodes:
        found = node.workers
        if found and found.launched is not None and found.launched < found.planned:
            said = f"{node.title} got {found.launched} of {found.planned} planned workers"
            yield look.remark("plan-missing-workers", node, said)


def cut(look: Look) -> Iterator[Remark]:
    """Tell where the plan ends before it is whole."""
    end = look.plan.cut
    if end:
        nodes = count(len(look.plan.nodes))
        said = f"only a part could be read, {nodes} steps, up to line {end.line}: {end.reason}"
        yield Remark("plan-cut", said)


DETECTORS: Mapping[str, Detector] = {
    "plan-jit": jit,
    "plan-planning": planning,
    "plan-trigger": triggers,
    "plan-missing-workers": workers,
    "plan-cut": cut,
}
