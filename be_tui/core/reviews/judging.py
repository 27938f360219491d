"""What probes tell of items: whether the project keeps to them, and how that is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.knowledge.conditions import holds, names
from be_tui.core.knowledge.items import ByProbe
from be_tui.core.reviews.model import Standing, Verdict, asked_levels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from be_tui.core.evidence import Evidence, Value
    from be_tui.core.knowledge.items import Chapter, Cover, Item
    from be_tui.core.reviews.model import Review

_FACTS = 4
"""Facts that are told with a verdict; the rest is counted."""


def verdicts_on(item: Item, evidence: Mapping[str, Evidence]) -> tuple[Verdict, ...]:
    """Give what was measured about an item; a probe that was not asked says nothing."""
    return tuple(
        _verdict(way, evidence[way.probe])
        for way in item.ways
        if isinstance(way, ByProbe) and way.probe in evidence
    )


def _verdict(way: ByProbe, evidence: Evidence) -> Verdict:
    def value_of(name: str) -> Value | None:
        measure = evidence.measure(name)
        return measure.value if measure else None

    return Verdict(way, evidence, holds(way.passes, value_of))


def standings(
    cover: Cover, chapters: Iterable[Chapter], review: Review, evidence: Mapping[str, Evidence]
) -> tuple[Standing, ...]:
    """Give how each item stands that is asked at the level of a review, in reading order."""
    asked = asked_levels(cover.scale, review.level)
    return tuple(
        Standing(item, chapter.title, verdicts_on(item, evidence), review.reply(item.id))
        for chapter in chapters
        for item in chapter.items
        if item.level in asked
    )


def probes_asked(chapters: Iterable[Chapter]) -> tuple[str, ...]:
    """Give the probes that can tell something of these chapters' items."""
    found = (probe for chapter in chapters for item in chapter.items for probe in item.probes)
    return tuple(dict.fromkeys(found))


def verdict_words(verdict: Verdict) -> str:
    """Say a verdict in one line: what holds, or what was found instead."""
    evidence, way = verdict.evidence, verdict.way
    if verdict.holds:
        return way.says or evidence.found
    if evidence.trouble:
        return evidence.trouble
    counted = ", ".join(_counted(way, evidence))
    return " · ".join(part for part in (counted, evidence.found) if part)


def _counted(way: ByProbe, evidence: Evidence) -> Iterator[str]:
    """Name the values that the verdict hangs on: `int keys: 3`."""
    for name in dict.fromkeys((*([way.measure] if way.measure else []), *names(way.passes))):
        measure = evidence.measure(name)
        if measure is not None:
            said = name.partition(".")[2].replace("_", " ")
            unit = f" {measure.unit}" if measure.unit else ""
            yield f"{said}: {_plain(measure.value)}{unit}"


def _plain(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value or "none"
    return f"{value:g}"


def places_of(verdict: Verdict) -> tuple[tuple[str, ...], int]:
    """Give where a verdict shows, and how many places more there are.

    What was not found stands nowhere, so only something that was counted has places.
    """
    if not any(_counts(name, verdict.evidence) for name in names(verdict.way.passes)):
        return (), 0
    places = dict.fromkeys(fact.place for fact in verdict.evidence.facts if fact.place)
    return tuple(places)[:_FACTS], max(len(places) - _FACTS, 0)


def _counts(name: str, evidence: Evidence) -> bool:
    measure = evidence.measure(name)
    value = measure.value if measure else 0
    return not isinstance(value, (bool, str)) and value > 0
