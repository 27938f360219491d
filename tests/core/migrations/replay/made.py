"""Migrations on disk, and the trials of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.migrations.replay import Given, Replay, prepare, prove

if TYPE_CHECKING:
    from pathlib import Path

    from be_tui.core.migrations.replay import Run, Step

USERS = """
CREATE TABLE users (id bigint PRIMARY KEY, email varchar(100) NOT NULL, age int, bio text);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint NOT NULL, total int NOT NULL);
"""
NO_USERS = "DROP TABLE orders; DROP TABLE users;"


def write(folder: Path, *pairs: tuple[str, str]) -> list[str]:
    """Write migrations of golang-migrate, each up and down; give the paths of the ups."""
    folder.mkdir(exist_ok=True)
    paths = []
    for number, (up, down) in enumerate(pairs, 1):
        path = folder / f"{number:04}_step.up.sql"
        path.write_text(up)
        if down:
            (folder / f"{number:04}_step.down.sql").write_text(down)
        paths.append(str(path))
    return paths


def tried(path: str, engine: str, **more: object) -> Replay:
    """Try one migration, or a folder of them, on few rows."""
    given = {"rows": 300, **more}
    return prove(prepare(Given((path,), engine=engine, **given)))  # type: ignore[arg-type]


def step(run: Run | None, number: int) -> Step:
    """Give one statement of a run, from 1."""
    assert run is not None
    return run.steps[number - 1]


def work(run: Run | None, number: int) -> set[tuple[str, str]]:
    """Give the work of one statement of a run, from 1."""
    seen = step(run, number).seen
    assert seen is not None
    return {(each.kind, each.relation) for each in seen.effects.work}
