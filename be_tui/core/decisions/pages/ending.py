"""The pages of an outcome: what to do, what it turns on, what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.decisions.flipping import try_words
from be_tui.core.decisions.pages.flipping import together
from be_tui.core.decisions.pages.judging import authorities_page
from be_tui.core.decisions.pages.parts import fact, heading, items, line, prose, sources
from be_tui.core.decisions.pages.settling import find_out_words
from be_tui.core.decisions.proposing import proposal, support
from be_tui.core.decisions.turning import turns
from be_tui.core.document import Block, Document, Paragraph, Span, parse_markdown
from be_tui.core.knowledge import ticks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from be_tui.core.decisions.model import Step, Turn
    from be_tui.core.decisions.walk import Walk
    from be_tui.core.document import Heading, Text
    from be_tui.core.knowledge import Action, Outcome

DOORS = {
    "one-way": "One-way door: hard to undo, so be sure.",
    "two-way": "Two-way door: cheap to undo, so decide and go on.",
}

_UNTITLED: Mapping[str, str] = {}

_NAMED = 3
"""Outcomes that are named where several could come out; the others are counted."""

ORIGINS = {"measured": "measured", "stated": "you said", "assumed": "assumed"}


def outcome_page(
    walk: Walk, *, commands: bool = False, titles: Mapping[str, str] = _UNTITLED
) -> Document:
    """Give all there is to say where a walk ends; empty where it has not ended.

    Args:
        walk: The walk.
        commands: Whether actions are commands of the shell, rather than links of the screen.
        titles: What stands at the addresses that the outcome refers to, as the library has it.
    """
    outcome = walk.outcome
    if outcome is None:
        return Document()
    turning = _turning(walk, tries=not commands)
    onward = _onward(outcome, commands=commands, titles=titles)
    return _advice(outcome) + turning + onward + authorities_page(walk) + _cited(outcome)


def advice_page(
    outcome: Outcome, *, commands: bool = False, titles: Mapping[str, str] = _UNTITLED
) -> Document:
    """Give what an outcome advises, what it costs if it is wrong, and where to read on."""
    onward = _onward(outcome, commands=commands, titles=titles)
    return _advice(outcome) + onward + _cited(outcome)


def _advice(outcome: Outcome) -> Document:
    blocks: list[Block] = [heading(outcome.title, "outcome", level=1)]
    blocks += parse_markdown(outcome.advice).blocks
    if outcome.steps:
        blocks.append(heading("Do, in this order", "steps"))
        blocks += items((prose(step).text for step in outcome.steps), first=1)
    return Document(tuple(blocks))


def _onward(outcome: Outcome, *, commands: bool, titles: Mapping[str, str]) -> Document:
    blocks: list[Block] = [
        heading("If it turns out wrong", "price"),
        prose(f"{DOORS[outcome.door]} {outcome.price}"),
        heading("Look again", "again"),
        prose(outcome.again),
    ]
    onward = [_action(action, commands=commands) for action in outcome.actions]
    done = {action.argument for action in outcome.actions if action.open == "library"}
    onward += [
        _reference(each, titles.get(each, ""), commands=commands)
        for each in outcome.references
        if each not in done
    ]
    if onward:
        blocks += [heading("Go on from here", "actions"), *items(onward)]
    return Document(tuple(blocks))


def _cited(outcome: Outcome) -> Document:
    if not outcome.sources:
        return Document()
    return Document((heading("Sources", "sources"), *sources(outcome.sources)))


def _action(action: Action, *, commands: bool) -> Text:
    if not commands:
        where = _opened(action)
        link = Span(action.label, "link", f"action:{action.open}:{action.argument}")
        return (link, Span(f"  {where}", "muted")) if where else (link,)
    command = {
        "library": f"be-tui refs show {action.argument}",
        "decide": f"be-tui decide {action.argument}",
        "compare": f"be-tui compare {action.argument}",
    }.get(action.open, f"be-tui --screen {action.open}")
    return Span(f"{action.label}: "), Span(command.strip(), "code")


def _opened(action: Action) -> str:
    """Say what kind of thing an action opens: a label alone can be a question."""
    kinds = {"decide": "a decision", "compare": "a comparison"}
    return kinds.get(action.open, action.argument.partition("#")[0])


def _reference(address: str, title: str, *, commands: bool) -> Text:
    if commands:
        return Span(f"{title or 'Read on'}: "), Span(f"be-tui refs show {address}", "code")
    if not title:
        return (Span(address, "link", address),)
    return Span(title, "link", address), Span(f"  {address.partition('#')[0]}", "muted")


def turns_page(walk: Walk, *, tries: bool = False) -> Document:
    """Give what an outcome rests on: assumptions, what would change it, what authorities say.

    Args:
        walk: The walk.
        tries: Whether each change is a link that tries it.
    """
    if walk.outcome is None:
        return Document()
    return _turning(walk, tries=tries) + authorities_page(walk)


def _turning(walk: Walk, *, tries: bool) -> Document:
    """Give what an outcome rests on: assumptions, and what would change it."""
    by_question: dict[str, list[Turn]] = {}
    for turn in turns(walk):
        by_question.setdefault(turn.step.question.id, []).append(turn)
    changed = bool(by_question)
    blocks: list[Block] = []
    if walk.assumed:
        assumed = [
            _assumption(step, by_question.pop(step.question.id, []), tries=tries)
            for step in walk.assumed
        ]
        blocks += [heading("It rests on assumptions", "assumed"), *items(assumed)]
        if len(assumed) > 1 and (first := find_out_words(walk)):
            blocks.append(prose(first))
    if by_question:
        changes = [_changes(walk, each, tries=tries) for each in by_question.values()]
        blocks += [_changing(), *items(changes)]
    if not changed:
        blocks += [_changing(), *together(walk, tries=tries)]
    return Document(tuple(blocks))


def _changing() -> Heading:
    return heading("What would change this", "turns")


def changes_page(walk: Walk) -> Document:
    """Give every change that leads elsewhere, one a line that begins with a link to try it."""
    if walk.outcome is None:
        return Document()
    by_question: dict[str, list[Turn]] = {}
    for turn in turns(walk):
        by_question.setdefault(turn.step.question.id, []).append(turn)
    blocks: list[Block] = [line(f"Now: {walk.outcome.title}", "muted")]
    if not by_question:
        return Document((*blocks, *together(walk, tries=True)))
    for changing in by_question.values():
        step = changing[0].step
        now = Span(f"  {step.said} ({ORIGINS[step.origin]})", "muted")
        blocks.append(Paragraph((Span(step.question.ask, "strong"), now)))
        blocks += items(tuple(change_text(turn, tries=True)) for turn in changing)
    return Document(tuple(blocks))


def _assumption(step: Step, changing: list[Turn], *, tries: bool) -> Text:
    unknown = step.question.unknown
    head = (Span(step.question.ask), Span(f"  “{step.said}” is assumed", "warning"))
    if not changing:
        return (*head, Span("\nIt makes no difference here.", "muted"))
    rest = prose(f"\nIf the assumption is wrong: {unknown.price}").text
    if unknown.find_out:
        rest += prose(f"\nTo find out: {unknown.find_out}").text
    return (*head, *_lines(changing, tries=tries), *rest)


def _changes(walk: Walk, changing: list[Turn], *, tries: bool) -> Text:
    step = changing[0].step
    said = f"  {step.said} ({how(walk, step)})"
    return (Span(step.question.ask), Span(said, "muted"), *_lines(changing, tries=tries))


def how(walk: Walk, step: Step) -> str:
    """Say how an answer came about: `you said`, `measured: no test was found`."""
    found = [*support(step.question, walk.evidence)]
    found += [each for each in [proposal(step.question, walk.evidence)] if each]
    says = (each.says for each in found if each.option == step.option.id)
    measured = next(says, "") if step.origin == "measured" else ""
    return f"measured: {measured}" if measured else ORIGINS[step.origin]


def _lines(changing: list[Turn], *, tries: bool) -> Iterator[Span]:
    for turn in changing:
        yield Span("\n")
        yield from change_text(turn, tries=tries)


def change_text(turn: Turn, *, tries: bool) -> Iterator[Span]:
    """Give another answer, as a link that tries it where that can be, and where it leads."""
    words = try_words([(turn.step.question.id, turn.option.id)])
    answer = f"“{turn.option.label}”"
    yield Span(answer, "link", f"try:{words}") if tries else Span(answer)
    yield Span(" → ", "muted")
    if turn.outcome:
        yield Span(turn.outcome.title, "strong")
        return
    if len(turn.among) > _NAMED:
        yield Span(f"one of {len(turn.among)} outcomes")
    else:
        yield Span("; or ".join(outcome.title for outcome in turn.among), "strong")
    if turn.opens:
        yield Span(f"  (asks: {turn.opens.ask})", "muted")


def walked_page(walk: Walk) -> Document:
    """Give a walk question by question, each answer with what shows it."""
    blocks: list[Block] = [
        heading(walk.tree.title, "walk", level=1),
        line(walk.tree.question),
    ]
    for step in walk.path:
        blocks.append(heading(step.question.ask, step.question.id, level=3))
        said = f"  ({how(walk, step)})"
        if step.answer.unknown:
            blocks.append(line(f"Not known; assumed: {step.said}", "warning"))
        else:
            blocks.append(Paragraph((Span(step.said, "strong"), Span(said, "muted"))))
        for each in support(step.question, walk.evidence):
            if set(ticks(each.option)) <= set(ticks(step.option.id)):
                blocks += items(map(fact, each.evidence.facts))
        for rule in step.rules:
            blocks.append(line(f"By the rule “{rule.taken.label}” ({rule.table.title})", "muted"))
    return Document(tuple(blocks))
