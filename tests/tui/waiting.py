"""Waits until the session has done all that it was asked, by what is so and never by the clock."""

from __future__ import annotations

import asyncio
import unicodedata
from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

from textual import events
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key

from be_tui.tui.standing import heard
from tests.tui.conftest import frame

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.dom import DOMNode
    from textual.pilot import Pilot

    from be_tui.tui.app import BeTuiApp


@runtime_checkable
class Pausing(Protocol):
    """A screen that works once nobody types for a moment."""

    @property
    def is_waiting(self) -> bool:
        """Tell whether it waits for that moment."""

    def work_now(self) -> None:
        """Work without waiting."""


_QUIET = 2
"""Rounds without news after which it is still: what closes widgets is a task of nobody's."""


async def settled(pilot: Pilot[None]) -> str:
    """Wait until nothing runs beside the screen and nobody has anything to deal with any more.

    Work that was cancelled or replaced meanwhile is done too. What waits for a pause in the
    typing is begun at once.

    Returns:
        The frame.
    """
    app = cast("BeTuiApp", pilot.app)
    await _still(app)
    return frame(app) if app.screen_stack else ""


async def caught_up(pilot: Pilot[None]) -> str:
    """Wait until everybody has dealt with what they were told, whatever runs on beside the screen.

    Returns:
        The frame.
    """
    app = cast("BeTuiApp", pilot.app)
    await _still(app, beside=False)
    return frame(app)


async def pressed(pilot: Pilot[None], *keys: str) -> str:
    """Press keys, each once what the last began is done; give the frame."""
    app = cast("BeTuiApp", pilot.app)
    for each in keys:
        app.post_message(key_event(each))
        await _still(app)
    return await settled(pilot)


def key_event(key: str) -> events.Key:
    """Give the event that Textual makes of a key, by its name or the character that it types."""
    name = _character_to_key(key) if len(key) == 1 else key
    try:
        said = _get_unicode_name_from_key(REPLACED_KEYS.get(name, name))
        return events.Key(name, unicodedata.lookup(said))
    except KeyError:
        return events.Key(name, name if len(name) == 1 else None)


async def _still(app: BeTuiApp, *, beside: bool = True) -> None:
    rounds = 0
    while rounds < _QUIET and app.screen_stack and not app._exit:
        screen = app.screen
        if isinstance(screen, Pausing) and screen.is_waiting:
            screen.work_now()
        app.screen._on_timer_update()
        await app.animator.wait_until_complete()
        running = set(_running(app)) if beside else set()
        if running:
            await asyncio.wait(running)
        idle = await _dealt_with(app)
        if app._exception is not None:
            raise app._exception
        rounds = rounds + 1 if idle and not running else 0


def _running(app: BeTuiApp) -> Iterable[asyncio.Task[None]]:
    """Give the tasks beside the screen that are not done."""
    tasks = [app._keys._following, *(worker._task for worker in app.workers)]
    return (task for task in tasks if task is not None and not task.done())


async def _dealt_with(app: BeTuiApp) -> bool:
    """Let everybody deal with what they were told so far; tell whether nothing came of it."""
    nodes: list[DOMNode] = [app, *app._registry]
    await asyncio.gather(*map(_answered, nodes))
    return all(map(_has_nothing_to_do, nodes)) and not (app.screen_stack and app.screen._callbacks)


async def _answered(node: DOMNode) -> None:
    """Wait until a widget has dealt with what it was told so far, or will deal with no more."""
    answered = heard(node)
    ends = {answered} if node._task is None else {answered, node._task}
    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)


def _has_nothing_to_do(node: DOMNode) -> bool:
    """Tell whether a widget waits for its next message, or takes none any more."""
    if node._task is not None and node._task.done():
        return True
    ready: asyncio.Event = node._message_queue.ready_event
    return bool(ready._waiters) and not ready.is_set()
