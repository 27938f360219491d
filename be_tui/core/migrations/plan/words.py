"""What a change is, in a few words for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.migrations.diff import objects, tables

if TYPE_CHECKING:
    from be_tui.core.migrations.diff import Change

_WORDS: dict[type, str] = {
    objects.NamespaceAdded: "add schema {it.name}",
    objects.NamespaceDropped: "drop schema {it.name}",
    objects.ExtensionAdded: "add extension {it.extension.name}",
    objects.ExtensionDropped: "drop extension {it.extension.name}",
    objects.ExtensionUpdated: "update extension {it.after.name}",
    objects.EnumerationAdded: "add enumeration {it.enumeration.name}",
    objects.EnumerationDropped: "drop enumeration {it.enumeration.name}",
    objects.EnumerationValueAdded: "add value {it.value!r} to {it.after.name}",
    objects.EnumerationValueRenamed: (
        "rename value {it.before!r} of {it.enumeration.name} to {it.after!r}"
    ),
    objects.EnumerationRebuilt: "make enumeration {it.after.name} anew",
    objects.DomainAdded: "add domain {it.domain.name}",
    objects.DomainDropped: "drop domain {it.domain.name}",
    objects.DomainDefaultChanged: "change default of domain {it.after.name}",
    objects.DomainNullabilityChanged: "change NOT NULL of domain {it.after.name}",
    objects.DomainCheckAdded: "add check {it.check.name} to domain {it.domain.name}",
    objects.DomainCheckDropped: "drop check {it.check.name} of domain {it.domain.name}",
    objects.DomainCheckValidated: "validate check {it.check.name} of domain {it.domain.name}",
    objects.DomainRebuilt: "make domain {it.after.name} anew",
    objects.CompositeAdded: "add type {it.composite.name}",
    objects.CompositeDropped: "drop type {it.composite.name}",
    objects.FieldAdded: "add field {it.composite.name}.{it.field.name.text}",
    objects.FieldDropped: "drop field {it.composite.name}.{it.field.name.text}",
    objects.FieldRetyped: "change type of field {it.composite.name}.{it.after.name.text}",
    objects.SequenceAdded: "add sequence {it.sequence.name}",
    objects.SequenceDropped: "drop sequence {it.sequence.name}",
    objects.SequenceChanged: "change sequence {it.after.name}",
    objects.RoutineAdded: "add {it.routine.kind} {it.routine.name}({it.routine.arguments})",
    objects.RoutineDropped: "drop {it.routine.kind} {it.routine.name}({it.routine.arguments})",
    objects.RoutineReplaced: "replace {it.after.kind} {it.after.name}({it.after.arguments})",
    objects.ViewAdded: "add view {it.view.name.text}",
    objects.ViewDropped: "drop view {it.view.name.text}",
    objects.ViewReplaced: "replace view {it.after.name.text}",
    objects.TriggerAdded: "add trigger {it.trigger.name} on {it.trigger.table}",
    objects.TriggerDropped: "drop trigger {it.trigger.name} on {it.trigger.table}",
    objects.TriggerFiringChanged: "let trigger {it.after.name} fire: {it.after.enabled}",
    objects.PolicyAdded: "add policy {it.policy.name} on {it.policy.table}",
    objects.PolicyDropped: "drop policy {it.policy.name} on {it.policy.table}",
    objects.GrantAdded: "grant {privileges} on {it.grant.target} to {it.grant.role}",
    objects.GrantRevoked: "revoke {privileges} on {it.grant.target} from {it.grant.role}",
    objects.OtherAdded: "add {it.other.kind} {it.other.name}",
    objects.OtherDropped: "drop {it.other.kind} {it.other.name}",
    objects.CommentChanged: "comment on {kind} {it.target}",
    tables.TableAdded: "add table {table}",
    tables.TableDropped: "drop table {table}",
    tables.TableRenamed: "rename table {it.before.name.text} to {it.after.name.text}",
    tables.TableOptionsChanged: "change options of {table}",
    tables.LoggingChanged: "change logging of {table}",
    tables.RowSecurityChanged: "change row security of {table}",
    tables.OwnerChanged: "change owner of {table} to {it.after.owner}",
    tables.TablespaceChanged: "move {table} to another tablespace",
    tables.AccessMethodChanged: "change access method of {table}",
    tables.ReplicaIdentityChanged: "change replica identity of {table}",
    tables.ClusteringChanged: "change the index that {table} is clustered on",
    tables.InheritanceChanged: "change what {table} inherits from",
    tables.PartitionAttached: "attach partition {table} to {it.table.parent}",
    tables.PartitionDetached: "detach partition {table} from {it.table.parent}",
    tables.ColumnAdded: "add column {table}.{it.column.name.text}",
    tables.ColumnDropped: "drop column {table}.{it.column.name.text}",
    tables.ColumnRenamed: "rename column {table}.{it.before.name.text} to {it.after.name.text}",
    tables.TypeChanged: "change type of {column} from {it.before.type} to {it.after.type}",
    tables.NullabilityChanged: "{allow} NULL in {column}",
    tables.DefaultChanged: "change default of {column}",
    tables.IdentityChanged: "change how {column} is numbered",
    tables.GenerationChanged: "change how {column} is computed",
    tables.StorageChanged: "change how {column} is stored",
    tables.StatisticsChanged: "change how ANALYZE looks at {column}",
    tables.AttributesChanged: "change what is said of {column}",
    tables.PrimaryKeyAdded: "add primary key ({columns}) on {table}",
    tables.PrimaryKeyDropped: "drop primary key ({columns}) on {table}",
    tables.UniqueAdded: "add unique ({columns}) on {table}",
    tables.UniqueDropped: "drop unique ({columns}) on {table}",
    tables.ForeignKeyAdded: "add foreign key ({columns}) on {table} to {it.key.table}",
    tables.ForeignKeyDropped: "drop foreign key ({columns}) on {table} to {it.key.table}",
    tables.ForeignKeyAltered: "alter foreign key {it.after.name} on {table}",
    tables.CheckAdded: "add check {it.check.name} on {table}",
    tables.CheckDropped: "drop check {it.check.name} on {table}",
    tables.ExclusionAdded: "add exclusion {it.exclusion.name} on {table}",
    tables.ExclusionDropped: "drop exclusion {it.exclusion.name} on {table}",
    tables.ConstraintValidated: "validate {it.constraint.name} on {table}",
    tables.ConstraintRenamed: "rename constraint {it.before} on {table} to {it.after}",
    tables.IndexAdded: "add index {it.index.name} on {table}",
    tables.IndexDropped: "drop index {it.index.name} on {table}",
    tables.IndexRenamed: "rename index {it.before.name} on {table} to {it.after.name}",
}

_ENDS = {"Added": "+", "Attached": "+", "Dropped": "-", "Revoked": "-", "Detached": "-"}


def title(change: Change) -> str:
    """Give what a change is: `add column users.email`."""
    table = table_of(change)
    after = getattr(change, "after", None)
    name = getattr(getattr(after, "name", None), "text", "")
    grant = getattr(change, "grant", None)
    return " ".join(
        _WORDS[type(change)]
        .format(
            it=change,
            table=table,
            column=f"{table}.{name}",
            columns=", ".join(getattr(getattr(change, "key", None), "columns", ())),
            allow="allow" if getattr(after, "nullable", False) else "forbid",
            kind=str(getattr(change, "kind", "")).lower(),
            privileges=", ".join(grant.privileges) if grant else "",
        )
        .split()
    )


def sign(change: Change) -> str:
    """Give `+` for what comes, `-` for what goes, `~` for what is otherwise."""
    name = type(change).__name__
    return next((mark for end, mark in _ENDS.items() if name.endswith(end)), "~")


def table_of(change: Change) -> str:
    """Give the table or view that a change is of; empty for what is of none."""
    if type(change).__module__ != tables.__name__:
        return ""
    found = getattr(change, "table", None) or getattr(change, "after", None)
    name = getattr(getattr(found, "name", None), "text", "")
    namespace = getattr(found, "namespace", "")
    return f"{namespace}.{name}" if namespace else name
