"""Changes of tables: one frozen class for each kind.

`table` is the table as it is called once renames are done, but for what is dropped before them:
constraints and indexes are of the table as it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.schema import (
        Check,
        Column,
        Exclusion,
        ForeignKey,
        Index,
        Key,
        Table,
        View,
    )


@dataclass(frozen=True, slots=True)
class TableAdded:
    """A table is made, with its keys, checks and indexes, without foreign keys."""

    table: Table


@dataclass(frozen=True, slots=True)
class TableDropped:
    """A table is gone, with all its rows."""

    table: Table


@dataclass(frozen=True, slots=True)
class TableRenamed:
    """A table is called otherwise, or stands in another schema."""

    before: Table
    after: Table


@dataclass(frozen=True, slots=True)
class TableOptionsChanged:
    """A table has other storage parameters, or options of MySQL."""

    before: Table
    after: Table


@dataclass(frozen=True, slots=True)
class LoggingChanged:
    """A table's rows survive a crash, or do so no longer."""

    before: Table
    after: Table


@dataclass(frozen=True, slots=True)
class RowSecurityChanged:
    """Policies hold for a table, or do so no longer."""

    before: Table
    after: Table


@dataclass(frozen=True, slots=True)
class OwnerChanged:
    """A table is another role's."""

    before: Table
    after: Table


@dataclass(frozen=True, slots=True)
class TablespaceChanged:
    """A table stands elsewhere on disk."""

    before: Table
    after: Table


@dataclass(frozen=True, slots=True)
class AccessMethodChanged:
    """A table is kept in another way."""

    before: Table
    after: Table


@dataclass(frozen=True, slots=True)
class ReplicaIdentityChanged:
    """Replication tells rows apart by something else."""

    before: Table
    after: Table


@dataclass(frozen=True, slots=True)
class ClusteringChanged:
    """CLUSTER goes by another index."""

    before: Table
    after: Table


@dataclass(frozen=True, slots=True)
class InheritanceChanged:
    """A table inherits from others than before."""

    before: Table
    after: Table


@dataclass(frozen=True, slots=True)
class PartitionAttached:
    """A table becomes a partition."""

    table: Table


@dataclass(frozen=True, slots=True)
class PartitionDetached:
    """A partition becomes a table of its own."""

    table: Table


@dataclass(frozen=True, slots=True)
class ColumnAdded:
    """A table has one column more."""

    table: Table
    column: Column
    follows: str = ""
    """MySQL: the column that it stands after, folded; empty for the end."""


@dataclass(frozen=True, slots=True)
class ColumnDropped:
    """A table has one column less; what stood in it is gone."""

    table: Table
    column: Column
    follows: str = ""


@dataclass(frozen=True, slots=True)
class ColumnRenamed:
    """A column is called otherwise."""

    table: Table
    before: Column
    after: Column


@dataclass(frozen=True, slots=True)
class TypeChanged:
    """A column is of another type, or compared by another collation."""

    table: Table
    before: Column
    after: Column


@dataclass(frozen=True, slots=True)
class NullabilityChanged:
    """A column takes NULL, or takes it no longer."""

    table: Table
    before: Column
    after: Column


@dataclass(frozen=True, slots=True)
class DefaultChanged:
    """A column has another default."""

    table: Table
    before: Column
    after: Column


@dataclass(frozen=True, slots=True)
class IdentityChanged:
    """A column numbers its rows otherwise."""

    table: Table
    before: Column
    after: Column


@dataclass(frozen=True, slots=True)
class GenerationChanged:
    """A column is computed otherwise, or no longer."""

    table: Table
    before: Column
    after: Column


@dataclass(frozen=True, slots=True)
class StorageChanged:
    """Long values of a column are kept otherwise."""

    table: Table
    before: Column
    after: Column


@dataclass(frozen=True, slots=True)
class StatisticsChanged:
    """ANALYZE looks at a column more or less closely."""

    table: Table
    before: Column
    after: Column


@dataclass(frozen=True, slots=True)
class AttributesChanged:
    """MySQL: a column's character set, comment or ON UPDATE is another."""

    table: Table
    before: Column
    after: Column


@dataclass(frozen=True, slots=True)
class PrimaryKeyAdded:
    """A table has a primary key."""

    table: Table
    key: Key


@dataclass(frozen=True, slots=True)
class PrimaryKeyDropped:
    """A table's primary key is gone."""

    table: Table
    key: Key


@dataclass(frozen=True, slots=True)
class UniqueAdded:
    """A unique constraint is made."""

    table: Table
    key: Key


@dataclass(frozen=True, slots=True)
class UniqueDropped:
    """A unique constraint is gone."""

    table: Table
    key: Key


@dataclass(frozen=True, slots=True)
class ForeignKeyAdded:
    """A foreign key is made."""

    table: Table
    key: ForeignKey


@dataclass(frozen=True, slots=True)
class ForeignKeyDropped:
    """A foreign key is gone."""

    table: Table
    key: ForeignKey


@dataclass(frozen=True, slots=True)
class ForeignKeyAltered:
    """A foreign key is looked at at another time, or enforced."""

    table: Table
    before: ForeignKey
    after: ForeignKey


@dataclass(frozen=True, slots=True)
class CheckAdded:
    """A check is made."""

    table: Table
    check: Check


@dataclass(frozen=True, slots=True)
class CheckDropped:
    """A check is gone."""

    table: Table
    check: Check


@dataclass(frozen=True, slots=True)
class ExclusionAdded:
    """An exclusion constraint is made."""

    table: Table
    exclusion: Exclusion


@dataclass(frozen=True, slots=True)
class ExclusionDropped:
    """An exclusion constraint is gone."""

    table: Table
    exclusion: Exclusion


@dataclass(frozen=True, slots=True)
class ConstraintValidated:
    """Older rows are held to a constraint too."""

    table: Table
    constraint: ForeignKey | Check


@dataclass(frozen=True, slots=True)
class ConstraintRenamed:
    """A constraint is called otherwise."""

    table: Table
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class IndexAdded:
    """An index is made."""

    table: Table | View
    index: Index


@dataclass(frozen=True, slots=True)
class IndexDropped:
    """An index is gone."""

    table: Table | View
    index: Index


@dataclass(frozen=True, slots=True)
class IndexRenamed:
    """An index is called otherwise."""

    table: Table | View
    before: Index
    after: Index


TableChange = (
    TableAdded
    | TableDropped
    | TableRenamed
    | TableOptionsChanged
    | LoggingChanged
    | RowSecurityChanged
    | OwnerChanged
    | TablespaceChanged
    | AccessMethodChanged
    | ReplicaIdentityChanged
    | ClusteringChanged
    | InheritanceChanged
    | PartitionAttached
    | PartitionDetached
    | ColumnAdded
    | ColumnDropped
    | ColumnRenamed
    | TypeChanged
    | NullabilityChanged
    | DefaultChanged
    | IdentityChanged
    | GenerationChanged
    | StorageChanged
    | StatisticsChanged
    | AttributesChanged
    | PrimaryKeyAdded
    | PrimaryKeyDropped
    | UniqueAdded
    | UniqueDropped
    | ForeignKeyAdded
    | ForeignKeyDropped
    | ForeignKeyAltered
    | CheckAdded
    | CheckDropped
    | ExclusionAdded
    | ExclusionDropped
    | ConstraintValidated
    | ConstraintRenamed
    | IndexAdded
    | IndexDropped
    | IndexRenamed
)
