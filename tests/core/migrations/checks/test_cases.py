"""What each rule finds, and what it leaves alone."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from be_tui.core.knowledge import open_library
from be_tui.core.migrations import files
from be_tui.core.migrations.checks import (
    FOLDER_RULES,
    PROFILE_OF,
    SAFETY,
    Against,
    Asked,
    Wanted,
    check,
    examine,
    open_jobs,
    words_of,
)
from be_tui.core.migrations.checks.rules import ANY_ACT, CHECKS, WHOLE
from be_tui.core.migrations.checks.workflow import WORKFLOW
from be_tui.core.schema.state import schema_of_statements
from be_tui.core.sqltext import Target, split
from tests.core.migrations.checks.labelled import Case, cases, found_in, migration, tables
from tests.core.migrations.checks.rules_page import CHECKS_OF_OTHERS, PAGE, page, rows
from tests.core.migrations.checks.safeforms import safe_cases

ALL = [case for name in ("postgresql", "mysql", "sqlite") for case in cases(name)]
OWN_TESTS = {"migration-allowed-without-reason", "migration-idle-allowance", *WORKFLOW}


@pytest.mark.parametrize("case", ALL, ids=str)
def test_a_case_has_what_its_line_says_and_nothing_else(case: Case) -> None:
    told = {each.rule: each.remark.message for each in found_in(case)}
    assert set(told) == case.rules, told


def test_every_rule_has_a_broken_case_and_a_clean_one() -> None:
    broken = Counter(rule for case in ALL for rule in case.rules)
    clean = Counter(rule for case in ALL for rule in case.absent)
    wanted = set(PROFILE_OF) - OWN_TESTS
    assert {rule for rule in wanted if not broken[rule] or not clean[rule]} == set()


@pytest.mark.usefixtures("indexed")
def test_rules_and_words_are_paired_both_ways() -> None:
    with open_library() as library:
        entries = library.entries("rule")
        told = {entry.id for entry in entries if Path(entry.path).parent.name == "migrations"}
    assert told == {*PROFILE_OF, *FOLDER_RULES}


def test_a_rule_is_found_by_one_detector() -> None:
    named = [each.rule for each in CHECKS] + [each.rule for each in WHOLE]
    named += [rule for rule, _ in ANY_ACT]
    assert [rule for rule, count in Counter(named).items() if count > 1] == []


def test_what_is_told_of_a_folder_has_words() -> None:
    folder = Path(str(files.__file__)).parent
    texts = "".join(each.read_text() for each in folder.rglob("*.py"))
    assert {rule for rule in FOLDER_RULES if f'"{rule}"' not in texts} == set()


def test_the_safe_forms_are_clean_themselves() -> None:
    wrong = []
    found = [*safe_cases("postgresql"), *safe_cases("mysql")]
    for safe in found:
        given = Against(tables(safe.case.target.engine), (safe.before,))
        told = check(safe.phases, safe.case.target, given, SAFETY)
        wrong += [f"{safe}: {each.rule} {each.remark.message}" for each in told]
    assert wrong == []
    assert len(found) > 50


def test_each_long_block_of_postgresql_has_a_safe_form_or_none_is_known() -> None:
    without = {"migration-exclusion-builds", "migration-rewrites-table", "migration-set-logged"}
    without |= {"migration-moves-table", "migration-type-rebuilds-index", "migration-type-rechecks"}
    without |= {"migration-add-stored", "migration-domain-validates", "migration-work-under-lock"}
    long = {rule for rule in SAFETY if "-blocks" in rule or "-validates" in rule}
    long |= {rule for rule in SAFETY if "-builds" in rule or "-scans" in rule or "-add-" in rule}
    formed = {safe.rule for safe in safe_cases("postgresql")}
    assert long - formed - without == set()


@pytest.mark.usefixtures("indexed")
def test_the_page_of_the_rules_is_fresh() -> None:
    assert PAGE.read_text() == page(), "make it again: make docs"


@pytest.mark.usefixtures("indexed")
def test_all_checks_of_other_tools_are_found_or_have_a_reason() -> None:
    checks = rows()
    assert len(checks) == 185
    counts = Counter(row.group[0] for row in checks)
    assert "".join(f"{letter}{counts[letter]} " for letter in "ABCDEFGHIJKLMN") == (
        "A20 B31 C22 D7 E14 F14 G6 H6 I9 J15 K11 L3 M8 N19 "
    )
    with open_library() as library:
        known = {entry.id for entry in library.entries("rule")}
    assert {rule for row in checks for rule in row.rules} <= known
    assert [row.check for row in checks if not row.rules and not row.why_not] == []
    assert CHECKS_OF_OTHERS.is_file()


@pytest.mark.usefixtures("indexed")
def test_a_rule_of_ours_that_others_have_names_theirs() -> None:
    with open_library() as library:
        words = words_of(library, ["migration-index-blocks-writes"])
    known = words["migration-index-blocks-writes"].also_known_as
    assert "squawk require-concurrent-index-creation" in known
    assert "Atlas PG101" in known


@pytest.mark.usefixtures("indexed")
def test_a_folder_of_clean_migrations_has_nothing_to_tell(tmp_path: Path) -> None:
    (tmp_path / "1_users.up.sql").write_text("CREATE TABLE users (id bigint PRIMARY KEY, a int);")
    (tmp_path / "1_users.down.sql").write_text("DROP TABLE users;")
    (job,) = open_jobs(Asked((str(tmp_path),)))
    with open_library() as library:
        assert examine(job, Wanted(), lambda rules: words_of(library, rules)) == ()


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("ALTER TABLE orders MODIFY note text", "gh-ost refuses it (foreign keys)"),
        ("ALTER TABLE users MODIFY name text", "without --alter-foreign-keys-method"),
    ],
)
def test_tools_that_copy_beside_the_table_are_named_where_they_refuse_it(
    sql: str, said: str
) -> None:
    case = Case(Target("mysql", (8, 0, 36)), "none", frozenset(), frozenset(), sql)
    (told,) = [e for e in found_in(case) if e.rule == "migration-copies-table"]
    assert said in told.remark.message


def test_a_table_without_a_key_or_with_triggers_is_refused_by_tools() -> None:
    target = Target("mysql", (8, 0, 36))
    for ddl, said in (
        ("CREATE TABLE t (a int)", "no key whose columns are NOT NULL"),
        (
            "CREATE TABLE t (a int PRIMARY KEY); CREATE TRIGGER g BEFORE INSERT ON t SET x = 1",
            "gh-ost refuses it (triggers)",
        ),
    ):
        schema, _ = schema_of_statements(split(ddl, "mysql"), target)
        made = migration("ALTER TABLE t MODIFY a varchar(9)", "mysql")
        found = check((made,), target, Against(schema))
        assert any(said in each.remark.message for each in found), said
