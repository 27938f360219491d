"""A rewrite as a page, as findings with edits, as JSON, and back in its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.document import to_text
from be_tui.core.knowledge import open_library
from be_tui.core.rewrites import (
    STEPS,
    Gate,
    Rewrite,
    TableRows,
    Taken,
    Trial,
    Witness,
    rewrite,
    rewrite_findings,
    rewrite_json,
    rewrite_page,
    rewritten,
)
from be_tui.core.rewrites.page import difference
from be_tui.core.sqltext import Target, split
from tests.core.rewrites.shapes import schema_of

if TYPE_CHECKING:
    from be_tui.core.knowledge import Rule

TEXT = """\
-- two of them
SELECT name
FROM users
WHERE id NOT IN (SELECT user_id FROM posts) AND coalesce(age, 0) = 7;

SELECT id FROM users WHERE id NOT IN (SELECT editor_id FROM posts);
SELECT random() AS r FROM users;
SELECT id FROM users;
"""


@pytest.fixture(scope="module")
def found() -> list[Rewrite]:
    target = Target("postgresql")
    with Gate(schema_of("postgresql"), target, cases=12) as gate:
        return [
            rewrite(each, schema_of("postgresql"), target, gate)
            for each in split(TEXT, "postgresql")
        ]


@pytest.fixture
def rules(indexed: None) -> dict[str, Rule]:
    del indexed
    with open_library() as library:
        return {rule: library.rule(rule) for rule in STEPS}


def page(found: list[Rewrite], rules: dict[str, Rule]) -> str:
    return " ".join(to_text(rewrite_page(found, rules), 100).split())


def test_a_page_shows_difference_proof_and_run(
    found: list[Rewrite], rules: dict[str, Rule]
) -> None:
    text = page(found[:1], rules)
    assert "Rewrite ─" in text
    assert "2 applied" in text
    assert "- WHERE id NOT IN (SELECT user_id FROM posts) AND coalesce(age, 0) = 7" in text
    assert "+ WHERE NOT EXISTS (SELECT 1 FROM posts WHERE users.id = posts.user_id)" in text
    assert "`users.id` is never NULL: proved, users.id is the primary key (schema.sql:2)" in text
    assert "Run: both forms on postgresql 18" in text
    assert ": no difference" in text
    assert "Pays: the engine may join and stop at the first match." in text
    assert "Read: database-patterns#exists-not-in" in text


def test_a_page_shows_what_must_hold_and_rows_where_it_does_not(
    found: list[Rewrite], rules: dict[str, Rule]
) -> None:
    text = page(found, rules)
    assert "Statement at line 2" in text
    assert "`posts.editor_id` is never NULL: not known" in text
    assert "They differ on these rows:" in text
    assert "before: no row" in text
    assert text.startswith("1 of 4 statements rewritten; 1 step not applied.")
    assert "line 7: `random` may give another value each time it is called" in text
    assert "line 8: nothing to rewrite that would pay" in text
    assert "Nothing to rewrite that would pay here." in page(found[3:], rules)
    # The words of a rule are told once.
    assert text.count("One NULL in the subquery") == 1


def test_a_page_names_few_of_many_statements_that_are_left(
    found: list[Rewrite], rules: dict[str, Rule]
) -> None:
    target = Target("postgresql")
    statements = split("SELECT 1;\n" * 15 + "SELECT 2; SELECT 3", "postgresql")
    text = page([Rewrite(each, target, "a", ()) for each in statements], rules)
    assert text.startswith("None of 17 statements rewritten.")
    lines = "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 4 more"
    assert text.endswith(f"lines {lines}: nothing to rewrite that would pay")
    assert "Left as they are" not in page(found[:1] * 2, rules)


def test_a_page_says_where_it_was_run_and_where_not(rules: dict[str, Rule]) -> None:
    target = Target("mysql")
    (statement,) = split("SELECT id FROM users ORDER BY age LIMIT 5 OFFSET ?", "mysql")
    keyset = rewrite(statement, schema_of("mysql"), target)
    text = page([keyset], rules)
    assert "not applied Because: it changes the call" in text
    assert "ORDER BY age, id LIMIT 5" in text
    (taken,) = keyset.steps
    witness = Witness(
        (TableRows("users", ("id",), ()), TableRows("posts", ("id",), (("'" + "x" * 99 + "'",),))),
        (("?1", "NULL"),),
        (("1", None),),
        (),
        "no such function: y",
        "TimeZone = 'UTC'",
    )
    for trial, said in (
        (Trial("", trouble="no disk"), "Run: not at all; no disk"),
        (
            Trial("sqlite 3", 1, 1, as_sequences=True, own=False, trouble="no server"),
            "no difference, in the same order (no server: seen on another engine only)",
        ),
        (Trial("sqlite 3", 2, 1, trouble="it was stopped"), "no difference (it was stopped)"),
        (Trial("sqlite 3", 9, 0), "0 gave a result: nothing to compare, the proof stands alone"),
        (Trial("sqlite 3", 2, 1, witness=witness), "`users` without a row"),
        (Trial("sqlite 3", 2, 1, witness=witness), "…"),
        (Trial("sqlite 3", 2, 1, witness=witness), "with `?1 = NULL`"),
        (Trial("sqlite 3", 2, 1, witness=witness), "under `TimeZone = 'UTC'`"),
        (Trial("sqlite 3", 2, 1, witness=witness), "before: (1, NULL) after: no such function: y"),
    ):
        one = Taken(taken.step, "refused", "a", "a", trial, "it gave other rows")
        assert said in page([Rewrite(statement, target, "a", (one,))], rules)


def test_what_is_free_is_said_to_be_for_the_reader(rules: dict[str, Rule]) -> None:
    target = Target("sqlite")
    query = "SELECT age FROM users GROUP BY age HAVING age > 1"
    (statement,) = split(query, "sqlite")
    text = page([rewrite(statement, schema_of("sqlite"), target, tidy=True)], rules)
    assert "Pays: not here: sqlite does so by itself; it is for the reader." in text


def test_steps_without_conditions_hold_for_any_data(rules: dict[str, Rule]) -> None:
    (statement,) = split("SELECT id FROM users WHERE (SELECT count(*) FROM posts) > 0", "sqlite")
    text = page([rewrite(statement, schema_of("sqlite"), Target("sqlite"))], rules)
    assert "Holds for any data." in text


def test_lines_that_stay_are_told_from_those_that_come_and_go() -> None:
    lines = difference("a\nb\nc", "a\nx\nc")
    assert [(line[0].text, line[0].role) for line in lines] == [
        ("  a", "text"),
        ("- b", "removed"),
        ("+ x", "added"),
        ("  c", "text"),
    ]


def test_a_file_keeps_all_but_what_was_rewritten(found: list[Rewrite]) -> None:
    made = rewritten(TEXT, found)
    assert made.split("\n")[:3] == TEXT.split("\n")[:3]
    assert (
        "WHERE NOT EXISTS (SELECT 1 FROM posts WHERE users.id = posts.user_id) AND age = 7;" in made
    )
    assert made.split(";")[1:] == TEXT.split(";")[1:]


def test_findings_point_to_their_place_and_carry_the_edits_of_what_agreed(
    found: list[Rewrite], rules: dict[str, Rule]
) -> None:
    findings = rewrite_findings(found, "q.sql", rules)
    assert [finding.rule for finding in findings] == [
        "rewrite-coalesce",
        "rewrite-not-in",
        "rewrite-not-in",
    ]
    first, _, offered = findings
    assert str(first.place) == "q.sql:4:49"
    assert first.fix is not None
    (edit,) = first.fix.edits
    assert (edit.place.column, edit.place.end_column, edit.replacement) == (49, 65, "age")
    assert str(offered.place).startswith("q.sql:6:")
    assert "if `posts.editor_id` is never NULL" in offered.message
    assert offered.fix is not None
    assert offered.fix.edits == ()
    assert "Fine when: " in offered.why


def test_json_tells_all_of_it(found: list[Rewrite]) -> None:
    told = rewrite_json(found[1], "q.sql")
    assert (told["path"], told["line"], told["engine"]) == ("q.sql", 6, "postgresql")
    assert isinstance(told["steps"], list)
    (step,) = told["steps"]
    assert isinstance(step, dict)
    assert (step["rule"], step["standing"]) == ("rewrite-not-in", "offered")
    assert {"must": "`posts.editor_id` is never NULL", "fact": ""} in step["obligations"]  # type: ignore[operator]
    assert step["after"] != told["after"]
    assert rewrite_json(found[2], "q.sql")["trouble"] == found[2].trouble
