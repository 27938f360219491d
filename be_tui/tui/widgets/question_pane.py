"""The left page of a walk: the question, its answers, and what was answered so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from be_tui.core.decisions import (
    answers_so_far,
    aside_words,
    first_to_mark,
    measured_words,
    support,
)
from be_tui.core.document.cells import clean
from be_tui.tui.widgets.choices import Choice, Choices
from be_tui.tui.widgets.scroll import Scroll

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from textual.app import ComposeResult

    from be_tui.core.decisions import Walk
    from be_tui.core.evidence import Evidence
    from be_tui.core.knowledge import Question
    from be_tui.tui.widgets.choices import Tone

TICK, NOT_KNOWN, HERE = "✓", "?", "▸"
"""Before an answer given, an answer assumed, and the one that is looked at again."""

_TONES: dict[str, Tone] = {"measured": "good", "assumed": "warning"}


class QuestionPane(Scroll):
    """Shows where a walk is; the lists in it tell what was taken.

    Its lists are `#options` (an option's id, empty for `I don't know`) and `#said` (the id
    of a question answered before).
    """

    DEFAULT_CSS = """
    QuestionPane {
        & > Static { height: auto; padding: 0 1; }
        & > #ask { text-style: bold; margin: 0 0 1 0; }
        & > #measured { color: $muted; }
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

    def compose(self) -> ComposeResult:
        """Give the parts from top to bottom."""
        yield Static(id="ask", markup=False)
        yield Choices(id="options")
        yield Static(id="measured", markup=False)
        yield Static("So far", id="so-far", markup=False)
        yield Choices(id="said", rests=True)
        yield Static(id="aside", markup=False)

    def show(self, walk: Walk, evidence: Sequence[Evidence], waiting: Collection[str]) -> None:
        """Show the question asked now; what the person marked stays marked meanwhile."""
        question = walk.question
        if question is None:
            return
        self._say("#ask", question.ask)
        self._say("#measured", measured_words(question, evidence, waiting))
        marked = None
        if self._asked != (walk.tree.id, question.id):
            self._asked = (walk.tree.id, question.id)
            first = first_to_mark(walk, question, evidence)
            ids = [*(option.id for option in question.options), ""]
            marked = ids.index(first)
            self.scroll_home(animate=False)
        rows = options(walk, question, evidence, self._unknown_key)
        self.query_one("#options", Choices).show(rows, marked)
        said = answers(walk)
        self.query_one("#said", Choices).show(said)
        self.query_one("#so-far").set_class(not said, "-empty")
        self._say("#aside", aside_words(walk))

    def _say(self, selector: str, text: str) -> None:
        line = self.query_one(selector, Static)
        line.update(clean(text))
        line.set_class(not text, "-empty")


def options(
    walk: Walk, question: Question, evidence: Sequence[Evidence], unknown_key: str
) -> tuple[Choice, ...]:
    """Give the rows of a question: its options by number, and `I don't know`."""
    supported = {each.option for each in support(question, evidence)}
    given = walk.given(question.id)
    rows = [
        Choice(
            option.id,
            option.label,
            str(number),
            (option.note,) if option.note else (),
            tag=_tag(
                measured=option.id in supported,
                given=given is not None and given.option == option.id,
            ),
        )
        for number, option in enumerate(question.options, 1)
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
            tag=f"({said.origin})",
            tone=_TONES.get(said.origin, "muted"),
            lead=said.ask,
        )
        for said in answers_so_far(walk)
    )
