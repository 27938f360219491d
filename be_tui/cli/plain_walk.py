"""A walk line by line: numbered answers on standard input, plain words on standard output.

Made for screen readers, pipes and `TERM=dumb`: no colour, no drawing, nothing moves. Each
answer is saved as it is given; a trouble in saving is told once, and nothing is lost.
"""

from __future__ import annotations

import re
import shlex
import sys
from typing import TYPE_CHECKING

from be_tui.cli.output import tell, telling
from be_tui.core.decisions import (
    aside_words,
    choosing,
    evidence_page,
    finish,
    leads_page,
    map_words,
    number_words,
    outcome_page,
    position_words,
    question_page,
    restored_words,
    settled,
    settled_words,
    settles_page,
    start,
    take,
    why_page,
)
from be_tui.core.document import Document, Heading, Items, Paragraph, Span, to_text
from be_tui.core.errors import ExitCode, InputError
from be_tui.core.knowledge import NONE, plain_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from be_tui.core.decisions import Answer, Restored, Walk
    from be_tui.core.document import Block
    from be_tui.core.evidence import Evidence
    from be_tui.core.knowledge import Question, Tree
    from be_tui.core.sessions import Store

_KEYS = "b back, ? why, e evidence, l leads, m map, q quit"

_BETWEEN = re.compile(r"[\s,]+(?:and[\s,]+)?", re.IGNORECASE)
"""What stands between answers that are given together: `1 3`, `1,3`, `1 and 3`."""


class PlainWalk:
    """Asks until there is an outcome and nothing more to say, or the input ends."""

    def __init__(
        self, tree: Tree, store: Store, width: int, titles: Mapping[str, str] | None = None
    ) -> None:
        """Ask nothing yet.

        Args:
            tree: What to walk.
            store: Where answers are kept.
            width: The columns of a line.
            titles: What stands at the addresses that its outcomes refer to.
        """
        self.walk = start(tree)
        self._titles = titles or {}
        self._store = store
        self._width = width
        self._ended = False

    def begin(
        self,
        evidence: tuple[Evidence, ...],
        answers: tuple[tuple[str, str], ...],
        *,
        fresh: bool,
    ) -> None:
        """Begin anew, or where the walk was left last time, with the answers given."""
        if self._store.trouble:
            tell(self._store.trouble)
        tree = self.walk.tree
        self._say(f"{tree.title}: {tree.question}")
        restored = None if fresh else self._store.restore_walk(tree)
        if restored:
            self.walk = restored.walk
            self._say_restored(restored)
        self.walk = self.walk.with_evidence(evidence)
        for question, option in answers:
            self._take(self.walk.answer(question, option))

    def run(self) -> int:
        """Ask and answer; give the exit code."""
        try:
            return self._run()
        except KeyboardInterrupt:
            sys.stdout.write("\n")
            self._say_kept()
            raise

    def _run(self) -> int:
        self._show()
        while not self._ended:
            self._prompt()
            line = sys.stdin.readline()
            if not line:
                return self._input_ended()
            self._act(line.strip())
        self._say_kept()
        return ExitCode.DONE

    def close(self) -> None:
        """Let the store go; what could not be saved is told, with the command that redoes it."""
        saved = self._store.saved
        with telling():
            self._store.close()
            saved = True
        if not saved:
            tell(f"the same again: {command_of(self.walk)}")

    def _act(self, said: str) -> None:
        question, word = self.walk.question, said.casefold()
        if word == "q" or (not word and question is None):
            self._ended = True
        elif word == "b":
            self._back()
        elif word == "m":
            self._print(map_words(self.walk))
        elif word == "l":
            self._print(leads_page(self.walk, bars=False) + settles_page(self.walk))
        elif question is None:
            self._say("There is nothing more to answer. b goes back, m says the map, q ends.")
        elif word == "?":
            self._print(why_page(question))
        elif word == "e":
            self._print(evidence_page(question, self.walk.evidence))
        elif not word and self.walk.at:
            self._go(self.walk.proceed())
        elif not word and settled(self.walk):
            self._go(finish(self.walk))
        else:
            self._answer(question, said)

    def _answer(self, question: Question, said: str) -> None:
        answer = _chosen(question, said)
        try:
            walk = None if answer is None else take(self.walk, answer, self.walk.evidence)
        except InputError as error:
            self._say(f"{error}.")
            return
        if walk is None:
            self._say(f"{said or 'Nothing'} is none of the answers.")
            return
        self._say(f"Answered: {_answered(walk, question)}")
        self._go(walk)

    def _go(self, walk: Walk) -> None:
        self._take(walk)
        self._show()

    def _take(self, walk: Walk) -> None:
        self.walk = walk
        with telling():
            self._store.save_walk(walk)

    def _back(self) -> None:
        back = self.walk.back()
        if back == self.walk:
            self._say("This is the first question.")
        else:
            self._go(back)

    def _show(self) -> None:
        if self.walk.question is None:
            self._print(outcome_page(self.walk, commands=True, titles=self._titles))
        else:
            self._print(question_page(self.walk))
            if not self.walk.at and settled(self.walk):
                self._say(f"{settled_words(self.walk)} Enter takes it.")

    def _prompt(self) -> None:
        question = self.walk.question
        if question is None:
            keys = "b back, m map, q or Enter to end"
        else:
            kept = ", Enter keeps your answer" if self.walk.at else ""
            kept = kept or (", Enter takes the outcome" if settled(self.walk) else "")
            keys = f"{_ways_to_answer(question)}, {_KEYS}{kept}"
        sys.stdout.write(f"[{keys}]\n")
        if sys.stdin.isatty():
            sys.stdout.write("> ")
        sys.stdout.flush()

    def _input_ended(self) -> int:
        self._say_kept()
        if self.walk.outcome is not None or sys.stdin.isatty():
            return ExitCode.DONE
        asked = self.walk.question.id if self.walk.question else ""
        tell(f"the input ended before the outcome; {asked} was asked")
        return ExitCode.USAGE

    def _say_kept(self) -> None:
        if self.walk.answers and self._store.saved:
            self._say(f"Saved. To go on: be-tui decide {self.walk.tree.id} --plain")

    def _say_restored(self, restored: Restored) -> None:
        count = len(restored.walk.answers)
        if count:
            plural = "" if count == 1 else "s"
            self._say(f"You answered {count} question{plural} before; --fresh begins anew.")
        if changed := restored_words(restored):
            self._say(changed)

    def _say(self, text: str) -> None:
        self._print(Document((Paragraph((Span(text),)),)))

    def _print(self, document: Document) -> None:
        sys.stdout.write(to_text(spoken(document), self._width) + "\n")


def _ways_to_answer(question: Question) -> str:
    """Say what can be typed for an answer."""
    if question.takes_number:
        return f"{number_words(question)}, u I don't know"
    if question.kind == "several":
        return f"1 to {len(question.options) + 1}, several as 1 2, 0 I don't know"
    return f"1 to {len(question.options)}, 0 I don't know"


def _chosen(question: Question, said: str) -> str | None:
    """Give the answer that was meant, by number or id; empty for `I don't know`, None for none."""
    if said.casefold() == "u" or (said == "0" and not question.takes_number):
        return ""
    if question.takes_number:
        return said or None
    ids = [option.id for option in question.options]
    if question.kind != "several":
        return _one_of(ids, said)
    named = [_one_of([*ids, NONE], each) or each for each in _BETWEEN.split(said) if each]
    return ",".join(named) or None


def _one_of(ids: list[str], said: str) -> str | None:
    """Give the id that was meant, by its number or itself."""
    if said.isdecimal() and 1 <= int(said) <= len(ids):
        return ids[int(said) - 1]
    return said if said in ids else None


def _answered(walk: Walk, question: Question) -> str:
    step = next((each for each in walk.path if each.question.id == question.id), None)
    return step.said if step and not step.answer.unknown else "I do not know"


def spoken(document: Document) -> Document:
    """Give the document without headings, which plain text would underline by drawing."""
    return Document(tuple(_spoken(block) for block in document.blocks))


def _spoken(block: Block) -> Block:
    return Paragraph(block.text) if isinstance(block, Heading) else block


def next_page(walk: Walk) -> Document:
    """Give the next question for a script: ids, and the command that goes on."""
    question = walk.question
    if question is None:
        return Document()
    blocks: list[Block] = [
        Paragraph((Span(f"{position_words(walk)}: {question.id}", "muted"),)),
        Heading((Span(question.ask, "heading"),), 2, "question"),
    ]
    offer = choosing(walk, question, walk.evidence)
    rows = [_row(each.id, each.label, each.measured) for each in offer.rows]
    blocks.append(Items((*rows, _row("?", "I don't know", ""))))
    if offer.typed:
        blocks.append(Paragraph((Span(f"Or {offer.typed}."),)))
    elif offer.ticks:
        both = ",".join(each.id for each in question.options[:2])
        blocks.append(Paragraph((Span("Several go together: "), Span(both, "code"))))
    if aside := aside_words(walk):
        blocks.append(Paragraph((Span(aside, "muted"),)))
    blocks += (leads_page(walk) + settles_page(walk)).blocks
    then = f"{command_of(walk)} --answer {question.id}=…"
    blocks.append(Paragraph((Span("To go on: "), Span(then, "code"))))
    return Document(tuple(blocks))


def _row(option: str, label: str, measured: str) -> tuple[Block, ...]:
    spans = [Span(option, "strong"), Span(f"  {label}")]
    if measured:
        spans.append(Span(f"  ◂ measured: {measured}", "good"))
    return (Paragraph(tuple(spans)),)


def command_of(walk: Walk) -> str:
    """Give the command that gives the same answers again."""
    said = (f"{each.question}={_as_said(walk.tree, each)}" for each in walk.answers)
    answers = (f"--answer {shlex.quote(each)}" for each in said)
    return " ".join(["be-tui decide", walk.tree.id, *answers])


def _as_said(tree: Tree, answer: Answer) -> str:
    question = tree.find_question(answer.question)
    if answer.value is None or question is None:
        return answer.option or "?"
    return plain_number(answer.value, question.unit if question.kind == "duration" else "")
