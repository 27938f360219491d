"""Custom lenses: read or refused in one line, held against themselves, walked as trees."""

from __future__ import annotations

import copy
import json
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

import be_tui.core.lenses as lenses_face
from be_tui.core.decisions import doubts, start
from be_tui.core.errors import InputError
from be_tui.core.knowledge import check_paths, open_library
from be_tui.core.knowledge.model import ticked
from be_tui.core.lenses import dead_rules, overlaps, parse_lens, read_lens, trees_of, written
from be_tui.core.lenses.conditions import (
    Both,
    Either,
    Expression,
    Negated,
    Ticked,
    choices_in,
    holds,
    parse,
    smallest,
)
from be_tui.core.lenses.trees import FOLDER

if TYPE_CHECKING:
    from be_tui.core.jsonform import Json
    from be_tui.core.lenses.model import Choice, RiskRule

REVIEW = Path(__file__).parent / "service-review.json"
SMALL = {
    "schemaVersion": "2021-11-01",
    "name": "Small",
    "description": "One question.",
    "pillars": [
        {
            "id": "one",
            "name": "One",
            "questions": [
                {
                    "id": "Q1",
                    "title": "What is in place?",
                    "choices": [
                        {
                            "id": "a",
                            "title": "A",
                            "helpfulResource": {"displayText": "Read A", "url": "https://a.test/"},
                            "improvementPlan": {"displayText": "Do A"},
                            "additionalResources": [
                                {
                                    "type": "HELPFUL_RESOURCE",
                                    "content": [{"displayText": "More", "url": "https://m.test/"}],
                                },
                                {
                                    "type": "IMPROVEMENT_PLAN",
                                    "content": [{"displayText": "Then", "url": "https://t.test/"}],
                                },
                            ],
                        },
                        {"id": "b", "title": "B"},
                    ],
                    "riskRules": [
                        {"condition": "a && b", "risk": "NO_RISK"},
                        {"condition": "a || b", "risk": "MEDIUM_RISK"},
                        {"condition": "default", "risk": "HIGH_RISK"},
                    ],
                }
            ],
        }
    ],
}


def changed(*path: str | int, to: Json) -> str:
    """Give the small lens as JSON with one value changed; None takes a key away."""
    lens = copy.deepcopy(SMALL)
    place = cast("dict[str | int, Json]", lens)
    for key in path[:-1]:
        place = cast("dict[str | int, Json]", place[key])
    if to is None:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    return json.dumps(lens)


QUESTION = ("pillars", 0, "questions", 0)
RULE = (*QUESTION, "riskRules")


# Conditions.


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("a", Ticked("a")),
        ("!a", Negated(Ticked("a"))),
        ("a&&b||c", Either((Both((Ticked("a"), Ticked("b"))), Ticked("c")))),
        ("a && (b || !c)", Both((Ticked("a"), Either((Ticked("b"), Negated(Ticked("c"))))))),
        ("!(a || b)", Negated(Either((Ticked("a"), Ticked("b"))))),
    ],
)
def test_a_condition_is_read(text: str, expression: Expression) -> None:
    assert parse(text) == expression


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "expected a choice at character 1, found the end"),
        ("a &&", "expected a choice at character 5, found the end"),
        ("a b", "expected `&&` or `||` at character 3, found `b`"),
        ("(a", "expected `\\)` at character 3, found the end"),
        ("a & b", "expected a choice, `!`, `&&`, `||` or a bracket at character 3, found `&`"),
        ("a || )", "expected a choice at character 6, found `\\)`"),
        ("a == 1", "at character 3, found `=`"),
        ("__import__('os')", "at character 11"),
        ("(" * 60 + "a" + ")" * 60, "more than 50 brackets"),
        ("!" * 5_000 + "a", "more than 50 brackets"),
        ("a" * 10_001, "10,001 characters"),
    ],
)
def test_what_is_no_condition_is_refused_in_one_line(text: str, says: str) -> None:
    says = says.replace("||", r"\|\|")
    with pytest.raises(InputError, match=says) as refused:
        parse(text)
    assert "\n" not in str(refused.value)


expressions = st.recursive(
    st.sampled_from("abcd").map(Ticked),
    lambda inner: st.one_of(
        inner.map(Negated),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Both(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Either(tuple(parts))),
    ),
    max_leaves=8,
)


def written_out(expression: Expression) -> str:
    match expression:
        case Ticked(choice):
            return choice
        case Negated(part):
            return f"!({written_out(part)})"
        case Both(parts):
            return " && ".join(f"({written_out(part)})" for part in parts)
        case Either(parts):
            return " || ".join(f"({written_out(part)})" for part in parts)


@given(expressions)
def test_a_condition_that_is_written_out_is_read_back(expression: Expression) -> None:
    assert parse(written_out(expression)) == expression


@given(expressions)
def test_the_smallest_set_is_the_one_that_trying_all_finds(expression: Expression) -> None:
    names = choices_in(expression)
    sets = [frozenset(c) for n in range(len(names) + 1) for c in combinations(names, n)]
    holding = [
        each for each in sets if holds(expression, {name: name in each for name in names}) is True
    ]
    assert smallest((expression,), names) == (holding[0] if holding else None)


def test_what_hangs_on_the_unknown_is_neither_true_nor_false() -> None:
    assert holds(parse("a && b"), {"a": True}) is None
    assert holds(parse("a && b"), {"a": False}) is False
    assert holds(parse("!a || b"), {"a": False}) is True


# Reading.


def test_a_lens_is_read_whole() -> None:
    lens = parse_lens(json.dumps(SMALL))
    (question,) = lens.questions
    assert (lens.name, lens.pillars[0].name, question.title) == (
        "Small",
        "One",
        "What is in place?",
    )
    a = question.choice("a")
    assert [link.text for link in a.helpful] == ["Read A", "More"]
    assert [link.url for link in a.plan] == ["", "https://t.test/"]
    assert [rule.risk for rule in question.rules] == ["NO_RISK", "MEDIUM_RISK", "HIGH_RISK"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "it is not JSON"),
        ("[" * 100_000, "nested too deeply|it is not JSON"),
        ("[]", "expected an object, found a list"),
        (changed("schemaVersion", to="2020-01-01"), "expected `2021-11-01`, found `2020-01-01`"),
        (changed("schemaVersion", to=None), "schemaVersion: expected `2021-11-01`, found nothing"),
        (changed("name", to=None), "name: expected a text, found nothing"),
        (changed("name", to="  "), "name: expected a text, found an empty text"),
        (changed("name", to=3), "name: expected a text, found a number"),
        (changed("pillars", to={}), "pillars: expected a list, found an object"),
        (changed("pillars", to=[]), "pillars: expected 1 to 10 entries, found 0"),
        (
            changed(*QUESTION, "choices", to=[]),
            r"pillars\[0\].questions\[0\].choices: expected 1 to",
        ),
        (changed(*RULE, to=[]), "riskRules: expected at least 1 entries, found 0"),
        (changed(*RULE, 2, "condition", to="!a"), "riskRules: expected one `default`, as the last"),
        (
            changed(*RULE, 0, "condition", to="a &&"),
            r"riskRules\[0\].condition: expected a choice at",
        ),
        (changed(*RULE, 0, "condition", to="a && c"), "no choice `c`; it has a, b"),
        (changed(*RULE, 0, "risk", to="LOW"), "risk: expected one of NO_RISK, MEDIUM_RISK"),
        (changed(*QUESTION, "choices", 1, "id", to="a"), "the choice `a` stands twice"),
        (
            changed(*QUESTION, "choices", 0, "helpfulResource", "url", to="javascript:x"),
            "url: expected https://…",
        ),
    ],
)
def test_odd_json_is_refused_in_one_line(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says) as refused:
        parse_lens(text, "lens.json")
    assert str(refused.value).startswith("lens.json: ")
    assert "\n" not in str(refused.value)


def test_a_question_may_not_stand_twice() -> None:
    lens = copy.deepcopy(SMALL)
    pillars = cast("list[dict[str, list[Json]]]", lens["pillars"])
    pillars[0]["questions"] *= 2
    with pytest.raises(InputError, match="the question `Q1` stands twice"):
        parse_lens(json.dumps(lens))


def test_a_file_that_is_too_large_or_not_there_is_one_line(tmp_path: Path) -> None:
    large = tmp_path / "large.json"
    large.write_text(" " * 500_001, encoding="utf-8")
    with pytest.raises(InputError, match="500,001 bytes; at most 500,000 are read"):
        read_lens(large)
    with pytest.raises(InputError, match="cannot be read"):
        read_lens(tmp_path / "none.json")


# What speaks against itself.


def test_a_lens_of_fifteen_questions_with_eight_nones_has_eight_overlaps() -> None:
    lens = read_lens(REVIEW)
    assert len(lens.questions) == 15
    with_none = [each for each in lens.questions if any(c.is_none for c in each.choices)]
    assert len(with_none) == 8
    found = overlaps(lens)
    assert [each.question for each in found] == with_none
    for each in found:
        assert (each.first.risk, each.second.risk) == ("NO_RISK", "HIGH_RISK")
        assert each.witness == each.question.choices
    assert dead_rules(lens) == ()


def test_a_special_case_that_comes_first_is_no_overlap() -> None:
    assert overlaps(parse_lens(json.dumps(SMALL))) == ()


def test_a_rule_that_never_counts_is_named() -> None:
    text = changed(*RULE, 1, "condition", to="b && a")
    (dead,) = dead_rules(parse_lens(text))
    assert dead.rule.said == "b && a"


def test_the_default_never_counts_where_the_rules_say_all() -> None:
    text = changed(*RULE, 1, "condition", to="!a || !b")
    (dead,) = dead_rules(parse_lens(text))
    assert dead.rule.said == "default"


# As trees.


def risk_by_the_lens(
    rules: tuple[RiskRule, ...], choices: tuple[Choice, ...], said: set[str]
) -> str:
    """Give the risk of what is ticked; a choice of none stands for nothing being ticked."""
    known = {c.id: not said if c.is_none else c.id in said for c in choices}
    first = next(r for r in rules if r.condition is None or holds(r.condition, known))
    return first.risk.lower().replace("_", "-")


def write_trees(root: Path, text: str = "") -> None:
    lens = parse_lens(text) if text else read_lens(REVIEW)
    for file in written(trees_of(lens)[0]):
        path = root / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, encoding="utf-8")


def test_its_trees_are_proved_without_a_doubt(tmp_path: Path) -> None:
    write_trees(tmp_path)
    assert check_paths([tmp_path / FOLDER], project=tmp_path, prove=doubts) == ()


def test_each_tree_comes_to_the_risk_that_the_lens_names(tmp_path: Path) -> None:
    write_trees(tmp_path)
    trees, left = trees_of(read_lens(REVIEW))
    assert left == ()
    assert len(trees) == 15
    with open_library(tmp_path) as library:
        for each in trees:
            tree, question = library.tree(each.id), each.question
            practices = [choice for choice in question.choices if not choice.is_none]
            options = tree.questions[0].options
            for size in range(len(practices) + 1):
                for chosen in combinations(range(len(practices)), size):
                    said = {practices[at].id for at in chosen}
                    answer = ticked(options[at].id for at in chosen)
                    if len(practices) == 1:
                        answer = "yes" if said else "no"
                    outcome = start(tree).answer("practices", answer).outcome
                    assert outcome
                    assert outcome.id == risk_by_the_lens(question.rules, question.choices, said)


def test_plans_become_steps_and_resources_sources(tmp_path: Path) -> None:
    write_trees(tmp_path, json.dumps(SMALL))
    with open_library(tmp_path) as library:
        tree = library.tree("small-q1")
    high = tree.find_outcome("high-risk")
    assert high
    assert high.steps == (
        "Where “A” is missing: Do A",
        "Where “A” is missing: Then (https://t.test/)",
        "Where it is missing: B",
    )
    cited = [(source.title, source.url) for source in tree.questions[0].sources]
    assert cited[1:] == [("Read A", "https://a.test/"), ("More", "https://m.test/")]


def test_rules_that_say_all_leave_their_last_one_as_the_way_on(tmp_path: Path) -> None:
    write_trees(tmp_path, changed(*RULE, 1, "condition", to="!a || !b"))
    assert check_paths([tmp_path / FOLDER], project=tmp_path, prove=doubts) == ()


def test_more_practices_than_a_tree_takes_leave_the_question_out() -> None:
    many: list[Json] = [{"id": f"c{n}", "title": f"C {n}"} for n in range(11)]
    rules: list[Json] = [{"condition": "c1", "risk": "NO_RISK"}]
    rules.append({"condition": "default", "risk": "HIGH_RISK"})
    lens = copy.deepcopy(SMALL)
    question = cast("list[dict[str, list[dict[str, Json]]]]", lens["pillars"])[0]["questions"][0]
    question["choices"], question["riskRules"] = many, rules
    trees, (left,) = trees_of(parse_lens(json.dumps(lens)))
    assert trees == ()
    assert left.why == "11 practices; a tree takes 1 to 10"


def test_ids_that_come_to_the_same_are_kept_apart(tmp_path: Path) -> None:
    lens = copy.deepcopy(SMALL)
    question = cast("list[dict[str, list[dict[str, Json]]]]", lens["pillars"])[0]["questions"][0]
    cast("list[dict[str, Json]]", question["choices"])[1]["id"] = "A"
    cast("list[dict[str, Json]]", question["riskRules"])[0]["condition"] = "a && A"
    cast("list[dict[str, Json]]", question["riskRules"])[1]["condition"] = "A"
    write_trees(tmp_path, json.dumps(lens))
    with open_library(tmp_path) as library:
        tree = library.tree("small-q1")
    assert [option.id for option in tree.questions[0].options] == ["a", "a-2"]


def test_the_face_names_only_what_is_there() -> None:
    assert all(getattr(lenses_face, name) for name in lenses_face.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nobody'"):
        _ = lenses_face.nobody
