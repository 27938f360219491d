"""Safe forms that several rules suggest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.migrations.checks.safe import (
    locked,
    named,
    phase,
    quoted,
    relation,
    with_constraint,
    written,
)

if TYPE_CHECKING:
    from be_tui.core.migrations.checks.acts.model import Act, Node
    from be_tui.core.migrations.files import PhaseScript

_BATCH = """\
DO $$
DECLARE
  page bigint := 0;
BEGIN
  WHILE page * current_setting('block_size')::bigint < pg_relation_size({text}) LOOP
    UPDATE {table} SET {column} = {value}
      WHERE ctid >= format('(%s,0)', page)::tid AND ctid < format('(%s,0)', page + 200)::tid
        AND {column} {unlike};
    COMMIT;
    page := page + 200;
  END LOOP;
END
$$"""
"""Rows in the order that they lie in, 200 pages a transaction. What others write meanwhile has the
default, and what they move to the end is met there."""


def added_plain(act: Act, node: Node) -> str:
    """Give `ALTER TABLE ... ADD COLUMN` of a column's node."""
    from postgast import pg_query_pb2 as pb

    statement = pb.AlterTableStmt()
    statement.objtype = pb.OBJECT_TABLE
    statement.relation.relname = act.table
    statement.relation.schemaname = act.namespace
    statement.relation.inh = True
    statement.relation.relpersistence = "p"
    command = statement.cmds.add().alter_table_cmd
    command.subtype = pb.AT_AddColumn
    command.behavior = pb.DROP_RESTRICT
    getattr(command, "def").column_def.CopyFrom(node)
    return written(statement)


def backfilled(act: Act, value: str | None = None) -> tuple[PhaseScript, ...]:
    """Give the steps that add a column, fill it batch by batch, and then hold it to NOT NULL.

    Args:
        act: The column that is added.
        value: What rows get; None for the column's own default, without which they stay NULL.
    """
    from postgast import pg_query_pb2 as pb

    node = type(act.node)()
    node.CopyFrom(act.node)
    kept = [
        type(each).FromString(each.SerializeToString())
        for each in node.constraints
        if each.constraint.contype not in {pb.CONSTR_DEFAULT, pb.CONSTR_NOTNULL}
    ]
    default = next(
        (e.constraint for e in act.node.constraints if e.constraint.contype == pb.CONSTR_DEFAULT),
        None,
    )
    del node.constraints[:]
    node.constraints.extend(kept)
    table, column = relation(act), quoted(act.name)
    expand = [added_plain(act, node)]
    if value is None and default is not None:
        value = written(default.raw_expr)
        expand.append(f"ALTER TABLE {table} ALTER COLUMN {column} SET DEFAULT {value}")
    phases = [locked(*expand, name="expand")]
    if value:
        phases.append(batches(act, value))
        if act.says("not null"):
            phases.extend(checked_not_null(act))
    return tuple(phases)


def batches(act: Act, value: str, unlike: str = "IS NULL") -> PhaseScript:
    """Give the statement that fills a column batch by batch.

    Args:
        act: Whose column it is.
        value: What rows get.
        unlike: Which rows still have to get it; without it a row that moves would be met again.
    """
    from be_tui.core.migrations.files import NewStatement, NewStep, PhaseScript

    table = relation(act)
    text = "'" + table.replace("'", "''") + "'"
    sql = _BATCH.format(table=table, text=text, column=quoted(act.name), value=value, unlike=unlike)
    step = NewStep((NewStatement(sql, outside=True),))
    return PhaseScript("backfill", (step,), "each batch commits, so it runs outside a transaction")


def checked_not_null(act: Act) -> tuple[PhaseScript, ...]:
    """Give the steps that hold a column to NOT NULL without a scan under a strong lock."""
    table, column = relation(act), quoted(act.name)
    name = quoted(named(act.table, act.name, "not_null"))
    return (
        locked(
            f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({column} IS NOT NULL) NOT VALID",
            name="check",
        ),
        phase(f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}", name="validate"),
        locked(
            f"ALTER TABLE {table} ALTER COLUMN {column} SET NOT NULL",
            f"ALTER TABLE {table} DROP CONSTRAINT {name}",
            name="not-null",
        ),
    )


def constraint_later(act: Act) -> tuple[PhaseScript, ...]:
    """Give the steps that add a constraint for new rows, and validate it for the others."""
    add, name = with_constraint(act, valid=False)
    if not add:
        return ()
    validate = f"ALTER TABLE {relation(act)} VALIDATE CONSTRAINT {quoted(name)}"
    return (locked(add, name="constraint"), phase(validate, name="validate"))
