"""One statement is parsed, or told why not; the rest of a file goes on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlglot.tokenizer_core import TokenType

from be_tui.core.sqltext import ENGINES, Engine, Parsed, Unread, parse, split
from be_tui.core.sqltext.masking import is_templated, masked
from be_tui.core.sqltext.parsing import DEPTH_LIMIT, STATEMENT_LIMIT, _parser


def parsed(text: str, engine: Engine = "postgresql") -> Parsed | Unread:
    (statement,) = split(text, engine)
    return parse(statement, engine)


@pytest.mark.parametrize(
    "condition",
    ["a = :name", "a = ?", "a = $1", "a = %s", "a = %(name)s", "a = {{ name }}", "a = ?1"],
)
@pytest.mark.parametrize("engine", ENGINES)
def test_placeholders_of_all_kinds_are_read(engine: Engine, condition: str) -> None:
    if condition == "a = $1" and engine in {"mysql", "mariadb"}:
        return
    assert isinstance(parsed(f"SELECT a FROM t WHERE {condition} AND b = 1", engine), Parsed)


def test_templates_keep_every_character_in_its_place() -> None:
    text = (
        "SELECT {{ a }} {# note #} FROM {{ ref('t') }} {% if b %} WHERE c = '{{ d }}' {% endif %}"
    )
    found, _ = masked(text, "postgresql")
    assert len(found) == len(text)
    assert "'{{ d }}'" in found
    assert "{%" not in found
    assert "{#" not in found
    assert isinstance(parsed(text), Parsed)


@pytest.mark.parametrize(
    ("text", "engine"),
    [
        ("SELECT a FROM t WHERE b = 1 AND %query% ORDER BY %order%", "postgresql"),
        ("CREATE TABLE t (id $%KEY%$, b int)", "postgresql"),
        ("SELECT e.%[1]s FROM e ORDER BY e.%[1]s", "postgresql"),
        ("SELECT a FROM t WHERE b = ANY(?::int[]) AND c = ?::text", "postgresql"),
        ("UPDATE IGNORE t SET a = 1", "mysql"),
        ("DELETE LOW_PRIORITY QUICK IGNORE FROM t WHERE a = 1", "mysql"),
        ("INSERT DELAYED INTO t VALUES (1)", "mariadb"),
        ("UPDATE OR IGNORE t SET a = 1", "sqlite"),
    ],
)
def test_marks_of_other_templates_and_ways_to_write_are_read(text: str, engine: Engine) -> None:
    assert isinstance(parsed(text, engine), Parsed)


def test_a_cast_parameter_keeps_its_place() -> None:
    found = parsed("SELECT a FROM t WHERE b = ?::int")
    assert isinstance(found, Parsed)
    assert [t.start for t in found.tokens if t.text in {"?", "::"}] == [26, 27]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT FROM WHERE", "a table's name is missing before `WHERE`"),
        ("DROP TABLE", "a table's name is missing"),
        ("SELECT a FROM t WHERE (b = 1", "`)` is missing"),
        ("SELECT CAST(a AS)", "`TYPE` is missing"),
        ("SELECT a FROM t WHERE b = ", "an expression is missing"),
        ("SELECT a FROM t GROUP GROUP", "what follows does not belong here"),
        ("SELECT 'a FROM t", "a quote stays open near"),
    ],
)
def test_what_is_wrong_is_said_without_the_parsers_innards(text: str, said: str) -> None:
    found = parsed(text)
    assert isinstance(found, Unread)
    assert said in found.message
    assert "Token" not in found.message
    assert "class" not in found.message


def test_the_remainder_is_no_placeholder() -> None:
    assert masked("SELECT a %b FROM t WHERE a%b%c = 1", "mysql")[0].count("_") == 0
    assert masked("SELECT a %s", "postgresql")[0] == "SELECT a ? "
    assert masked("SELECT 'a %s'", "postgresql")[0] == "SELECT 'a %s'"


def test_a_name_of_a_template_is_known_again() -> None:
    assert is_templated("_______")
    assert is_templated("jobs_____")
    assert not is_templated("_")
    assert not is_templated("_id")


@pytest.mark.parametrize(
    ("words", "engine"),
    [
        ("EXPLAIN ANALYZE", "postgresql"),
        ("EXPLAIN (ANALYZE, BUFFERS)", "postgresql"),
        ("EXPLAIN QUERY PLAN", "sqlite"),
        ("EXPLAIN FORMAT=JSON", "mysql"),
        ("ANALYZE", "mariadb"),
        ("EXPLAIN", "postgresql"),
    ],
)
def test_the_statement_that_is_explained_is_read(words: str, engine: Engine) -> None:
    found = parsed(f"{words} SELECT a FROM t", engine)
    assert isinstance(found, Parsed)
    assert found.explain == words
    assert found.tree.find_all is not None
    assert type(found.tree).__name__ == "Select"


def test_what_does_not_parse_is_told_with_its_place() -> None:
    found = parsed("SELECT a\nFROM t\nWHERE AND b")
    assert isinstance(found, Unread)
    assert found.message.startswith("does not parse as postgresql")
    assert "\x1b" not in found.message
    assert found.statement.text[: found.offset].count("\n") == 2


def test_an_open_quote_is_told() -> None:
    found = parsed("SELECT 'open")
    assert isinstance(found, Unread)
    assert "cannot be taken apart" in found.message


def test_deep_nesting_and_great_length_are_told_not_tried() -> None:
    deep = parsed("SELECT " + "(" * (DEPTH_LIMIT + 1) + "1" + ")" * (DEPTH_LIMIT + 1))
    assert isinstance(deep, Unread)
    assert "deep" in deep.message
    wide = parsed("INSERT INTO t VALUES " + ",".join(["(1)"] * (STATEMENT_LIMIT // 4 + 1)))
    assert isinstance(wide, Unread)
    assert "longer than" in wide.message


def test_brackets_side_by_side_or_in_quotes_are_not_deep() -> None:
    assert isinstance(parsed("SELECT a FROM t WHERE " + " OR ".join(["(b = 1)"] * 200)), Parsed)
    assert isinstance(parsed("SELECT '" + "(" * 500 + "'"), Parsed)


def test_chains_longer_than_the_stack_are_told() -> None:
    found = parsed("SELECT " + "NOT " * 20_000 + "a FROM t")
    assert isinstance(found, Unread)


def test_a_template_alone_is_told() -> None:
    assert isinstance(parsed("{% set a = 1 %}"), Unread)


@given(st.text(alphabet="SELCT fromwhere()'\",.*=<>[]{}%:$?-+1\n", max_size=50))
def test_nothing_that_is_written_breaks_the_parser(text: str) -> None:
    for statement in split(text, "postgresql"):
        assert isinstance(parse(statement, "postgresql"), Parsed | Unread)


class _Compiled:
    """A parser as the compiled build has it: nothing of it can be replaced."""

    def __init__(self, held: dict[object, object]) -> None:
        self._held = held

    @property
    def PLACEHOLDER_PARSERS(self) -> dict[object, object]:  # noqa: N802 (sqlglot's name)
        return self._held


class _Dialect:
    def __init__(self, held: dict[object, object]) -> None:
        self._held = held

    def parser(self) -> _Compiled:
        return _Compiled(self._held)


def test_the_compiled_parser_gives_places_of_parameters_too() -> None:
    held: dict[object, object] = {TokenType.MOD: None}
    _parser(_Dialect(held))  # type: ignore[arg-type]  # (all that is asked of one)
    assert set(held) == {TokenType.MOD, TokenType.PLACEHOLDER, TokenType.COLON}
