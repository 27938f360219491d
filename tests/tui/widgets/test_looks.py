"""Every role has a look, in names that every theme keeps readable."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest
from rich.style import Style

from be_tui.core.document import Role
from be_tui.tui.themes import GROUNDS, TEXTS, THEMES
from be_tui.tui.widgets.looks import LOOKS, style_of

if TYPE_CHECKING:
    from textual.theme import Theme


def test_every_role_but_plain_text_has_a_look() -> None:
    assert set(get_args(Role)) - set(LOOKS) == {"text"}


def test_looks_use_the_names_of_the_stylesheets() -> None:
    for look in LOOKS.values():
        text, _, ground = look.partition("on ")
        assert {word[1:] for word in text.split() if word.startswith("$")} <= TEXTS
        assert {word[1:] for word in ground.split()} <= GROUNDS


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_look_is_a_style_in_every_theme(theme: Theme) -> None:
    for look in LOOKS.values():
        assert style_of(look, theme.variables) != Style()


def test_what_the_keys_act_on_is_seen_without_colour() -> None:
    for state in ("focus", "match", "match-here", "title", "heading", "strong", "link"):
        assert style_of(LOOKS[state], THEMES[0].variables).without_color != Style()


def test_a_look_has_attributes_a_colour_and_a_ground() -> None:
    style = style_of("bold underline $muted on $mark", {"muted": "#010203", "mark": "#040506"})
    assert str(style) == "bold underline #010203 on #040506"
