"""A person's own keys hold, and what is wrong with them is said."""

from __future__ import annotations

from pathlib import Path

from be_tui.core.settings import KeyChoice
from be_tui.tui.actions import ACTIONS, Action, actions_of, conflicts, shown
from be_tui.tui.app import BeTuiApp, Opening
from be_tui.tui.keymap import with_keys
from be_tui.tui.keys_page import keys_page
from tests.tui.conftest import frame
from tests.tui.waiting import pressed, settled

DOCS = Path(__file__).parents[2] / "docs"

TABLE = (
    Action("walk.take", ("enter",), "take", "Take it."),
    Action("walk.map", ("m",), "map", "Show the map."),
    Action("read.copy", ("y",), "copy", "Copy it."),
    Action("app.back", ("left_square_bracket", "escape"), "back", "Go back."),
    Action("app.help", ("question_mark",), "keys", "Show the keys."),
)


def keys(actions: tuple[Action, ...]) -> dict[str, tuple[str, ...]]:
    return {action.id: action.keys for action in actions}


def test_without_choices_all_is_as_it_was() -> None:
    assert with_keys((), TABLE) == (TABLE, ())


def test_a_choice_replaces_the_keys_of_its_action() -> None:
    actions, troubles = with_keys([KeyChoice("app.back", ("backspace", "b"))], TABLE)
    assert keys(actions)["app.back"] == ("backspace", "b")
    assert troubles == ()


def test_a_choice_takes_its_keys_from_others_of_the_same_screen_and_who_loses_all_is_named() -> (
    None
):
    actions, troubles = with_keys([KeyChoice("walk.take", ("m",))], TABLE)
    assert keys(actions)["walk.take"] == ("m",)
    assert keys(actions)["walk.map"] == ()
    assert troubles == ("keys: no key does walk.map any more; the palette does",)
    assert conflicts(actions) == ()


def test_a_key_chosen_twice_is_named_and_the_first_has_it() -> None:
    choices = [KeyChoice("walk.take", ("x",)), KeyChoice("walk.map", ("x", "p"))]
    actions, troubles = with_keys(choices, TABLE)
    assert keys(actions)["walk.take"] == ("x",)
    assert keys(actions)["walk.map"] == ("p",)
    assert troubles == ("keys: x is chosen for walk.take and for walk.map",)


def test_one_key_may_do_different_things_on_different_screens() -> None:
    choices = [KeyChoice("walk.map", ("x",)), KeyChoice("read.copy", ("x",))]
    assert with_keys(choices, TABLE)[1] == ()


def test_an_action_of_everywhere_that_a_screen_hides_is_named() -> None:
    _, troubles = with_keys([KeyChoice("walk.map", ("question_mark",))], TABLE)
    assert troubles == ("keys: no key does app.help any more on the screen walk; the palette does",)


def test_a_key_that_older_terminals_cannot_send_is_named_and_left_out() -> None:
    actions, troubles = with_keys([KeyChoice("walk.map", ("ctrl+m", "f2"))], TABLE)
    assert keys(actions)["walk.map"] == ("f2",)
    assert troubles == ("keys: walk.map: many terminals send ctrl+m as Enter; choose another",)


def test_where_nothing_usable_is_chosen_the_old_keys_stay() -> None:
    actions, _ = with_keys([KeyChoice("walk.map", ("ctrl+h",))], TABLE)
    assert keys(actions)["walk.map"] == ("m",)


def test_an_action_that_is_not_there_is_named() -> None:
    actions, troubles = with_keys([KeyChoice("walk.fly", ("f",))], TABLE)
    assert actions == TABLE
    assert troubles == ("keys: there is no action 'walk.fly'",)


async def test_an_action_without_a_key_is_left_to_the_palette(service: Path) -> None:
    (service / "be-tui.toml").write_text(
        '[keys]\n"home.profile" = ["r"]\n"app.theme" = ["M"]\n"app.back" = ["f9"]\n'
    )
    app = BeTuiApp(Opening(service))
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        assert " r profile" in frame(app)
        assert "measure again" not in frame(app)
        said = [notification.message for notification in app._notifications]
        assert said == [
            "keys: no key does app.mouse any more; the palette does (and 1 more; see ?)"
        ]
        await pressed(pilot, "ctrl+p")
        assert "Measure again" in frame(app)
        assert "Mouse" in frame(app)


def test_every_screen_can_be_left_and_asks_for_help_by_default() -> None:
    for scope in {action.scope for action in ACTIONS}:
        reached = {action.id for action in actions_of(scope)}
        if scope != "app":
            assert {"app.back", "app.help", "app.palette", "app.quit"} <= reached, scope


def test_keys_are_shown_as_they_stand_on_a_keyboard() -> None:
    assert [shown(key) for key in ("left_square_bracket", "ctrl+exclamation_mark", "f5")] == [
        "[",
        "ctrl+!",
        "f5",
    ]


def test_the_page_of_keys_is_in_step_with_the_table() -> None:
    made = "make it again: python -m be_tui.tui.keys_page > docs/keys.md"
    assert (DOCS / "keys.md").read_text(encoding="utf-8") == keys_page(), made
