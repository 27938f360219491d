"""The left page of a walk: the question, its answers, and what was answered so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from be_tui.core.decisions import (
    answers_so_far,
    aside_words,
    choosing,
    first_to_mark,
    measured_words,
    number_words,
    toggled,
    typed_number,
)
from be_tui.core.document.cells import clean
from be_tui.core.knowledge import ticks
from be_tui.tui.widgets.choices import Choice, Choices
from be_tui.tui.widgets.scroll import Scroll

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from textual import events
    from textual.app import ComposeResult

    from be_tui.core.decisions import Walk
    from be_tui.core.evidence import Evidence
    from be_tui.core.knowledge import Question
    from be_tui.tui.widgets.choices import Tone

TICK, NOT_KNOWN, HERE = "✓", "?", "▸"
"""Before an answer given, an answer assumed, and the one that is looked at again."""

CURSOR = "▏"
"""After what was typed so far."""

_WITH_DIGITS = frozenset(".,abcdefghijklmnopqrstuvwxyz %")
"""What can be typed after a first digit: separators and units."""

_TONES: dict[str, Tone] = {"measured": "good", "assumed": "warning"}


class QuestionPane(Scroll):
    """Shows where a walk is; the lists in it tell what was taken.

    Its lists are `#options` (an option's id, empty for `I don't know`) and `#said` (the id
    of a question answered before). What is ticked or typed is kept here until it is taken:
    `said` gives it.
    """

    DEFAULT_CSS = """
    QuestionPane {
        & > Static { height: auto; padding: 0 1; }
        & > #ask { text-style: bold; margin: 0 0 1 0; }
        & > #measured, & > #leading { color: $muted; }
        & > #leading.-settled { color: $foreground; text-style: bold; }
        & > #typed { color: $muted; margin: 0 0 1 0; }
        & > #typed.-wrong { color: $text-warning; }
        & > #typed.-refused { color: $text-error; text-style: bold; }
        & > #so-far { color: $muted; margin: 1 0 0 0; }
        & > #aside { color: $text-warning; }
        & > .-empty { display: none; }
        & > Choices { margin: 0 1 0 0; }
    }
    """

    def __init__(self, unknown_key: str) -> None:
        """Ask nothing yet.

        Args:
            unknown_key: The key that answers `I don't know`, as it is shown.
        """
        super().__init__(id="question")
        self._unknown_key = unknown_key
        self._asked = ("", "")
        self._walk: Walk | None = None
        self._evidence: Sequence[Evidence] = ()
        self._ready = ""
        """What is ticked or typed, or stands there to be taken."""

        self._touched = False
        """Whether the person has typed; until then the first key begins anew."""

        self._refused = False
        """Whether what was typed was to be taken, and could not be."""

    def compose(self) -> ComposeResult:
        """Give the parts from top to bottom."""
        yield Static(id="ask", markup=False)
        yield Static(id="typed", markup=False)
        yield Choices(id="options")
        yield Static(id="measured", markup=False)
        yield Static(id="leading", markup=False)
        yield Static("So far", id="so-far", markup=False)
        yield Choices(id="said", rests=True)
        yield Static(id="aside", markup=False)

    def show(self, walk: Walk, evidence: Sequence[Evidence], waiting: Collection[str]) -> None:
        """Show the question asked now; what the person marked stays marked meanwhile."""
        question = walk.question
        if question is None:
            return
        self._walk, self._evidence = walk, evidence
        self._say("#ask", question.ask)
        self._say("#measured", measured_words(question, evidence, waiting))
        marked = None
        offer = choosing(walk, question, evidence)
        if self._asked != (walk.tree.id, question.id):
            self._asked = (walk.tree.id, question.id)
            self._ready, self._touched, self._refused = offer.answer, False, False
            first = ticks(first_to_mark(walk, question, evidence))[0]
            ids = [*(row.id for row in offer.rows), ""]
            marked = ids.index(first)
            self.scroll_home(animate=False)
        elif not self._touched:
            self._ready = offer.answer
        self._show_options(marked)
        said = answers(walk)
        self.query_one("#said", Choices).show(said)
        self.query_one("#so-far").set_class(not said, "-empty")
        self._say("#aside", aside_words(walk))

    def lead(self, words: str, *, settled: bool) -> None:
        """Say where the walk leads.

        Args:
            words: One line; empty where that stands elsewhere.
            settled: Whether nothing that is still open can change it.
        """
        self._say("#leading", words)
        self.query_one("#leading").set_class(settled, "-settled")

    def said(self, choice_id: str) -> str:
        """Give what is answered when a row is taken: what is ticked or typed, else the row.

        Args:
            choice_id: The row's; empty for `I don't know`, which is always itself.
        """
        question = self._question
        if not choice_id or question is None:
            return choice_id
        held = question.kind == "several" or question.takes_number
        return self._ready if held and self._ready else choice_id

    def refuses(self, choice_id: str) -> bool:
        """Say beside the field why what was typed cannot be taken; tell whether it cannot.

        Args:
            choice_id: The row's; empty for `I don't know`, which always can.
        """
        question = self._question
        if not choice_id or question is None or not question.takes_number:
            return False
        self._refused = bool(self._ready) and not self._band(question)
        self._say_held(question)
        return self._refused

    @property
    def _question(self) -> Question | None:
        return self._walk.question if self._walk else None

    def on_choices_ticked(self, event: Choices.Ticked) -> None:
        """Tick an option, or take its tick away."""
        event.stop()
        if self._question:
            self._hold(toggled(self._question, self._ready, event.choice.id))

    def on_choices_marked(self, event: Choices.Marked) -> None:
        """Let go of a number that was typed when another band is marked."""
        question = self._question
        if question is None or not question.takes_number or event.choices.id != "options":
            return
        if event.choice.id != self._band(question):
            self._hold("")

    def on_key(self, event: events.Key) -> None:
        """Type a number with its unit; Escape takes it back."""
        question = self._question
        options = self.query_one("#options", Choices)
        if question is None or not question.takes_number or not options.has_focus:
            return
        typed = self._ready if self._touched else ""
        if event.key == "backspace" and self._ready:
            typed = typed[:-1]
        elif event.key == "escape" and typed:
            typed = ""
        elif event.character and (
            event.character.isdecimal() or (typed and event.character in _WITH_DIGITS)
        ):
            typed += event.character
        else:
            return
        event.stop()
        self._hold(typed)
        band = self._band(question)
        ids = [choice.id for choice in options.choices]
        if band:
            options.marked = ids.index(band)

    def _hold(self, ready: str) -> None:
        self._ready, self._touched, self._refused = ready, True, False
        self._show_options()

    def _band(self, question: Question) -> str:
        """Give the option that what is typed falls into; empty for none."""
        band = typed_number(question, self._ready).band
        return band.id if band else ""

    def _show_options(self, marked: int | None = None) -> None:
        walk, question = self._walk, self._question
        if walk is None or question is None:
            return
        rows = options(walk, question, self._evidence, self._unknown_key, self._ready)
        choices = self.query_one("#options", Choices)
        choices.show(rows, marked)
        # Or the `u` of `5 minutes` would be `I don't know`.
        choices.typing = question.takes_number and self._touched and bool(self._ready)
        self._say_held(question)

    def _say_held(self, question: Question) -> None:
        """Say what to type or to tick, what was typed, and what is wrong with that."""
        told, trouble = _held_words(question, self._ready), ""
        if question.takes_number and self._ready:
            trouble = typed_number(question, self._ready).brief
        self._say("#typed", f"{told}  {trouble}" if trouble else told)
        line = self.query_one("#typed")
        line.set_class(bool(trouble), "-wrong")
        line.set_class(self._refused, "-refused")

    def _say(self, selector: str, text: str) -> None:
        line = self.query_one(selector, Static)
        line.update(clean(text))
        line.set_class(not text, "-empty")


def _held_words(question: Question, ready: str) -> str:
    """Say what to type or to tick, and what was typed; nothing where a row is chosen."""
    if question.takes_number:
        band = typed_number(question, ready).band if ready else None
        falls = f"  → {band.label}" if band else ""
        return f"Type {number_words(question)}: {ready}{CURSOR}{falls}"
    if question.kind != "several":
        return ""
    taken = "what is ticked" if ready else "the marked one alone"
    return f"Space ticks as many as you see. Enter takes {taken}."


def options(
    walk: Walk,
    question: Question,
    evidence: Sequence[Evidence],
    unknown_key: str,
    ready: str = "",
) -> tuple[Choice, ...]:
    """Give the rows of a question: its options by number, and `I don't know`.

    Args:
        walk: The walk.
        question: The question that is asked.
        evidence: What was measured.
        unknown_key: The key that answers `I don't know`.
        ready: What is ticked so far, where several can be.
    """
    given = walk.given(question.id)
    offer = choosing(walk, question, evidence)
    rows = [
        Choice(
            row.id,
            row.label,
            str(number) if offer.numbered else "",
            (row.note,) if row.note else (),
            tag=_tag(measured=bool(row.measured), given=bool(row.given)),
            ticked=row.id in ticks(ready) if offer.ticks else None,
        )
        for number, row in enumerate(offer.rows, 1)
    ]
    unknown = question.unknown
    assumed = question.option(unknown.assume)
    label = assumed.label if assumed else unknown.assume
    return (
        *rows,
        Choice(
            "",
            "I don't know",
            unknown_key,
            (f"assumes “{label}” meanwhile",),
            (f"If that is wrong: {unknown.price}",),
            tag=_tag(measured=False, given=given is not None and given.unknown),
        ),
    )


def _tag(*, measured: bool, given: bool) -> str:
    words = [*(["measured"] if measured else []), *(["your answer"] if given else [])]
    return f"◂ {', '.join(words)}" if words else ""


def answers(walk: Walk) -> tuple[Choice, ...]:
    """Give the rows of what was answered so far."""
    return tuple(
        Choice(
            said.question,
            said.answer,
            HERE if said.asked_now else NOT_KNOWN if said.origin == "assumed" else TICK,
            tag=f"({said.origin}, ahead)" if said.early else f"({said.origin})",
            tone=_TONES.get(said.origin, "muted"),
            lead=said.ask,
        )
        for said in answers_so_far(walk)
    )
