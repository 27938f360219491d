"""The profile: what the service has to stand, stated point by point."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from be_tui.core.errors import BeTuiError
from be_tui.core.project import Profile, ProfileField, profile_fields
from be_tui.tui.base import BaseScreen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

_LABEL_CELLS = 38


class ProfileScreen(BaseScreen):
    """A list of points above, the one that is marked below: why it is asked, and its value."""

    SCOPE = "profile"
    TITLE_NAME = "Home"
    CSS_PATH: ClassVar = "profile.tcss"

    def __init__(self, argument: str = "") -> None:
        """Open on the first point, or on the one whose key is given."""
        super().__init__(argument)
        self._fields = profile_fields()
        self._profile = self.session.profile

    def body(self) -> Iterable[Widget]:
        """Give the list and the form below it."""
        yield OptionList(*map(self._row, self._fields), id="points")
        with Vertical(id="form"):
            yield Static(id="why")
            yield Input(id="value", select_on_focus=True)
            yield Static(id="wrong")

    def on_mount(self) -> None:
        """Mark the point that was asked for."""
        keys = [field.key for field in self._fields]
        points = self.query_one("#points", OptionList)
        points.highlighted = keys.index(self.argument) if self.argument in keys else 0
        points.focus()

    @property
    def _field(self) -> ProfileField:
        return self._fields[self.query_one("#points", OptionList).highlighted or 0]

    def _row(self, field: ProfileField) -> Option:
        text = _shown(self._profile, field) or "·"
        return Option(f"{field.label:<{_LABEL_CELLS}} {text}".replace("[", r"\["), field.key)

    def on_option_list_option_highlighted(self) -> None:
        """Show the point that is marked."""
        field = self._field
        choices = "   ".join(f"{n} {each.label}" for n, each in enumerate(field.choices, 1))
        why = f"{field.point}: {field.why}" + (f"\n{choices}" if choices else "")
        self.query_one("#why", Static).update(why, layout=True)
        entry = self.query_one("#value", Input)
        entry.value = self._profile.text(field.key)
        entry.placeholder = _asks_for(field)
        self._say_wrong("")

    def on_option_list_option_selected(self) -> None:
        """Go to the value of the point that was chosen."""
        self.query_one("#value", Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the value and go to the next point; a wrong one stays as it was typed."""
        points = self.query_one("#points", OptionList)
        field = self._field
        try:
            self._profile = self._profile.with_value(field.key, event.value)
            self.session.keep_profile(self._profile)
        except BeTuiError as error:
            self._say_wrong(str(error))
            return
        place = self._fields.index(field)
        points.replace_option_prompt_at_index(place, self._row(field).prompt)
        points.highlighted = min(place + 1, len(self._fields) - 1)
        points.focus()

    def _say_wrong(self, text: str) -> None:
        self.query_one("#wrong", Static).update(text, layout=True)

    async def do_back(self) -> None:
        """Leave the value for the list first, then the screen."""
        if self.focused is self.query_one("#value", Input):
            self.query_one("#points", OptionList).focus()
        else:
            await self.session.do_back()


def _shown(profile: Profile, field: ProfileField) -> str:
    text = profile.text(field.key)
    label = next((choice.label for choice in field.choices if choice.key == text), text)
    return f"{label} {field.unit}" if label and field.unit else label


def _asks_for(field: ProfileField) -> str:
    if field.kind == "choice":
        return "the number of your choice; empty for not stated"
    return f"{field.unit or 'in a sentence or two'}; empty for not stated"
