"""How a replay is told: the page, JSON, Markdown, evidence and findings, from one value."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from be_tui.core.document import to_text
from be_tui.core.migrations.model import (
    Effects,
    Failure,
    Migration,
    Online,
    RelationLock,
    Script,
    ScriptStatement,
    Work,
)
from be_tui.core.migrations.replay import (
    Beside,
    Difference,
    Form,
    Formed,
    Kept,
    Observation,
    Part,
    Proof,
    Replay,
    Run,
    Step,
    Wait,
    evidence,
    findings,
    markdown,
    record,
    replay_json,
    replay_page,
)
from be_tui.core.migrations.replay.words import headline, lost, seconds
from be_tui.core.sqltext import Statement, Unread

LOCKED = Effects(
    locks=(
        RelationLock("users", "ACCESS EXCLUSIVE"),
        RelationLock("orders", "SHARE ROW EXCLUSIVE"),
        RelationLock("users_pkey", "SHARE UPDATE EXCLUSIVE", "index"),
    ),
    work=(Work("rewrite", "users", "its type"), Work("scan", "users")),
)
FOUND = Difference(missing=(Part("index", "i", "CREATE INDEX i"),))


def statement(text: str, line: int = 1) -> ScriptStatement:
    return ScriptStatement(Statement(text, 0, line, 1))


def step(text: str, seen: Observation | None = None, line: int = 1, **more: object) -> Step:
    return Step(statement(text, line), seen, **more)  # type: ignore[arg-type]


def run_of(*steps: Step, direction: str = "up", **more: object) -> Run:
    script = Script(f"m/1.{direction}.sql", tuple(each.statement for each in steps))
    return Run(script, direction, steps, 0.25, **more)  # type: ignore[arg-type]


def proof_of(up: Run, **more: object) -> Proof:
    migration = Migration("golang-migrate", "1", "add_score", "m/1.up.sql", up.script)
    return Proof(migration, up, **more)  # type: ignore[arg-type]


def replay_of(*proofs: Proof, **more: object) -> Replay:
    filled = (("users", 10_000),)
    return Replay("postgresql", "18.4", "postgresql:18", proofs, filled, **more)  # type: ignore[arg-type]


ALTER = "ALTER TABLE users ALTER age TYPE bigint"
WAITS = (
    Wait("users", "reads", 0.019, 0),
    Wait("users", "writes", 1.5, 0),
    Wait("orders", "reads", 0.0, 0),
)


@pytest.fixture
def good() -> Replay:
    told = replace_step(step(ALTER, Observation(LOCKED, 0.02, ("proved by a check",)), 3), LOCKED)
    up = run_of(told, step("SELECT 1", unrun="it is no SQL", line=4), waits=WAITS)
    down = run_of(step("SELECT 2", Observation()), direction="down")
    rows = (
        Kept("users", 10, 10, 10, ("bio",), ("bio",)),
        Kept("gone", 5, None, 0),
        Kept("less", 5, 3, 3),
    )
    return replay_of(
        proof_of(up, down=down, again=up, rows=rows, breaks=("users.bio: no such column",)),
        notes=("a note",),
    )


def replace_step(each: Step, predicted: Effects) -> Step:
    return Step(each.statement, each.seen, predicted=predicted)


@pytest.fixture
def bad() -> Replay:
    seen = Observation(
        Effects(failures=(Failure("on data", "NULL is there"),)),
        trouble="refused",
        message="NULL is there",
        code="23502",
    )
    other = Observation(
        Effects(online=(Online("users", "COPY", "SHARED"),), known=False, why_unknown="who knows")
    )
    bare = run_of(
        step("ALTER TABLE users MODIFY a int", other, predicted=Effects(), contradictions=("so",)),
        waits=(Wait("users", "writes", 0.5, 0),),
    )
    down = run_of(step("DROP x", Observation(trouble="refused", message="no x")), direction="down")
    return replay_of(
        proof_of(
            run_of(step(ALTER, seen), step("SELECT 1", unrun="a statement before it failed")),
            left=FOUND,
            bare=proof_of(bare, down=down, left=FOUND),
        ),
        untried=(Migration("sql", "", "", "m/2.sql", Script("m/2.sql")),),
    )


def test_a_headline_says_what_matters_most(good: Replay, bad: Replay) -> None:
    assert headline(good) == (
        "it runs; writes of users waited 1.5 s;"
        " the way back restores the structure, not the values of users.bio"
    )
    assert headline(bad) == (
        "it runs; generated rows were in the way of one; writes of users waited 500 ms;"
        " the way back fails: no x"
    )
    calm = run_of(step("SELECT 1", Observation()), waits=(Wait("users", "reads", 0.0),))
    assert headline(replay_of(proof_of(calm), proof_of(calm))) == "all 2 run; nobody waited"
    back = proof_of(calm, down=calm, again=calm)
    assert headline(replay_of(back, back)).endswith("each way back leads back")
    wrong = proof_of(calm, down=calm, again=calm, back=FOUND)
    assert headline(replay_of(wrong)).endswith("the way back does not lead back")


def test_a_page_tells_each_statement_and_what_others_waited(good: Replay) -> None:
    text = to_text(replay_page(good), 100)
    for each in (
        "It runs; writes of users waited 1.5 s",
        "PostgreSQL 18.4, in a database of its own (postgresql:18).",
        "There, in one transaction  250 ms  m/1.up.sql",
        "  1 ALTER TABLE users ALTER age TYPE bigint  20 ms",
        "    users ACCESS EXCLUSIVE: reads and writes wait",
        "    orders SHARE ROW EXCLUSIVE: writes wait",
        "    index users_pkey SHARE UPDATE EXCLUSIVE\n",
        "    rewrite of users (its type)",
        "    proved by a check",
        "    as told beforehand",
        "    not run: it is no SQL",
        "    writes of users waited 1.5 s from statement 1 on\n    reads of users waited 19 ms",
        "    users.bio: no such column",
        "    users: 10 rows, 10 after; other or no values in bio; not brought back: bio",
        "    gone: 5 rows, the table is gone",
        "The way back restores the structure, not the values of users.bio.",
        "a note",
    ):
        assert each in text


def test_a_page_tells_what_failed_and_what_it_left(bad: Replay) -> None:
    text = to_text(replay_page(bad), 100)
    for each in (
        "    NULL is there",
        "What it leaves behind:\n    missing: index i",
        "Generated rows were in its way. On empty tables:",
        "    users COPY: writes wait",
        "    who knows",
        "    otherwise than is told beforehand:\n      so",
        "What the way back leaves behind:",
        "The way back fails: no x.",
        "Not tried, as they come after: m/2.sql.",
    ):
        assert each in text
    assert "as told beforehand\n" not in text


def test_a_page_tells_a_second_way_that_leads_elsewhere() -> None:
    calm = run_of(step("SELECT 1", Observation()), waits=(Wait("users", "reads", 0.0),))
    proof = proof_of(calm, down=calm, again=calm, back=FOUND, anew=FOUND)
    text = to_text(replay_page(replay_of(proof)), 100)
    assert "Nobody waited who read or wrote meanwhile: users." in text
    assert "The second way there leads elsewhere." in text
    ended = run_of(step("SELECT 1", Observation()), ended_by="too late")
    text = to_text(replay_page(replay_of(proof_of(calm, down=calm, again=ended))), 100)
    assert "The second way there fails: too late." in text
    assert "in the end it was refused: too late" in to_text(
        replay_page(replay_of(proof_of(ended))), 100
    )


def test_a_page_names_rows_that_may_be_in_the_way_and_how_to_find_them() -> None:
    told = Effects(failures=(Failure("on data", "NULL may be there", "SELECT\n1"),))
    up = run_of(step(ALTER, Observation(), predicted=told))
    text = to_text(replay_page(replay_of(proof_of(up), notes=())), 100)
    assert "your rows may be in the way: NULL may be there" in text
    assert "they are if this gives any: SELECT 1" in text
    assert "It locks nothing that others would wait for." in text


def test_json_holds_all_of_it(good: Replay, bad: Replay) -> None:
    told = json.loads(json.dumps(replay_json(good)))
    (migration,) = told["migrations"]
    assert migration["tables"][0] == {
        "table": "users",
        "before": 10,
        "after": 10,
        "back": 10,
        "changed": ["bio"],
        "not_back": ["bio"],
    }
    first, second = migration["up"]["statements"]
    assert first["predicted"] == first["seen"]
    assert (first["line"], first["error"], second["not_run"]) == (3, None, "it is no SQL")
    assert migration["up"]["waits"][1]["seconds"] == 1.5
    (migration,) = json.loads(json.dumps(replay_json(bad)))["migrations"]
    assert migration["up"]["statements"][0]["error"]["code"] == "23502"
    assert migration["on_empty_tables"]["left_behind"] == ["missing: index i"]


def test_markdown_is_a_table_a_statement_a_row(good: Replay, bad: Replay) -> None:
    text = markdown(
        good, "m/1.up.sql, tried", date(2026, 11, 23), "be-tui migrate prove m/1.up.sql"
    )
    assert text.startswith("# m/1.up.sql, tried\n\nTried on 2026-11-23: it runs;")
    assert (
        "| 1 | `ALTER TABLE users ALTER age TYPE bigint` | 20 ms | users ACCESS EXCLUSIVE: reads"
        " and writes wait; orders SHARE ROW EXCLUSIVE: writes wait; index users_pkey SHARE UPDATE"
        " EXCLUSIVE; rewrite of users (its type); scan of users | yes |\n"
    ) in text
    assert "| 2 | `SELECT 1` |  | it is no SQL |  |" in text
    assert text.endswith("```sh\nbe-tui migrate prove m/1.up.sql\n```\n")
    text = markdown(bad, "t", date(2026, 11, 23))
    assert "- `missing: index i`" in text


def test_evidence_counts_what_trees_can_ask(good: Replay, bad: Replay) -> None:
    told = evidence(good, "be-tui migrate prove m", "2026-11-23T10:00:00Z")
    values = {each.name: each.value for each in told.measures}
    assert values == {
        "replay.migrations": 1.0,
        "replay.failed": 0.0,
        "replay.reversible": 1.0,
        "replay.longest_wait": 1500.0,
        "replay.contradictions": 0.0,
    }
    assert told.found == headline(good)
    assert told.facts[0].place == "m/1.up.sql:3"
    assert evidence(bad).measure("replay.contradictions").value == 1.0  # type: ignore[union-attr]


def test_findings_name_rule_and_line(good: Replay, bad: Replay) -> None:
    told = [(each.rule, each.severity, str(each.place)) for each in findings(good)]
    assert told == [
        ("proof-not-run", "info", "m/1.up.sql:4"),
        ("proof-loses-data", "warning", "m/1.up.sql"),
        ("proof-loses-data", "warning", "m/1.up.sql"),
        ("proof-loses-data", "warning", "m/1.up.sql"),
        ("proof-blocks", "warning", "m/1.up.sql:3"),
        ("proof-blocks", "warning", "m/1.up.sql:3"),
    ]
    told = [(each.rule, each.severity, str(each.place)) for each in findings(bad)]
    assert told == [
        ("proof-on-data", "warning", "m/1.up.sql:1"),
        ("proof-contradicts", "info", "m/1.up.sql:1"),
        ("proof-blocks", "warning", "m/1.up.sql:1"),
        ("proof-not-back", "error", "m/1.down.sql:1"),
    ]


def test_findings_tell_ways_back_that_lead_nowhere() -> None:
    calm = run_of(step("SELECT 1", Observation()))
    broken = run_of(step("SELECT 1", Observation(trouble="refused", message="no")))
    rules = [
        [(each.rule, each.severity) for each in findings(replay_of(proof))]
        for proof in (
            proof_of(calm),
            proof_of(broken),
            proof_of(calm, down=calm, again=calm, back=FOUND),
            proof_of(calm, down=calm, again=broken),
            proof_of(calm, down=calm, again=calm),
        )
    ]
    assert rules == [
        [("proof-no-way-back", "info")],
        [("proof-fails", "error")],
        [("proof-not-back", "warning")],
        [("proof-not-back", "error")],
        [],
    ]


def test_what_only_the_program_itself_knows_is_told_as_not_run() -> None:
    unread = Unread(Statement("op.execute(x)", 0, 7, 1), "x is not known")
    up = Run(Script("m.py", unread=(unread,)), "up")
    replay = replay_of(proof_of(up))
    assert "    line 7 was not run: x is not known" in to_text(replay_page(replay), 100)
    first = findings(replay)[0]
    assert (first.rule, first.place.line) == ("proof-not-run", 7)


def test_what_is_lost_is_named_once(good: Replay) -> None:
    assert lost(good.proofs[0]) == ("users.bio", "gone", "2 rows of less")


def test_safe_forms_stand_beside_what_was_written(good: Replay) -> None:
    up = good.proofs[0].up
    failed = run_of(step("CREATE x", Observation(trouble="refused", message="no x")))
    written = Formed(Form("as written", (up.script,)), (up,))
    safe = Formed(Form("safe", (up.script,)), (run_of(step("SELECT 9", Observation())),), FOUND)
    wrong = Formed(Form("safe", (up.script,)), (failed,))
    beside = (
        Beside(good.proofs[0].migration, up.steps[0], "migration-x", written, safe),
        Beside(good.proofs[0].migration, up.steps[0], "migration-x", written, wrong),
    )
    replay = replace(good, beside=beside)
    text = to_text(replay_page(replay), 100)
    for each in (
        "ALTER TABLE users ALTER age TYPE bigint\n    as written: 250 ms, others waited 1.5 s\n",
        "    the safe form: 250 ms, nobody waited\n      SELECT 9\n    it leads elsewhere for now:",
        "    the safe form: fails: no x",
    ):
        assert each in text
    told = json.loads(json.dumps(replay_json(replay)))["beside"]
    assert (told[0]["rule"], told[0]["line"]) == ("migration-x", 3)
    assert told[0]["written"]["longest_wait"] == 1.5
    assert told[0]["safe"]["difference"] == ["missing: index i"]
    assert told[1]["safe"]["failed"]
    text = markdown(replay, "t", date(2026, 11, 23))
    assert "250 ms, others waited 1.5 s | 250 ms, nobody waited |" in text


def test_many_tables_are_told_at_once() -> None:
    calm = run_of(step("SELECT 1", Observation()))
    rows = tuple(Kept(f"t{number}", 5, 5) for number in range(8))
    filled = tuple((f"t{number}", 5) for number in range(8))
    replay = Replay("sqlite", "3", "sqlite", (proof_of(calm, rows=rows),), filled)
    text = to_text(replay_page(replay), 100)
    assert "Rows generated: 8 tables 5 each." in text
    assert "    8 tables kept theirs" in text
    other = (Kept("gone", 5, None), *rows)
    text = to_text(replay_page(replay_of(proof_of(calm, rows=other))), 100)
    assert "    gone: 5 rows, the table is gone\n    8 other tables kept theirs" in text


def test_a_wait_without_work_on_rows_is_no_finding() -> None:
    lock = Effects(locks=(RelationLock("users", "ACCESS EXCLUSIVE"),))
    up = run_of(step("ALTER TABLE users ADD a int", Observation(lock)), waits=WAITS[:1])
    assert [each.rule for each in findings(replay_of(proof_of(up, down=up, again=up)))] == []


def test_a_record_is_a_file_to_be(good: Replay, tmp_path: Path) -> None:
    files = record(good, "score, tried", tmp_path, tmp_path / "docs", date(2026, 11, 23))
    (file,) = files.files
    assert Path(file.path).name == "0001-score-tried.md"


@pytest.mark.parametrize(
    ("value", "words"), [(0.0, "0.1 ms"), (0.00321, "3.2 ms"), (0.0321, "32 ms"), (3.21, "3.2 s")]
)
def test_times_have_the_figures_that_people_read(value: float, words: str) -> None:
    assert seconds(value) == words
