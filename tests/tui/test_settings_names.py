"""The settings know no screen; here their names are held to those of the session."""

from __future__ import annotations

import string
from dataclasses import fields

from textual.keys import _character_to_key

from be_tui.core.settings.choices import COLOURS, SHIPPED_THEMES
from be_tui.core.settings.keynames import key_name
from be_tui.tui.themes import THEMES, Palette


def test_the_themes_that_can_be_chosen_are_those_that_ship() -> None:
    assert tuple(theme.name for theme in THEMES) == SHIPPED_THEMES


def test_the_colours_that_can_be_chosen_are_those_of_a_palette() -> None:
    assert tuple(name for name, _ in COLOURS) == tuple(field.name for field in fields(Palette))


def test_every_key_of_a_keyboard_has_the_name_that_textual_gives_it() -> None:
    for character in string.ascii_letters + string.digits + string.punctuation + " ":
        assert key_name(character) == _character_to_key(character)
