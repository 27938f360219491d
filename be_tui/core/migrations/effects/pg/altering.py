"""ALTER TABLE and its kin: which lock its parts need, on which tables, and what each part does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from be_tui.core.migrations.effects.pg import columns, constraints, partitioning, retyping
from be_tui.core.migrations.effects.pg.finding import found, misplaced
from be_tui.core.migrations.effects.pg.indexing import alter_index
from be_tui.core.migrations.effects.pg.teller import AE, SRE, SUE, S
from be_tui.core.migrations.effects.pg.typing import alter_composite
from be_tui.core.migrations.effects.pg.words import words
from be_tui.core.migrations.model import LOCK_MODES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from be_tui.core.migrations.effects.pg.relations import Relation
    from be_tui.core.migrations.effects.pg.teller import Teller
    from be_tui.core.migrations.model import LockMode

_SHARED_WITH_WRITES = words(
    """
    SetStatistics SetOptions ResetOptions ClusterOn DropCluster ValidateConstraint
    AttachPartition DetachPartitionFinalize
    """
)
_TRIGGERS = words(
    """
    EnableTrig EnableAlwaysTrig EnableReplicaTrig DisableTrig EnableTrigAll DisableTrigAll
    EnableTrigUser DisableTrigUser
    """
)
_REACH_HEIRS = words(
    """
    AddColumn DropColumn AlterColumnType ColumnDefault DropNotNull SetNotNull SetExpression
    DropExpression SetStatistics SetStorage
    """
)
"""What is done to partitions and heirs as well, unless ONLY is said."""

_REACH_PARTITIONS = frozenset({*_TRIGGERS, "AddIdentity", "SetIdentity", "DropIdentity"})
_IDENTITY_REACHES_SINCE = 17

_LIGHT_OPTIONS = words(
    """
    fillfactor toast_tuple_target parallel_workers vacuum_index_cleanup vacuum_truncate
    log_autovacuum_min_duration n_distinct n_distinct_inherited deduplicate_items
    vacuum_max_eager_freeze_failure_rate
    """
)
_HEAVY_OPTIONS = words(
    """
    user_catalog_table security_barrier check_option security_invoker fastupdate buffering
    gin_pending_list_limit pages_per_range autosummarize
    """
)
_ON_VIEWS = frozenset({"ColumnDefault", "SetRelOptions", "ResetRelOptions", "ChangeOwner"})


def alter(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of an ALTER whose parts the grammar keeps as those of ALTER TABLE."""
    from postgast import pg_query_pb2 as pb

    if node.objtype == pb.OBJECT_TYPE:
        alter_composite(node, tell)
    elif node.objtype == pb.OBJECT_INDEX:
        alter_index(node, tell)
    else:
        alter_table(node, tell)


def alter_table(node: Any, tell: Teller) -> None:  # noqa: ANN401 (a message)
    """Tell of ALTER TABLE, ALTER INDEX, ALTER VIEW and so on with their parts."""
    relation = found(node.relation, tell, missing_ok=node.missing_ok)
    if relation is None:
        return
    parts = [(_name(each.alter_table_cmd), each.alter_table_cmd) for each in node.cmds]
    if misplaced(relation, node.objtype, tell):
        return
    alter = Altering(relation, tell, only=not node.relation.inh, parts=parts)
    view = relation.view
    if view and not view.materialised and not all(name in _ON_VIEWS for name, _ in parts):
        tell.fail(f"{relation.shown} is a view, and has none of what is altered")
        return
    alter.tell_all()


def _name(command: Any) -> str:  # noqa: ANN401 (a message)
    from postgast import pg_query_pb2 as pb

    return str(pb.AlterTableType.Name(command.subtype)).removeprefix("AT_")


class Altering:
    """One ALTER TABLE while it is told of; its parts know of each other by it."""

    def __init__(
        self, relation: Relation, tell: Teller, *, only: bool, parts: list[tuple[str, Any]]
    ) -> None:
        """Take the table and the parts.

        Args:
            relation: What is altered.
            tell: Takes in what is found.
            only: Whether heirs are left as they are.
            parts: Each with the name of its kind.
        """
        self.relation = relation
        self.tell = tell
        self.known = tell.known
        self.only = only
        self.parts = parts
        self.mode = max((self._level(*part) for part in parts), key=LOCK_MODES.index)
        self.rewritten: dict[Relation, str] = {}
        self.scanned: dict[Relation, str] = {}
        self.dropped = {each.name for name, each in parts if name == "DropConstraint"}
        self.dropped_columns = {
            each.name.casefold() for name, each in parts if name == "DropColumn"
        }
        self.added = {
            each.__getattribute__("def").column_def.colname.casefold(): each.__getattribute__(
                "def"
            ).column_def
            for name, each in parts
            if name == "AddColumn"
        }

    def adds(self, columns: Iterable[str]) -> bool:
        """Tell whether one of some columns is added by this statement."""
        return any(each.casefold() in self.added for each in columns)

    @property
    def heirs(self) -> list[Relation]:
        """Give the tables below that are altered along."""
        return [] if self.only else self.known.below(self.relation)

    @property
    def tables(self) -> list[Relation]:
        """Give the table and those below it that are altered along."""
        return [self.relation, *self.heirs]

    def rewrite(self, relation: Relation, because: str) -> None:
        """Take in that a table is written anew, once for the whole statement."""
        self.rewritten.setdefault(relation, because)

    def scan(self, relation: Relation, because: str) -> None:
        """Take in that a table is read through; a rewrite does that along the way."""
        self.scanned.setdefault(relation, because)

    def tell_all(self) -> None:
        """Tell of each part, and of what they come to together."""
        self.tell.lock(self.relation, self.mode)
        for name, command in self.parts:
            if self._reaches(name, command):
                for each in self.heirs:
                    self.tell.lock(each, self.mode)
            handler = _HANDLERS.get(name)
            if handler:
                handler(self, command)
        for relation, because in self.rewritten.items():
            self.tell.rewrite(relation, because)
        for relation, because in self.scanned.items():
            if relation not in self.rewritten:
                self.tell.work("scan", relation, because)

    def _level(self, name: str, command: Any) -> LockMode:  # noqa: ANN401 (a message)
        if name in _SHARED_WITH_WRITES:
            return SUE
        if name in _TRIGGERS:
            return SRE
        if name == "AddConstraint" and constraints.is_foreign(command):
            return SRE
        if name == "DetachPartition":
            return SUE if command.__getattribute__("def").partition_cmd.concurrent else AE
        if name in {"SetRelOptions", "ResetRelOptions"}:
            return for_options(command)
        return AE

    def _reaches(self, name: str, command: Any) -> bool:  # noqa: ANN401 (a message)
        if self.only:
            return False
        table = self.relation.table
        partitioned = bool(table and table.partitioned)
        if name in _REACH_HEIRS:
            return True
        if name in {"AddConstraint", "ValidateConstraint", "DropConstraint"}:
            return constraints.reaches_heirs(self, name, command)
        if name.endswith("Identity"):
            return partitioned and self.tell.major >= _IDENTITY_REACHES_SINCE
        return name in _REACH_PARTITIONS and partitioned


def for_options(command: Any) -> LockMode:  # noqa: ANN401 (a message)
    """Give the lock that storage parameters need."""
    items = command.__getattribute__("def").list.items
    names = [each.def_elem.defname for each in items]
    light = all(n in _LIGHT_OPTIONS or n.startswith("autovacuum_") for n in names)
    return SUE if light else AE


def _options(alter: Altering, command: Any) -> None:  # noqa: ANN401 (a message)
    if alter.relation.table and alter.relation.table.partitioned:
        alter.tell.fail(f"{alter.relation.shown} is partitioned, and has no storage parameters")
        return
    for each in command.__getattribute__("def").list.items:
        name = each.def_elem.defname
        known = name in _LIGHT_OPTIONS | _HEAVY_OPTIONS or name.startswith("autovacuum_")
        if not known and not each.def_elem.defnamespace and alter.relation.table:
            alter.tell.fail(f"no storage parameter is called {name}")


def _set_logged(alter: Altering, *, logged: bool) -> None:
    tell, relation = alter.tell, alter.relation
    table = relation.table
    if table is None:
        tell.unknown(f"it is not known how {relation.shown} is kept")
        alter.rewrite(relation, "it is written to the log from here on, or no longer")
        return
    if table.unlogged != logged:
        return
    if logged:
        others = [alter.known.target(key) for key in table.foreign_keys]
    else:
        others = [each.table for each in alter.known.referenced_by(relation)]
    for other in others:
        if (
            other
            and other.table
            and other.shown != relation.shown
            and other.table.unlogged == logged
        ):
            tell.fail(f"{other.shown}, which a foreign key ties to it, is not kept the same way")
            return
    alter.rewrite(relation, "it is written to the log from here on, or no longer")


def _logged(alter: Altering, _: object) -> None:
    _set_logged(alter, logged=True)


def _unlogged(alter: Altering, _: object) -> None:
    _set_logged(alter, logged=False)


def _access_method(alter: Altering, command: Any) -> None:  # noqa: ANN401 (a message)
    table = alter.relation.table
    if (command.name or "heap") != ((table.method if table else "") or "heap"):
        alter.rewrite(alter.relation, f"its rows are kept by {command.name} from here on")


def _tablespace(alter: Altering, command: Any) -> None:  # noqa: ANN401 (a message)
    table = alter.relation.table
    now = (table.tablespace if table else "") or "pg_default"
    if command.name != now:
        alter.tell.work("rewrite", alter.relation, f"its file is copied to {command.name}")


def _replica_identity(alter: Altering, command: Any) -> None:  # noqa: ANN401 (a message)
    inner = command.__getattribute__("def").replica_identity_stmt
    if inner.identity_type == "i" and inner.name:
        own = next((e for e in alter.known.indexes(alter.relation) if e.name == inner.name), None)
        if own is None:
            alter.tell.missing(f"index {inner.name}")
        elif not own.unique or not own.plain:
            alter.tell.fail(f"index {inner.name} is not unique over plain columns")
        else:
            alter.tell.lock(alter.tell.index(alter.relation, inner.name), S)


def _cluster_on(alter: Altering, command: Any) -> None:  # noqa: ANN401 (a message)
    if not any(e.name == command.name for e in alter.known.indexes(alter.relation)):
        alter.tell.missing(f"index {command.name}")
        return
    alter.tell.lock(alter.tell.index(alter.relation, command.name), SUE)


def _trigger(alter: Altering, command: Any) -> None:  # noqa: ANN401 (a message)
    names = [each.name for each in alter.known.triggers(alter.relation)]
    if alter.relation.table and command.name and command.name not in names:
        alter.tell.missing(f"trigger {command.name} on {alter.relation.shown}")


def _owner(alter: Altering, command: Any) -> None:  # noqa: ANN401 (a message)
    from postgast import pg_query_pb2 as pb

    table = alter.relation.table
    named = command.newowner.roletype == pb.ROLESPEC_CSTRING
    if table and named and table.owner != command.newowner.rolename:
        alter.tell.lock_indexes(alter.relation, AE)
        for each in alter.known.owned(alter.relation):
            alter.tell.lock(each, AE)


def _row_security(alter: Altering, _: object) -> None:
    table = alter.relation.table
    if table is None or table.row_security:
        return
    alter.tell.breaks(
        "reads", alter.relation.shown, "rows that no policy lets through are gone for other roles"
    )


_HANDLERS: dict[str, Callable[[Altering, Any], None]] = {
    "AddColumn": columns.add,
    "DropColumn": columns.drop,
    "ColumnDefault": columns.default,
    "SetNotNull": columns.set_not_null,
    "DropNotNull": columns.drop_not_null,
    "SetExpression": columns.set_expression,
    "DropExpression": columns.drop_expression,
    "AddIdentity": columns.add_identity,
    "SetIdentity": columns.set_identity,
    "DropIdentity": columns.drop_identity,
    "SetStatistics": columns.must_exist,
    "SetOptions": columns.must_exist,
    "ResetOptions": columns.must_exist,
    "SetStorage": columns.must_exist,
    "SetCompression": columns.must_exist,
    "AlterColumnType": retyping.retype,
    "AddConstraint": constraints.add,
    "DropConstraint": constraints.drop,
    "ValidateConstraint": constraints.validate,
    "AlterConstraint": constraints.alter,
    "AttachPartition": partitioning.attach,
    "DetachPartition": partitioning.detach,
    "AddInherit": partitioning.inherit,
    "DropInherit": partitioning.disinherit,
    "SetRelOptions": _options,
    "SetLogged": _logged,
    "SetUnLogged": _unlogged,
    "SetAccessMethod": _access_method,
    "SetTableSpace": _tablespace,
    "ReplicaIdentity": _replica_identity,
    "ClusterOn": _cluster_on,
    "EnableTrig": _trigger,
    "EnableAlwaysTrig": _trigger,
    "EnableReplicaTrig": _trigger,
    "DisableTrig": _trigger,
    "ChangeOwner": _owner,
    "EnableRowSecurity": _row_security,
}
