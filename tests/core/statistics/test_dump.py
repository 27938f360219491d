from __future__ import annotations

import pytest

from be_tui.core.errors import InputError
from be_tui.core.statistics import Common, Slot, holds_statistics, read_dump

DUMP = r"""
SET client_encoding = 'UTF8';
CREATE TABLE public.t (email text);
SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 't',
	'relpages', '75'::integer,
	'reltuples', '5000'::real,
	'relallvisible', '70'::integer,
	'relallfrozen', '0'::integer
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 't',
	'attname', 'email',
	'inherited', 'f'::boolean,
	'null_frac', '0.25'::real,
	'avg_width', '9'::integer,
	'n_distinct', '-0.5'::real,
	'most_common_vals', '{"it''s, \"quoted\"",\\}'::text,
	'most_common_freqs', '{0.5,0.1}'::real[],
	'histogram_bounds', '{a,b,c}'::text,
	'correlation', '0.5'::real,
	'elem_count_histogram', '{1,2}'::real[]
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'schemaname', 'public',
	'relname', 't_low',
	'attnum', '1'::smallint,
	'inherited', 't'::boolean,
	'n_distinct', '100'::real
);
"""


def test_tables_columns_and_expressions_are_read() -> None:
    found = read_dump(DUMP, "shop.sql")
    table = found.of("T", "PUBLIC")
    assert table is not None
    assert (table.rows, table.pages, table.visible_pages) == (5000.0, 75, 70)
    email = table.column("Email")
    assert email is not None
    assert email.common == (Common('it\'s, "quoted"', 0.5), Common("\\", 0.1))
    assert email.bounds == ("a", "b", "c")
    assert (email.distinct, email.null_share, email.width) == (-0.5, 0.25, 9)
    assert email.values(table.rows) == 2500
    assert email.slots == (Slot("elem_count_histogram", "{1,2}"),)
    index = found.of("t_low")
    assert index is not None
    assert index.rows == -1
    assert (index.columns[0].number, index.columns[0].inherited) == (1, True)
    assert found.source == "shop.sql"


def test_what_escapes_in_strings_is_taken_as_it_is_meant() -> None:
    call = (
        "SELECT pg_restore_attribute_stats('schemaname', 's', 'relname', 't', 'attname', 'c',"
        r" 'most_common_vals', E'{\'a\',\\\\}', 'most_common_freqs', '{0.5,0.5}')"
    )
    table = read_dump(call, "x").of("t", "s")
    assert table is not None
    assert [each.value for each in table.columns[0].common] == ["'a'", "\\"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("'most_common_freqs', '{0.5}'", "2 common values have 1 shares"),
        ("'most_common_freqs', '{0.5,2}'", "2 is no share from 0 to 1"),
        ("'n_distinct', 'many'", "could not convert"),
        ("'histogram_bounds', '{1}'", "a histogram has one bound"),
        ("'elem_count_histogram', '{1'", "expected"),
        ("'range_empty_frac', 'x'", "could not convert"),
    ],
)
def test_a_column_that_cannot_be_read_costs_that_column(wrong: str, said: str) -> None:
    call = (
        "SELECT pg_restore_relation_stats('schemaname', 's', 'relname', 't', 'reltuples', '9');\n"
        "SELECT pg_restore_attribute_stats('schemaname', 's', 'relname', 't', 'attname', 'c',"
        f" 'most_common_vals', '{{a,b}}', 'most_common_freqs', '{{0.5,0.5}}', {wrong})"
    )
    found = read_dump(call, "x.sql")
    assert found.tables[0].columns == ()
    (line,) = found.left_out
    assert line.startswith("x.sql:2: t.c: ")
    assert said in line


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("CREATE TABLE t ()", "x.sql: no statistics stand in it; write them by pg_dump"),
        ("pg_restore_relation_stats('relname')", "x.sql:1: expected a value for each name"),
        ("\npg_restore_relation_stats(relname)", "x.sql:2: expected names and values in quotes"),
        ("pg_restore_relation_stats('a', 'b')", "x.sql:1: expected 'relname' among the arguments"),
        (
            "pg_restore_relation_stats('relname', 't', 'relpages', 'x')",
            "x.sql:1: expected figures of t",
        ),
    ],
)
def test_a_text_without_statistics_is_told_with_its_line(text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read_dump(text, "x.sql")
    assert str(caught.value).startswith(said)


def test_a_text_tells_whether_statistics_stand_in_it() -> None:
    assert holds_statistics(DUMP)
    assert not holds_statistics("CREATE TABLE t ()")


def test_names_in_any_case_and_schema_are_found() -> None:
    found = read_dump(DUMP, "shop.sql")
    assert found.of("t", "elsewhere") is None
    assert found.of("nothing") is None
    table = found.of("t")
    assert table is not None
    assert table.column("nothing") is None
    assert table.columns[0].values(0) == 1
