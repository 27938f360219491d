"""A tree to walk in the tests of the screens, and what probes would say about it."""

from __future__ import annotations

from be_tui.core.evidence import Evidence, Fact, Measure
from be_tui.core.knowledge import (
    Action,
    Compares,
    Is,
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

NEWMAN = Source("newman", "Building Microservices", "Sam Newman", "ch. 2", "https://samnewman.io/")
FOWLER = Source(
    "fowler", "MicroservicePrerequisites", "Martin Fowler", "", "https://martinfowler.com/"
)

TEAMS = Question(
    "teams",
    "How many teams must deploy on their own?",
    "A border between services pays for itself where it is a border between teams.",
    (
        Option("one", "One", "stay"),
        Option("some", "Two to four", "coupling"),
        Option("many", "Five and more", "coupling"),
    ),
    Unknown("one", "a release queue that nobody can explain", "ask who waits for whom"),
    (NEWMAN,),
)
COUPLING = Question(
    "coupling",
    "How often do two teams change the same part in one week?",
    "Parts that change together are one module, whatever the folders say; splitting them moves"
    " the coupling onto the network.",
    (
        Option("rare", "Hardly ever (under 10 % of commits)", "tracing"),
        Option("some", "Sometimes (10 to 30 %)", "tracing", "About once in a month of work."),
        Option("often", "Every week (over 30 %)", "tracing"),
    ),
    Unknown(
        "some",
        "a border through the middle of a module, and two deploys for each change",
        "`git log --since=90.days --name-only`, then count commits that touch both folders.",
    ),
    (NEWMAN,),
    (
        Witness(
            "coupling",
            (
                Reading(
                    Compares("coupling.top", "above", 30), "often", "41 % of commits touch both"
                ),
                Reading(Compares("coupling.top", "below", 10), "rare", "few commits touch both"),
            ),
        ),
    ),
)
TRACING = Question(
    "tracing",
    "Are tracing and a fast way back in place?",
    "A call that crosses a network fails in ways that a call in a process cannot; without a"
    " trace nobody finds where.",
    (Option("yes", "Yes", "extract"), Option("no", "No", "modular")),
    Unknown("no", "a month of building what was there already", "ask who was on call last"),
    (FOWLER,),
    (Witness("stack", (Reading(Is("stack.tracing", (False,)), "no", "no tracing library"),)),),
    (Route(Is("coupling", ("often",)), "modular", "changes together every week"),),
)
STAY = Outcome(
    "stay",
    "Stay one service",
    "One team, one deploy: a split would cost a network and buy nothing.",
    ("Write down when to ask again",),
    "two-way",
    "A few weeks of waiting at one release queue.",
    "when a second team must deploy on its own",
    (NEWMAN,),
)
MODULAR = Outcome(
    "modular",
    "Modular monolith",
    "Keep **one deploy** and draw real borders inside: the borders are what you need, the network"
    " is what you would pay.",
    (
        "Draw module borders where commits fall apart",
        "Forbid imports across them in CI",
        "One schema for each module, no joins across",
    ),
    "two-way",
    "Some weeks on borders that a later split needs anyway.",
    "when a third team owns a module",
    (NEWMAN, FOWLER),
    ("guide#layers",),
    (Action("Walk “When to refactor”", "decide", "refactor"),),
)
EXTRACT = Outcome(
    "extract",
    "Extract one service",
    "Take out the part that changes on its own, and only that.",
    ("Name the part", "Put a contract test at its border"),
    "one-way",
    "Years of a network call where a function call would do.",
    "when the first service has run for a quarter",
)
TREE = Tree(
    "split",
    2,
    "One service or several",
    "Should we split the monolith?",
    "Whether to split a service, and along which line.",
    "teams",
    (TEAMS, COUPLING, TRACING),
    (STAY, MODULAR, EXTRACT),
    "split.yaml",
)

COUPLED = Evidence(
    "coupling",
    "Which folders change together?",
    "orders/ and billing/ in 41 % of 212 commits of 90 days",
    (Measure("coupling.top", 41.0, "%"),),
    (
        Fact("87 commits touch both", "orders/"),
        Fact("61 of them by 2 people", "billing/"),
        Fact("most often changed together", "orders/total.py", 12),
        Fact("… with", "billing/invoice.py", 40),
    ),
    how="parsed",
    command="git log --since=90.days --name-only",
    seconds=0.4,
)
UNTRACED = Evidence(
    "stack",
    "What is it made with?",
    "",
    trouble="no manifest was found",
)
