"""Two versions of a tree compared, against walking one after the other in every way."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings

from be_tui.core.decisions import compare_trees
from be_tui.core.decisions.readings import readings
from be_tui.core.decisions.replay import Nodes, lead
from be_tui.core.knowledge.changes import OptionRenamed, Removed, Renamed, Revision, Split
from be_tui.core.knowledge.conditions import is_measure, names
from be_tui.core.knowledge.model import Option, Question, Tree, Unknown
from be_tui.core.knowledge.tables import conditions_of
from tests.core.decisions.strategies import example_tree, outcome, trees
from tests.core.decisions.test_flipping import voting
from tests.core.decisions.test_leading import ten_questions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.decisions import Comparison, Pair
    from be_tui.core.evidence import Value

    Given = dict[str, Value | None]
    """What is answered and measured, by name."""

    Sets = dict[frozenset[tuple[str, Value | None]], tuple[str, str]]

small = trees().filter(lambda tree: len(tree.questions) <= 3)


def ends(pair: Pair) -> tuple[str, str]:
    return pair.before.id if pair.before else "", pair.after.id if pair.after else ""


def counts(found: Comparison) -> dict[tuple[str, str], int]:
    return {ends(pair): pair.sets for pair in found.pairs}


def one_after_the_other(before: Tree, after: Tree) -> Sets:
    """Walk the one in every way, then the other with the same answers, and so on."""
    values = dict(readings(before, after))
    for tree in (before, after):
        for question in tree.questions:
            ids = [each.id for each in question.answers]
            values[question.id] = tuple(dict.fromkeys((*values.get(question.id, ()), *ids)))

    def step(nodes: Nodes, node_id: str, told: Given, seen: Given) -> Iterator[tuple[Given, str]]:
        node = nodes[node_id]
        if not isinstance(node, Question):
            yield told, node_id
            return
        if node.id in told and node.option(str(told[node.id])) is None:
            yield told, ""
            return
        read = [n for when in conditions_of(node) for n in names(when) if is_measure(n)]
        missing = next((each for each in (node.id, *read) if each not in told), None)
        if missing is not None:
            for value in values[missing]:
                yield from step(nodes, node_id, {**told, missing: value}, seen)
            return
        known = {**seen, **{each: told[each] for each in (node.id, *read)}}
        option = node.option(str(told[node.id]))
        assert option is not None
        yield from step(nodes, lead(node, option, known.get)[0], told, known)

    first, second = Nodes(before), Nodes(after)
    return {
        frozenset(both.items()): (then, now)
        for told, then in step(first, before.first, {}, {})
        for both, now in step(second, after.first, told, {})
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(small, small)
def test_counts_are_those_of_walking_one_after_the_other(before: Tree, after: Tree) -> None:
    truth = one_after_the_other(before, after)
    found = compare_trees(before, after)
    assert found.whole
    assert counts(found) == Counter(truth.values())
    for pair in found.pairs:
        witness = frozenset((each.name, each.value) for each in pair.witness)
        assert truth[witness] == ends(pair)
        assert len(witness) == min(len(s) for s, each in truth.items() if each == ends(pair))


@settings(max_examples=40, deadline=None)
@given(trees())
def test_a_tree_is_as_it_was_compared_with_itself(tree: Tree) -> None:
    found = compare_trees(tree, tree)
    assert (found.changed, found.new, found.apart) == ((), (), ())
    assert all(ends(pair)[0] == ends(pair)[1] for pair in found.pairs)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(small, small)
def test_a_sample_finds_nothing_that_is_not_there_and_says_what_it_is(
    before: Tree, after: Tree
) -> None:
    sampled = compare_trees(before, after, limit=0)
    assert not sampled.whole
    assert sampled.sets == 1_000
    assert sampled == compare_trees(before, after, limit=0)
    assert set(counts(sampled)) <= set(counts(compare_trees(before, after)))


def test_a_changed_target_is_told_with_the_fewest_answers_that_show_it() -> None:
    before = example_tree()
    tests = before.questions[2]
    other = replace(tests, options=(tests.options[0], replace(tests.options[1], to="leave")))
    after = replace(before, version=4, questions=(*before.questions[:2], other))
    found = compare_trees(before, after)
    (pair,) = found.changed
    assert ends(pair) == ("pin", "leave")
    assert (pair.witness[0].name, pair.witness[0].value) == ("felt", "yes")
    assert {"felt", "where", "tests"} <= {each.name for each in pair.witness}
    assert found.sets == sum(each.sets for each in found.pairs)


def test_sets_are_counted_and_not_walked_one_by_one() -> None:
    found = compare_trees(voting(40, 3), voting(40, 4))
    assert found.whole
    assert found.sets == 2**40
    (pair,) = found.changed
    assert (ends(pair), pair.sets) == (("go", "stay"), 2**36)
    assert len(pair.witness) == 40


def test_trees_too_wide_to_count_are_sampled_and_that_is_said() -> None:
    before = ten_questions()
    last = before.questions[-1]
    after = replace(last, routes=last.routes[:-1])
    found = compare_trees(before, replace(before, questions=(*before.questions[:-1], after)))
    assert not found.whole
    assert [ends(each) for each in found.changed] == [("o3", "o4")]


def yes_or_no(question_id: str, yes: str, no: str) -> Question:
    options = (Option("yes", "Yes", yes), Option("no", "No", no))
    return Question(question_id, f"{question_id}?", "so", options, Unknown("yes", "little"))


ENDS = tuple(outcome(each) for each in ("one", "two", "three"))


def tree_of(*questions: Question, version: int = 1, changes: tuple[Revision, ...] = ()) -> Tree:
    ids = (questions[0].id, questions, ENDS)
    return Tree("t", version, "T", "T?", "So.", *ids, changes=changes)


def test_an_answer_without_a_place_and_a_new_one_are_told_apart() -> None:
    before = tree_of(yes_or_no("big", "one", "two"))
    options = (Option("yes", "Yes", "one"), Option("maybe", "Perhaps", "three"))
    after = tree_of(replace(before.questions[0], options=options), version=2)
    found = compare_trees(before, after)
    assert counts(found) == {("one", "one"): 1, ("two", ""): 1, ("", "three"): 1}
    assert [ends(each) for each in found.changed] == [("two", "")]
    assert [ends(each) for each in found.new] == [("", "three")]
    assert {(each.side, each.kind, each.name) for each in found.apart} == {
        ("before", "option", "big.no"),
        ("after", "option", "big.maybe"),
    }
    assert [[each.only for each in pair.witness] for pair in found.pairs] == [
        [""],
        ["before"],
        ["after"],
    ]


def test_what_was_renamed_is_the_same() -> None:
    before = tree_of(yes_or_no("big", "one", "two"))
    options = (Option("yes", "Yes", "first"), Option("nope", "No", "two"))
    renamed = Revision(
        2,
        (Renamed("big", "large"),),
        (OptionRenamed("big", "no", "nope"),),
        (Renamed("one", "first"),),
    )
    after = Tree(
        "t",
        2,
        "T",
        "T?",
        "So.",
        "large",
        (replace(before.questions[0], id="large", options=options),),
        (outcome("first"), *ENDS[1:]),
        changes=(renamed,),
    )
    found = compare_trees(before, after)
    assert (found.changed, found.new, found.apart) == ((), (), ())
    assert found.renamed_outcomes == (("one", "first"),)
    assert compare_trees(before, replace(after, changes=())).changed


def test_a_split_question_is_followed_to_both_of_its_parts() -> None:
    before = tree_of(yes_or_no("big", "one", "two"))
    split = Revision(
        2,
        splits=(
            Split("big", "yes", (("wide", "yes"), ("deep", "no"))),
            Split("big", "no", (("wide", "no"),)),
        ),
    )
    after = tree_of(
        yes_or_no("wide", "deep", "two"),
        yes_or_no("deep", "three", "one"),
        version=2,
        changes=(split,),
    )
    found = compare_trees(before, after)
    assert counts(found) == {("one", "one"): 1, ("two", "two"): 1}
    other = replace(split, splits=(Split("big", "yes", (("wide", "yes"),)), split.splits[1]))
    found = compare_trees(before, replace(after, changes=(other,)))
    # What the old answer leaves open is asked for: both of its answers count.
    assert counts(found) == {("one", "one"): 1, ("one", "three"): 1, ("two", "two"): 1}


def test_a_removed_question_is_told_and_asked_for_no_more() -> None:
    before = tree_of(yes_or_no("big", "loud", "two"), yes_or_no("loud", "one", "three"))
    gone = Revision(2, removed=(Removed("loud", "", "it changed nothing"),))
    after = tree_of(yes_or_no("big", "one", "two"), version=2, changes=(gone,))
    found = compare_trees(before, after)
    assert counts(found) == {("one", "one"): 1, ("two", "two"): 1, ("three", "one"): 1}
    assert [(each.side, each.kind, each.name) for each in found.apart] == [
        ("before", "question", "loud")
    ]


def test_outcomes_that_only_one_has_are_told() -> None:
    before = tree_of(yes_or_no("big", "one", "two"))
    after = replace(before, version=2, outcomes=(*ENDS[:2], outcome("four")))
    found = compare_trees(before, after)
    assert [(each.side, each.kind, each.name) for each in found.apart] == [
        ("before", "outcome", "three"),
        ("after", "outcome", "four"),
    ]
    assert found.changed == ()


def test_a_number_is_compared_by_the_bounds_of_both_versions() -> None:
    bands = (Option("few", "Few", "one", below=10), Option("many", "Many", "two"))
    asked = Question(
        "rows", "How many?", "so", bands, Unknown("few", "x"), kind="number", unit="rows"
    )
    moved = replace(asked, options=(replace(bands[0], below=20), bands[1]))
    found = compare_trees(tree_of(asked), tree_of(moved, version=2))
    assert counts(found) == {("one", "one"): 1, ("two", "one"): 1, ("two", "two"): 1}
    (pair,) = found.changed
    assert pair.witness[0].value == 10
