"""What a statement does to a database in use: who waits, for how long, and what breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.document import Role, Text
    from be_tui.core.migrations.model import Effects, Online, RelationLock, Work

_WORKS = {
    "rewrite": "is written anew, row by row",
    "scan": "is read through",
    "index build": "has an index built",
    "key check": "has every row looked up",
}


def effect_lines(effects: Effects) -> Iterator[Text]:
    """Give a line for each thing that somebody notices."""
    if not effects.known:
        yield (Span(f"what it does cannot be told: {effects.why_unknown}", "warning"),)
        return
    for lock in effects.locks:
        yield _lock(lock, long=bool(effects.work))
    for work in effects.work:
        yield _work(work)
    for online in effects.online:
        yield _online(online)
    for failure in effects.failures:
        yield (Span("may fail: ", "warning"), Span(failure.message))
    for each in effects.breaks:
        yield (Span(f"{each.target}: ", "warning"), Span(each.message))


def _lock(lock: RelationLock, *, long: bool) -> Text:
    time = "as long as it works" if long else "for a moment"
    role: Role = "muted"
    if lock.blocks_reads:
        said, role = f"readers and writers wait {time}", "bad" if long else "muted"
    elif lock.blocks_writes:
        said, role = f"writers wait {time}", "warning" if long else "muted"
    elif lock.mode == "SHARE UPDATE EXCLUSIVE":
        said = "only other changes of the table wait"
    else:
        said = "nobody waits who reads or writes"
    return (Span(f"{lock.relation}: "), Span(f"{lock.mode}, {said}", role))


def _work(work: Work) -> Text:
    because = f": {work.because}" if work.because else ""
    return (Span(f"{work.relation} "), Span(f"{_WORKS[work.kind]}{because}", "warning"))


def _online(online: Online) -> Text:
    role: Role = "warning" if online.lock != "NONE" else "muted"
    because = f": {online.because}" if online.because else ""
    said = f"ALGORITHM={online.algorithm}, LOCK={online.lock}{because}"
    return (Span(f"{online.table}: "), Span(said, role))
