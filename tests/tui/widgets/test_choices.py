"""Choices: what they show, and each way to take one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.app import App
from textual.containers import VerticalScroll

from be_tui.core.document.cells import width
from be_tui.tui.themes import TOKENS
from be_tui.tui.widgets.choices import Choice, Choices, arrange

if TYPE_CHECKING:
    from textual.app import ComposeResult

ANSWERS = (
    Choice("rare", "Hardly ever (under 10 % of commits)", "1"),
    Choice("some", "Sometimes (10 to 30 %)", "2", notes=("about once a month",)),
    Choice("often", "Every week (over 30 %)", "3", tag="◂ measured"),
    Choice("", "I don't know", "u", detail=("assumes “Sometimes”", "if wrong: a month lost")),
)


class Holder(App[None]):
    """Shows one list and keeps what it told."""

    def __init__(
        self,
        choices: tuple[Choice, ...] = ANSWERS,
        *,
        rests: bool = False,
        marks_first: bool = False,
    ) -> None:
        super().__init__()
        self.list = Choices(id="list", rests=rests, marks_first=marks_first)
        self._choices = choices
        self.taken: list[str] = []
        self.marked: list[str] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return dict(TOKENS)

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield self.list

    def on_mount(self) -> None:
        self.list.show(self._choices)
        self.list.focus()

    def on_choices_taken(self, event: Choices.Taken) -> None:
        self.taken.append(event.choice.id)

    def on_choices_marked(self, event: Choices.Marked) -> None:
        self.marked.append(event.choice.id)

    @property
    def text(self) -> str:
        strips = self.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips).rstrip()


async def test_each_choice_has_its_sign_and_what_is_measured_is_said_beside_it() -> None:
    app = Holder()
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.pause()
        assert app.text == (
            " ▸1  Hardly ever (under 10 % of commits)\n"
            "  2  Sometimes (10 to 30 %)\n"
            "     about once a month\n"
            "  3  Every week (over 30 %)               ◂ measured\n"
            "  u  I don't know"
        )


async def test_a_narrow_list_wraps_labels_under_themselves_and_puts_the_tag_below() -> None:
    app = Holder()
    async with app.run_test(size=(24, 20)) as pilot:
        await pilot.pause()
        assert app.text.splitlines()[-4:] == [
            "  3  Every week (over 30",
            "     %)",
            "     ◂ measured",
            "  u  I don't know",
        ]


async def test_the_detail_of_a_choice_is_said_while_it_is_marked() -> None:
    app = Holder()
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.press("end")
        await pilot.pause()
        assert app.text.endswith(
            " ▸u  I don't know\n     assumes “Sometimes”\n     if wrong: a month lost"
        )


async def test_room_for_the_longest_detail_is_kept_so_that_nothing_below_moves() -> None:
    app = Holder()
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.pause()
        before = app.list.size.height
        await pilot.press("end")
        await pilot.pause()
        assert app.list.size.height == before == 7


@pytest.mark.parametrize(
    ("keys", "taken"),
    [
        (["enter"], "rare"),
        (["down", "enter"], "some"),
        (["j", "j", "k", "enter"], "some"),
        (["end", "home", "down", "down", "enter"], "often"),
        (["3"], "often"),
        (["up", "enter"], "rare"),
    ],
)
async def test_a_choice_is_taken_by_arrows_and_enter_or_by_its_digit(
    keys: list[str], taken: str
) -> None:
    app = Holder()
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        assert app.taken == [taken]


async def test_a_digit_that_no_choice_has_takes_nothing() -> None:
    app = Holder()
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.press("9", "0")
        assert app.taken == []


async def test_a_click_on_any_line_of_a_choice_takes_it() -> None:
    app = Holder()
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.click("#list", offset=(8, 2))
        await pilot.click("#list", offset=(8, 6))
        assert app.taken == ["some"]


async def test_the_second_half_of_a_double_click_takes_nothing_more() -> None:
    app = Holder()
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.click("#list", offset=(8, 0), times=2)
        assert app.taken == ["rare"]


async def test_where_a_click_marks_first_only_one_on_the_sign_takes() -> None:
    app = Holder(marks_first=True)
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.click("#list", offset=(8, 3))
        await pilot.pause()
        assert (app.marked, app.taken) == (["often"], [])
        await pilot.click("#list", offset=(2, 1))
        await pilot.pause()
        assert app.taken == ["some"]


async def test_a_list_that_rests_marks_nothing_while_the_focus_is_elsewhere() -> None:
    app = Holder(rests=True)
    async with app.run_test(size=(60, 12)) as pilot:
        app.set_focus(None)
        await pilot.pause()
        assert "▸" not in app.text


async def test_an_empty_list_takes_nothing_and_draws_nothing() -> None:
    app = Holder(())
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.press("enter", "down", "1")
        assert (app.taken, app.text) == ([], "")


async def test_the_marked_choice_is_scrolled_into_view() -> None:
    app = Holder(tuple(Choice(str(n), f"choice {n}") for n in range(50)))
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("end")
        await pilot.pause()
        assert "▸ choice 49" in app.text
        await pilot.press("home")
        await pilot.pause()
        assert "▸ choice 0" in app.text


async def test_the_mark_stays_where_it_is_when_the_choices_are_drawn_anew() -> None:
    app = Holder()
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.press("down", "down")
        app.list.show(ANSWERS)
        await pilot.press("enter")
        await pilot.pause()
        assert app.taken == ["often"]


TEXTS = st.text(alphabet=st.sampled_from("ab é漢👍 \t\x1b[/]\n"), max_size=30)


@settings(max_examples=200)
@given(
    st.lists(
        st.builds(
            Choice,
            TEXTS,
            TEXTS,
            st.sampled_from(["", "1", "10"]),
            notes=st.tuples(TEXTS),
            tag=TEXTS,
        )
    ),
    st.integers(8, 80),
)
def test_no_line_is_wider_than_the_list(choices: list[Choice], cells: int) -> None:
    for each in arrange(choices, cells):
        for row in (*each.rows, *each.detail):
            assert sum(width(piece.text) for piece in row) + 2 <= cells


def test_a_sentence_as_a_tag_goes_below_its_own_row_and_presses_no_other() -> None:
    sentence = Choice("a", "Tune", tag="came out: Measure it before anything else is done")
    tagged = Choice("b", "Choose what to read and to write", tag="a comparison")
    first, second = arrange([sentence, tagged], 60)
    assert [len(each.rows) for each in (first, second)] == [2, 1]


async def test_a_heading_stands_above_its_rows_and_is_seen_with_them() -> None:
    rows = tuple(
        Choice(str(number), f"row {number}", heading="" if number % 10 else f"Group {number}")
        for number in range(30)
    )
    app = Holder(rows)
    async with app.run_test(size=(40, 6)) as pilot:
        await pilot.press("end", "home")
        await pilot.pause()
        assert app.text.splitlines()[0].strip() == "Group 0"
        for _ in range(10):
            await pilot.press("down")
        await pilot.pause()
        lines = [line.strip() for line in app.text.splitlines()]
        assert "Group 10" in lines
        assert lines[lines.index("Group 10") + 1] == "▸ row 10"
        await pilot.click(offset=(3, lines.index("Group 10")))
        assert app.taken == []
