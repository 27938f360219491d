"""Deciding: a tree chosen, walked, resumed, and where it ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from be_tui.core import keeping
from be_tui.core.decisions import start
from be_tui.core.errors import InputError, StateError
from be_tui.core.knowledge import Entry
from be_tui.core.sessions import open_store
from be_tui.tui import app as app_module
from be_tui.tui.app import BeTuiApp, Opening
from be_tui.tui.screens.decide import DecideScreen
from be_tui.tui.screens.preview import PreviewScreen
from be_tui.tui.widgets.choices import Choices
from be_tui.tui.widgets.document_view import DocumentView
from be_tui.tui.widgets.walk_page import MapView
from tests.tui.conftest import SIZES, frame, told
from tests.tui.trees import COUPLED, TREE, UNTRACED
from tests.tui.waiting import pressed, settled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.pilot import Pilot

    from be_tui.core.evidence import Evidence
    from be_tui.core.knowledge import Tree

ENTRIES = (
    Entry("tree", "split", TREE.title, TREE.summary, "split.yaml", "bundled", "Architecture"),
    Entry(
        "tree",
        "optimize",
        "When to optimise",
        "Whether to tune it now.",
        "o.yaml",
        "bundled",
        "Load and speed",
    ),
)
COMPARISONS = (
    Entry("comparison", "drinks", "Which drink", "For a team that is dry.", "d.yaml", "bundled"),
)


@dataclass(frozen=True)
class Shelf:
    """A library of one tree."""

    troubled = False

    def entries(self, kind: str = "") -> tuple[Entry, ...]:
        own = {"tree": ENTRIES, "comparison": COMPARISONS}
        return own.get(kind, (*ENTRIES, *COMPARISONS))

    def synonyms(self) -> dict[str, list[str]]:
        return {"optimise": ["tune", "speed up"]}

    def titles(self, addresses: Iterable[str]) -> dict[str, str]:
        return {each: f"What {each} says" for each in addresses}

    def tree(self, tree_id: str) -> Tree:
        if tree_id != TREE.id:
            raise InputError(f"no tree {tree_id!r}", hint="did you mean split?")
        return TREE


class Session(BeTuiApp):
    """A session whose library has one tree, and whose probes answer when the test says so."""

    # Textual looks for a stylesheet beside the class that names it.
    CSS_PATH = [  # noqa: RUF012
        Path(app_module.__file__).parent / name for name in ("app.tcss", "screens/home.tcss")
    ]

    def __init__(self, root: Path) -> None:
        super().__init__(Opening(root))
        self.__dict__["library"] = Shelf()
        self.asked: tuple[str, ...] = ()

    def read_project(self) -> None:
        """Read nothing."""

    def measure(self, probes: Iterable[str]) -> None:
        """Begin measuring, and wait for the test."""
        self.asked = tuple(probes)
        self.measuring.waiting = frozenset(self.asked)

    def find(self, *evidence: Evidence) -> None:
        """Let probes answer."""
        for each in evidence:
            self.measuring.waiting -= {each.probe}
            self.measuring.keep(each)


@pytest.fixture
def app(service: Path) -> Session:
    return Session(service)


async def opened(app: Session, pilot: Pilot[None], argument: str = "split") -> DecideScreen:
    screen = DecideScreen(argument)
    await app.push_screen(screen)
    await settled(pilot)
    return screen


@pytest.mark.parametrize("size", SIZES)
async def test_the_trees(
    app: Session,
    golden: Callable[[str, str], None],
    size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keeping, "now", lambda: "2026-11-22T10:00:00.000000Z")
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot)
        await pressed(pilot, "2", "1")
        await app.pop_screen()
        await opened(app, pilot, "")
        golden(f"decide-trees-{size[0]}x{size[1]}", frame(app))


@pytest.mark.parametrize("size", SIZES)
async def test_the_list_is_narrowed_as_somebody_types(
    app: Session, golden: Callable[[str, str], None], size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot, "")
        await pressed(pilot, "slash", *"tune")
        golden(f"decide-filter-{size[0]}x{size[1]}", frame(app))


def listed(app: Session) -> list[str]:
    return [choice.id for choice in app.screen.query_one("#trees", Choices).choices]


async def test_escape_shows_the_whole_list_again_and_the_mark_stays(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, "")
        await pressed(pilot, "slash", *"drink")
        assert listed(app) == ["comparison:drinks"]
        await pressed(pilot, "escape")
        assert listed(app) == ["split", "optimize", "comparison:drinks"]
        assert screen.query_one("#trees", Choices).marked == 2
        assert screen.focused is screen.query_one("#trees")
        await pressed(pilot, "escape")
        assert app.screen is not screen


async def test_the_mark_moves_and_is_taken_while_typing(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, "")
        await pressed(pilot, "slash", "o", "down", "down", "up", "up", "enter")
        assert screen.walk
        assert screen.walk.tree.id == "split"
        await pressed(pilot, "escape")
        assert listed(app) == ["split", "optimize", "comparison:drinks"]


async def test_what_nothing_is_called_is_told(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, "")
        await pressed(pilot, "slash", *"zzz", "enter", "down")
        assert "Nothing in this list is called so." in frame(app)
        assert "0 of 3" in frame(app)
        assert screen.walk is None


async def test_beyond_the_list_the_key_of_the_filter_searches_everything(
    app: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[bool] = []

    async def search() -> None:
        searched.append(True)

    monkeypatch.setattr(app, "do_search", search)
    async with app.run_test(size=(160, 48)) as pilot:
        await opened(app, pilot)
        assert "/ search" in frame(app)
        await pressed(pilot, "slash")
        assert searched


@pytest.mark.parametrize("size", SIZES)
async def test_a_question_while_it_is_measured(
    app: Session, golden: Callable[[str, str], None], size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot)
        await pressed(pilot, "2")
        golden(f"decide-measuring-{size[0]}x{size[1]}", frame(app))


@pytest.mark.parametrize("size", SIZES)
async def test_a_question_with_its_evidence(
    app: Session, golden: Callable[[str, str], None], size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot)
        app.find(COUPLED, UNTRACED)
        await pressed(pilot, "2")
        golden(f"decide-question-{size[0]}x{size[1]}", frame(app))


@pytest.mark.parametrize("size", SIZES)
async def test_not_knowing_has_its_price(
    app: Session, golden: Callable[[str, str], None], size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot)
        app.find(COUPLED, UNTRACED)
        await pressed(pilot, "2", "end")
        golden(f"decide-unknown-{size[0]}x{size[1]}", frame(app))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("key", "page"), [("e", "evidence"), ("m", "map"), ("s", "source")])
async def test_the_pages_of_a_question(
    app: Session,
    golden: Callable[[str, str], None],
    size: tuple[int, int],
    key: str,
    page: str,
) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot)
        app.find(COUPLED, UNTRACED)
        await pressed(pilot, "2", key)
        golden(f"decide-{page}-{size[0]}x{size[1]}", frame(app))


@pytest.mark.parametrize("size", SIZES)
async def test_the_outcome(
    app: Session, golden: Callable[[str, str], None], size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot)
        app.find(COUPLED, UNTRACED)
        await pressed(pilot, "2", "3", "u")
        golden(f"decide-outcome-{size[0]}x{size[1]}", frame(app))
        await pressed(pilot, "tab")
        golden(f"decide-turns-{size[0]}x{size[1]}", frame(app))


async def test_a_small_terminal_shows_one_thing_at_a_time(
    app: Session, golden: Callable[[str, str], None]
) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        await opened(app, pilot)
        app.find(COUPLED, UNTRACED)
        await pressed(pilot, "2")
        golden("decide-question-60x20", frame(app))
        await pressed(pilot, "tab", "tab")
        golden("decide-beside-60x20", frame(app))


def answers(screen: DecideScreen) -> dict[str, str]:
    """Give the answers of the walk that is shown."""
    assert screen.walk is not None
    return {answer.question: answer.option for answer in screen.walk.answers}


def asked(screen: DecideScreen) -> str:
    """Give the id of the question that is asked."""
    assert screen.walk is not None
    return screen.walk.question.id if screen.walk.question else ""


async def test_an_answer_is_saved_at_once(app: Session, service: Path) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pressed(pilot, "down", "enter")
        with open_store(service) as other:
            assert [walk.answered for walk in other.walks()] == [1]
        assert "question 2 of 3 · saved" in frame(app)


async def test_a_tree_walked_half_goes_on_where_it_was_left(app: Session, service: Path) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pressed(pilot, "3", "1")
    later = Session(service)
    async with later.run_test(size=(80, 24)) as pilot:
        screen = await opened(later, pilot)
        assert asked(screen) == "tracing"
        assert answers(screen) == {"teams": "many", "coupling": "rare"}


async def test_the_answer_that_evidence_supports_is_marked_and_taken_over_by_enter(
    app: Session,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        app.find(COUPLED)
        await pressed(pilot, "2", "enter")
        assert answers(screen)["coupling"] == "often"
        assert screen.walk is not None
        assert screen.walk.path[1].origin == "measured"
        assert "(measured)" in frame(app)


async def test_evidence_that_comes_later_is_shown_and_moves_no_mark(app: Session) -> None:
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await opened(app, pilot)
        await pressed(pilot, "2")
        assert app.asked == ("coupling", "stack")
        assert "coupling: still measuring…" in frame(app)
        app.find(COUPLED)
        await settled(pilot)
        assert "◂ measured" in frame(app)
        assert "orders/total.py:12" in frame(app)
        await pressed(pilot, "enter")
        assert answers(screen)["coupling"] == "rare"


async def test_trouble_of_a_probe_is_told_in_words(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        app.find(COUPLED, UNTRACED)
        await pressed(pilot, "2", "1")
        assert "Not measured: no manifest was found" in frame(app)


async def test_back_looks_at_the_question_before_and_then_leaves(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        await pressed(pilot, "2", "1", "left_square_bracket")
        assert asked(screen) == "coupling"
        assert "◂ your answer" in frame(app)
        await pressed(pilot, "left_square_bracket")
        assert asked(screen) == "teams"
        await pressed(pilot, "left_square_bracket")
        assert app.screen is not screen


async def test_forward_leaves_an_answer_looked_at_again_as_it_was(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        await pressed(pilot, "2", "1", "left_square_bracket", "right_square_bracket")
        assert asked(screen) == "tracing"
        assert answers(screen) == {"teams": "some", "coupling": "rare"}


async def test_an_earlier_answer_is_changed_from_so_far_and_later_ones_are_kept(
    app: Session,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        await pressed(pilot, "2", "1", "tab", "enter")
        assert asked(screen) == "teams"
        await pressed(pilot, "3")
        assert asked(screen) == "tracing"
        assert answers(screen) == {"teams": "many", "coupling": "rare"}


async def test_answers_that_no_longer_apply_are_said_and_kept(app: Session) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await opened(app, pilot)
        await pressed(pilot, "2", "1", "left_square_bracket", "left_square_bracket", "1")
        assert "1 answer no longer applies; kept aside" in told(app)
        assert answers(screen) == {"teams": "one", "coupling": "rare"}
        await pressed(pilot, "left_square_bracket", "2")
        assert asked(screen) == "tracing"


async def test_an_answer_of_the_outcome_is_changed_from_the_list_beside_it(app: Session) -> None:
    async with app.run_test(size=(160, 48)) as pilot:
        screen = await opened(app, pilot)
        await pressed(pilot, "2", "3", "2", "tab", "tab", "down", "enter")
        assert asked(screen) == "coupling"


async def test_an_earlier_question_is_reached_from_the_map(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        await pressed(pilot, "2", "1", "m", "n", "enter")
        assert asked(screen) == "teams"


@pytest.mark.parametrize("key", ["e", "l", "m", "s"])
async def test_a_page_is_closed_by_its_own_key_and_by_back(app: Session, key: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        for closing in (key, "left_square_bracket", "escape"):
            await pressed(pilot, key)
            assert screen.view in {"page", "map", "leads"}
            await pressed(pilot, closing)
            assert screen.view == "asking"
        assert asked(screen) == "teams"


async def test_a_click_takes_an_answer(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        await pilot.click("#options", offset=(10, 2))
        await settled(pilot)
        assert answers(screen) == {"teams": "many"}


async def test_what_would_change_it_is_known_at_the_outcome_only(app: Session) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(app, pilot)
        await pressed(pilot, "w")
        assert "that is known once there is an outcome" in told(app)
        await pressed(pilot, "1", "w")
        assert "what would change this" in frame(app)


async def test_the_source_of_an_outcome_is_brought_into_view(app: Session) -> None:
    async with app.run_test(size=(80, 14)) as pilot:
        await opened(app, pilot)
        await pressed(pilot, "1", "s")
        assert "Sam Newman, Building Microservices, ch. 2" in frame(app)


async def test_beginning_anew_asks_first(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        await pressed(pilot, "2", "R", "enter")
        assert answers(screen) == {"teams": "some"}
        await pressed(pilot, "R", "2")
        assert answers(screen) == {}
        assert asked(screen) == "teams"


async def test_while_it_asks_nothing_else_is_done(app: Session) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await opened(app, pilot)
        await pressed(pilot, "2", "R", "u")
        assert "answer the question below first" in told(app)
        await pilot.click("#options", offset=(8, 0))
        await pressed(pilot, "left_square_bracket")
        assert answers(screen) == {"teams": "some"}
        assert "Forget" not in frame(app)


async def test_the_record_is_previewed_and_written_where_the_settings_say(
    app: Session, service: Path
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pressed(pilot, "1", "r")
        assert isinstance(app.screen, PreviewScreen)
        assert "docs/decisions/0001-one-service-or-several-stay-one-service.md" in frame(app)
        await pressed(pilot, "x")
        (written,) = (service / "docs/decisions").iterdir()
        assert "Stay one service" in written.read_text()


async def test_a_failure_to_save_is_said_once_and_stays_on_the_title_line(
    app: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await opened(app, pilot)
        failures = iter([StateError("the disk is full")])

        def fail(_: object) -> None:
            for failure in failures:
                raise failure

        monkeypatch.setattr(app.store, "save_walk", fail)
        monkeypatch.setattr(type(app.store), "saved", False)
        await pressed(pilot, "2")
        assert "not saved: the disk is full" in told(app)
        app.clear_notifications()
        await pressed(pilot, "1")
        assert "the disk is full" not in frame(app)
        assert "question 3 of 3 · not saved" in frame(app)
        assert answers(screen) == {"teams": "some", "coupling": "rare"}


async def test_leaving_stops_measuring(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        assert app.measuring.waiting
        await pressed(pilot, "left_square_bracket")
        assert not app.measuring.waiting


async def test_a_tree_is_chosen_from_the_list_and_back_returns_to_it(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, "")
        await pressed(pilot, "enter")
        assert asked(screen) == "teams"
        await pressed(pilot, "2", "left_square_bracket", "left_square_bracket")
        assert "half walked: 1 answer" in frame(app)


async def test_a_tree_that_cannot_be_opened_says_why_and_gives_the_others(app: Session) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(app, pilot, "splitt")
        assert "no tree 'splitt'; did you mean split?" in told(app)
        assert "One service or several" in frame(app)


async def test_answers_that_the_tree_has_lost_are_said(app: Session) -> None:
    older = replace(TREE, questions=(*TREE.questions, replace(TREE.questions[0], id="gone")))
    app.store.save_walk(start(older).answer("teams", "some").answer("gone", "one"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await opened(app, pilot)
        assert asked(screen) == "coupling"
        assert "these answers do not fit it any more: gone=one" in told(app)


async def test_resizing_keeps_the_outcome_and_gives_it_the_room_there_is(app: Session) -> None:
    async with app.run_test(size=(160, 48)) as pilot:
        await opened(app, pilot)
        await pressed(pilot, "1")
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert "What would change this" in frame(app)
        assert "Your answers" not in frame(app)


async def test_evidence_that_arrives_leaves_the_reader_where_they_are(app: Session) -> None:
    async with app.run_test(size=(80, 14)) as pilot:
        screen = await opened(app, pilot)
        await pressed(pilot, "2", "m", "end")
        view = screen.query_one("#view-map", MapView)
        before = view.scroll_offset.y
        assert before > 0
        app.find(COUPLED)
        await settled(pilot)
        assert view.scroll_offset.y == before


async def test_an_outcome_that_offers_its_own_tree_goes_back_to_the_first_question(
    app: Session,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        await pressed(pilot, "1")
        screen.query_one("#outcome", DocumentView).post_message(
            DocumentView.LinkFollowed(
                screen.query_one("#outcome", DocumentView), "action:decide:split"
            )
        )
        await settled(pilot)
        assert app.screen is screen
        assert asked(screen) == "teams"
        assert answers(screen) == {"teams": "one"}


async def test_answers_given_on_another_page_of_the_same_tree_are_taken_up(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        below = await opened(app, pilot)
        await opened(app, pilot)
        await pressed(pilot, "3")
        await app.pop_screen()
        await settled(pilot)
        assert app.screen is below
        assert answers(below) == {"teams": "many"}


async def test_what_was_measured_last_time_holds_until_it_is_measured_again(
    app: Session, service: Path
) -> None:
    async with app.run_test(size=(120, 30)) as pilot:
        await opened(app, pilot)
        app.find(COUPLED)
        await pressed(pilot, "2")
    later = Session(service)
    async with later.run_test(size=(120, 30)) as pilot:
        await opened(later, pilot)
        assert "orders/total.py:12" in frame(later)


async def test_no_trees_at_all_says_what_to_do(
    app: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Shelf, "entries", lambda *_: ())
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "")
        assert "No tree can be read." in frame(app)
        await pressed(pilot, "enter", "m", "tab")
        assert "there is nothing to take here" not in frame(app)


async def test_a_comparison_in_the_list_opens_on_its_own_screen(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "D")
        assert "Which drink" in frame(app)
        followed: list[str] = []
        app.follow = lambda link: _keep(followed, link)  # type: ignore[method-assign]
        await pressed(pilot, "3")
        assert followed == ["comparison:drinks"]


async def _keep(kept: list[str], link: str) -> None:
    kept.append(link)


async def test_where_nothing_fits_only_that_is_said_until_it_fits_again(app: Session) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.resize_terminal(30, 8)
        await settled(pilot)
        said = " ".join(frame(app).split())
        assert said == "be-tui needs 40x12; this is 30x8. q quits."
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert "How many teams must deploy on their own?" in frame(app)
