"""Prisma, Drizzle, Atlas and Sqitch: folders whose order or state is kept in a file of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from be_tui.core.migrations.files.atlassum import lines_of, sum_of
from tests.core.migrations.files.building import exact, only, read, sql, told, unread

if TYPE_CHECKING:
    from pathlib import Path


def test_prisma_runs_one_statement_alone_and_several_at_once(tmp_path: Path) -> None:
    history = read(
        tmp_path,
        {
            "migration_lock.toml": 'provider = "postgresql"\n',
            "20240101000000_a/migration.sql": "CREATE INDEX CONCURRENTLY i ON a (b);",
            "20240102000000_b/migration.sql": "SELECT 1;\nSELECT 2;",
            "20240102000000_b/down.sql": "SELECT 3;",
            "20240103000000_c/notes.md": "",
        },
    )
    assert history.format == "prisma"
    first, second = history.migrations
    assert (first.up.wrapping, second.up.wrapping) == ("none", "one")
    assert second.path == str(tmp_path / "20240102000000_b")
    assert sql(second.down) == ["SELECT 3"]
    assert told(history) == ["migration-half 20240103000000_c:0"]
    exact(history)


def journal(*tags: str) -> str:
    entries = [{"idx": index, "when": index, "tag": tag} for index, tag in enumerate(tags)]
    return json.dumps({"version": "7", "dialect": "postgresql", "entries": entries}, indent=2)


def test_drizzle_goes_by_its_journal(tmp_path: Path) -> None:
    history = read(
        tmp_path,
        {
            "meta/_journal.json": journal("0001_b", "0000_a", "0002_gone"),
            "0000_a.sql": "SELECT 1;--> statement-breakpoint\nSELECT 2;",
            "0001_b.sql": "SELECT 3",
            "0009_stray.sql": "SELECT 4;",
        },
    )
    assert [each.version for each in history.migrations] == ["0001", "0000"]
    assert sql(history.migrations[1].up) == ["SELECT 1", "SELECT 2"]
    assert told(history) == [
        "migration-missing _journal.json:18",
        "migration-missing 0009_stray.sql:0",
    ]
    assert history.findings[0].message == "names 0002_gone.sql, and there is no such file"
    exact(history)


@pytest.mark.parametrize("text", ["{", "{}", '{"entries": [1]}', '{"entries": [{"idx": "x"}]}'])
def test_a_journal_that_is_none_is_told(tmp_path: Path, text: str) -> None:
    history = read(tmp_path, {"meta/_journal.json": text, "0000_a.sql": "SELECT 1;"}, "drizzle")
    assert history.migrations == ()
    assert history.findings[0].rule == "migration-unreadable"


def test_a_journal_with_one_index_twice_is_told(tmp_path: Path) -> None:
    entries = [{"idx": 0, "tag": "0000_a"}, {"idx": 0, "tag": "0000_b"}]
    files: dict[str, str | bytes] = {
        "meta/_journal.json": json.dumps({"entries": entries}),
        "0000_a.sql": "SELECT 1;",
        "0000_b.sql": "SELECT 1;",
    }
    assert told(read(tmp_path, files)) == ["migration-duplicate _journal.json:1"]


def test_a_journal_never_leads_out_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.sql").write_text("SELECT 'secret';")
    history = read(
        tmp_path / "drizzle", {"meta/_journal.json": journal("../secret"), "0000_a.sql": ""}
    )
    assert history.migrations == ()
    assert "migration-outside" in {each.rule for each in history.findings}


def test_drizzle_without_a_journal_has_a_folder_each(tmp_path: Path) -> None:
    history = read(
        tmp_path,
        {
            "20240101000000_a/migration.sql": "SELECT 1;--> statement-breakpoint\nSELECT 2;",
            "20240101000000_a/snapshot.json": "{}",
        },
    )
    assert (history.format, only(history).format) == ("drizzle", "drizzle")
    assert sql(only(history).up) == ["SELECT 1", "SELECT 2"]


FIRST = b"CREATE TABLE t (c int);\n"


def test_atlas_sums_are_those_that_atlas_writes() -> None:
    files = [("1.a.sql", FIRST), ("2.b.sql", b"-- atlas:sum ignore\nSELECT 1;\n")]
    assert [name for name, _ in lines_of(files)] == ["1.a.sql"]
    assert sum_of([]) == "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"


def test_atlas_reads_its_directives_at_the_head(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "20240101000000_a.sql": "-- atlas:txmode none\n\nCREATE INDEX CONCURRENTLY i ON a (b);",
        "20240102000000_b.sql": "SELECT 1;\n-- atlas:txmode none\n",
        "20240103000000_c.sql": "-- atlas:checkpoint\n\nSELECT 'all';",
        "20240104000000_d.sql": '-- atlas:delimiter "\\n\\n\\n"\n\nSELECT 1;\n\n\nSELECT 2;',
        "20240105000000_e.sql": (
            "-- atlas:txtar\n\n-- checks.sql --\nSELECT NOT EXISTS (SELECT 1);\n"
            "-- migration.sql --\nDROP TABLE a;\n-- down.sql --\nCREATE TABLE a (id int);\n"
        ),
        "20240106000000_f.sql": '-- atlas:delimiter "\\x"\n\nSELECT 1;',
    }
    texts = [(name, text.encode()) for name, text in files.items() if isinstance(text, str)]
    history = read(tmp_path, {**files, "atlas.sum": sum_of(texts)})
    assert history.format == "atlas"
    a, b, d, e, f = history.migrations
    assert (a.up.wrapping, b.up.wrapping) == ("none", "one")
    assert sql(d.up) == ["SELECT 1", "SELECT 2"]
    assert (sql(e.up), sql(e.down)) == (["DROP TABLE a"], ["CREATE TABLE a (id int)"])
    assert unread(f.up) == ['`"\\x"` is no delimiter']
    assert told(history) == ["migration-baseline 20240103000000_c.sql:0"]


def test_atlas_notices_files_that_were_changed_added_or_lost(tmp_path: Path) -> None:
    whole = sum_of([("1_a.sql", FIRST), ("2_b.sql", FIRST)])
    changed = read(tmp_path / "1", {"1_a.sql": "SELECT 1;", "2_b.sql": FIRST, "atlas.sum": whole})
    assert told(changed) == ["migration-checksum atlas.sum:2"]
    added = read(
        tmp_path / "2", {"1_a.sql": FIRST, "2_b.sql": FIRST, "3_c.sql": FIRST, "atlas.sum": whole}
    )
    assert added.findings[0].message.startswith("3_c.sql is not in it")
    lost = read(tmp_path / "3", {"1_a.sql": FIRST, "atlas.sum": whole})
    assert told(lost) == ["migration-missing atlas.sum:3"]
    none = read(tmp_path / "4", {"1_a.sql": FIRST}, "atlas")
    assert told(none) == ["migration-checksum 1_a.sql:0"]


PLAN = """%syntax-version=1.0.0
%project=shop

users 2024-01-01T00:00:00Z Ada <ada@x.org> # first
orders [users other:thing !gone] 2024-01-02T00:00:00Z Ada <ada@x.org> # second
@v1 2024-01-02T00:00:00Z Ada <ada@x.org> # tag
users [users@v1] 2024-01-03T00:00:00Z Ada <ada@x.org> # again
"""


def test_sqitch_goes_by_its_plan_and_finds_what_was_reworked(tmp_path: Path) -> None:
    deploy = "-- Deploy shop:users to pg\n\nBEGIN;\n\nSELECT 1;\n\nCOMMIT;\n"
    history = read(
        tmp_path,
        {
            "sqitch.plan": PLAN,
            "deploy/users@v1.sql": deploy,
            "revert/users@v1.sql": "BEGIN;\nSELECT -1;\nCOMMIT;\n",
            "deploy/orders.sql": "SELECT 2;",
            "deploy/users.sql": deploy,
        },
    )
    assert history.format == "sqitch"
    first, orders, again = history.migrations
    assert [each.wrapping for each in first.up.statements] == [None, "one", None]
    assert first.up.wrapping == "none"
    assert sql(first.down) == ["BEGIN", "SELECT -1", "COMMIT"]
    assert (orders.after, orders.down) == (("users",), None)
    assert again.path.endswith("deploy/users.sql")
    assert told(history) == []
    exact(history)


def test_sqitch_tells_of_changes_without_a_script_and_of_needs_that_come_later(
    tmp_path: Path,
) -> None:
    history = read(
        tmp_path,
        {
            "sqitch.plan": (
                "%project=x\na [b] 2024-01-01T00:00:00Z Ada <a@b>\nnonsense\n"
                "b 2024-01-01T00:00:00Z Ada <a@b>\nb 2024-01-01T00:00:00Z Ada <a@b>\n"
            ),
            "deploy/b.sql": "SELECT 1;",
        },
    )
    assert sorted(told(history)) == [
        "migration-duplicate sqitch.plan:4",
        "migration-half sqitch.plan:3",
        "migration-missing sqitch.plan:2",
        "migration-missing sqitch.plan:2",
    ]
