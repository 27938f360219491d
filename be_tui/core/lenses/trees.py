"""A lens as trees: one a question, walked, checked and recorded like any other.

What can be ticked becomes a question of several answers, whose `none of these` be-tui holds
itself; risks become outcomes, improvement plans their steps, resources their sources. Rules
that never count then are left out, so that the tree is proved without a doubt.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from be_tui.core.files import FileSet, NewFile
from be_tui.core.knowledge.decode.questions import MOST_TICKS
from be_tui.core.lenses.conditions import Both, Either, Negated, Ticked, holds
from be_tui.core.lenses.model import RISK_WORDS, RISKS

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence

    from be_tui.core.lenses.conditions import Expression
    from be_tui.core.lenses.model import Choice, Lens, LensQuestion, Link, Pillar, Risk, RiskRule

FOLDER = ".be-tui/trees"
"""Where a project's trees stand."""

_ASKED = "practices"
"""The id of the question in each tree."""

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class LensTree:
    """The tree of one question."""

    id: str
    question: LensQuestion
    text: str
    """The file's content."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question of which no tree can be made."""

    question: LensQuestion
    why: str


@dataclass(frozen=True, slots=True)
class _Live:
    """A rule that counts for some answers, with the later ones that it goes before."""

    rule: RiskRule
    label: str
    over: tuple[str, ...]


def trees_of(lens: Lens) -> tuple[tuple[LensTree, ...], tuple[LeftOut, ...]]:
    """Give a tree for each question, and the questions that have none."""
    made: list[LensTree] = []
    left: list[LeftOut] = []
    taken: set[str] = set()
    for pillar in lens.pillars:
        for question in pillar.questions:
            practices = [choice for choice in question.choices if not choice.is_none]
            if not 1 <= len(practices) <= MOST_TICKS:
                count = f"{len(practices)} practices" if practices else "no practice"
                left.append(LeftOut(question, f"{count}; a tree takes 1 to {MOST_TICKS}"))
                continue
            tree_id = _unique(f"{_slug(lens.name)}-{_slug(question.id)}", taken)
            text = "\n".join(_lines(tree_id, lens, pillar, question, practices)) + "\n"
            made.append(LensTree(tree_id, question, text))
    return tuple(made), tuple(left)


def written(trees: Sequence[LensTree], folder: str = FOLDER) -> FileSet:
    """Give the files of trees, to be compared and written by `be_tui.core.files`."""
    head = f"{folder}/" if folder else ""
    return FileSet(tuple(NewFile(f"{head}{each.id}.yaml", each.text) for each in trees))


def _lines(
    tree_id: str, lens: Lens, pillar: Pillar, question: LensQuestion, practices: Sequence[Choice]
) -> Iterator[str]:
    ids = _ids(practices)
    sources = dict(_sources(lens, pillar, practices))
    yield f"tree: {tree_id}"
    yield "version: 1"
    yield f"title: {_text(question.title)}"
    yield f"question: {_text(question.title)}"
    summary = question.about or f"{pillar.name}, as the lens {lens.name} asks it."
    yield f"summary: {_text(summary)}"
    yield f"first: {_ASKED}"
    yield "sources:"
    yield from (f"  {key}: {said}" for key, said in sources.items())
    yield "questions:"
    yield f"  {_ASKED}:"
    yield f"    ask: {_text(question.title)}"
    yield f"    why: {_text(question.about or f'Each gap is a risk to {pillar.name.lower()}.')}"
    yield f"    sources: [{', '.join(sources)}]"
    if len(practices) == 1:
        risks = yield from _yes_no(question, practices[0])
    else:
        risks = yield from _several(question, practices, ids)
    yield "outcomes:"
    for risk in RISKS:
        if risk in risks:
            yield from _outcome(risk, practices, len(risks))


def _yes_no(question: LensQuestion, practice: Choice) -> Generator[str, None, set[Risk]]:
    """Ask after one practice; give the risks that come out."""
    with_it, without = _risk(question, {practice.id}), _risk(question, set())
    yield "    kind: yes-no"
    yield f"    yes: {{label: {_text(f'Yes: {practice.title}')}, to: {_slug(with_it)}}}"
    yield f"    no: {_slug(without)}"
    yield _unknown("no")
    return {with_it, without}


def _several(
    question: LensQuestion, practices: Sequence[Choice], ids: Mapping[str, str]
) -> Generator[str, None, set[Risk]]:
    """Ask what is in place; give the risks that come out."""
    live, otherwise = _live(question, practices)
    none = next((choice.id for choice in question.choices if choice.is_none), "")
    yield "    kind: several"
    yield f"    otherwise: {_slug(otherwise)}"
    yield "    options:"
    for choice in practices:
        note = f", note: {_text(choice.helpful[0].text)}" if choice.helpful else ""
        yield f"      {ids[choice.id]}: {{label: {_text(choice.title)}{note}}}"
    if live:
        yield "    routes:"
    for each in live:
        when = _condition(each.rule.condition, ids, none) if each.rule.condition else "{}"
        over = f", over: [{', '.join(map(_text, each.over))}]" if each.over else ""
        to = _slug(each.rule.risk)
        yield f"      - {{when: {when}, to: {to}, label: {_text(each.label)}{over}}}"
    yield _unknown("none")
    return {otherwise, *(each.rule.risk for each in live)}


def _unknown(assume: str) -> str:
    price = "a gap that is there is worked on, or one that is not there"
    find_out = "ask whoever runs it to show each practice at work"
    return f"    unknown: {{assume: {assume}, price: {_text(price)}, find_out: {_text(find_out)}}}"


def _live(question: LensQuestion, practices: Sequence[Choice]) -> tuple[list[_Live], Risk]:
    """Give the rules that count for some answer, and the risk of all other answers."""
    sets = [
        {choice.id for choice in chosen}
        for size in range(len(practices) + 1)
        for chosen in combinations(practices, size)
    ]
    counts = [_first(question, chosen) for chosen in sets]
    rules = [rule for rule in question.rules if rule in counts]
    otherwise = rules[-1].risk
    # Whatever does not come to an earlier rule comes to the last one that counts.
    routes = rules[:-1]
    labels = {id(rule): f"rule {number}" for number, rule in enumerate(routes, 1)}
    live = []
    for place, rule in enumerate(routes):
        over = [
            labels[id(later)]
            for later in routes[place + 1 :]
            if later.risk != rule.risk
            and any(_holds(question, rule, each) and _holds(question, later, each) for each in sets)
        ]
        live.append(_Live(rule, labels[id(rule)], tuple(over)))
    return live, otherwise


def _first(question: LensQuestion, chosen: set[str]) -> RiskRule:
    return next(rule for rule in question.rules if _holds(question, rule, chosen))


def _risk(question: LensQuestion, chosen: set[str]) -> Risk:
    return _first(question, chosen).risk


def _holds(question: LensQuestion, rule: RiskRule, chosen: set[str]) -> bool:
    """Tell whether a rule holds; a choice of none stands for nothing being chosen."""
    if rule.condition is None:
        return True
    known = {
        choice.id: not chosen if choice.is_none else choice.id in chosen
        for choice in question.choices
    }
    return holds(rule.condition, known) is True


def _condition(expression: Expression, ids: Mapping[str, str], none: str) -> str:
    match expression:
        case Ticked(choice):
            return f"{{{_ASKED}: {ids.get(choice, 'none')}}}"
        case Negated(part):
            return f"{{not: {_condition(part, ids, none)}}}"
        case Both(parts):
            return f"{{all: [{', '.join(_condition(part, ids, none) for part in parts)}]}}"
        case Either(parts):
            return f"{{any: [{', '.join(_condition(part, ids, none) for part in parts)}]}}"


_ADVICE: dict[Risk, str] = {
    "NO_RISK": "What the lens asks for is in place.",
    "MEDIUM_RISK": "Some of what the lens asks for is missing: plan it.",
    "HIGH_RISK": "What the lens holds to be essential is missing: do it before anything else here.",
}
_PRICES: dict[Risk, str] = {
    "NO_RISK": "A practice that is only said to be in place is missed until it is needed.",
    "MEDIUM_RISK": "Work on a gap that did not matter, or a gap that mattered more.",
    "HIGH_RISK": "Work that a closer look would have spared.",
}


def _outcome(risk: Risk, practices: Sequence[Choice], among: int) -> Iterator[str]:
    yield f"  {_slug(risk)}:"
    yield f"    title: {_text(RISK_WORDS[risk].capitalize())}"
    yield f"    advice: {_text(_ADVICE[risk])}"
    steps = ["Keep the proof of each practice where the next review finds it"]
    if risk != "NO_RISK" or among == 1:
        steps = [step for choice in practices for step in _steps(choice)]
    yield "    steps:"
    yield from (f"      - {_text(step)}" for step in steps)
    yield "    door: two-way"
    yield f"    price: {_text(_PRICES[risk])}"
    yield f"    again: {_text('At the next review, or when the architecture changes')}"
    yield "    sources: [lens]"


def _steps(choice: Choice) -> Iterator[str]:
    """Say what to do where a practice is missing."""
    if not choice.plan:
        yield f"Where it is missing: {choice.title}"
    for plan in choice.plan:
        address = f" ({plan.url})" if plan.url else ""
        yield f"Where “{choice.title}” is missing: {plan.text}{address}"


def _sources(lens: Lens, pillar: Pillar, practices: Sequence[Choice]) -> Iterator[tuple[str, str]]:
    yield "lens", f"{{title: {_text(lens.name)}, section: {_text(pillar.name)}}}"
    links = dict.fromkeys(link for choice in practices for link in choice.helpful if link.url)
    for number, link in enumerate(links, 1):
        yield f"resource-{number}", _source(link)


def _source(link: Link) -> str:
    return f"{{title: {_text(link.text)}, url: {_text(link.url)}}}"


def _ids(practices: Sequence[Choice]) -> dict[str, str]:
    """Give each choice an id that a tree may have."""
    taken = {"none"}
    return {choice.id: _unique(_slug(choice.id), taken) for choice in practices}


def _unique(wanted: str, taken: set[str]) -> str:
    found, number = wanted, 2
    while found in taken:
        found, number = f"{wanted}-{number}", number + 1
    taken.add(found)
    return found


def _slug(text: str) -> str:
    """Give an id of small letters, digits and hyphens."""
    words = re.findall(r"[a-z0-9]+", text.casefold())
    return "-".join(words)[:_LONGEST].strip("-") or "x"


def _text(text: str) -> str:
    """Give a text in double quotes, which YAML reads as JSON does."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
