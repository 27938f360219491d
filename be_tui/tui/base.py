"""The screen that every screen is: title above, footer below, actions carried out by name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, ParamSpec, cast

from be_tui.tui.actions import actions_of
from be_tui.tui.standing import MEDIUM, WIDE, StandingScreen
from be_tui.tui.widgets.key_bar import KeyBar
from be_tui.tui.widgets.title_bar import TitleBar
from be_tui.tui.widgets.too_small import TooSmall

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable

    from textual import events
    from textual.app import ComposeResult
    from textual.widget import Widget
    from textual.worker import WorkType

    from be_tui.tui.app import BeTuiApp

__all__ = ["MEDIUM", "SMALLEST", "WIDE", "BaseScreen"]

SMALLEST = (40, 12)
"""Columns and lines below which nothing useful fits."""

_P = ParamSpec("_P")


class BaseScreen(StandingScreen):
    """One place of the session.

    A screen names its scope in the table of actions, gives its body, and carries out each
    action in a method `do_<name>`.
    """

    SCOPE: ClassVar[str] = "app"
    TITLE_NAME: ClassVar[str] = ""
    """Which name of the title bar is lit."""

    def __init__(self, argument: str = "") -> None:
        """Open the screen.

        Args:
            argument: What to fill in: an address, a tree's id; each screen says what it takes.
        """
        super().__init__()
        self.argument = argument
        self.actions = actions_of(self.SCOPE, self.session.actions)
        own = {key for action in self.actions for key in action.keys}
        if "tab" in own:
            # Textual's own binding goes from widget to widget, and would come first.
            for key in ("tab", "shift+tab"):
                self._bindings.key_to_bindings.pop(key, None)
        for action in filter(lambda action: action.keys, self.actions):
            self._bindings.bind(",".join(action.keys), f"perform('{action.id}')", action.label)

    @property
    def session(self) -> BeTuiApp:
        """Give the app, by its type."""
        return cast("BeTuiApp", self.app)

    def body(self) -> Iterable[Widget]:
        """Give the widgets between title and footer."""
        return ()

    def compose(self) -> ComposeResult:
        """Put title, body and footer one above the other."""
        yield TitleBar(self.TITLE_NAME)
        yield from self.body()
        yield KeyBar()
        yield TooSmall()

    def unavailable(self, action_id: str) -> str:  # noqa: ARG002
        """Tell why an action cannot be done just now; nothing where it can."""
        return ""

    async def action_perform(self, action_id: str) -> None:
        """Carry out an action of the table, or say why not."""
        reason = self.unavailable(action_id)
        if reason:
            self.session.say(reason)
            return
        scope, _, name = action_id.partition(".")
        owner = self if scope == self.SCOPE or hasattr(self, f"do_{name}") else self.app
        result = getattr(owner, f"do_{name}")()
        if result is not None:
            await result
        self.refresh_keys()

    def beside(
        self,
        group: str,
        work: Callable[_P, Coroutine[None, None, None]],
        *args: _P.args,
        **kwargs: _P.kwargs,
    ) -> None:
        """Run something beside the session, in place of what its group still runs.

        Only the task itself calls it: a coroutine made here would never be awaited where it is
        replaced before it began.
        """
        called: WorkType[None] = partial(work, *args, **kwargs)
        # Textual would describe it by its arguments, which may be a text of any length.
        self.run_worker(called, name=group, description=group, group=group, exclusive=True)

    def refresh_keys(self) -> None:
        """Draw the footer again, after what can be done has changed."""
        for bar in self.query(KeyBar):
            bar.refresh()

    def on_descendant_focus(self) -> None:
        """Draw the footer again: in a field, keys that type themselves do nothing else."""
        self.refresh_keys()

    def on_resize(self, event: events.Resize) -> None:
        """Say so, rather than draw rubbish, where nothing useful fits."""
        small = event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1]
        self.set_class(small, "-too-small")
