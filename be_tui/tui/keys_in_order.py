"""Keys that arrive together are handled one after the other, as if typed slowly.

Textual hands each key to the widget that has the focus when the key arrives. A burst (a slow
line, a paste into a terminal without bracketed paste) would go whole to the widget that had
the focus before its first key was dealt with: `/keyset` would search for nothing.

A key has been dealt with when everybody whom it reached has answered, however long that takes.
Only what hangs is not waited for, and that is no matter of time: the session works on nothing.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from time import monotonic, process_time
from typing import TYPE_CHECKING

from textual.app import ScreenStackError

from be_tui.tui.standing import StandingScreen, heard

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import App
    from textual.dom import DOMNode
    from textual.events import Key

_LOOK = 0.05
"""Seconds between two looks at what a key still does."""

_WORKING = 0.02
"""The share of the time between two looks that a session takes when it works on something."""

_STILL = 10
"""Looks in a row that find nothing at work after which a key hangs: it waits for something outside,
and others need not."""

_LOOKS = 400
"""Looks after which the next key is handled in any case: what works may be another thing."""


class KeysInOrder:
    """Holds keys back while the one before them is being dealt with."""

    def __init__(self, app: App[None], hand_on: Callable[[Key], Awaitable[None]]) -> None:
        """Hold nothing.

        Args:
            app: The session.
            hand_on: Gives a key to whoever has the focus.
        """
        self._app = app
        self._hand_on = hand_on
        self._waiting: deque[Key] = deque()
        self._following: asyncio.Task[None] | None = None

    async def take(self, key: Key) -> None:
        """Hand a key on, at once or after those before it."""
        if self._following is not None:
            self._waiting.append(key)
            return
        node = self._receiver()
        await self._hand_on(key)
        self._following = asyncio.create_task(self._follow(node))

    async def _follow(self, node: DOMNode | None) -> None:
        try:
            await self._dealt_with(node)
            while self._waiting:
                node = self._receiver()
                await self._hand_on(self._waiting.popleft())
                await self._dealt_with(node)
        except ScreenStackError:
            # The key before ended the session: those after it are nobody's.
            self._waiting.clear()
        finally:
            self._following = None

    def _receiver(self) -> DOMNode | None:
        with suppress(ScreenStackError):
            return self._app.focused or self._app.screen
        return None

    async def _dealt_with(self, node: DOMNode | None) -> None:
        bubbled = asyncio.ensure_future(self._bubbled(node))
        try:
            with suppress(ScreenStackError):
                await _unless_it_hangs(bubbled)
        finally:
            bubbled.cancel()

    async def _bubbled(self, node: DOMNode | None) -> None:
        """Wait until the key has gone up from its widget to the app, and what it did stands."""
        while node is not None:
            await heard(node)
            node = node.parent
        screen = self._app.screen
        if isinstance(screen, StandingScreen):
            await screen.stands()
        await heard(screen)
        if self._app.focused is not None:
            await heard(self._app.focused)


async def _unless_it_hangs(work: asyncio.Future[None]) -> None:
    """Wait for something for as long as the session works on anything.

    A look that comes late does not count: the machine has not let the session work meanwhile.
    """
    still = 0
    for _ in range(_LOOKS):
        began, used = monotonic(), process_time()
        await asyncio.wait({work}, timeout=_LOOK)
        if work.done():
            work.result()
            return
        took, used = monotonic() - began, process_time() - used
        if took < 2 * _LOOK:
            still = still + 1 if used < _WORKING * took else 0
        if still == _STILL:
            return
