"""What evidence answers: the option that measures support, and a walk answered by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.decisions.model import Support
from be_tui.core.decisions.replay import measures_of
from be_tui.core.knowledge import holds, is_measure, names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from be_tui.core.decisions.walk import Walk
    from be_tui.core.evidence import Evidence, Value
    from be_tui.core.knowledge import Question, Tree, Witness

_SURE = {"high": 0, "medium": 1, "low": 2}
_HOW = {"measured": 0, "parsed": 1, "stated": 2, "heuristic": 3}


def support(question: Question, evidence: Sequence[Evidence]) -> tuple[Support, ...]:
    """Give the answers that evidence supports, the surest first.

    One answer a probe: its first reading that holds. What is equally sure keeps the order
    in which the tree names its probes.
    """
    measures = measures_of(evidence)
    by_probe = {each.probe: each for each in evidence}
    found = [
        _read(question, witness, by_probe[witness.probe], measures)
        for witness in question.witnesses
        if witness.probe in by_probe
    ]
    return tuple(sorted((each for each in found if each), key=_rank))


def _read(
    question: Question, witness: Witness, evidence: Evidence, measures: dict[str, Value]
) -> Support | None:
    for reading in witness.readings:
        if holds(reading.when, measures.get):
            return Support(question.id, reading.answer, reading.says, evidence)
    return None


def _rank(each: Support) -> tuple[int, int]:
    return _SURE[each.evidence.confidence], _HOW[each.evidence.how]


def answer_from_evidence(walk: Walk, evidence: Sequence[Evidence]) -> Walk:
    """Answer every open question: as evidence supports, else with `I don't know`.

    Answers that stand already are left as they are.
    """
    walk = walk.with_evidence(evidence)
    while (question := walk.question) is not None and walk.outcome is None:
        supports = support(question, evidence)
        option = supports[0].option if supports else ""
        walk = walk.answer(question.id, option, origin="measured")
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
        asked += [route.when for route in question.routes]
        for condition in asked:
            measures.update((name, None) for name in names(condition) if is_measure(name))
    from be_tui.core.project import all_probes

    probes = {probe.id: probe for probe in all_probes()}
    giver = {measure: probe.id for probe in probes.values() for measure in probe.measures}
    named.update((giver[measure], None) for measure in measures if measure in giver)
    return tuple(each for each in named if each in probes)
