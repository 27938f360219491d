"""What evidence answers."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from be_tui.core.decisions import answer_from_evidence, probes_of, start, support
from be_tui.core.evidence import Evidence
from be_tui.core.knowledge.conditions import Compares
from be_tui.core.knowledge.model import Reading, Route, Tree, Witness
from tests.core.decisions.strategies import evidence, evidences, example_tree, trees


def test_the_first_reading_that_holds_is_the_support() -> None:
    tests = example_tree().questions[2]
    (found,) = support(tests, [evidence("size", {"size.tests": 0})])
    assert (found.question, found.option, found.says) == ("tests", "none", "no test was found")
    assert found.evidence.probe == "size"


def test_without_the_probe_or_its_measure_there_is_no_support() -> None:
    tests = example_tree().questions[2]
    assert support(tests, []) == ()
    assert support(tests, [evidence("size", {"size.files": 3})]) == ()
    assert support(tests, [Evidence("size", "?", "", trouble="no permission")]) == ()


def test_the_surest_support_comes_first_and_equals_keep_the_trees_order() -> None:
    def witness(probe: str, answer: str) -> Witness:
        return Witness(probe, (Reading(Compares(f"{probe}.n", "above", 0), answer, probe),))

    names = ("guess", "count", "other", "vague")
    question = replace(
        example_tree().questions[2], witnesses=tuple(witness(name, "some") for name in names)
    )
    found = support(
        question,
        [
            replace(evidence("vague", {"vague.n": 1}), confidence="low"),
            replace(evidence("guess", {"guess.n": 1}), how="heuristic"),
            evidence("count", {"count.n": 1}),
            evidence("other", {"other.n": 1}),
        ],
    )
    assert [each.says for each in found] == ["count", "other", "guess", "vague"]


def test_evidence_answers_what_it_can_and_the_rest_is_not_known() -> None:
    walk = start(example_tree()).answer("felt", "yes")
    walked = answer_from_evidence(walk, [evidence("size", {"size.tests": 4})])
    assert [(step.question.id, step.option.id, step.origin) for step in walked.path] == [
        ("felt", "yes", "stated"),
        ("where", "database", "assumed"),
        ("tests", "some", "measured"),
    ]


def test_a_walk_looked_back_at_is_answered_to_its_end_all_the_same() -> None:
    walk = start(example_tree()).answer("felt", "yes").back()
    assert answer_from_evidence(walk, []).outcome is not None


def test_a_tree_names_its_probes_and_those_that_give_the_measures_of_its_routes() -> None:
    tree = example_tree()
    felt, where, tests = tree.questions
    route = Route(Compares("deploy.units", "above", 3), "profile", "many units")
    where = replace(where, routes=(*where.routes, route))
    tests = replace(tests, witnesses=(Witness("todos", ()), Witness("tests", ())))
    assert probes_of(replace(tree, questions=(felt, where, tests))) == (
        "todos",
        "tests",
        "deploy-units",
    )


def test_a_probe_that_there_is_not_is_not_asked() -> None:
    assert probes_of(example_tree()) == ()


@given(trees(), evidences())
def test_a_walk_answered_from_evidence_always_ends(
    tree: Tree, measured: tuple[Evidence, ...]
) -> None:
    assert answer_from_evidence(start(tree), measured).outcome is not None
