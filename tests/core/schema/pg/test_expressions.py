from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from be_tui.core.pgtext import PgStatement, read
from be_tui.core.schema import DataType, Schema, read_schema
from be_tui.core.schema.pg.expressions import Expressions
from be_tui.core.schema.pg.literals import interval, moment, plain_number
from be_tui.core.schema.pg.names import free_name, made_name, quoted
from be_tui.core.schema.pg.reparsing import expression_node
from be_tui.core.schema.pg.types import type_of
from be_tui.core.sqltext import Target
from tests.core.schema.pg.drawing import COLUMNS, CONDITIONS, schemas
from tests.core.schema.pg.trips import told, trip


def kind_of(text: str) -> DataType:
    (found,) = read(f"SELECT NULL::{text}")
    assert isinstance(found, PgStatement)
    return type_of(found.node.target_list[0].res_target.val.type_cast.type_name)


KINDS = {name: kind_of(text) for name, text in COLUMNS.items()}


def plain(text: str) -> str:
    node = expression_node(text)
    assert node is not None, text
    return Expressions(KINDS).write(node)


@given(CONDITIONS)
def test_the_plain_form_of_a_plain_form_is_itself(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("((i > (0)::integer))", "i > 0"),
        ("(v)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])", None),
        ("v IN ('a', 'b')", "v IN ('a', 'b')"),
        ("(n > (5)::numeric)", "n > 5"),
        ("((i)::numeric / 2.5) > 1", "i / 2.5 > 1"),
        ("i::text = '1'", "i::text = '1'"),
        ("NOW() <> current_timestamp", "now() <> CURRENT_TIMESTAMP"),
        ("public.f(i) = pg_catalog.abs(i)", "f(i) = abs(i)"),
        ("a.b.z = 1", "a.b.z = 1"),
        ("- (- i)", "-(-i)"),
        ("- i", "-i"),
        ("(j).x = 1", "(j).x = 1"),
        ("(row(1, 2)).*  IS NULL", "(ROW(1, 2)).* IS NULL"),
        ("f(VARIADIC ts)", "f(VARIADIC ts)"),
        ("i OPERATOR(pg_catalog.+) 1 = 2", "i + 1 = 2"),
        ("$1 = i", "$1 = i"),
        ("nextval('public.s'::regclass)", "nextval('s')"),
        ("(a, b) IN ((1, 2))", "ROW(a, b) = ROW(1, 2)"),
        ("XMLCONCAT(t, t) IS NULL", "xmlconcat(t, t) IS NULL"),
        ("ARRAY(SELECT 1) = ids", "ARRAY(SELECT 1) = ids"),
    ],
)
def test_an_expression_is_written_plainly(written: str, expected: str | None) -> None:
    assert plain(written) == (expected or "v IN ('a', 'b')")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("1 day", "1 day"),
        ("90 minutes", "01:30:00"),
        ("2 weeks 3 hours", "14 days 03:00:00"),
        ("1 year 2 mons", "1 year 2 mons"),
        ("1:30", "01:30:00"),
        ("-1 day", "-1 day"),
        ("a while", "a while"),
        ("3 fortnights", "3 fortnights"),
        ("0 days", "00:00:00"),
    ],
)
def test_intervals_are_as_the_server_writes_them(said: str, kept: str) -> None:
    assert interval(said) == kept


def test_moments_and_numbers_are_as_the_server_writes_them() -> None:
    assert moment("2020-01-01", "timestamptz") == "2020-01-01 00:00:00+00"
    assert moment("2020-01-01 10:00+02", "timestamptz") == "2020-01-01 10:00+02"
    assert moment("2020-01-01 10:00+02", "timestamp") == "2020-01-01 10:00:00"
    assert moment("tomorrow", "timestamp") == "tomorrow"
    assert moment("2020-01-01", "date") == "2020-01-01"
    assert (plain_number("1e3"), plain_number("1.50")) == ("1000", "1.50")


def test_names_are_made_as_the_server_makes_them() -> None:
    assert made_name("t", "a_b", "key") == "t_a_b_key"
    assert made_name("t", "", "pkey") == "t_pkey"
    long = made_name("t" * 60, "c" * 60, "fkey")
    assert len(long) == 63
    assert long == f"{'t' * 29}_{'c' * 28}_fkey"
    assert free_name("t", "a", "idx", {"t_a_idx"}.__contains__) == "t_a_idx1"
    assert [quoted(each) for each in ("a_b", "A", "order", "a b", 'a"b', "name")] == [
        *("a_b", '"A"', '"order"', '"a b"', '"a""b"', "name"),
    ]


def schema_of(text: str) -> Schema:
    read_so = read_schema(text, Target("postgresql", (18,)))
    assert read_so.unread == ()
    return read_so.schema


@given(schemas(1))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_what_is_read_says_the_same_whichever_way_it_is_spelled(ddl: str) -> None:
    spelled = ddl.replace("integer", "INT4").replace("!=", "<>").replace(" t0 ", ' public."t0" ')
    assert told(schema_of(spelled)) == told(schema_of(ddl))


@pytest.mark.parametrize("major", [16, 18])
@settings(
    max_examples=1,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
@given(ddl=schemas(2))
def test_drawn_tables_come_back_from_a_server(major: int, ddl: str) -> None:
    read_so, dumped = trip(ddl, major)
    assert told(dumped) == told(read_so)


@pytest.mark.slow
@pytest.mark.parametrize("major", [16, 18])
@settings(
    max_examples=50,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
@given(ddl=schemas(5))
def test_hundreds_of_drawn_tables_come_back_from_a_server(major: int, ddl: str) -> None:
    read_so, dumped = trip(ddl, major)
    assert told(dumped) == told(read_so)
