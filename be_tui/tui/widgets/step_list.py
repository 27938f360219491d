"""A plan's steps, one a line, walked with the arrow keys; its parent scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from be_tui.core.plans import step_lines
from be_tui.tui.widgets.looks import LOOKS, style_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual import events
    from textual.binding import BindingType

    from be_tui.core.document import Text
    from be_tui.core.plans import Plan, Remark


class StepList(Widget, can_focus=True):
    """Draws the steps as the core gives them; `Marked` tells which one the keys act on."""

    DEFAULT_CSS = """
    StepList { height: auto; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        ("up,k", "move(-1)", "Up"),
        ("down,j", "move(1)", "Down"),
        ("pageup", "move(-10)", "Up"),
        ("pagedown", "move(10)", "Down"),
        ("home", "move(-100000)", "First"),
        ("end", "move(100000)", "Last"),
        ("n", "dearest", "Next dear step"),
    ]

    class Marked(Message):
        """Another step was marked."""

        def __init__(self, number: int) -> None:
            """Carry its place in the plan's nodes."""
            super().__init__()
            self.number = number

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Show no plan."""
        super().__init__(id=id)
        self.marked = 0
        self._plan: Plan | None = None
        self._remarks: Sequence[Remark] = ()
        self._dear: tuple[int, ...] = ()
        self._drawn: tuple[int, tuple[Text, ...]] = (0, ())

    def show(self, plan: Plan, remarks: Sequence[Remark]) -> None:
        """Draw a plan; its dearest step is marked."""
        self._plan, self._remarks, self._drawn = plan, remarks, (0, ())
        shares = plan.shares()
        by_cost = sorted(range(len(shares)), key=lambda number: -shares[number])
        said = [remark.node for remark in remarks if remark.node >= 0]
        self._dear = tuple(dict.fromkeys([*said, *by_cost[:3]]))
        self.refresh(layout=True)
        self._mark(by_cost[0] if any(shares) else (self._dear or (0,))[0])

    def action_move(self, by: int) -> None:
        """Mark another step."""
        if self._plan is not None:
            self._mark(min(max(self.marked + by, 0), len(self._plan.nodes) - 1))

    def action_dearest(self) -> None:
        """Mark the next one of the steps that something is to be said of."""
        if self._dear:
            here = self._dear.index(self.marked) if self.marked in self._dear else -1
            self._mark(self._dear[(here + 1) % len(self._dear)])

    def _mark(self, number: int) -> None:
        self.marked = number
        self.refresh()
        self.call_after_refresh(self._keep_in_view)
        self.post_message(self.Marked(number))

    def on_click(self, event: events.Click) -> None:
        """Mark the step that was clicked."""
        if self._plan is not None and 0 < event.y <= len(self._plan.nodes):
            self._mark(event.y - 1)

    def on_focus(self) -> None:
        """Draw the mark as the one that keys move."""
        self.refresh()

    def on_blur(self) -> None:
        """Draw the mark as one that rests."""
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Give a line for each step, and one for the names of the columns."""
        return len(self._plan.nodes) + 1 if self._plan else 1

    def render_line(self, y: int) -> Strip:
        """Draw one step."""
        ground = self.rich_style
        lines = self._lines()
        if y >= len(lines):
            return Strip.blank(self.size.width, ground)
        over = None
        if y == self.marked + 1:
            look = "bold on $cursor" if self.has_focus else "bold"
            over = style_of(look, self.app.theme_variables)
        mark = "▸" if over else " "
        segments = [Segment(mark, self._style("key", over))]
        segments += [Segment(span.text, self._style(span.role, over)) for span in lines[y]]
        return Strip(segments).adjust_cell_length(self.size.width, self._style("", over))

    def _style(self, role: str, over: Style | None) -> Style:
        style = self.rich_style + style_of(LOOKS.get(role, ""), self.app.theme_variables)
        return style + over if over else style

    def _lines(self) -> tuple[Text, ...]:
        if self._plan is None:
            return ()
        cells = self.size.width - 1
        if self._drawn[0] != cells:
            self._drawn = cells, step_lines(self._plan, self._remarks, cells)
        return self._drawn[1]

    def _keep_in_view(self) -> None:
        if isinstance(self.parent, Widget):
            top = self.virtual_region.y + (self.marked + 1 if self.marked else 0)
            lines = 2 if self.marked == 0 else 1
            region = Region(0, top, max(self.size.width, 1), lines)
            self.parent.scroll_to_region(region, animate=False, force=True)
