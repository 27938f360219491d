"""What evidence answers: what measures support, and a walk answered by them.

support(question, evidence)      what each probe supports, the surest first
proposal(question, evidence)     what they come to together: the answer to offer
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.decisions.model import Answer, Support
from be_tui.core.decisions.replay import measures_of
from be_tui.core.knowledge import NONE, conditions_of, holds, is_measure, names, ticked, ticks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from be_tui.core.decisions.walk import Walk
    from be_tui.core.evidence import Evidence, Value
    from be_tui.core.knowledge import Question, Reading, Tree, Witness

_SURE = {"high": 0, "medium": 1, "low": 2}
_HOW = {"measured": 0, "parsed": 1, "stated": 2, "heuristic": 3}


def support(question: Question, evidence: Sequence[Evidence]) -> tuple[Support, ...]:
    """Give the answers that evidence supports, the surest first.

    One answer a probe: its first reading that holds; where several options can be ticked, all
    that its readings tick. What is equally sure keeps the order in which the tree names its
    probes.
    """
    measures = measures_of(evidence)
    by_probe = {each.probe: each for each in evidence}
    found = [
        _read(question, witness, by_probe[witness.probe], measures)
        for witness in question.witnesses
        if witness.probe in by_probe
    ]
    return tuple(sorted((each for each in found if each), key=_rank))


def proposal(question: Question, evidence: Sequence[Evidence]) -> Support | None:
    """Give the answer that evidence comes to; None where it supports none.

    Where several options can be ticked that is all of what any probe ticks, and it is as sure as
    the least sure of them; else the surest answer.
    """
    supports = support(question, evidence)
    if question.kind != "several":
        return supports[0] if supports else None
    return _joined(question, supports)


def _read(
    question: Question, witness: Witness, evidence: Evidence, measures: dict[str, Value]
) -> Support | None:
    held = (
        found
        for reading in witness.readings
        if holds(reading.when, measures.get)
        and (found := _taken(question, reading, evidence, measures))
    )
    if question.kind == "several":
        return _joined(question, tuple(held))
    return next(held, None)


def _taken(
    question: Question, reading: Reading, evidence: Evidence, measures: dict[str, Value]
) -> Support | None:
    """Give what a reading that holds answers; None where its number is out of bounds."""
    if not reading.takes:
        option, number = question.option(reading.answer), None
    else:
        value = measures.get(reading.takes)
        number = None if isinstance(value, (str, bool)) or value is None else float(value)
        option = None if number is None else question.band(number)
    return Support(question.id, option.id, reading.says, evidence, number) if option else None


def _joined(question: Question, supports: tuple[Support, ...]) -> Support | None:
    """Tick all that is supported; nothing is ticked only where nothing at all is supported."""
    some = tuple(each for each in supports if each.option != NONE) or supports[:1]
    if not some:
        return None
    ids = {tick for each in some for tick in ticks(each.option)}
    option = ticked(each.id for each in question.options if each.id in ids)
    says = "; ".join(dict.fromkeys(each.says for each in some))
    return Support(question.id, option, says, some[-1].evidence)


def _rank(each: Support) -> tuple[int, int]:
    return _SURE[each.evidence.confidence], _HOW[each.evidence.how]


def answer_from_evidence(walk: Walk, evidence: Sequence[Evidence]) -> Walk:
    """Answer every open question: as evidence supports, else with `I don't know`.

    Answers that stand already are left as they are.
    """
    walk = walk.with_evidence(evidence)
    while (question := walk.question) is not None and walk.outcome is None:
        found = proposal(question, evidence)
        walk = walk.give(found.answer if found else Answer(question.id, ""))
    return walk


def probes_of(tree: Tree) -> tuple[str, ...]:
    """Give the ids of the probes whose word a tree reads, in the order of its questions.

    Those are the probes that its questions name, then those that give any other measure
    which its readings or routes ask for. A probe that be-tui does not have is left out: the
    tree may be made for another version, and asks the person then.
    """
    named: dict[str, None] = {}
    measures: dict[str, None] = {}
    for question in tree.questions:
        named.update((witness.probe, None) for witness in question.witnesses)
        asked = [each.when for witness in question.witnesses for each in witness.readings]
        asked += conditions_of(question)
        for condition in asked:
            measures.update((name, None) for name in names(condition) if is_measure(name))
        readings = (each for witness in question.witnesses for each in witness.readings)
        measures.update((each.takes, None) for each in readings if each.takes)
    from be_tui.core.project import all_probes

    probes = {probe.id: probe for probe in all_probes()}
    giver = {measure: probe.id for probe in probes.values() for measure in probe.measures}
    named.update((giver[measure], None) for measure in measures if measure in giver)
    return tuple(each for each in named if each in probes)
