"""A walk line by line: numbered answers on standard input, plain words on standard output.

Made for screen readers, pipes and `TERM=dumb`: no colour, no drawing, nothing moves. Each
answer is saved as it is given; a trouble in saving is told once, and nothing is lost.
"""

from __future__ import annotations

import shlex
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from be_tui.core.decisions import (
    aside_words,
    evidence_page,
    leads_page,
    map_words,
    outcome_page,
    position_words,
    question_page,
    start,
    support,
    take,
    why_page,
)
from be_tui.core.document import Document, Heading, Items, Paragraph, Span, to_text
from be_tui.core.errors import ExitCode, StateError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.decisions import Restored, Walk
    from be_tui.core.document import Block
    from be_tui.core.evidence import Evidence
    from be_tui.core.knowledge import Question, Tree
    from be_tui.core.sessions import Store

_KEYS = "0 I don't know, b back, ? why, e evidence, l leads, m map, q quit"


class PlainWalk:
    """Asks until there is an outcome and nothing more to say, or the input ends."""

    def __init__(self, tree: Tree, store: Store, width: int) -> None:
        """Ask nothing yet.

        Args:
            tree: What to walk.
            store: Where answers are kept.
            width: The columns of a line.
        """
        self.walk = start(tree)
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
            _tell(self._store.trouble)
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
            _tell(f"the same again: {command_of(self.walk)}")

    def _act(self, said: str) -> None:
        question, word = self.walk.question, said.casefold()
        if word == "q" or (not word and question is None):
            self._ended = True
        elif word == "b":
            self._back()
        elif word == "m":
            self._print(map_words(self.walk))
        elif word == "l":
            self._print(leads_page(self.walk, bars=False))
        elif question is None:
            self._say("There is nothing more to answer. b goes back, m says the map, q ends.")
        elif word == "?":
            self._print(why_page(question))
        elif word == "e":
            self._print(evidence_page(question, self.walk.evidence))
        elif not word and self.walk.at:
            self._go(self.walk.proceed())
        else:
            self._answer(question, said)

    def _answer(self, question: Question, said: str) -> None:
        option = _chosen(question, said)
        if option is None:
            self._say(f"{said or 'Nothing'} is none of the answers.")
            return
        chosen = question.option(option)
        self._say(f"Answered: {chosen.label if chosen else 'I do not know'}")
        self._go(take(self.walk, option, self.walk.evidence))

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
            self._print(outcome_page(self.walk, commands=True))
        else:
            self._print(question_page(self.walk))

    def _prompt(self) -> None:
        question = self.walk.question
        if question is None:
            keys = "b back, m map, q or Enter to end"
        else:
            kept = ", Enter keeps your answer" if self.walk.at else ""
            keys = f"1 to {len(question.options)}, {_KEYS}{kept}"
        sys.stdout.write(f"[{keys}]\n")
        if sys.stdin.isatty():
            sys.stdout.write("> ")
        sys.stdout.flush()

    def _input_ended(self) -> int:
        self._say_kept()
        if self.walk.outcome is not None or sys.stdin.isatty():
            return ExitCode.DONE
        asked = self.walk.question.id if self.walk.question else ""
        _tell(f"the input ended before the outcome; {asked} was asked")
        return ExitCode.USAGE

    def _say_kept(self) -> None:
        if self.walk.answers and self._store.saved:
            self._say(f"Saved. To go on: be-tui decide {self.walk.tree.id} --plain")

    def _say_restored(self, restored: Restored) -> None:
        count = len(restored.walk.answers)
        if count:
            plural = "" if count == 1 else "s"
            self._say(f"You answered {count} question{plural} before; --fresh begins anew.")
        if restored.lost:
            self._say(lost_words(restored))

    def _say(self, text: str) -> None:
        self._print(Document((Paragraph((Span(text),)),)))

    def _print(self, document: Document) -> None:
        sys.stdout.write(to_text(spoken(document), self._width) + "\n")


def _chosen(question: Question, said: str) -> str | None:
    """Give the option that was meant, by number or id; empty for `I don't know`."""
    if said.casefold() in {"0", "u"}:
        return ""
    if said.isdecimal() and 1 <= int(said) <= len(question.options):
        return question.options[int(said) - 1].id
    option = question.option(said)
    return option.id if option else None


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
    supports = {each.option: each.says for each in support(question, walk.evidence)}
    rows = [_row(each.id, each.label, supports.get(each.id, "")) for each in question.options]
    blocks.append(Items((*rows, _row("?", "I don't know", ""))))
    if walk.aside:
        blocks.append(Paragraph((Span(aside_words(walk), "muted"),)))
    blocks += leads_page(walk).blocks
    then = f"{command_of(walk)} --answer {question.id}=…"
    blocks.append(Paragraph((Span("To go on: "), Span(then, "code"))))
    return Document(tuple(blocks))


def _row(option: str, label: str, measured: str) -> tuple[Block, ...]:
    spans = [Span(option, "strong"), Span(f"  {label}")]
    if measured:
        spans.append(Span(f"  ◂ measured: {measured}", "good"))
    return (Paragraph(tuple(spans)),)


def lost_words(restored: Restored) -> str:
    """Say which answers a tree that changed has no place for any more."""
    lost = ", ".join(f"{each.question}={each.option or '?'}" for each in restored.lost)
    versions = f"version {restored.version}, now {restored.walk.tree.version}"
    return f"The tree has changed since ({versions}); these answers do not fit it any more: {lost}"


def command_of(walk: Walk) -> str:
    """Give the command that gives the same answers again."""
    said = (f"{each.question}={each.option or '?'}" for each in walk.answers)
    answers = (f"--answer {shlex.quote(each)}" for each in said)
    return " ".join(["be-tui decide", walk.tree.id, *answers])


@contextmanager
def telling() -> Iterator[None]:
    """Tell a trouble of the store on standard error, and go on."""
    try:
        yield
    except StateError as error:
        _tell(str(error))


def _tell(text: str) -> None:
    sys.stderr.write(f"be-tui: {text}\n")
