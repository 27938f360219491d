"""What is told where the schema does not say everything, and what it says in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.migrations.effects import effects_of
from be_tui.core.schema.state import open_state
from be_tui.core.sqltext import Statement, Target, split

if TYPE_CHECKING:
    from be_tui.core.migrations.model import Effects

NEWEST = Target("postgresql", (18,))


def told(
    text: str,
    schema: str = "",
    made: str = "",
    target: Target = NEWEST,
    *,
    inside: bool = True,
    utc: bool = True,
    whole: bool | None = None,
) -> Effects:
    """Tell of a statement, after a schema and what its migration made already."""
    state = open_state(target)
    for statement in split(schema, target.engine):
        assert state.apply(statement) is None
    state.mark()
    for statement in split(made, target.engine):
        assert state.apply(statement) is None
    return effects_of(Statement(text, 0, 1, 1), state, target, inside, utc, whole=whole)


def locks(effects: Effects) -> dict[str, str]:
    return {each.relation: each.mode for each in effects.locks}


AE, SRE, SUE, SHARE = (
    "ACCESS EXCLUSIVE",
    "SHARE ROW EXCLUSIVE",
    "SHARE UPDATE EXCLUSIVE",
    "SHARE",
)


@pytest.mark.parametrize(
    ("text", "locked", "work"),
    [
        ("ALTER TABLE t ADD COLUMN a int", {"t": AE}, set()),
        ("ALTER TABLE t ADD COLUMN a float8 DEFAULT random()", {"t": AE}, {"rewrite"}),
        ("ALTER TABLE t ALTER a TYPE bigint", {"t": AE}, {"rewrite"}),
        ("ALTER TABLE t ALTER a SET NOT NULL", {"t": AE}, {"scan"}),
        ("ALTER TABLE t ADD CHECK (a > 0)", {"t": AE}, {"scan"}),
        ("ALTER TABLE t ADD CHECK (a > 0) NOT VALID", {"t": AE}, set()),
        ("ALTER TABLE t VALIDATE CONSTRAINT c", {"t": SUE}, {"scan"}),
        ("ALTER TABLE t ADD UNIQUE (a)", {"t": AE}, {"index build"}),
        ("ALTER TABLE t ADD PRIMARY KEY (a)", {"t": AE}, {"index build", "scan"}),
        ("ALTER TABLE t ADD UNIQUE USING INDEX i", {"t": AE}, set()),
        (
            "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u (id)",
            {"t": SRE, "u": SRE},
            {"key check"},
        ),
        ("ALTER TABLE t DROP COLUMN a", {"t": AE}, set()),
        ("ALTER TABLE t DROP CONSTRAINT c", {"t": AE}, set()),
        ("ALTER TABLE t SET LOGGED", {"t": AE}, {"rewrite"}),
        ("ALTER TABLE t ATTACH PARTITION u DEFAULT", {"t": SUE, "u": AE}, {"scan"}),
        ("ALTER TABLE t RENAME TO u", {"t": AE}, set()),
        ("ALTER TABLE t RENAME CONSTRAINT a TO b", {"t": AE}, set()),
        ("ALTER TABLE s.t SET SCHEMA x", {"s.t": AE}, set()),
        ("CREATE INDEX ON t (a)", {"t": SHARE}, {"index build"}),
        ("CREATE INDEX CONCURRENTLY ON t (a)", {"t": SUE}, {"index build"}),
        ("DROP TABLE t", {"t": AE}, set()),
        ("DROP INDEX i", {"i": AE}, set()),
        ("DROP TRIGGER a ON t", {"t": AE}, set()),
        ("TRUNCATE t", {"t": AE}, set()),
        ("VACUUM FULL t", {"t": AE}, {"rewrite"}),
        ("CREATE TRIGGER a BEFORE UPDATE ON t EXECUTE FUNCTION f()", {"t": SRE}, set()),
        ("CREATE TABLE x PARTITION OF t DEFAULT", {"t": AE}, set()),
        ("REFRESH MATERIALIZED VIEW t", {"t": AE}, {"rewrite"}),
        ("CREATE POLICY p ON t USING (true)", {"t": AE}, set()),
        ("CLUSTER t USING i", {"t": AE}, {"rewrite"}),
        ("REINDEX TABLE t", {"t": SHARE}, set()),
        ("INSERT INTO t VALUES (1)", {"t": "ROW EXCLUSIVE"}, set()),
        ("COMMENT ON TABLE t IS 'x'", {}, set()),
    ],
)
def test_without_a_schema_the_worst_is_told_and_called_unknown(
    text: str, locked: dict[str, str], work: set[str]
) -> None:
    effects = told(text, inside=False)
    assert locks(effects) == locked
    assert {each.kind for each in effects.work} == work
    assert not effects.known
    assert "no schema tells" in effects.why_unknown or "not known" in effects.why_unknown


@pytest.mark.parametrize(
    "text",
    [
        "ALTER TABLE missing ADD COLUMN a int",
        "DROP TABLE missing",
        "DROP TYPE missing",
        "DROP FUNCTION missing()",
        "CREATE INDEX ON missing (a)",
        "TRUNCATE missing",
        "LOCK TABLE missing",
        "REFRESH MATERIALIZED VIEW missing",
        "CREATE TRIGGER a BEFORE UPDATE ON missing EXECUTE FUNCTION f()",
        "COMMENT ON TABLE missing IS 'x'",
        "GRANT SELECT ON missing TO PUBLIC",
        "COPY missing FROM STDIN",
        "CREATE STATISTICS s ON a, b FROM missing",
        "CLUSTER missing",
        "DROP TRIGGER a ON missing",
        "ALTER INDEX missing RENAME TO other",
        "COMMENT ON CONSTRAINT a ON missing IS 'x'",
        "CREATE RULE r AS ON INSERT TO missing DO NOTHING",
    ],
)
def test_with_the_whole_schema_what_is_missing_fails(text: str) -> None:
    assert [each.kind for each in told(text, "CREATE TABLE t (a int)").failures] == ["always"]


def test_a_table_that_the_migration_made_tells_nothing_of_the_rest() -> None:
    effects = told("ALTER TABLE other ADD COLUMN a int", made="CREATE TABLE t (a int)")
    assert not effects.known
    assert effects.failures == ()


@pytest.mark.parametrize(
    "text",
    [
        "ALTER TABLE t ADD COLUMN b float8 NOT NULL DEFAULT random()",
        "ALTER TABLE t ADD COLUMN b int NOT NULL",
        "ALTER TABLE t ALTER a TYPE smallint",
        "ALTER TABLE t ALTER a SET NOT NULL",
        "ALTER TABLE t ADD CHECK (a > 0)",
        "ALTER TABLE t ADD UNIQUE (a)",
        "ALTER TABLE t ADD PRIMARY KEY (a)",
        "CREATE UNIQUE INDEX ON t (a)",
        "TRUNCATE t",
        "DROP TABLE t",
        "ALTER TABLE t RENAME TO u",
        "DELETE FROM t",
    ],
)
def test_a_table_that_the_migration_made_is_empty_and_nobody_waits(text: str) -> None:
    effects = told(text, "CREATE TABLE old (id int)", "CREATE TABLE t (a int)")
    assert (effects.locks, effects.work, effects.failures) == ((), (), ())


def test_what_a_new_table_refers_to_is_locked_all_the_same() -> None:
    schema = "CREATE TABLE old (id int PRIMARY KEY)"
    effects = told(
        "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES old", schema, "CREATE TABLE t (a int)"
    )
    assert locks(effects) == {"old": SRE}
    assert effects.work == ()


SEEN = "CREATE TABLE t (seen timestamp, at timestamptz(3)); CREATE INDEX t_seen ON t (seen)"


def test_times_get_a_zone_for_nothing_in_utc_only() -> None:
    text = "ALTER TABLE t ALTER seen TYPE timestamptz"
    assert {each.kind for each in told(text, SEEN).work} == {"index build"}
    elsewhere = told(text, SEEN, utc=False)
    assert {each.kind for each in elsewhere.work} == {"rewrite", "index build"}
    assert "time zone" in elsewhere.work[0].because


def test_a_version_that_nobody_named_is_taken_as_the_newest() -> None:
    target = Target("postgresql")
    effects = told("GRANT SELECT ON t TO PUBLIC", "CREATE TABLE t (a int)", target=target)
    assert locks(effects) == {"t": "ACCESS SHARE"}


def test_what_cannot_be_read_is_not_told() -> None:
    effects = told("ALTER TABLE t ADD COLUMN")
    assert not effects.known
    assert "does not parse" in effects.why_unknown


def test_concurrently_fails_inside_a_transaction_only() -> None:
    text = "CREATE INDEX CONCURRENTLY ON t (a)"
    schema = "CREATE TABLE t (a int)"
    inside, outside = told(text, schema), told(text, schema, inside=False)
    assert inside.failures[0].kind == "in transaction"
    assert inside.locks == ()
    assert locks(outside) == {"t": SUE}
    assert not outside.blocks


def test_a_new_value_of_an_enum_cannot_be_used_in_its_transaction() -> None:
    schema = "CREATE TYPE mood AS ENUM ('ok')"
    text = "ALTER TYPE mood ADD VALUE 'fine'"
    assert [each.kind for each in told(text, schema).failures] == ["when used"]
    assert told(text, schema, inside=False).failures == ()


def test_a_function_that_nobody_knows_may_be_another_for_each_row() -> None:
    text = "ALTER TABLE t ADD COLUMN b int DEFAULT theirs()"
    effects = told(text, "CREATE TABLE t (a int)", whole=False)
    assert not effects.known
    assert "theirs()" in effects.why_unknown


def test_a_lock_outside_of_a_transaction_is_refused() -> None:
    assert told("LOCK TABLE t", "CREATE TABLE t (a int)", inside=False).failures[0].kind == "always"


BLOCK = """DO $$ BEGIN
  IF true THEN ALTER TABLE t ALTER a TYPE bigint; END IF;
  ALTER TABLE t ADD COLUMN b int;
  EXECUTE format('DROP TABLE %I', 't');
END $$"""


def test_a_block_is_looked_into_and_what_it_decides_is_unknown() -> None:
    effects = told(BLOCK, "CREATE TABLE t (a int)")
    assert locks(effects) == {"t": AE}
    assert {each.kind for each in effects.work} == {"rewrite"}
    assert not effects.known


def test_a_procedure_is_looked_into() -> None:
    schema = """CREATE TABLE t (a int);
CREATE PROCEDURE more() LANGUAGE sql AS 'ALTER TABLE t ADD COLUMN b int'"""
    effects = told("CALL more()", schema)
    assert locks(effects) == {"t": AE}
    assert effects.known
    assert not told("CALL other()", schema).known


@pytest.mark.parametrize(
    "text", ["VACUUM", "CLUSTER", "REINDEX DATABASE shop", "DROP EXTENSION hstore"]
)
def test_what_is_about_everything_is_not_known(text: str) -> None:
    effects = told(text, "CREATE TABLE t (a int)", inside=False)
    assert not effects.known


@pytest.mark.parametrize(
    "text", ["SET lock_timeout = '1s'", "BEGIN", "CREATE ROLE a", "NOTIFY a", "SHOW all"]
)
def test_what_touches_nothing_is_told_so(text: str) -> None:
    effects = told(text, "CREATE TABLE t (a int)")
    assert (effects.locks, effects.work, effects.failures, effects.known) == ((), (), (), True)


@pytest.mark.parametrize(
    ("schema", "text", "because"),
    [
        ("CREATE TABLE t (a int)", "ALTER TABLE t SET ACCESS METHOD other", "kept by other"),
        ("CREATE TABLE t (a int)", "ALTER TABLE t SET TABLESPACE fast", "copied to fast"),
        ("CREATE TABLE t (a int)", "ALTER TABLE t ADD b serial", "each row gets a number"),
        ("CREATE TABLE t (a varchar(9))", "ALTER TABLE t ALTER a TYPE varchar(5)", "varchar(5)"),
        ("CREATE TABLE t (a int)", "ALTER TABLE t ALTER a TYPE int USING a + 1", "USING computes"),
        ("CREATE TABLE t (a int)", "ALTER TABLE t ALTER a SET NOT NULL", "must have a"),
    ],
)
def test_work_is_told_with_its_reason(schema: str, text: str, because: str) -> None:
    assert because in told(text, schema).work[0].because


MIXED = 'CREATE TABLE "Users" ("Id" int PRIMARY KEY, "First Name" text, "a""b" int)'


def test_names_in_quotes_are_themselves() -> None:
    effects = told('ALTER TABLE "Users" ALTER "First Name" SET NOT NULL', MIXED)
    assert locks(effects) == {"Users": AE}
    probe = 'SELECT 1 FROM ONLY "Users" WHERE "First Name" IS NULL LIMIT 1'
    assert effects.failures[0].probe == probe
    assert told("ALTER TABLE users ADD b int", MIXED).failures[0].kind == "always"
    twice = told('ALTER TABLE "Users" ADD UNIQUE ("a""b")', MIXED).failures[0].probe
    assert '"a""b"' in twice


def test_a_table_elsewhere_is_found_where_its_name_is_the_only_one() -> None:
    schema = "CREATE SCHEMA app; CREATE TABLE app.t (a int)"
    assert locks(told("ALTER TABLE t ADD b int", schema)) == {"app.t": AE}


PARTS = """CREATE TABLE t (a int NOT NULL, b text) PARTITION BY LIST (a);
CREATE TABLE one PARTITION OF t FOR VALUES IN (1, 2);
CREATE TABLE rest PARTITION OF t DEFAULT;
CREATE TABLE free (a int NOT NULL, b text{check})"""


@pytest.mark.parametrize(
    ("check", "bound", "scanned"),
    [
        ("", "IN (3)", {"free", "rest"}),
        (", CHECK (a = 3)", "IN (3)", {"rest"}),
        (", CHECK (a IN (3, 4))", "IN (3, 4, 5)", {"rest"}),
        (", CHECK (a IN (3, 6))", "IN (3, 4, 5)", {"free", "rest"}),
        (", CHECK (a = ANY (ARRAY[3, 4]) AND b IS NOT NULL)", "IN (3, 4)", {"rest"}),
        (", CHECK (a IN (3))", "IN (-1, NULL, 3)", {"rest"}),
    ],
)
def test_a_list_that_a_check_keeps_to_is_not_read_through(
    check: str, bound: str, scanned: set[str]
) -> None:
    text = f"ALTER TABLE t ATTACH PARTITION free FOR VALUES {bound}"
    effects = told(text, PARTS.format(check=check))
    assert {each.relation for each in effects.work if each.kind == "scan"} == scanned


RANGES = """CREATE TABLE t (a numeric NOT NULL) PARTITION BY RANGE (a);
CREATE TABLE low PARTITION OF t FOR VALUES FROM (-10.5) TO (0);
CREATE TABLE rest PARTITION OF t DEFAULT;
{check}
CREATE TABLE free (a numeric NOT NULL)"""


@pytest.mark.parametrize(
    ("check", "ruled_out"),
    [
        ("", False),
        ("ALTER TABLE rest ADD CHECK (a < 5);", True),
        ("ALTER TABLE rest ADD CHECK (a >= 20);", True),
        ("ALTER TABLE rest ADD CHECK (a < 10 OR a >= 20);", True),
        ("ALTER TABLE rest ADD CHECK (a < 15 OR a >= 20);", False),
        ("ALTER TABLE rest ADD CHECK (NOT (a >= 10 AND a < 20));", True),
        ("ALTER TABLE rest ADD CHECK (NOT (a >= 12 AND a < 20));", False),
        ("ALTER TABLE rest ADD CHECK (NOT (a IS NULL));", False),
        ("ALTER TABLE rest ADD CHECK (a > 0 OR a IS NULL);", False),
    ],
)
def test_a_default_partition_that_rules_a_range_out_is_not_read_through(
    check: str, *, ruled_out: bool
) -> None:
    text = "ALTER TABLE t ATTACH PARTITION free FOR VALUES FROM (10) TO (20)"
    scanned = {each.relation for each in told(text, RANGES.format(check=check)).work}
    assert ("rest" not in scanned) is ruled_out
    made = told(
        "CREATE TABLE x PARTITION OF t FOR VALUES FROM (10) TO (20)", RANGES.format(check=check)
    )
    assert (made.work == ()) is ruled_out


@pytest.mark.parametrize(
    ("bound", "fails"),
    [
        ("FROM (-20) TO (-10.5)", False),
        ("FROM (-5) TO (5)", True),
        ("FROM (MINVALUE) TO (-10)", True),
        ("FROM (0) TO (MAXVALUE)", False),
    ],
)
def test_ranges_that_overlap_are_refused(bound: str, *, fails: bool) -> None:
    text = f"CREATE TABLE x PARTITION OF t FOR VALUES {bound}"
    effects = told(text, RANGES.format(check=""))
    assert any(each.kind == "always" for each in effects.failures) is fails


@pytest.mark.parametrize(
    ("text", "fails"),
    [
        ("ALTER TABLE t ATTACH PARTITION free FOR VALUES FROM (1, 1) TO (2, 2)", False),
        ("ALTER TABLE t ATTACH PARTITION lacking FOR VALUES FROM (1, 1) TO (2, 2)", True),
        ("ALTER TABLE t ATTACH PARTITION loose FOR VALUES FROM (1, 1) TO (2, 2)", True),
        ("ALTER TABLE t ATTACH PARTITION unchecked FOR VALUES FROM (1, 1) TO (2, 2)", True),
    ],
)
def test_a_table_that_is_not_like_its_parent_is_refused(text: str, *, fails: bool) -> None:
    schema = """CREATE TABLE t (a int NOT NULL, b int NOT NULL, CONSTRAINT c CHECK (a > 0))
  PARTITION BY RANGE (a, b);
CREATE TABLE free (a int NOT NULL, b int NOT NULL, CONSTRAINT c CHECK (a > 0));
CREATE TABLE lacking (a int NOT NULL, b bigint NOT NULL, CONSTRAINT c CHECK (a > 0));
CREATE TABLE loose (a int NOT NULL, b int, CONSTRAINT c CHECK (a > 0));
CREATE TABLE unchecked (a int NOT NULL, b int NOT NULL)"""
    effects = told(text, schema)
    assert any(each.kind == "always" for each in effects.failures) is fails
    if not fails:
        # Bounds over several columns are not compared with CHECKs.
        assert {each.kind for each in effects.work} == {"scan"}


def test_somebody_else_gets_the_indexes_and_sequences_too() -> None:
    schema = "CREATE TABLE t (a serial PRIMARY KEY)"
    effects = told("ALTER TABLE t OWNER TO somebody", schema)
    assert locks(effects) == {"t": AE, "t_pkey": AE, "t_a_seq": AE}


def test_a_statement_of_a_kind_that_nobody_looked_at_is_not_known() -> None:
    assert not told("IMPORT FOREIGN SCHEMA a FROM SERVER b INTO c").known


def test_names_that_are_too_long_are_cut_as_the_server_cuts_them() -> None:
    table, column = "t" * 50, "c" * 40
    schema = f"CREATE TABLE {table} (a int, {column} int GENERATED ALWAYS AS IDENTITY)"
    effects = told(f"ALTER TABLE {table} ALTER {column} RESTART", schema)
    assert {len(each.relation) for each in effects.locks} == {50, 63}


def test_a_table_whose_columns_are_not_all_known_is_believed() -> None:
    schema = "CREATE TABLE u (b int); CREATE TABLE t AS SELECT * FROM elsewhere"
    effects = told("ALTER TABLE t ALTER a SET NOT NULL", schema)
    assert effects.failures == ()
    assert not effects.known


TYPED = """CREATE DOMAIN code AS text CHECK (VALUE <> '');
CREATE DOMAIN short AS code;
CREATE TYPE pair AS (a code, b int);
CREATE TABLE plain (a short);
CREATE TABLE nested (a pair)"""


def test_a_domain_is_found_below_others() -> None:
    text = "ALTER DOMAIN code ADD CHECK (VALUE <> 'x')"
    assert told(text, TYPED).failures[0].kind == "always"
    kept = TYPED.replace("CREATE TABLE nested (a pair)", "")
    assert locks(told(text, kept)) == {"plain": SHARE}


def test_an_extension_may_bring_any_type() -> None:
    text = "ALTER TABLE t ADD COLUMN b hstore"
    assert told(text, "CREATE TABLE t (a int)").failures[0].kind == "always"
    assert told(text, "CREATE TABLE t (a int); CREATE EXTENSION hstore").failures == ()


def test_a_type_that_the_schema_tells_no_more_of_is_not_known() -> None:
    schema = "CREATE TABLE t (a int, b text)"
    made = told("ALTER TABLE t ALTER b TYPE varchar(5) USING a::text", schema)
    assert made.work[0].kind == "rewrite"


@pytest.mark.parametrize(
    ("body", "rewritten"),
    [
        ("SELECT 1", False),
        ("SELECT random()::int", True),
        ("SELECT a FROM t", True),
        ("SELECT 1; SELECT 2", True),
        ("VALUES (1)", True),
    ],
)
def test_a_function_of_sql_is_seen_through(body: str, *, rewritten: bool) -> None:
    schema = f"""CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS '{body}'"""
    effects = told("ALTER TABLE t ADD COLUMN b int DEFAULT f()", schema)
    assert bool(effects.work) is rewritten


def test_keys_on_a_partitioned_table_lock_all_its_partitions() -> None:
    schema = """CREATE TABLE p (id int PRIMARY KEY) PARTITION BY HASH (id);
CREATE TABLE p0 PARTITION OF p FOR VALUES WITH (MODULUS 1, REMAINDER 0);
CREATE TABLE t (a int CONSTRAINT to_p REFERENCES p)"""
    assert locks(told("ALTER TABLE t DROP CONSTRAINT to_p", schema)) == {"t": AE, "p": AE, "p0": AE}
    assert locks(told("CREATE TABLE u (a int REFERENCES p)", schema)) == {"p": SRE, "p0": SRE}


def test_a_not_null_that_is_not_valid_yet_is_validated() -> None:
    schema = "CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT there NOT NULL a NOT VALID"
    effects = told("ALTER TABLE t VALIDATE CONSTRAINT there", schema)
    assert locks(effects) == {"t": SUE}
    assert [each.kind for each in effects.work] == ["scan"]
    again = told("ALTER TABLE t ADD CONSTRAINT other NOT NULL a", schema)
    assert [each.kind for each in again.failures] == ["always"]


def test_partitions_that_are_made_as_a_program_runs_are_not_known() -> None:
    schema = "CREATE TABLE t (at date) PARTITION BY RANGE (at)"
    altered = told("ALTER TABLE t ADD COLUMN a int", schema)
    assert locks(altered) == {"t": AE}
    assert "no partition of t" in altered.why_unknown
    one = told("CREATE INDEX ON t_20260101 (at)", schema)
    assert (one.failures, one.known) == ((), False)
    assert told("CREATE INDEX ON other (at)", schema).failures[0].kind == "always"
    made = told("ALTER TABLE n ADD COLUMN a int", schema, schema.replace("t (", "n (", 1))
    assert made.known
