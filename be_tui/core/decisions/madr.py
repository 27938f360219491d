"""The text of a decision record: Markdown Architectural Decision Records, version 4."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from be_tui.core.decisions.flipping import flips
from be_tui.core.decisions.judging import stances
from be_tui.core.decisions.markdown import code, escaped, linked
from be_tui.core.decisions.pages.flipping import changes_words, together_words
from be_tui.core.decisions.pages.judging import decides_words
from be_tui.core.decisions.turning import turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from be_tui.core.decisions.flipping import Flip
    from be_tui.core.decisions.judging import Stance
    from be_tui.core.decisions.model import Step, Support, Turn
    from be_tui.core.decisions.walk import Walk
    from be_tui.core.evidence import Fact
    from be_tui.core.jsonform import Json
    from be_tui.core.knowledge import Outcome, Source
    from be_tui.core.project import Project

_SETS = 4
"""Sets of answers that are told where no single answer would change the outcome."""

BLOCK = "be-tui decision"
"""What the fence of the block for programs says after `json`."""

_DOORS = {
    "two-way": "Good, because it can be undone cheaply (a two-way door)",
    "one-way": "Bad, because it is hard to undo (a one-way door)",
}


@dataclass(frozen=True, slots=True)
class Earlier:
    """A record of the same decision that stands in the folder."""

    name: str
    """Its file's name."""

    outcome: str
    """The id of what it came to, as it is called today."""

    title: str


def madr(
    walk: Walk,
    supports: Sequence[Support],
    project: Project,
    today: date,
    decision_makers: Sequence[str],
    earlier: Earlier | None = None,
) -> str:
    """Write the record of a walk that has an outcome."""
    outcome = walk.outcome
    if outcome is None:
        raise AssertionError("a record needs an outcome")
    says = {(each.question, each.option): each.says for each in reversed(supports)}
    parts = [
        _front_matter(walk, today, decision_makers),
        f"# {escaped(walk.tree.title)}: {escaped(outcome.title)}",
        *_context(walk, project),
        "## Decision Drivers",
        _list(_driver(step, says) for step in walk.path),
        "## Considered Options",
        _list(_options(walk, outcome)),
        *_decision(walk, outcome),
        "## More Information",
        _earlier(earlier, outcome),
        *_evidence(supports),
        *_turns(walk),
        *_authorities(walk),
        *_sources(walk, outcome),
        *_block(walk, outcome),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _front_matter(walk: Walk, today: date, decision_makers: Sequence[str]) -> str:
    status = "proposed" if walk.assumed else "accepted"
    makers = json.dumps(list(decision_makers), ensure_ascii=False)
    return f"---\nstatus: {status}\ndate: {today.isoformat()}\ndecision-makers: {makers}\n---"


def _context(walk: Walk, project: Project) -> Iterator[str]:
    yield "## Context and Problem Statement"
    yield escaped(walk.tree.question)
    yield escaped(walk.tree.summary)
    yield f"About {escaped(project.headline)}."


def _driver(step: Step, says: dict[tuple[str, str], str]) -> str:
    measured = says.get((step.question.id, step.option.id), "")
    origin = {
        "stated": "said by the decision-makers",
        "measured": f"measured: {escaped(measured)}" if measured else "measured",
        "assumed": "assumed, because nobody knew",
    }[step.origin]
    route = f" This led on because: {escaped(step.route)}." if step.route else ""
    route += "".join(
        f" By the rule “{escaped(each.taken.label)}” ({escaped(each.table.title)})."
        for each in step.rules
    )
    return f"{escaped(step.question.ask)} **{escaped(step.said)}** ({origin}).{route}"


def _options(walk: Walk, chosen: Outcome) -> Iterator[str]:
    """Give the chosen outcome, those one answer away, and how many others there are."""
    near = {chosen.id}
    for turn in turns(walk):
        near |= {each.id for each in ((turn.outcome,) if turn.outcome else turn.among)}
    yield escaped(chosen.title)
    for each in walk.tree.outcomes:
        if each.id in near and each is not chosen:
            yield escaped(each.title)
    others = len(walk.tree.outcomes) - len(near)
    if others:
        yield f"{others} more that the tree knows, each further than one answer away"


def _decision(walk: Walk, outcome: Outcome) -> Iterator[str]:
    yield "## Decision Outcome"
    yield f'Chosen option: "{escaped(outcome.title)}", because that is where these answers lead.'
    yield outcome.advice.strip()
    if outcome.steps:
        yield "To do, in this order:"
        yield "\n".join(f"{n}. {escaped(step)}" for n, step in enumerate(outcome.steps, 1))
    yield "### Consequences"
    yield _list(_consequences(walk, outcome))
    yield "### Confirmation"
    yield f"Look again: {escaped(outcome.again)}"
    checks = [
        f"{escaped(step.question.ask)} {escaped(step.question.unknown.find_out)}"
        for step in walk.assumed
        if step.question.unknown.find_out
    ]
    if checks:
        yield "What was assumed can be found out:"
        yield _list(checks)
    if any(step.question.witnesses for step in walk.path):
        again = code(f"be-tui decide {walk.tree.id} --auto")
        yield f"What was measured is measured again by {again}."


def _consequences(walk: Walk, outcome: Outcome) -> Iterator[str]:
    yield _DOORS[outcome.door]
    yield f"Bad, if it turns out wrong: {escaped(outcome.price)}"
    for step in walk.assumed:
        yield (
            f"Bad, if an assumption is wrong ({escaped(step.question.ask)}"
            f" {escaped(step.option.label)}): {escaped(step.question.unknown.price)}"
        )


def _evidence(supports: Sequence[Support]) -> Iterator[str]:
    if supports:
        yield "### Evidence"
    seen = set()
    for each in supports:
        found = each.evidence
        if found.probe in seen:
            continue
        seen.add(found.probe)
        yield f"**{escaped(found.asked)}** {escaped(found.found)}"
        yield _list(_fact(fact) for fact in found.facts)
        parts = [found.how, f"confidence {found.confidence}"]
        parts += [f"taken {escaped(found.taken)}"] if found.taken else []
        parts += [f"seen by {code(found.command)}"] if found.command else []
        yield f"({', '.join(parts)})"


def _fact(fact: Fact) -> str:
    return f"{escaped(fact.text)} ({code(fact.place)})" if fact.place else escaped(fact.text)


def _earlier(earlier: Earlier | None, outcome: Outcome) -> str:
    """Give the way to an earlier record of the same decision; empty where there is none."""
    if earlier is None:
        return ""
    link = f"[{escaped(earlier.name)}]({quote(earlier.name)})"
    if earlier.outcome == outcome.id:
        return f"Earlier record: {link}, which came to the same."
    return f"Earlier record: {link}, which came to “{escaped(earlier.title)}”."


def _turns(walk: Walk) -> Iterator[str]:
    yield "### What would change this"
    changes = [_turn(turn) for turn in turns(walk)]
    if changes:
        yield _list(changes)
        return
    found = flips(walk)
    yield escaped(together_words(found))
    if found.sets:
        yield _list(map(_flip, found.sets[:_SETS]))


def _flip(flip: Flip) -> str:
    told = escaped(changes_words(flip.changes))
    then = flip.outcome.title if flip.outcome else f"{len(flip.among)} outcomes are possible"
    return f"With {told}: {escaped(then)}"


def _authorities(walk: Walk) -> Iterator[str]:
    found = stances(walk)
    if found:
        yield "### What authorities say"
        yield _list(map(_stance, found))


def _stance(stance: Stance) -> str:
    title, position = escaped(stance.authority.title), stance.position
    if position is None:
        return f"{title} says nothing here."
    cited = ", ".join(linked(str(each), each.url) for each in position.sources)
    said = f"{title}: {escaped(position.says)}" + (f" ({cited})" if cited else "")
    if stance.agrees or stance.outcome is None:
        return f"{said} It agrees."
    return f"{said} It would be: {escaped(stance.outcome.title)}. {escaped(decides_words(stance))}"


def _turn(turn: Turn) -> str:
    if turn.outcome:
        then = f"it would be: {escaped(turn.outcome.title)}"
    else:
        asks = escaped(turn.opens.ask) if turn.opens else ""
        then = f"it would have to be asked: {asks} ({len(turn.among)} outcomes are possible)"
    assumed = " (assumed so far)" if turn.step.answer.unknown else ""
    ask = escaped(turn.step.question.ask)
    return f"{ask}{assumed} With “{escaped(turn.option.label)}” {then}"


def _sources(walk: Walk, outcome: Outcome) -> Iterator[str]:
    cited: dict[str, Source] = {}
    for source in (
        *(each for step in walk.path for each in step.question.sources),
        *outcome.sources,
    ):
        cited.setdefault(str(source), source)
    if cited:
        yield "### Sources"
        yield _list(linked(text, source.url) for text, source in cited.items())
    if outcome.references:
        yield "To read on: " + ", ".join(
            code(f"be-tui refs show {address}") for address in outcome.references
        )


def _block(walk: Walk, outcome: Outcome) -> Iterator[str]:
    yield "### For be-tui"
    yield "What a program needs to walk this again:"
    # JSON texts hold no bare line break, so no line of it can end the fence.
    yield f"```json {BLOCK}\n{json.dumps(decision_json(walk, outcome), indent=2)}\n```"


def decision_json(walk: Walk, outcome: Outcome) -> dict[str, Json]:
    """Give what a program needs to walk the same path again, and to compare the measures."""
    probes = {witness.probe for step in walk.path for witness in step.question.witnesses}
    return {
        "format": 1,
        "tree": walk.tree.id,
        "version": walk.tree.version,
        "answers": [
            {
                "question": step.question.id,
                "option": step.answer.option,
                "origin": step.answer.origin,
                **({"assumed": step.option.id} if step.answer.unknown else {}),
                **({} if step.answer.value is None else {"value": step.answer.value}),
            }
            for step in walk.path
        ],
        "outcome": outcome.id,
        "evidence": [
            {
                "probe": each.probe,
                "taken": each.taken,
                "measures": {measure.name: measure.value for measure in each.measures},
            }
            for each in walk.evidence
            if each.probe in probes and each.measures
        ],
    }


def _list(texts: Iterable[str]) -> str:
    return "\n".join(f"* {text}" for text in texts)
