"""Decision records that stand in a project are found, whoever wrote them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.decisions import decided_in

if TYPE_CHECKING:
    from pathlib import Path

MADR = """---
status: "accepted"
date: 2026-11-02
---

# Keep the modular monolith

## Context and Problem Statement
"""
ADR_TOOLS = """# 3. Use PostgreSQL

Date: 2025-01-07

## Status

Superseded by 0007
"""


def test_a_record_of_the_madr_form_tells_title_status_and_date(tmp_path: Path) -> None:
    (tmp_path / "0007-keep-the-modular-monolith.md").write_text(MADR)
    (found,) = decided_in(tmp_path)
    assert (found.number, found.title) == (7, "Keep the modular monolith")
    assert (found.status, found.date) == ("accepted", "2026-11-02")


def test_a_record_of_adr_tools_tells_them_too(tmp_path: Path) -> None:
    (tmp_path / "0003-use-postgresql.md").write_text(ADR_TOOLS.replace("\n", "\r\n"))
    (found,) = decided_in(tmp_path)
    assert (found.title, found.status, found.date) == (
        "Use PostgreSQL",
        "Superseded by 0007",
        "2025-01-07",
    )


def test_the_newest_come_first_and_no_more_than_asked(tmp_path: Path) -> None:
    for number in range(1, 13):
        (tmp_path / f"{number:04}-x.md").write_text(f"# Decision {number}\n")
    assert [found.number for found in decided_in(tmp_path, 3)] == [12, 11, 10]


def test_what_is_no_record_is_passed_over(tmp_path: Path) -> None:
    for name in ("README.md", "template.md", "0001-x.txt", "12.md"):
        (tmp_path / name).write_text("# Not one")
    assert decided_in(tmp_path) == ()


def test_a_record_that_cannot_be_read_is_named_by_its_file(tmp_path: Path) -> None:
    (tmp_path / "0002-choose-a-queue.md").mkdir()
    (found,) = decided_in(tmp_path)
    assert (found.title, found.status) == ("choose a queue", "")


def test_no_folder_has_no_records(tmp_path: Path) -> None:
    assert decided_in(tmp_path / "docs") == ()
