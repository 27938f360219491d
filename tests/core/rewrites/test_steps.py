"""Each step has its words, queries that it takes, and look-alikes that it leaves alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from be_tui.core.knowledge import open_library
from be_tui.core.rewrites import STEPS, Gate, rewrite, worth
from be_tui.core.sqltext import ENGINES, Target
from tests.core.rewrites.shapes import LEFT_ALONE, OFFERED, TAKEN, Taken, schema_of, statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.sqltext import Engine


@pytest.fixture(scope="module")
def gates() -> Iterator[dict[Engine, Gate]]:
    """Give a gate for each engine, kept open for all queries."""
    found = {engine: Gate(schema_of(engine), Target(engine), cases=12) for engine in ENGINES}
    yield found
    for gate in found.values():
        gate.close()


@pytest.mark.usefixtures("indexed")
def test_rules_and_steps_are_paired_both_ways() -> None:
    with open_library() as library:
        rules = library.entries("rule")
        told = {entry.id for entry in rules if Path(entry.path).parent.name == "rewrites"}
    assert told == set(STEPS)
    assert {case.rule for case in TAKEN} | {"rewrite-keyset"} == set(STEPS)
    assert {rule for rule, _, _ in (*LEFT_ALONE, *OFFERED)} >= set(STEPS) - {"rewrite-left-inner"}


@pytest.mark.parametrize("case", TAKEN, ids=lambda case: f"{case.rule}-{case.engine}")
def test_a_step_is_taken_and_the_rest_of_the_text_stays(
    case: Taken, gates: dict[Engine, Gate]
) -> None:
    schema, target = schema_of(case.engine), Target(case.engine)
    found = rewrite(
        statement(case.before, case.engine),
        schema,
        target,
        gates[case.engine],
        tidy=True,
        rules=(case.rule,),
    )
    assert " ".join(found.after.split()) == " ".join(case.after.split())
    assert {taken.standing for taken in found.steps} == {"applied"}
    assert all(taken.step.proved for taken in found.steps)
    for taken in found.steps:
        assert taken.trial is not None
        assert taken.trial.agreed
        assert taken.trial.own is (case.engine in {"sqlite", "postgresql"})


@pytest.mark.parametrize(("rule", "query", "engine"), OFFERED)
def test_what_is_not_proved_is_told_with_what_must_hold(
    rule: str, query: str, engine: Engine, gates: dict[Engine, Gate]
) -> None:
    found = rewrite(
        statement(query, engine), schema_of(engine), Target(engine), gates[engine], rules=(rule,)
    )
    assert found.after == query
    (taken,) = found.steps
    assert (taken.step.rule, taken.standing) == (rule, "offered")
    assert taken.step.open
    assert taken.step.pays


@pytest.mark.parametrize(("rule", "query", "engine"), LEFT_ALONE)
def test_a_look_alike_is_left_alone(
    rule: str, query: str, engine: Engine, gates: dict[Engine, Gate]
) -> None:
    found = rewrite(
        statement(query, engine), schema_of(engine), Target(engine), gates[engine], rules=(rule,)
    )
    assert found.after == query
    assert found.steps == ()
    assert found.trouble == ""


def test_what_an_engine_does_by_itself_is_not_offered() -> None:
    query = "SELECT name FROM users WHERE age = 1 OR age = 2"
    for version, steps in (((16,), 1), ((18,), 0)):
        target = Target("postgresql", version)
        found = rewrite(statement(query), schema_of("postgresql"), target)
        assert len(found.steps) == steps
    dated = statement("SELECT name FROM users WHERE YEAR(joined) = 2024", "mariadb")
    for number, steps in ((10, 1), (12, 0)):
        found = rewrite(dated, schema_of("mariadb"), Target("mariadb", (number, 1)))
        assert len(found.steps) == steps
    assert worth("rewrite-left-inner", Target("postgresql")) == ""


def test_a_page_by_key_ends_its_order_with_a_key() -> None:
    def sketch(query: str, engine: Engine = "postgresql") -> str:
        found = rewrite(statement(query, engine), schema_of(engine), Target(engine))
        (taken,) = found.steps
        assert taken.after == taken.before == query
        return taken.step.sketch

    assert sketch("SELECT id FROM users WHERE age = 3 ORDER BY age DESC LIMIT ? OFFSET ?") == (
        "SELECT id FROM users WHERE age = 3 AND (age, id) < (:last_age, :last_id)"
        " ORDER BY age DESC, id DESC LIMIT ?"
    )
    assert sketch("SELECT id FROM users ORDER BY id LIMIT 5 OFFSET 10") == (
        "SELECT id FROM users WHERE id > :last_id ORDER BY id LIMIT 5"
    )
    assert sketch("SELECT id FROM users ORDER BY age DESC, id LIMIT 5 OFFSET 10", "mysql") == (
        "SELECT id FROM users WHERE (age < :last_age OR age = :last_age AND id > :last_id)"
        " ORDER BY age DESC, id LIMIT 5"
    )
