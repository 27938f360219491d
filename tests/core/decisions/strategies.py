"""Random trees, evidence and walks over them; `example_tree` is one to reason about by hand."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from be_tui.core.decisions import start
from be_tui.core.evidence import Evidence, Measure
from be_tui.core.knowledge.conditions import All, AnyOf, Compares, Is, Not
from be_tui.core.knowledge.model import (
    Option,
    Outcome,
    Question,
    Reading,
    Route,
    Source,
    Tree,
    Unknown,
    Witness,
)

if TYPE_CHECKING:
    from be_tui.core.decisions import Walk
    from be_tui.core.evidence import Value
    from be_tui.core.knowledge.conditions import Condition

MEASURES = ("size.files", "size.lines", "store.name")
words = st.text(
    st.one_of(st.characters(categories=("L", "N", "Zs")), st.sampled_from("\"'[]{}()<>&|#`\\\n;%")),
    min_size=1,
    max_size=30,
)


def outcome(outcome_id: str, title: str = "") -> Outcome:
    """Give an outcome of which only the id and title matter."""
    return Outcome(
        outcome_id,
        title or f"Outcome {outcome_id}",
        f"Advice of **{outcome_id}**.",
        ("first", "then"),
        "two-way",
        "an hour",
        "next year",
    )


@st.composite
def trees(draw: st.DrawFn, labels: st.SearchStrategy[str] | None = None) -> Tree:
    """Give a tree of up to six questions in which each leads only to later ones.

    At most one of them can be answered by several options.
    """
    labels = st.just("") if labels is None else labels
    count = draw(st.integers(1, 6))
    ticked = draw(st.integers(0, 6))
    outcomes = tuple(outcome(f"o{index}", draw(labels)) for index in range(draw(st.integers(1, 4))))
    questions = tuple(
        _ticking(_question(draw, index, count, outcomes, labels, 2))
        if index == ticked
        else _question(draw, index, count, outcomes, labels, draw(st.integers(2, 3)))
        for index in range(count)
    )
    return Tree("random", 1, "Random", "What now?", "A tree.", "q0", questions, outcomes)


def _question(
    draw: st.DrawFn,
    index: int,
    count: int,
    outcomes: tuple[Outcome, ...],
    labels: st.SearchStrategy[str],
    size: int,
) -> Question:
    later = [f"q{other}" for other in range(index + 1, count)]
    target = st.sampled_from([*later, *(each.id for each in outcomes)])
    options = tuple(
        Option(f"a{each}", draw(labels) or f"Answer {each}", draw(target)) for each in range(size)
    )
    routes = tuple(
        Route(draw(conditions(index)), draw(target), draw(labels) or f"route {each}")
        for each in range(draw(st.integers(0, 2)))
    )
    reading = Reading(draw(conditions(-1)), draw(st.sampled_from(options)).id, "it says so")
    return Question(
        f"q{index}",
        draw(labels) or f"Question {index}?",
        "because",
        options,
        Unknown(draw(st.sampled_from(options)).id, "a day", "ask"),
        witnesses=(Witness("size", (reading,)),),
        routes=routes,
    )


def _ticking(question: Question) -> Question:
    """Give the same question as one of which several options can be ticked."""
    to = question.options[0].to
    options = tuple(replace(option, to=to) for option in question.options)
    return replace(question, options=options, kind="several")


@cache
def conditions(index: int) -> st.SearchStrategy[Condition]:
    """Give conditions over measures and over the answers up to a question."""
    measured: list[st.SearchStrategy[Condition]] = [
        st.builds(
            Compares,
            st.sampled_from(MEASURES[:2]),
            st.sampled_from(("below", "above", "at_least", "at_most")),
            st.sampled_from((0.0, 5.0, 10.0)),
        ),
        st.builds(Is, st.just("store.name"), st.just(("PostgreSQL",))),
    ]
    if index >= 0:
        answered = st.sampled_from([f"q{each}" for each in range(index + 1)])
        values = st.lists(st.sampled_from(("a0", "a1", "a2", "none")), min_size=1, max_size=2)
        measured.insert(0, st.builds(Is, answered, values.map(tuple)))
    leaves = st.one_of(measured)
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(All, st.lists(inner, min_size=1, max_size=2).map(tuple)),
            st.builds(AnyOf, st.lists(inner, min_size=1, max_size=2).map(tuple)),
            st.builds(Not, inner),
        ),
        max_leaves=3,
    )


@cache
def evidences() -> st.SearchStrategy[tuple[Evidence, ...]]:
    """Give evidence of none, one or two probes."""
    size = st.builds(
        lambda files, lines: evidence("size", {"size.files": files, "size.lines": lines}),
        st.integers(0, 20).map(float),
        st.integers(0, 20).map(float),
    )
    store = st.sampled_from(("PostgreSQL", "SQLite")).map(
        lambda name: evidence("store", {"store.name": name})
    )
    return st.tuples(st.none() | size, st.none() | store).map(
        lambda both: tuple(each for each in both if each)
    )


def evidence(probe: str, measures: dict[str, Value]) -> Evidence:
    """Give evidence of which only the measures matter."""
    named = tuple(Measure(name, value) for name, value in measures.items())
    return Evidence(probe, f"What of {probe}?", f"{probe} found", named)


@st.composite
def walks(draw: st.DrawFn, *, finished: bool = False) -> Walk:
    """Give a walk with some questions answered, in any order, or all that are asked."""
    walk = start(draw(trees()), draw(evidences()))
    for question in draw(st.lists(st.sampled_from(walk.tree.questions), max_size=4)):
        walk = walk.answer(question.id, draw(options_of(question)))
    while finished and walk.outcome is None and walk.question:
        walk = walk.answer(walk.question.id, draw(options_of(walk.question)))
    return walk


def options_of(question: Question) -> st.SearchStrategy[str]:
    """Give an answer to a question, `I don't know` among them."""
    return st.sampled_from(["", *(option.id for option in question.answers)])


def kinds_tree() -> Tree:
    """Give a small tree with a question of each kind, one after the other.

    live ─ no → wait
         └ yes → rate (requests per second) ─ few → wait
                                            └ some, many → slowest (a duration)
    slowest ─ quick → wait;  slow → signs (several) ─ from the route on locks → unlock
                                                    ├ on reads, where the rate is many → cache
                                                    └ otherwise → profile
    """
    live = Question(
        "live",
        "Is it live?",
        "What nobody uses is not slow.",
        (Option("yes", "Yes", "rate"), Option("no", "No", "wait")),
        Unknown("yes", "an hour"),
        kind="yes-no",
    )
    rate = Question(
        "rate",
        "How many requests come in a second, at the peak?",
        "Some cures pay only where there is much of it.",
        (
            Option("few", "Under 100", "wait", below=100),
            Option("some", "100 to 1,000", "slowest", below=1_000),
            Option("many", "1,000 or more", "slowest"),
        ),
        Unknown("few", "a slow day"),
        witnesses=(
            Witness("load", (Reading(All(()), "", "the access log says so", "load.rate"),)),
        ),
        kind="number",
        unit="requests per second",
        at_most=100_000,
    )
    slowest = Question(
        "slowest",
        "How long does the slowest request take?",
        "People wait for it.",
        (
            Option("quick", "Under 200 ms", "wait", below=0.2),
            Option("slow", "200 ms or more", "signs"),
        ),
        Unknown("slow", "a day"),
        kind="duration",
        unit="s",
        at_most=3_600,
    )
    reads = Reading(Compares("store.reads", "above", 10), "reads", "10 reads were slow")
    writes = Reading(Compares("store.writes", "above", 10), "writes", "10 writes were slow")
    fine = Reading(Compares("store.writes", "at_most", 10), "none", "no write was slow")
    signs = Question(
        "signs",
        "What do you see?",
        "Each sign has its own cure.",
        (
            Option("reads", "Slow reads", "profile"),
            Option("writes", "Slow writes", "profile"),
            Option("locks", "API calls that wait for a lock", "profile", "In the database's log."),
        ),
        Unknown("none", "a week"),
        witnesses=(Witness("reads", (reads,)), Witness("writes", (writes, fine))),
        routes=(
            Route(Is("signs", ("locks",)), "unlock", "locks"),
            Route(All((Is("signs", ("reads",)), Is("rate", ("many",)))), "cache", "much is read"),
        ),
        kind="several",
    )
    ends = ("wait", "cache", "unlock", "profile")
    return Tree(
        "kinds",
        1,
        "Kinds",
        "What now?",
        "A question of each kind.",
        "live",
        (live, rate, slowest, signs),
        tuple(outcome(each) for each in ends),
        path="kinds.yaml",
    )


def example_tree() -> Tree:
    """Give a small tree with a shared question, a route and a probe.

    felt ─ no → leave
         └ yes → where ─ database → tests
                       └ code → tests;  from the route on 200 files and more → profile
    tests ─ some → tune;  none → pin
    """
    source = Source("gregg", "Systems Performance", by="Brendan Gregg", section="ch. 2")
    felt = Question(
        "felt",
        "Does anyone feel it?",
        "What nobody feels needs no work.",
        (Option("no", "No", "leave"), Option("yes", "Yes", "where", note="users said so")),
        Unknown("no", "a slow page stays slow", "ask support"),
        sources=(source,),
    )
    where = Question(
        "where",
        "Where does the time go?",
        "Guesses are wrong more often than right.",
        (Option("database", "The database", "tests"), Option("code", "Our code", "tests")),
        Unknown("database", "a week in the wrong place", "take one profile"),
        routes=(
            Route(
                All((Is("where", ("code",)), Compares("size.files", "at_least", 200))),
                "profile",
                "much code",
            ),
        ),
    )
    few = Reading(Compares("size.tests", "below", 1), "none", "no test was found")
    many = Reading(Compares("size.tests", "at_least", 1), "some", "there are tests")
    tests = Question(
        "tests",
        "Do tests pin what it does?",
        "A faster wrong answer helps nobody.",
        (Option("some", "Yes", "tune"), Option("none", "No", "pin")),
        Unknown("none", "tests that were not needed", "run the tests"),
        witnesses=(Witness("size", (few, many)),),
    )
    return Tree(
        "speed",
        3,
        "When to tune",
        "Should we tune this?",
        "Whether to tune, and what first.",
        "felt",
        (felt, where, tests),
        (
            outcome("leave", "Leave it"),
            outcome("profile", "Profile first"),
            outcome("tune", "Tune it"),
            outcome("pin", "Pin it by tests first"),
        ),
        path="speed.yaml",
    )
