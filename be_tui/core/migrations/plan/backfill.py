"""Brings rows up to date in batches by key, so that no lock is held long and it can be resumed.

What is done is kept in a small table, committed with each batch. Run again after a failure, it
goes on where it stood.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.ddl import held, identifier, literal, type_sql
from be_tui.core.migrations.plan.model import Statement

if TYPE_CHECKING:
    from be_tui.core.migrations.plan.scene import Scene
    from be_tui.core.schema import Table


def batch_key(table: Table) -> tuple[str, ...]:
    """Give the columns that batches go by, folded; empty where the table has no primary key."""
    return table.primary_key.columns if table.primary_key else ()


def backfill(
    scene: Scene, table: Table, name: str, assignment: str, where: str
) -> tuple[Statement, ...]:
    """Give the statements that bring all rows of a table up to date.

    Args:
        scene: What the plan is made in view of.
        table: The table.
        name: What the task is called; its progress is kept under that.
        assignment: What is set, as in UPDATE: `price = amount * 2`.
        where: Which rows are not up to date.
    """
    if scene.target.engine == "sqlite" or not batch_key(table):
        update = f"UPDATE {scene.namer.table(table)} SET {assignment} WHERE {where}"  # noqa: S608 (written names)
        return (Statement(update, comment="The table has no key that batches could go by."),)
    if scene.target.engine == "postgresql":
        return _postgresql(scene, table, name, assignment, where)
    return _mysql(scene, table, name, assignment, where)


_LOOP = """DO $backfill$
DECLARE
  {declared} begun boolean;
BEGIN
  SELECT {columns} INTO {latest} FROM {progress};
  begun := FOUND;
  LOOP
    EXECUTE {batch} INTO {latest} USING NOT begun, {latest};
    EXIT WHEN {first} IS NULL;
    DELETE FROM {progress};
    INSERT INTO {progress} VALUES ({latest});
    begun := true;
    COMMIT;
    PERFORM pg_sleep({pause});
  END LOOP;
END $backfill$"""

_PROCEDURE = """CREATE PROCEDURE {routine}()
BEGIN
  DECLARE from_key {kind};
  DECLARE to_key {kind};
  SELECT min({key}) INTO from_key FROM {own} WHERE {where};
  WHILE from_key IS NOT NULL DO
    SELECT max({key}) INTO to_key FROM (
      SELECT {key} FROM {own} WHERE {key} >= from_key ORDER BY {key} LIMIT {batch}
    ) AS batch;
    UPDATE {own} SET {assignment} WHERE {key} BETWEEN from_key AND to_key AND ({where});
    COMMIT;
    DO SLEEP({pause});
    SELECT min({key}) INTO from_key FROM {own} WHERE {key} > to_key AND ({where});
  END WHILE;
END"""


def _postgresql(
    scene: Scene, table: Table, name: str, assignment: str, where: str
) -> tuple[Statement, ...]:
    namer, options = scene.namer, scene.options
    key = [namer.column(table, each) for each in batch_key(table)]
    kinds = [
        type_sql(column.type, namer.engine)
        for each in batch_key(table)
        if (column := table.column(each))
    ]
    progress = namer.within(table.namespace, identifier(f"{name}_progress", namer.engine))
    last = [f"last_{at}" for at in range(len(key))]
    declared = " ".join(f"{one} {kind};" for one, kind in zip(last, kinds, strict=True))
    columns, latest = ", ".join(key), ", ".join(last)
    beyond = f"({columns}) > ({', '.join(f'${at}' for at in range(2, len(key) + 2))})"
    own = namer.table(table)
    drawn = ", ".join(f"{one} AS {name}" for one, name in zip(key, last, strict=True))
    same = " AND ".join(f"it.{one} = batch.{name}" for one, name in zip(key, last, strict=True))
    latest_first = ", ".join(f"{each} DESC" for each in last)
    # A dynamic statement is planned for its values, so that the key's index finds the batch.
    batch = (
        f"WITH batch AS (SELECT {drawn} FROM {own} WHERE $1 OR {beyond}"  # noqa: S608 (written names)
        f" ORDER BY {columns} LIMIT {options.batch}),"
        f" changed AS (UPDATE {own} AS it SET {assignment} FROM batch WHERE {same} AND ({where}))"
        f" SELECT {latest} FROM batch ORDER BY {latest_first} LIMIT 1"
    )
    body = _LOOP.format(
        declared=declared,
        columns=columns,
        latest=latest,
        first=last[0],
        progress=progress,
        batch=literal(batch, namer.engine),
        pause=f"{options.pause:g}",
    )
    made = ", ".join(f"{one} {kind}" for one, kind in zip(key, kinds, strict=True))
    return (
        Statement(f"CREATE TABLE IF NOT EXISTS {progress} ({made})", outside=True),
        Statement(
            body,
            outside=True,
            comment="It commits each batch; run again, it goes on after the last one.",
        ),
        Statement(f"DROP TABLE {progress}", outside=True),
    )


def _mysql(
    scene: Scene, table: Table, name: str, assignment: str, where: str
) -> tuple[Statement, ...]:
    """Give a procedure that goes from key to key: MySQL loops nowhere else."""
    namer, options = scene.namer, scene.options
    key = namer.column(table, batch_key(table)[0])
    column = table.column(batch_key(table)[0])
    kind = type_sql(column.type, namer.engine) if column else "bigint"
    own, routine = namer.table(table), identifier(name, namer.engine)
    body = _PROCEDURE.format(
        routine=routine,
        kind=kind,
        key=key,
        own=own,
        where=where,
        assignment=assignment,
        batch=options.batch,
        pause=f"{options.pause:g}",
    )
    return (
        Statement(f"DROP PROCEDURE IF EXISTS {routine}", outside=True),
        Statement(
            body, outside=True, comment="Each batch is committed; what is done is not done again."
        ),
        Statement(f"CALL {routine}()", outside=True),
        Statement(f"DROP PROCEDURE {routine}", outside=True),
    )


def task_name(table: Table, column: str) -> str:
    """Give what a task on a column is called."""
    return f"{held(table.name, 'postgresql')}_{column}_backfill"
