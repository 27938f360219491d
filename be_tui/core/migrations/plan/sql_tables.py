"""Changes of PostgreSQL's tables as the statements that make them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.ddl import (
    add_check,
    add_foreign_key,
    after_indexes,
    alter,
    column_settings,
    column_sql,
    comment_on,
    create_index,
    create_item,
    drop_index,
    exclusion_sql,
    held,
    identifier,
    identity_sql,
    key_sql,
    literal,
    table_comments,
    type_sql,
)
from be_tui.core.migrations.diff import tables
from be_tui.core.migrations.diff.comparing import sequence_of
from be_tui.core.migrations.plan.sql_objects import numbering

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.ddl import Namer
    from be_tui.core.migrations.diff.tables import TableChange
    from be_tui.core.schema import Column, Table
    from be_tui.core.sqltext import Target

_CHANGES_EXPRESSIONS = 17
"""From this PostgreSQL on a stored column can be computed otherwise without being made anew."""


def say_table(change: TableChange, namer: Namer, target: Target) -> Iterator[str]:
    """Give the statements of a change, without semicolons."""
    match change:
        case tables.TableAdded():
            yield from whole_table(change.table, namer)
        case tables.TableDropped():
            yield f"DROP TABLE {namer.table(change.table)}"
        case tables.TableRenamed():
            yield from _renamed(change, namer)
        case tables.PartitionAttached() | tables.PartitionDetached():
            yield _partition(change, namer)
        case (
            tables.ColumnAdded()
            | tables.ColumnDropped()
            | tables.ColumnRenamed()
            | tables.TypeChanged()
            | tables.NullabilityChanged()
            | tables.DefaultChanged()
            | tables.IdentityChanged()
            | tables.GenerationChanged()
            | tables.StorageChanged()
            | tables.StatisticsChanged()
            | tables.AttributesChanged()
        ):
            yield from _column(change, namer, target)
        case tables.IndexAdded():
            yield create_index(change.index, change.table, namer)
            if change.index.comment:
                name = namer.within(
                    change.table.namespace, identifier(change.index.name, namer.engine)
                )
                yield comment_on("INDEX", name, change.index.comment, namer)
        case tables.IndexDropped():
            yield drop_index(change.index, change.table, namer)
        case tables.IndexRenamed():
            old = namer.within(change.table.namespace, identifier(change.before.name, namer.engine))
            yield f"ALTER INDEX {old} RENAME TO {identifier(change.after.name, namer.engine)}"
        case _:
            yield from _constraint(change, namer)


def whole_table(table: Table, namer: Namer) -> Iterator[str]:
    """Give what makes a table with all that stands on it, but for foreign keys."""
    yield from create_item(table, namer)
    if namer.engine not in {"mysql", "mariadb"}:
        for index in table.indexes:
            if not index.parent:
                yield create_index(index, table, namer)
    if namer.engine == "postgresql":
        yield from after_indexes(table, namer)
        yield from table_comments(table, namer)


def _renamed(change: tables.TableRenamed, namer: Namer) -> Iterator[str]:
    old, new = change.before, change.after
    if held(old.name, namer.engine) != held(new.name, namer.engine):
        name = identifier(held(new.name, namer.engine), namer.engine)
        yield f"ALTER TABLE {namer.table(old)} RENAME TO {name}"


def _partition(change: tables.PartitionAttached | tables.PartitionDetached, namer: Namer) -> str:
    start = f"ALTER TABLE {namer.referred(change.table.parent)}"
    name = namer.table(change.table)
    if isinstance(change, tables.PartitionDetached):
        return f"{start} DETACH PARTITION {name}"
    return f"{start} ATTACH PARTITION {name} {change.table.bound}"


def _column(change: TableChange, namer: Namer, target: Target) -> Iterator[str]:
    match change:
        case tables.ColumnAdded():
            yield from add_column(change, namer)
        case tables.ColumnDropped():
            yield f"{alter(change.table, namer)} DROP COLUMN {namer.of(change.column)}"
        case tables.ColumnRenamed():
            start = alter(change.table, namer)
            yield f"{start} RENAME COLUMN {namer.of(change.before)} TO {namer.of(change.after)}"
        case tables.TypeChanged():
            yield from _retyped(change, namer)
        case tables.NullabilityChanged():
            yield from _nullability(change, namer)
        case tables.DefaultChanged():
            start = f"{alter(change.table, namer)} ALTER COLUMN {namer.of(change.after)}"
            default = change.after.default
            yield f"{start} SET DEFAULT {default}" if default else f"{start} DROP DEFAULT"
        case tables.IdentityChanged():
            yield from _identity(change, namer)
        case tables.GenerationChanged():
            yield from _generation(change, namer, target)
        case _:
            yield from _kept(change, namer)


def _kept(change: TableChange, namer: Namer) -> Iterator[str]:
    """Give how a column's values are kept and counted."""
    match change:
        case tables.StorageChanged():
            start = f"{alter(change.table, namer)} ALTER COLUMN {namer.of(change.after)}"
            if change.before.storage != change.after.storage:
                yield f"{start} SET STORAGE {change.after.storage.upper() or 'DEFAULT'}"
            if change.before.compression != change.after.compression:
                yield f"{start} SET COMPRESSION {change.after.compression or 'default'}"
        case tables.StatisticsChanged():
            start = f"{alter(change.table, namer)} ALTER COLUMN {namer.of(change.after)}"
            aim = -1 if change.after.statistics is None else change.after.statistics
            yield f"{start} SET STATISTICS {aim}"
        case _:
            pass


def add_column(change: tables.ColumnAdded, namer: Namer) -> Iterator[str]:
    """Give what adds a column, with what is said of it besides."""
    start = alter(change.table, namer)
    yield f"{start} ADD COLUMN {column_sql(change.column, namer)}"
    yield from column_settings(change.column, start, namer)
    if change.column.comment:
        name = f"{namer.table(change.table)}.{namer.of(change.column)}"
        yield comment_on("COLUMN", name, change.column.comment, namer)


_NUMBERS = frozenset({"integer", "decimal", "float"})
_MOMENTS = frozenset({"timestamp", "date"})
_OPEN = frozenset({"other", "enum", "array"})
"""Families whose types know nothing of each other."""


def turned(before: Column, after: Column, namer: Namer, name: str = "") -> str:
    """Give the expression that makes a value of the new type; empty where none is needed."""
    old, new = before.type.family, after.type.family
    if (new == "text" and old != "array") or {old, new} <= _NUMBERS or {old, new} <= _MOMENTS:
        return ""
    if old == new and old not in _OPEN:
        return ""
    kind = type_sql(after.type, namer.engine)
    own = name or namer.of(after)
    if old == "text":
        return f"{own}::{kind}"
    if {old, new} <= _NUMBERS | {"boolean"}:
        # Only `integer` is turned into a truth, and a truth into it.
        return f"{own}::int::{kind}"
    # Between types that know nothing of each other the way leads over text.
    return f"{own}::text::{kind}"


def _retyped(change: tables.TypeChanged, namer: Namer) -> Iterator[str]:
    column = namer.of(change.after)
    kind = type_sql(change.after.type, namer.engine)
    said = f"ALTER COLUMN {column} TYPE {kind}"
    if change.after.collation:
        said += f" COLLATE {identifier(change.after.collation, namer.engine)}"
    if using := turned(change.before, change.after, namer):
        said += f" USING {using}"
    parts = [said]
    own = change.before.auto == "" and change.after.auto == ""
    if own and change.before.default:
        parts.insert(0, f"ALTER COLUMN {column} DROP DEFAULT")
    if own and change.after.default:
        parts.append(f"ALTER COLUMN {column} SET DEFAULT {change.after.default}")
    yield f"{alter(change.table, namer)} {', '.join(parts)}"
    if change.before.auto == change.after.auto == "serial":
        words = {"int": "integer"}
        name = words.get(change.after.type.name, change.after.type.name)
        yield f"ALTER SEQUENCE {_sequence(change.table, change.after, namer)} AS {name}"


def _sequence(table: Table, column: Column, namer: Namer) -> str:
    """Give the name that PostgreSQL gives a serial column's sequence."""
    made = f"{held(table.name, namer.engine)}_{held(column.name, namer.engine)}_seq"
    return namer.within(table.namespace, identifier(made, namer.engine))


def _nullability(change: tables.NullabilityChanged, namer: Namer) -> Iterator[str]:
    start, column = alter(change.table, namer), namer.of(change.after)
    after = change.after
    if after.nullable:
        yield f"{start} ALTER COLUMN {column} DROP NOT NULL"
    elif not after.not_null_valid:
        yield from column_settings(after, start, namer)
    else:
        yield f"{start} ALTER COLUMN {column} SET NOT NULL"


def _identity(change: tables.IdentityChanged, namer: Namer) -> Iterator[str]:
    table, old, new = change.table, change.before, change.after
    start = f"{alter(table, namer)} ALTER COLUMN {namer.of(new)}"
    sequence = _sequence(table, new, namer)
    if old.auto == "identity" and new.auto == "identity":
        word = "ALWAYS" if new.always else "BY DEFAULT"
        said = [f"SET GENERATED {word}"] if old.always != new.always else []
        said += [f"SET {each}" for each in numbering(old.numbering, new.numbering)]
        if said:
            yield f"{start} {' '.join(said)}"
        was, now = sequence_of(old, table), sequence_of(new, table)
        if was != now:
            own = namer.within(table.namespace, identifier(was, namer.engine))
            yield f"ALTER SEQUENCE {own} RENAME TO {identifier(now, namer.engine)}"
        return
    if old.auto == "identity":
        yield f"{start} DROP IDENTITY"
    elif old.auto == "serial" or old.default:
        yield f"{start} DROP DEFAULT"
        if old.auto == "serial":
            yield f"DROP SEQUENCE {sequence}"
    if new.auto == "identity":
        if new.nullable or old.nullable:
            yield f"{start} SET NOT NULL"
        yield f"{start} ADD {identity_sql(new)}"
    elif new.auto == "serial":
        kind = type_sql(new.type, namer.engine)
        yield f"CREATE SEQUENCE {sequence} AS {kind} OWNED BY {_dotted(table, new, namer)}"
        yield f"{start} SET DEFAULT nextval({literal(sequence, namer.engine)}::regclass)"
    elif new.default:
        yield f"{start} SET DEFAULT {new.default}"
    if new.auto:
        yield after_the_last(table, new, namer)


def _dotted(table: Table, column: Column, namer: Namer) -> str:
    return f"{namer.table(table)}.{namer.of(column)}"


def after_the_last(table: Table, column: Column, namer: Namer) -> str:
    """Give the statement that lets a column number on after the greatest value there is."""
    name = namer.of(column)
    own = literal(namer.table(table), namer.engine)
    text = literal(held(column.name, namer.engine), namer.engine)
    greatest = f"coalesce(max({name}), 0) + 1, false) FROM {namer.table(table)}"
    return f"SELECT setval(pg_get_serial_sequence({own}, {text}), {greatest}"


def _generation(change: tables.GenerationChanged, namer: Namer, target: Target) -> Iterator[str]:
    old, new = change.before, change.after
    start, column = alter(change.table, namer), namer.of(new)
    if old.generated and not new.generated and not old.virtual:
        yield f"{start} ALTER COLUMN {column} DROP EXPRESSION"
        return
    kept = old.generated and new.generated and old.virtual == new.virtual
    if kept and target.since(_CHANGES_EXPRESSIONS):
        yield f"{start} ALTER COLUMN {column} SET EXPRESSION AS ({new.generated})"
        return
    yield f"{start} DROP COLUMN {column}"
    yield from add_column(tables.ColumnAdded(change.table, new), namer)


def _constraint(change: TableChange, namer: Namer) -> Iterator[str]:
    engine = namer.engine
    match change:
        case tables.PrimaryKeyAdded() | tables.UniqueAdded():
            primary = isinstance(change, tables.PrimaryKeyAdded)
            said = key_sql(change.key, change.table, namer, primary=primary)
            yield f"{alter(change.table, namer)} ADD {said}"
        case tables.PrimaryKeyDropped() | tables.UniqueDropped():
            yield drop_constraint(change.table, change.key.name or _pkey(change.table), namer)
        case tables.ForeignKeyAdded():
            yield add_foreign_key(change.key, change.table, namer)
        case tables.ForeignKeyDropped():
            yield drop_constraint(change.table, change.key.name, namer)
        case tables.ForeignKeyAltered():
            yield from _timing(change, namer)
        case tables.CheckAdded():
            yield add_check(change.check, change.table, namer)
        case tables.CheckDropped():
            yield drop_constraint(change.table, change.check.name, namer)
        case tables.ExclusionAdded():
            yield f"{alter(change.table, namer)} ADD {exclusion_sql(change.exclusion, engine)}"
        case tables.ExclusionDropped():
            yield drop_constraint(change.table, change.exclusion.name, namer)
        case tables.ConstraintValidated():
            name = identifier(change.constraint.name, engine)
            yield f"{alter(change.table, namer)} VALIDATE CONSTRAINT {name}"
        case tables.ConstraintRenamed():
            old, new = identifier(change.before, engine), identifier(change.after, engine)
            yield f"{alter(change.table, namer)} RENAME CONSTRAINT {old} TO {new}"
        case _:
            yield from _setting(change, namer)


def _pkey(table: Table) -> str:
    return f"{held(table.name, 'postgresql')}_pkey"


def drop_constraint(table: Table, name: str, namer: Namer) -> str:
    """Give the statement that drops a constraint."""
    return f"{alter(table, namer)} DROP CONSTRAINT {identifier(name, namer.engine)}"


def _timing(change: tables.ForeignKeyAltered, namer: Namer) -> Iterator[str]:
    new = change.after
    start = f"{alter(change.table, namer)} ALTER CONSTRAINT"
    start += f" {identifier(new.name, namer.engine)}"
    if change.before.enforced != new.enforced:
        yield f"{start} {'ENFORCED' if new.enforced else 'NOT ENFORCED'}"
    timing = (change.before.deferrable, change.before.deferred)
    if timing != (new.deferrable, new.deferred):
        word = "DEFERRABLE" if new.deferrable else "NOT DEFERRABLE"
        yield f"{start} {word}{' INITIALLY DEFERRED' if new.deferred else ''}"


def _setting(change: TableChange, namer: Namer) -> Iterator[str]:
    match change:
        case tables.TableOptionsChanged():
            yield from _options(change, namer)
        case tables.LoggingChanged():
            yield f"{alter(change.after, namer)} SET {'UN' if change.after.unlogged else ''}LOGGED"
        case tables.RowSecurityChanged():
            yield from _row_security(change, namer)
        case tables.OwnerChanged():
            owner = identifier(change.after.owner, namer.engine)
            yield f"{alter(change.after, namer)} OWNER TO {owner}"
        case tables.TablespaceChanged():
            name = identifier(change.after.tablespace or "pg_default", namer.engine)
            yield f"{alter(change.after, namer)} SET TABLESPACE {name}"
        case tables.AccessMethodChanged():
            name = identifier(change.after.method or "heap", namer.engine)
            yield f"{alter(change.after, namer)} SET ACCESS METHOD {name}"
        case tables.ReplicaIdentityChanged():
            yield from _replica_identity(change, namer)
        case tables.ClusteringChanged():
            start, name = alter(change.after, namer), change.after.clustered_on
            own = identifier(name, namer.engine)
            yield f"{start} CLUSTER ON {own}" if name else f"{start} SET WITHOUT CLUSTER"
        case tables.InheritanceChanged():
            start = alter(change.after, namer)
            old, new = change.before.inherits, change.after.inherits
            yield from (
                f"{start} NO INHERIT {namer.referred(one)}" for one in old if one not in new
            )
            yield from (f"{start} INHERIT {namer.referred(one)}" for one in new if one not in old)
        case _:
            raise AssertionError(f"no statement is known for {type(change).__name__}")


def _options(change: tables.TableOptionsChanged, namer: Namer) -> Iterator[str]:
    old = dict(_option(each) for each in change.before.options)
    new = dict(_option(each) for each in change.after.options)
    start = alter(change.after, namer)
    said = [f"{name}={value}" for name, value in new.items() if old.get(name) != value]
    if said:
        yield f"{start} SET ({', '.join(said)})"
    gone = [name for name in old if name not in new]
    if gone:
        yield f"{start} RESET ({', '.join(gone)})"


def _option(said: str) -> tuple[str, str]:
    name, _, value = said.partition("=")
    return name.strip(), value.strip() or "true"


def _row_security(change: tables.RowSecurityChanged, namer: Namer) -> Iterator[str]:
    start, old, new = alter(change.after, namer), change.before, change.after
    if old.row_security != new.row_security:
        yield f"{start} {'ENABLE' if new.row_security else 'DISABLE'} ROW LEVEL SECURITY"
    if old.row_security_forced != new.row_security_forced:
        yield f"{start} {'' if new.row_security_forced else 'NO '}FORCE ROW LEVEL SECURITY"


def _replica_identity(change: tables.ReplicaIdentityChanged, namer: Namer) -> Iterator[str]:
    if not change.after.replica_identity:
        yield f"{alter(change.after, namer)} REPLICA IDENTITY DEFAULT"
        return
    from dataclasses import replace

    yield from after_indexes(replace(change.after, clustered_on=""), namer)
