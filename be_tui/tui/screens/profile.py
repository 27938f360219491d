"""The profile: what the service has to stand, stated point by point."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.widgets import Input, Static

from be_tui.core.errors import BeTuiError
from be_tui.core.project import Profile, ProfileField, profile_fields
from be_tui.tui.base import BaseScreen
from be_tui.tui.widgets.choices import Choice, Choices
from be_tui.tui.widgets.scroll import Scroll

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from be_tui.tui.widgets.choices import Tone


class ProfileScreen(BaseScreen):
    """A list of points above, the one that is marked below: why it is asked, and its value."""

    SCOPE = "profile"
    TITLE_NAME = "Home"
    CSS_PATH: ClassVar = "profile.tcss"

    def __init__(self, argument: str = "") -> None:
        """Open on the first point, or on the one whose key is given."""
        super().__init__(argument)
        self._fields = {field.key: field for field in profile_fields()}
        self._profile = self.session.profile

    def body(self) -> Iterable[Widget]:
        """Give the list and the form below it."""
        with Scroll(id="scroll"):
            yield Choices(id="points", marks_first=True)
        with Vertical(id="form"):
            yield Static(id="label", markup=False)
            yield Static(id="why", markup=False)
            yield Input(id="value", select_on_focus=True)
            yield Static(id="wrong", markup=False)

    def on_mount(self) -> None:
        """Mark the point that was asked for."""
        keys = list(self._fields)
        points = self._points
        points.show(
            [self._row(field) for field in self._fields.values()],
            keys.index(self.argument) if self.argument in keys else 0,
        )
        points.focus()
        self._show_field()

    @property
    def _points(self) -> Choices:
        return self.query_one("#points", Choices)

    @property
    def _field(self) -> ProfileField:
        return list(self._fields.values())[self._points.marked]

    def _row(self, field: ProfileField) -> Choice:
        value = _shown(self._profile, field)
        return Choice(field.key, field.label, tag=value or "not stated", tone=_tone(value))

    def on_choices_marked(self, event: Choices.Marked) -> None:
        """Show the point that is marked."""
        event.stop()
        self._show_field()

    def on_choices_taken(self, event: Choices.Taken) -> None:
        """Go to the value of the point that was chosen."""
        event.stop()
        self.query_one("#value", Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the value and go to the next point; a wrong one stays as it was typed."""
        try:
            self._profile = self._profile.with_value(self._field.key, event.value)
            self.session.keep_profile(self._profile)
        except BeTuiError as error:
            self._say_wrong(str(error))
            return
        points = self._points
        points.show([self._row(field) for field in self._fields.values()])
        points.marked += 1
        points.focus()
        self._show_field()

    def _show_field(self) -> None:
        field = self._field
        choices = "   ".join(f"{n} {each.label}" for n, each in enumerate(field.choices, 1))
        why = f"{field.point}: {field.why}" + (f"\n{choices}" if choices else "")
        self.query_one("#label", Static).update(field.label)
        self.query_one("#why", Static).update(why, layout=True)
        entry = self.query_one("#value", Input)
        entry.value = self._profile.text(field.key)
        entry.placeholder = _asks_for(field)
        self._say_wrong("")

    def _say_wrong(self, text: str) -> None:
        self.query_one("#wrong", Static).update(text, layout=True)

    def do_take(self) -> None:
        """Go to the value of the marked point."""
        self._points.action_take()

    async def do_back(self) -> None:
        """Leave the value for the list first, then the screen."""
        if self.focused is self.query_one("#value", Input):
            self._points.focus()
        else:
            await self.session.do_back()


def _shown(profile: Profile, field: ProfileField) -> str:
    text = profile.text(field.key)
    label = next((choice.label for choice in field.choices if choice.key == text), text)
    return f"{label} {field.unit}" if label and field.unit else label


def _tone(value: str) -> Tone:
    return "text" if value else "muted"


def _asks_for(field: ProfileField) -> str:
    if field.kind == "choice":
        return "the number of your choice; empty for not stated"
    return f"{field.unit or 'in a sentence or two'}; empty for not stated"
