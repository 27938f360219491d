"""What one chapter cannot know: its reference's list, its neighbours' ids, who says otherwise.

A fault is kept with the file that it stands in, so that each file is reported on its own.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from be_tui.core.knowledge.items import SCALES, Chapter, Cover, Item
from be_tui.core.yamlform import Span, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from be_tui.core.findings import Severity
    from be_tui.core.knowledge.decode.desk import MentionKind
    from be_tui.core.knowledge.decode.items import Item as Held


class Bound(NamedTuple):
    """A reference of items: its cover, and the chapters that stand beside it."""

    cover: Cover
    file: Held
    chapters: tuple[tuple[Chapter, Held], ...]
    """In reading order; what the cover does not list comes last."""


class _Stated(NamedTuple):
    """One item, with the file that it stands in."""

    address: str
    item: Item
    file: Held
    cover: Cover

    def fault(self, rule: str, message: str, severity: Severity = "error") -> None:
        line = self.item.line
        self.file.faults.add(rule, f"items.{self.item.id}: {message}", _at(line), severity=severity)


def bind(files: Iterable[Held]) -> tuple[Bound, ...]:
    """Put the chapters to the covers beside which they stand."""
    beside: dict[PurePath, list[tuple[Chapter, Held]]] = defaultdict(list)
    covers: list[tuple[Cover, Held]] = []
    for file in files:
        if isinstance(file.value, Chapter):
            beside[PurePath(file.file.path).parent].append((file.value, file))
        elif isinstance(file.value, Cover):
            covers.append((file.value, file))
    return tuple(
        Bound(cover, file, _in_order(cover, beside[PurePath(file.file.path).parent]))
        for cover, file in covers
    )


def _in_order(
    cover: Cover, chapters: list[tuple[Chapter, Held]]
) -> tuple[tuple[Chapter, Held], ...]:
    places = {chapter_id: number for number, chapter_id in enumerate(cover.chapters)}
    return tuple(sorted(chapters, key=lambda each: places.get(each[0].id, len(places))))


def check_chapters(files: Iterable[Held], in_force: Iterable[Held], today: date | None) -> None:
    """Check what stands in the references of items together.

    Args:
        files: Every file of the packs.
        in_force: Those that no later pack replaces: only they can contradict each other.
        today: The day to count the age of items from; None leaves their age unchecked.
    """
    files = tuple(files)
    bound = bind(files)
    _check_strays(files, bound)
    concepts = {concept for each in bound for concept in each.cover.concepts}
    for reference in bound:
        _check_list(reference)
        _check_ids(reference)
        _check_concepts(reference, concepts)
    for each in _stated(bound):
        _check_level(each)
        if today is not None:
            _check_age(each, today)
    counting = {id(file) for file in in_force}
    stated = [each for each in _stated(bound) if id(each.file) in counting]
    _check_disputes({each.address: each for each in stated})
    _check_positions(stated)


def _stated(bound: Iterable[Bound]) -> Iterator[_Stated]:
    for reference in bound:
        for chapter, file in reference.chapters:
            for item in chapter.items:
                address = f"{reference.cover.id}#{item.id}"
                yield _Stated(address, item, file, reference.cover)


def _check_strays(files: Iterable[Held], bound: Iterable[Bound]) -> None:
    """Report chapters without a cover."""
    taken = {id(file) for reference in bound for _, file in reference.chapters}
    for file in files:
        if isinstance(file.value, Chapter) and id(file) not in taken:
            message = "no reference.yaml stands beside this chapter"
            file.faults.add("reference-chapters", message, _at(1))


def _check_list(reference: Bound) -> None:
    """Report where a cover's list and the files beside it do not agree."""
    cover, standing = reference.cover, {chapter.id for chapter, _ in reference.chapters}
    for missing in (each for each in cover.chapters if each not in standing):
        near = nearest(missing, standing - set(cover.chapters))
        hint = f"; did you mean `{near}`?" if near else ""
        message = f"chapters: no file beside this one is the chapter `{missing}`{hint}"
        span = _span(reference.file, "chapter", missing)
        reference.file.faults.add("reference-chapters", message, span)
    for chapter, file in reference.chapters:
        if chapter.reference not in {cover.id, ""}:
            message = f"reference: the reference.yaml beside this file is `{cover.id}`"
            file.faults.add("reference-chapters", message, _at(1))
        elif chapter.id and chapter.id not in cover.chapters:
            message = f"the chapter `{chapter.id}` is not listed in reference.yaml"
            file.faults.add("reference-chapters", message, _at(1))


def _check_ids(reference: Bound) -> None:
    """Report a slug that two passages of a reference claim."""
    first: dict[str, Held] = {chapter.id: file for chapter, file in reference.chapters}
    for chapter, file in reference.chapters:
        for item in chapter.items:
            twin = first.setdefault(item.id, file)
            if twin is not file or item.id == chapter.id:
                message = f"items.{item.id}: `{item.id}` stands in {twin.faults.path} too"
                file.faults.form("duplicate-id", message, _at(item.line))


def _check_concepts(reference: Bound, known: set[str]) -> None:
    """Report concepts that no item tells, and those that stand on no list."""
    told = {
        concept
        for chapter, _ in reference.chapters
        for item in chapter.items
        for concept in item.concepts
    }
    for concept in reference.cover.concepts:
        if concept not in told:
            message = f"concepts: no item tells `{concept}`"
            span = _span(reference.file, "concept", concept)
            reference.file.faults.add("reference-untold-concept", message, span)
    for chapter, file in reference.chapters:
        for item in chapter.items:
            for concept in (each for each in item.concepts if each not in known):
                near = nearest(concept, known)
                hint = f"; did you mean `{near}`?" if near else ""
                message = f"items.{item.id}: no reference.yaml lists the concept `{concept}`{hint}"
                span = _span(file, "concept", concept)
                file.faults.add("item-unknown-name", message, span)


def _check_level(stated: _Stated) -> None:
    levels = SCALES.get(stated.cover.scale, ())
    if levels and stated.item.level not in levels:
        expected = ", ".join(levels)
        message = f"level: expected one of {expected}, found `{stated.item.level}`"
        stated.fault("pack-wrong-type", message)


def _check_age(stated: _Stated, today: date) -> None:
    checked, months = stated.item.checked, stated.cover.checked_for
    if checked is None or months <= 0:
        return
    if checked > today:
        stated.fault("pack-wrong-type", f"checked: {checked} has not come yet")
    elif _later(checked, 2 * months) < (today.year, today.month, today.day):
        message = f"checked on {checked}, more than {2 * months} months ago"
        stated.fault("item-overdue", message)
    elif _later(checked, months) < (today.year, today.month, today.day):
        message = f"checked on {checked}, more than {months} months ago"
        stated.fault("item-due", message, "warning")


def _later(day: date, months: int) -> tuple[int, int, int]:
    """Give the same day some months later, in a form that compares: 31 February is none."""
    years, month = divmod(day.month - 1 + months, 12)
    return day.year + years, month + 1, day.day


def _check_disputes(stated: dict[str, _Stated]) -> None:
    """Report a dispute that one side alone tells of."""
    for each in stated.values():
        for other in each.item.disputes:
            against = stated.get(other)
            # What stands nowhere is reported as a dead link.
            if against is each:
                each.fault("item-one-sided", "disputes: it names itself")
            elif against and each.address not in against.item.disputes:
                message = f"disputes: `{other}` does not name `{each.address}` in return"
                each.fault("item-one-sided", message)


def _check_positions(stated: Iterable[_Stated]) -> None:
    """Report opposite positions on one subject that are not told as a dispute."""
    sides: dict[str, list[_Stated]] = defaultdict(list)
    for each in stated:
        if each.item.subject and each.item.position:
            sides[each.item.subject].append(each)
    for subject, told in sides.items():
        for each in told:
            for other in told:
                if other.item.position == each.item.position:
                    continue
                if other.address not in each.item.disputes:
                    message = (
                        f"it is {each.item.position} `{subject}`, {other.address} is "
                        f"{other.item.position} it, and `disputes` does not say so"
                    )
                    each.fault("item-contradiction", message)


def _span(file: Held, kind: MentionKind, name: str) -> Span | None:
    """Give where a file names something."""
    found = (each.span for each in file.mentions if (each.kind, each.name) == (kind, name))
    return next(found, None)


def _at(line: int) -> Span:
    return Span(line or 1, 1, line or 1, 1)
