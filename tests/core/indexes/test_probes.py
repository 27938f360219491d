"""Nine queries that advisers get wrong: right on every engine, whatever the seed of hashes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.core.indexes.probes import PROBES, RIGHT, advised, probe

if TYPE_CHECKING:
    from be_tui.core.sqltext import Engine

ENGINES: tuple[Engine, ...] = ("postgresql", "sqlite", "mariadb")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("number", range(len(PROBES)))
def test_the_right_index_is_advised(engine: Engine, number: int) -> None:
    report = probe(PROBES[number], engine)
    right = RIGHT[engine][number]
    assert len(advised(report)) == (1 if right else 0)
    assert right.issuperset(advised(report))
    # SQLite knows no common values: it takes the index for a tenth of the rows too; that is told.
    assert {each.label for each in report.slower} <= ({"common"} if engine == "sqlite" else set())
    assert report.left_out == ()


def test_where_one_column_is_enough_it_says_so() -> None:
    (passed,) = probe(PROBES[0], "postgresql").passed
    assert passed.instead == "posts_user_id_idx"
    assert "it pays with LIMIT (" in passed.why


def test_what_mariadb_has_no_index_for_is_told() -> None:
    (note,) = probe(PROBES[5], "mariadb").notes
    assert "compare email itself" in note


_ALL = """
import json
from tests.core.indexes.probes import PROBES, probe
from be_tui.core.indexes import advice_json
sql = ";".join(PROBES)
told = {engine: advice_json(probe(sql, engine)) for engine in ("sqlite", "mariadb", "postgresql")[:%d]}
print(json.dumps(told))
"""  # noqa: E501 (a program)


def told_under(seed: str, engines: int) -> object:
    done = subprocess.run(
        [sys.executable, "-c", _ALL % engines],
        env={**os.environ, "PYTHONHASHSEED": seed},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_the_seed_of_hashes_turns_nothing() -> None:
    assert told_under("1", 1) == told_under("2", 1)


@pytest.mark.slow
def test_no_seed_of_hashes_turns_anything_on_any_engine() -> None:
    first = told_under("0", 3)
    assert all(told_under(seed, 3) == first for seed in ("1", "2", "3", "4"))
