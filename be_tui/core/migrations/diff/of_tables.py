"""What differs between two tables of one name, but for columns, keys and indexes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.migrations.diff.comparing import same_of_table, same_sql
from be_tui.core.migrations.diff.objects import CommentChanged
from be_tui.core.migrations.diff.tables import (
    AccessMethodChanged,
    ClusteringChanged,
    InheritanceChanged,
    LoggingChanged,
    OwnerChanged,
    PartitionAttached,
    PartitionDetached,
    ReplicaIdentityChanged,
    RowSecurityChanged,
    TableOptionsChanged,
    TablespaceChanged,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.ddl import Namer
    from be_tui.core.migrations.diff.model import Change
    from be_tui.core.schema import Table


def of_table(before: Table, after: Table, namer: Namer) -> Iterator[Change]:
    """Give what differs between two tables themselves."""
    if same_of_table(before) == same_of_table(after):
        return
    mysql = namer.engine in {"mysql", "mariadb"}
    options = (before.options, before.storage, before.charset, before.collation)
    if options != (after.options, after.storage, after.charset, after.collation) or (
        mysql and before.comment != after.comment
    ):
        yield TableOptionsChanged(before, after)
    if not mysql and before.comment != after.comment:
        yield CommentChanged("TABLE", namer.table(after), before.comment, after.comment)
    if before.unlogged != after.unlogged:
        yield LoggingChanged(before, after)
    security = (before.row_security, before.row_security_forced)
    if security != (after.row_security, after.row_security_forced):
        yield RowSecurityChanged(before, after)
    if before.owner and after.owner and before.owner != after.owner:
        yield OwnerChanged(before, after)
    if before.tablespace != after.tablespace:
        yield TablespaceChanged(before, after)
    if before.method != after.method:
        yield AccessMethodChanged(before, after)
    if before.replica_identity != after.replica_identity:
        yield ReplicaIdentityChanged(before, after)
    if before.clustered_on != after.clustered_on:
        yield ClusteringChanged(before, after)
    if before.inherits != after.inherits:
        yield InheritanceChanged(before, after)
    yield from _partition(before, after)


def _partition(before: Table, after: Table) -> Iterator[Change]:
    if before.parent == after.parent and same_sql(before.bound, after.bound):
        return
    if before.parent and before.bound:
        yield PartitionDetached(replace(after, parent=before.parent, bound=before.bound))
    if after.parent and after.bound:
        yield PartitionAttached(after)


def not_in_place(before: Table, after: Table, namer: Namer) -> str:
    """Say what of a table cannot be changed while it keeps its rows; empty where all can."""
    name = namer.table(after)
    if not same_sql(before.partition_by, after.partition_by):
        was, now = before.partition_by or "not at all", after.partition_by or "not at all"
        return (
            f"{name}: partitioned by {now} instead of {was}: that is not changed in place; make a"
            " new table, copy the rows and rename it"
        )
    if before.temporary != after.temporary:
        return f"{name}: a table cannot become temporary, nor a temporary one stay"
    return ""
