"""What is found, where, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from be_tui.core.checking import RULES, Text, check, check_text, gather, gather_schema
from be_tui.core.checking.queries import DETECTORS as QUERIES
from be_tui.core.checking.schemas import DETECTORS as TABLES
from be_tui.core.errors import InputError
from be_tui.core.knowledge import open_library
from be_tui.core.rewrites.gains import worth
from be_tui.core.sqltext import ENGINES, Engine, Target
from tests.core.checking.labelled import cases, findings, tables, words

ALL = [*cases("queries.txt"), *cases("tables.txt")]

SEED_USERS = """\
CREATE TABLE users (
  id SERIAL PRIMARY KEY,
  email VARCHAR(255) UNIQUE NOT NULL,
  password_hash VARCHAR(255) NOT NULL,
  name VARCHAR(255) NOT NULL,
  created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);

CREATE INDEX idx_users_email ON users(email);
"""

POSTS = """\
CREATE TABLE posts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id bigint NOT NULL,
  title text NOT NULL, body text NOT NULL, created_at timestamptz NOT NULL
);
"""


def rules_in(sql: str, target: Target | None = None) -> list[str]:
    return [each.rule for each in check_text(sql, words(), None, target)]


@pytest.mark.usefixtures("indexed")
def test_rules_and_detectors_are_paired_both_ways() -> None:
    with open_library() as library:
        entries = library.entries("rule")
        told = {entry.id for entry in entries if Path(entry.path).parent.name == "sql"}
    assert (
        told
        == RULES
        == {*("sql-unread", "sql-not-checked", "sql-ignored-without-reason"), *QUERIES, *TABLES}
    )


def test_the_labelled_set_is_large_and_half_of_it_is_clean() -> None:
    assert len(ALL) >= 300
    assert sum(not case.rules for case in ALL) >= len(ALL) / 2
    seldom = {"sql-ignored-without-reason", "sql-large-list", "sql-not-checked"}
    assert {rule for case in ALL for rule in case.rules} >= RULES - seldom


def test_precision_and_recall_are_high() -> None:
    right = wrong = missed = 0
    for case in ALL:
        found = {each.rule for each in findings(case)}
        right += len(found & case.rules)
        wrong += len(found - case.rules)
        missed += len(case.rules - found)
    assert right / (right + wrong) >= 0.97
    assert right / (right + missed) >= 0.97


def test_the_well_known_users_table_has_exactly_its_six_faults() -> None:
    found = check_text(SEED_USERS, words())
    assert [(each.rule, each.place.line) for each in found] == [
        ("schema-serial", 2),
        ("schema-case-sensitive-unique", 3),
        ("schema-varchar-255", 3),
        ("schema-timestamp-without-zone", 6),
        ("schema-updated-at", 7),
        ("schema-duplicate-index", 10),
    ]


def test_the_worked_example_pages_by_offset_and_leaves_ties_open() -> None:
    query = (
        "SELECT id, title, created_at FROM posts\n"
        "WHERE user_id = 123 ORDER BY created_at DESC LIMIT 20 OFFSET 0"
    )
    found = check_text(POSTS + query, words())
    assert sorted(each.rule for each in found) == ["sql-no-tie-breaker", "sql-offset-paging"]
    offset = next(each for each in found if each.rule == "sql-offset-paging")
    assert (offset.place.line, offset.place.column) == (6, 55)


@pytest.mark.parametrize(
    ("query", "severity"),
    [
        ("ORDER BY created_at DESC LIMIT 10", "info"),
        ("ORDER BY created_at DESC LIMIT $1", "info"),
        ("WHERE created_at > '2026-01-01' ORDER BY created_at DESC LIMIT 10", "info"),
        ("WHERE created_at > now() ORDER BY created_at LIMIT 10", "info"),
        ("WHERE user_id < $1 ORDER BY created_at DESC LIMIT 10", "info"),
        ("ORDER BY created_at DESC LIMIT 10 OFFSET 20", "warning"),
        ("WHERE created_at < $1 ORDER BY created_at DESC LIMIT $2", "warning"),
        ("WHERE $1 < created_at ORDER BY created_at LIMIT 10", "warning"),
        ("WHERE (created_at, title) < ($1, $2) ORDER BY created_at DESC LIMIT 9", "warning"),
    ],
)
def test_ties_weigh_more_where_pages_follow_than_in_a_plain_latest_ten(
    query: str, severity: str
) -> None:
    found = check_text(f"{POSTS}SELECT title FROM posts {query}", words())
    assert [f.severity for f in found if f.rule == "sql-no-tie-breaker"] == [severity]


MOODS = """\
CREATE TYPE mood AS ENUM ('a', 'b', 'c', 'd', 'e');
CREATE TABLE t (id bigint PRIMARY KEY, m mood NOT NULL, s text NOT NULL, n int NOT NULL,
  CHECK (n > 0), CHECK (n IN (1, 2)),
  CHECK (((s)::text = ANY ((ARRAY['a'::character varying, 'b'::text])::text[]))));
"""


@pytest.mark.parametrize(
    ("query", "severity", "message"),
    [
        ("SELECT id FROM t WHERE m = 'z'", "error", "'z': it can be 'a', 'b', 'c', 'd' and 1 more"),
        ("SELECT id FROM t WHERE s = 'z'", "warning", "s is never 'z': it can be 'a', 'b'"),
        ("UPDATE t SET s = 'z' WHERE id = 1", "error", "s is never 'z': it can be 'a', 'b'"),
    ],
)
def test_a_value_that_is_refused_weighs_more_than_one_that_is_never_met(
    query: str, severity: str, message: str
) -> None:
    (found,) = (
        each
        for each in check_text(MOODS + query, words(), None, Target("postgresql"))
        if each.rule == "sql-not-in-enum"
    )
    assert found.severity == severity
    assert found.message.endswith(message)


def test_a_list_that_migrations_may_add_to_is_not_held_to() -> None:
    later = "ALTER TABLE t DROP COLUMN n;\n"
    asked = "SELECT id FROM t WHERE m = 'z' AND s = 'y' AND n = '4'"
    rules = rules_in(f"{MOODS}{later}{asked}", Target("postgresql"))
    assert "sql-not-in-enum" not in rules


def test_a_large_list_is_one_of_more_than_a_thousand() -> None:
    for count, rules in ((1000, []), (1001, ["sql-large-list"])):
        listed = ", ".join(map(str, range(count)))
        assert rules_in(f"SELECT id FROM t WHERE id IN ({listed})") == rules


def test_what_is_too_large_is_told_and_is_no_error() -> None:
    found = check_text("SELECT '" + "x" * 300_000 + "';\nSELECT " + "(" * 200 + "1", words())
    assert [each.rule for each in found] == ["sql-not-checked", "sql-not-checked"]
    assert {each.severity for each in found} == {"info"}


def test_a_schema_that_is_a_guess_does_not_make_tables_unknown() -> None:
    text = (Text("q.sql", "SELECT id FROM elsewhere; SELECT nothing FROM users"),)
    schema = tables("postgresql")
    assert [each.rule for each in check(text, words(), schema)] == [
        "sql-unknown-table",
        "sql-unknown-column",
    ]
    guessed = check(text, words(), schema, complete=False)
    assert [each.rule for each in guessed] == ["sql-unknown-column"]


def test_a_finding_names_its_place_its_reason_and_its_fix() -> None:
    (found,) = check_text("SELECT id\nFROM t\nWHERE a =  NULL", words(), path="q.sql")
    assert str(found.place) == "q.sql:3:7"
    assert (found.place.end_line, found.place.end_column) == (3, 16)
    assert "Fine when: " in found.why
    assert found.fix
    (edit,) = found.fix.edits
    assert edit.replacement == "IS NULL"
    assert (edit.place.column, edit.place.end_column) == (9, 16)


def test_what_does_not_parse_is_a_finding_and_the_rest_goes_on() -> None:
    found = check_text("SELECT FROM FROM;\nSELECT id FROM t WHERE a = NULL;", words())
    assert [(each.rule, each.place.line) for each in found] == [
        ("sql-unread", 1),
        ("sql-equals-null", 2),
    ]


@pytest.mark.parametrize(
    ("sql", "rules"),
    [
        ("-- be-tui: ignore sql-equals-null because of old data\n{sql}", []),
        ("{sql} -- be-tui: ignore sql-equals-null: kept", []),
        ("/* be-tui: ignore sql-equals-null because */ {sql}", None),
        ("-- be-tui: ignore sql-equals-null\n{sql}", None),
        ("-- be-tui: ignore sql-unread because x\n{sql}", ["sql-equals-null"]),
        ("SELECT '-- be-tui: ignore sql-equals-null because x';{sql}", ["sql-equals-null"]),
        ("-- be-tui: ignore sql-equals-null because x\nSELECT 1;\n{sql}", ["sql-equals-null"]),
    ],
)  # fmt: skip
def test_a_comment_with_a_reason_takes_a_finding_back(sql: str, rules: list[str] | None) -> None:
    without_reason = ["sql-equals-null", "sql-ignored-without-reason"]
    sql = sql.replace("{sql}", "SELECT id FROM t WHERE a = NULL")
    assert sorted(rules_in(sql)) == (without_reason if rules is None else rules)


def test_a_column_that_the_same_migration_adds_may_be_filled() -> None:
    added = "ALTER TABLE users ADD COLUMN nick text;\n"
    assert "sql-write-without-where" not in rules_in(f"{added}UPDATE users SET nick = name;")
    assert "sql-write-without-where" in rules_in(f"{added}UPDATE users SET name = 'x';")


def test_tables_of_several_files_are_one_schema_and_keep_their_files() -> None:
    texts = (
        Text("1.sql", "\nCREATE TABLE a (id bigint PRIMARY KEY);"),
        Text("2.sql", "\n\nCREATE TABLE b (id bigint PRIMARY KEY, a_id bigint REFERENCES a (id));"),
        Text("3.sql", "CREATE INDEX b_a ON b (a_id);\nCREATE INDEX b_b ON b (a_id);"),
    )
    assert [str(each.place) for each in check(texts, words())] == ["3.sql:2:14"]
    assert [str(each.place) for each in check(texts[:2], words())] == ["2.sql:3:40"]


def test_a_folder_is_read_in_the_order_of_its_numbers(tmp_path: Path) -> None:
    (tmp_path / "V10__drop.sql").write_text("DROP TABLE a;")
    (tmp_path / "V2__make.sql").write_text("CREATE TABLE a (x int, y int);")
    (tmp_path / "notes.md").write_text("SELECT")
    (tmp_path / "bad.py").write_bytes(b"\xff\xfe\xff")
    assert [Path(text.path).name for text in gather([str(tmp_path)])] == [
        "V2__make.sql",
        "V10__drop.sql",
    ]
    assert check(gather([str(tmp_path)]), words()) == ()
    assert gather_schema(str(tmp_path / "V2__make.sql"), None).schema.tables


def test_a_file_of_a_folder_that_cannot_be_read_costs_itself_and_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad.sql").write_bytes(b"SELECT 1;\x00")
    (tmp_path / "good.sql").write_text("SELECT 1 WHERE 1 = NULL;")
    first, second = check(gather([str(tmp_path)]), words())
    assert (first.rule, first.place.path) == ("sql-unread", str(tmp_path / "bad.sql"))
    assert "NUL byte" in first.message
    assert (second.rule, second.place.line) == ("sql-equals-null", 1)


def test_a_folder_without_sql_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no SQL in this folder"):
        gather([str(tmp_path)])


@pytest.mark.parametrize(
    "sql",
    [
        "",
        ";;;",
        "-- nothing\n",
        "SELECT " + "(" * 5000 + "1" + ")" * 5000,
        "SELECT 1\r\nFROM t\r\n",
        "SELECT `a` FROM \"b\" WHERE [c] = $1 AND d = {{ e }}",
        "SELECT " + " OR ".join(["a = 1"] * 3000) + " FROM t",
        "SELECT a FROM t WHERE a = 'never closed",
        "BEGIN; COMMIT; VACUUM; PRAGMA x; SET a = 1; CALL f()",
    ],
)  # fmt: skip
def test_odd_texts_end_in_at_most_a_finding(sql: str) -> None:
    for engine in ("postgresql", "mysql", "sqlite"):
        found = check_text(sql, words(), tables("postgresql"), Target(engine))
        assert {each.rule for each in found} <= RULES


def test_an_index_on_the_expression_keeps_the_function_quiet() -> None:
    made = (
        "CREATE TABLE t (id bigint PRIMARY KEY, a text); CREATE INDEX i ON t (a);"
        "CREATE INDEX j ON t (lower(a));"
        "CREATE TABLE w (id bigint PRIMARY KEY, a text);"
        "CREATE INDEX k ON w USING gin (a gin_trgm_ops);"
    )
    assert rules_in(made + "SELECT id FROM t WHERE lower(t.a) = 'x'") == []
    assert rules_in(made + "SELECT id FROM t WHERE upper(a) = 'x'") == ["sql-function-on-column"]
    assert rules_in(made + "SELECT id FROM w WHERE a LIKE '%x%'") == []
    assert rules_in("SELECT id FROM t WHERE date(a) = 'x'") == ["sql-function-on-column"]
    assert rules_in("SELECT id FROM t WHERE lower(a) = 'x'") == []


def test_sqlite_compares_without_case_where_the_column_says_so() -> None:
    made = "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT COLLATE NOCASE);CREATE INDEX i ON t (a);"
    assert rules_in(f"{made} SELECT id FROM t WHERE lower(a) = 'x'", Target("sqlite")) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_a_count_for_existence_costs_where_its_rewrite_gains(engine: Engine) -> None:
    sql = "SELECT id FROM users u WHERE (SELECT count(*) FROM posts p WHERE p.user_id = u.id) > 0"
    found = "sql-count-for-existence" in rules_in(sql, Target(engine))
    assert found == bool(worth("rewrite-count-exists", Target(engine)))
    said = words()["sql-count-for-existence"].why
    with open_library() as library:
        rewrite = library.rule("rewrite-count-exists").why
    assert " ".join(rewrite.split()) == " ".join(said.split())
