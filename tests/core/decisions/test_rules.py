"""Rules as data: tables that lead on without asking, rules that overlap, what is monotonic."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from itertools import product
from math import prod
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from be_tui.core.decisions import (
    distribution,
    dot,
    doubts,
    map_words,
    mermaid,
    prove,
    report,
    start,
    tree_map,
    turns,
    walked_page,
)
from be_tui.core.decisions.ordering import disorder
from be_tui.core.decisions.outlook import outlook
from be_tui.core.decisions.readings import readings
from be_tui.core.decisions.ways import explore
from be_tui.core.document import to_text
from be_tui.core.knowledge import Monotonic, Table, attached
from be_tui.core.knowledge.conditions import All, Compares, Is
from be_tui.core.knowledge.model import Option, Question, Route, Tree, Unknown
from be_tui.core.knowledge.packs import PackFile
from be_tui.core.knowledge.survey import survey
from tests.core.decisions.strategies import conditions, evidence, outcome, trees
from tests.core.decisions.test_leading import SLACK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from be_tui.core.decisions import Trail, Walk
    from be_tui.core.evidence import Evidence
    from be_tui.core.knowledge import Condition


def question(name: str, *options: tuple[str, str], routes: tuple[Route, ...] = ()) -> Question:
    """Give a question of which only the options and routes matter."""
    made = tuple(Option(each, each, to) for each, to in options)
    return Question(
        name, f"{name}?", "so", made, Unknown(made[0].id, "none"), routes=routes, line=7
    )


def table(name: str, *rules: Route, to: str) -> Table:
    """Give a table; it leads `to` where no rule holds."""
    return Table(name, f"Table {name}", rules, Option("otherwise", "else", to), line=9)


def tree_of(*questions: Question, tables: tuple[Table, ...] = (), ends: str = "x y z") -> Tree:
    """Give a tree that begins at the first question."""
    outcomes = tuple(outcome(each) for each in ends.split())
    asked = attached(questions, tables)
    return Tree(
        "small", 1, "S", "What?", "So.", asked[0].id, asked, outcomes, "s.yaml", tables=tables
    )


def both(a: str, b: str) -> Condition:
    return All((Is("a", (a,)), Is("b", (b,))))


def two_step(*rules: Route) -> Tree:
    """Give a tree of two questions whose answers a table decides about."""
    asked = (question("a", ("1", "b"), ("2", "b")), question("b", ("1", "t"), ("2", "t")))
    return tree_of(*asked, tables=(table("t", *rules, to="x"),))


ONE_TWO = (Route(both("1", "2"), "y", "one and two"), Route(both("2", "2"), "z", "twice two"))


def doubtful_rules() -> Iterator[Tree]:
    """Give trees with every doubt that rules can leave."""
    yield two_step(ONE_TWO[0], Route(Is("b", ("2",)), "z", "two"), ONE_TWO[1])
    asked = question("a", ("1", "x"), ("2", "y"), ("3", "x"))
    tree = tree_of(asked, ends="x y")
    yield replace(tree, monotonic=(Monotonic("a", "never back", ("x",), line=3),))
    ticked = replace(question("a", ("1", "x"), ("2", "x")), kind="several")
    ticked = replace(ticked, routes=(Route(Is("a", ("1",)), "y", "one"),))
    yield tree_of(ticked, ends="x y")


def told(tree: Tree) -> list[tuple[str, str]]:
    return [(each.rule, each.message) for each in doubts(tree)]


@pytest.mark.parametrize(
    ("a", "b", "end"), [("1", "1", "x"), ("1", "2", "y"), ("2", "2", "z"), ("2", "1", "x")]
)
def test_a_table_leads_on_at_once_by_its_first_rule_that_holds(a: str, b: str, end: str) -> None:
    walk = start(two_step(*ONE_TWO)).answer("a", a).answer("b", b)
    assert walk.outcome
    assert walk.outcome.id == end
    assert [step.question.id for step in walk.path] == ["a", "b"]


def chained() -> Tree:
    """Give a tree in which a route leads to a table, and that one to another."""
    to_table = Route(Is("a", ("1",)), "t", "one")
    big = Route(Compares("size.files", "above", 10), "u", "big")
    small = Route(Compares("size.files", "at_most", 10), "y", "small")
    one = Route(Is("a", ("1",)), "b", "it was one")
    return tree_of(
        question("a", ("1", "x"), ("2", "z"), routes=(to_table,)),
        question("b", ("1", "y"), ("2", "z")),
        tables=(table("t", big, small, to="x"), table("u", one, to="x")),
    )


def test_tables_can_follow_each_other_and_what_is_not_measured_does_not_count() -> None:
    big = start(chained(), [evidence("size", {"size.files": 11.0})]).answer("a", "1")
    assert big.question
    assert big.question.id == "b"
    assert [(each.table.id, each.taken.label) for each in big.path[0].rules] == [
        ("t", "big"),
        ("u", "it was one"),
    ]
    small = start(chained(), [evidence("size", {"size.files": 2.0})]).answer("a", "1")
    assert small.end.id == "y"
    assert start(chained()).answer("a", "1").end.id == "x"
    # What can still come is the same whether it is counted or bounded.
    assert outlook(big).outcomes == {"y", "z"}


def test_every_part_of_a_table_is_proved_with_a_walk_there() -> None:
    proof = prove(chained())
    assert proof.whole
    found = {(p.kind, p.node, p.name): str(p.trail) for p in proof.parts if p.trail}
    assert found["table", "u", ""] == "a=1 (size.files is 11)"
    assert found["route", "t", "small"] == "a=1 (size.files is 9)"
    assert found["target", "t", "otherwise"] == "a=1"
    missed = [(p.kind, p.node, p.name) for p in proof.missed]
    assert missed == [("target", "a", "1"), ("target", "u", "otherwise")]
    assert (
        "tree-unused-target",
        "`1` never leads to `x` itself: a route always takes it elsewhere",
    ) in told(chained())
    assert (
        "tree-unused-target",
        "`otherwise` never leads to `x` itself: a rule always takes it elsewhere",
    ) in told(chained())


def test_rules_that_both_hold_and_lead_apart_are_told_with_a_shortest_walk() -> None:
    general = Route(Is("b", ("2",)), "z", "two")
    tree = two_step(ONE_TWO[0], general)
    assert told(tree) == [
        (
            "tree-overlap",
            "the rules `one and two` and `two` both hold and lead apart: a=1, b=2",
        )
    ]
    meant = two_step(replace(ONE_TWO[0], over=("two",)), general)
    assert told(meant) == []
    same = two_step(ONE_TWO[0], replace(general, to="y"))
    assert "tree-overlap" not in {rule for rule, _ in told(same)}


def routed(*routes: Route) -> Tree:
    return tree_of(
        question("a", ("1", "b"), ("2", "b")),
        question("b", ("1", "x"), ("2", "x"), routes=routes),
    )


def test_of_routes_only_those_are_told_of_which_neither_is_an_exception_to_the_other() -> None:
    narrow, wide = Route(both("1", "2"), "y", "narrow"), Route(Is("b", ("2",)), "z", "wide")
    assert "tree-overlap" not in {rule for rule, _ in told(routed(narrow, wide))}
    across = Route(Is("a", ("1",)), "y", "across")
    overlap = "the routes `across` and `wide` both hold and lead apart: a=1, b=2"
    assert ("tree-overlap", overlap) in told(routed(across, wide))
    meant = routed(replace(across, over=("wide",)), wide)
    assert "tree-overlap" not in {rule for rule, _ in told(meant)}


def test_a_rule_that_is_always_overtaken_is_told_once() -> None:
    wide = Route(Is("b", ("2",)), "z", "two")
    tree = two_step(wide, ONE_TWO[0])
    rules = [rule for rule, _ in told(tree)]
    assert rules.count("tree-shadowed-route") == 1
    assert "tree-overlap" not in rules


def test_a_tick_that_nothing_reads_is_told() -> None:
    ticked = replace(question("a", ("1", "x"), ("2", "x"), ("3", "x")), kind="several")
    reads = Route(Is("a", ("1", "3")), "y", "one")
    tree = tree_of(replace(ticked, routes=(reads,)), ends="x y")
    assert told(tree) == [
        ("tree-idle-tick", "ticking `2` changes nothing: no route or rule reads it")
    ]
    none = Route(Is("a", ("none",)), "y", "none")
    assert told(tree_of(replace(ticked, routes=(none,)), ends="x y")) == []


def ordered(
    *options: tuple[str, str], never_towards: tuple[str, ...] = (), along: tuple[str, ...] = ()
) -> Tree:
    """Give a tree that declares an order of one question after another one."""
    tree = tree_of(
        question("free", ("l", "a"), ("r", "a")),
        question("a", *options),
        question("b", ("1", "y"), ("2", "z")),
    )
    order = Monotonic("a", "more never speaks for less", never_towards, along)
    return replace(tree, monotonic=(order,))


def test_what_is_declared_monotonic_and_is_so_leaves_no_doubt() -> None:
    tree = ordered(("1", "x"), ("2", "x"), ("3", "b"), never_towards=("x",))
    assert prove(tree).breaches == ()
    assert prove(ordered(("1", "x"), ("2", "y"), ("3", "b"), along=("x", "y", "z"))).breaches == ()


def test_what_is_declared_monotonic_and_is_not_is_refuted_by_a_shortest_pair_of_walks() -> None:
    (breach,) = prove(ordered(("1", "b"), ("2", "x"), never_towards=("x",))).breaches
    assert str(breach.earlier) == "free=l, a=1, b=1"
    assert str(breach.later) == "free=l, a=2"
    assert breach.ends == ("y", "x")
    back = ordered(("1", "b"), ("2", "y"), along=("x", "y", "z"))
    (rule, message), *_ = [each for each in told(back) if "monotonic" in each[0]]
    assert rule == "tree-not-monotonic"
    assert message == (
        "`more never speaks for less` does not hold: free=l, a=1, b=2 comes to `z`,"
        " free=l, a=2 to `y`"
    )


def test_a_later_question_gets_the_same_answer_in_both_walks() -> None:
    # With `b` answered alike, `2` never leads back; with different answers it would.
    tree = ordered(("1", "b"), ("2", "b"), along=("x", "y", "z"))
    assert prove(tree).breaches == ()


def test_more_pairs_than_can_be_tried_are_no_proof() -> None:
    tree = ordered(("1", "b"), ("2", "x"), along=("y", "z"))
    (declared,) = tree.monotonic
    assert disorder(explore(tree), declared, 100).whole
    assert not disorder(explore(tree), declared, 0).whole


@st.composite
def tabled(draw: st.DrawFn) -> Tree:
    """Give a random tree in which a table stands before some of the outcomes."""
    tree = draw(trees())
    ends = st.sampled_from([each.id for each in tree.outcomes])
    first = tree.questions[0]
    rules = tuple(
        Route(draw(conditions(0)), draw(ends), f"rule {place}")
        for place in range(draw(st.integers(1, 3)))
    )
    made = table("t", *rules, to=draw(ends))
    options = (replace(first.options[0], to="t"), *first.options[1:])
    if first.kind == "several":
        options = tuple(replace(each, to="t") for each in first.options)
    asked = attached((replace(first, options=options), *tree.questions[1:]), (made,))
    order = Monotonic("q0", "so", (draw(ends),)) if first.kind != "several" else None
    return replace(tree, questions=asked, tables=(made,), monotonic=(order,) if order else ())


def every_measured(tree: Tree) -> Iterator[tuple[Evidence, ...]]:
    values = readings(tree)
    for taken in product(*values.values()):
        known = {n: v for n, v in zip(values, taken, strict=True) if v is not None}
        yield (evidence("any", known),) if known else ()


def every_end(walk: Walk) -> Iterator[Walk]:
    if walk.question is None:
        yield walk
        return
    for option in walk.question.answers:
        yield from every_end(walk.answer(walk.question.id, option.id))


few = settings(max_examples=25, deadline=None)
WALKED = 1_000
"""Sets of answers and readings that are walked one by one within a moment."""


@few
@given(tabled())
def test_what_rules_lead_to_is_what_trying_all_answers_finds(tree: Tree) -> None:
    shortest: dict[tuple[str, str, str], int] = {}
    for measured in every_measured(tree):
        for walk in every_end(start(tree, measured)):
            for count, step in enumerate(walk.path, 1):
                for rule in step.rules:
                    name = (
                        ("route", rule.taken.label) if rule.place >= 0 else ("target", "otherwise")
                    )
                    part = (*name, rule.table.id)
                    shortest[part] = min(count, shortest.get(part, count))
    found = {
        (part.kind, part.name, part.node): len(part.trail.answers)
        for part in prove(tree).parts
        if part.trail and part.node == "t" and part.kind != "table"
    }
    assert found == shortest


@few
@given(tabled())
def test_an_order_is_refuted_if_and_only_if_two_whole_sets_of_answers_refute_it(tree: Tree) -> None:
    sizes = [*map(len, readings(tree).values()), *(len(each.answers) for each in tree.questions)]
    assume(prod(sizes) <= WALKED)
    refuted = any(
        not order.keeps(one.end.id, other.end.id)
        for order in tree.monotonic
        for measured in every_measured(tree)
        for one, other in pairs(tree, measured)
    )
    assert bool(prove(tree).breaches) == refuted


def pairs(tree: Tree, measured: tuple[Evidence, ...]) -> Iterator[tuple[Walk, Walk]]:
    """Give every two walks that differ in the answer to the first question only."""
    later = tree.questions[1:]
    options = tree.questions[0].options
    for answers in product(*(question.answers for question in later)):
        ends = []
        for option in options:
            walk = start(tree, measured).answer("q0", option.id)
            for question, answer in zip(later, answers, strict=True):
                walk = walk.answer(question.id, answer.id)
            ends.append(walk)
        for place, one in enumerate(ends):
            yield from ((one, other) for other in ends[place + 1 :])


@few
@given(tabled())
def test_the_two_walks_of_a_breach_are_walks_that_break_the_order(tree: Tree) -> None:
    for breach in prove(tree).breaches:
        ends = tuple(walked(tree, trail).end.id for trail in (breach.earlier, breach.later))
        assert ends == breach.ends
        assert not breach.declared.keeps(*ends)
        both_gave = dict(breach.earlier.answers), dict(breach.later.answers)
        apart = {q for q in both_gave[0] if both_gave[1].get(q, both_gave[0][q]) != both_gave[0][q]}
        assert apart == {"q0"}


def walked(tree: Tree, trail: Trail) -> Walk:
    known = {name: value for name, value in trail.measures if value is not None}
    walk = start(tree, (evidence("any", known),) if known else ())
    for question_id, option in trail.answers:
        walk = walk.answer(question_id, option)
    return walk


def test_what_rules_led_to_is_told_in_the_path_and_to_programs() -> None:
    walk = start(two_step(*ONE_TWO)).answer("a", "1").answer("b", "2")
    assert "By the rule “one and two” (Table t)" in to_text(walked_page(walk), 80)
    step = json.loads(json.dumps(report(walk)))["path"][1]
    assert step["rules"] == [{"table": "t", "title": "Table t", "rule": "one and two", "to": "y"}]
    assert step["to"] == "y"
    assert [turn.outcome.id for turn in turns(walk) if turn.outcome] == ["z", "x"]
    shares = {each.outcome.id: each.share for each in distribution(start(walk.tree)).shares}
    assert shares == pytest.approx({"x": 0.5, "y": 0.25, "z": 0.25})


def test_maps_draw_a_table_with_a_label_on_each_way_out() -> None:
    walk = start(two_step(*ONE_TWO)).answer("a", "1").answer("b", "2")
    drawn = to_text(tree_map(walk.tree, walk), 80)
    assert "Table t" in drawn
    assert "✓ one and two → ◆ Outcome y" in drawn
    assert "twice two → Outcome z" in drawn
    assert "else → Outcome x" in drawn
    assert "Table t" in to_text(map_words(walk), 80)
    for text in (mermaid(walk.tree, walk), dot(walk.tree, walk)):
        assert "Table t" in text
        assert "twice two" in text


FORMS = """\
    options:
      a: {{label: A, to: {on}}}
      b: {{label: B, to: {on}}}
      c: {{label: C, to: o{o}}}
---
    kind: yes-no
    yes: {on}
    no: o{o}
---
    kind: number
    unit: pounds
    options:
      a: {{below: 100, to: {on}}}
      b: {{below: 2000, to: {on}}}
      c: {{to: o{o}}}
---
    kind: several
    otherwise: {on}
    options: {{a: {{label: A}}, b: {{label: B}}, c: {{label: C}}}}
    routes:
      - {{when: {{{own}: a}}, to: o{o}, label: a}}
      - {{when: {{{own}: [b, c]}}, to: o{p}, label: b or c}}
"""


def flow(number: int, count: int) -> str:
    """Give a tree file as large as those of a guide for citizens: kinds, a table, an order."""
    kinds = FORMS.split("---\n")
    assumed = ("a", "yes", "a", "none")
    lines = [f"tree: flow-{number}\nversion: 1\ntitle: F\nquestion: What?\nsummary: S\nfirst: q0\n"]
    lines.append("questions:\n")
    for place in range(count):
        kind, on = place % 4, f"q{place + 1}" if place + 1 < count else "t"
        form = kinds[kind].format(on=on, o=place % 8, p=(place + 1) % 8, own=f"q{place}")
        lines.append(f"  q{place}:\n    ask: Q?\n    why: W.\n{form}")
        lines.append(f"    unknown: {{assume: {assumed[kind]}, price: little}}\n")
    lines.append("tables:\n  t:\n    title: T\n    rules:\n")
    lines.append("      - {when: {q0: a, q2: a}, to: o1, label: both, over: [one]}\n")
    lines.append("      - {when: {q2: a}, to: o2, label: one}\n    otherwise: {to: o3}\n")
    lines.append("monotonic: [{question: q2, says: so, never_towards: [o1]}]\noutcomes:\n")
    end = "{title: E, advice: A, steps: [S], door: two-way, price: P, again: G}"
    lines += [f"  o{place}: {end}\n" for place in range(8)]
    return "".join(lines)


def test_thirty_files_with_355_questions_of_all_kinds_are_checked_and_proved_in_two_seconds(
    tmp_path: Path,
) -> None:
    sizes = [12] * 25 + [11] * 5
    assert sum(sizes) == 355
    files = []
    for number, size in enumerate(sizes):
        path = tmp_path / f"flow-{number}.yaml"
        path.write_text(flow(number, size), "utf-8")
        files.append(PackFile("tree", str(path), "project", ""))
    began = time.process_time()
    found = survey(files, prove=doubts)
    assert time.process_time() - began < 2 * SLACK
    assert len(found.items) == len(files)
    # Of each flow the routes of ticks overlap, and nothing else is said of any.
    assert {finding.rule for finding in found.findings} == {"tree-overlap"}


def test_where_too_much_is_read_to_count_what_a_table_may_lead_to_is_bounded() -> None:
    names = [f"q{place}" for place in range(9)]
    rules = tuple(Route(Is(name, ("1",)), "y", f"one of {name}") for name in names)
    asked = tuple(
        question(name, *((each, names[place + 1] if place < 8 else "t") for each in "1234"))
        for place, name in enumerate(names)
    )
    tree = tree_of(*asked, tables=(table("t", *rules, to="x"),), ends="x y")
    assert outlook(start(tree)).outcomes == {"x", "y"}
    assert outlook(start(tree).answer("q0", "1")).outcomes >= {"y"}
