"""The table of actions holds together."""

from __future__ import annotations

from be_tui.tui.actions import ACTIONS, SHADOWED, actions_of, conflicts


def test_no_two_actions_of_a_scope_share_a_key() -> None:
    assert conflicts(ACTIONS) == ()


def test_no_default_key_is_one_that_older_terminals_cannot_send() -> None:
    assert not SHADOWED.intersection(key for action in ACTIONS for key in action.keys)


def test_a_screens_own_action_takes_over_a_key_of_everywhere() -> None:
    library = {action.id: action for action in actions_of("library")}
    assert library["library.search"].keys == ("slash",)
    assert "app.search" not in library


def test_every_action_says_what_it_does_in_a_sentence() -> None:
    for action in ACTIONS:
        assert action.help[0].isupper(), action.id
        assert action.help.endswith("."), action.id
