"""ALTER COLUMN TYPE: whether rows are written anew, indexes built, and keys checked again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from be_tui.core.migrations.effects.pg import probing
from be_tui.core.migrations.effects.pg.columns import column_of
from be_tui.core.migrations.effects.pg.hanging import partition_columns
from be_tui.core.migrations.effects.pg.nodes import columns_in
from be_tui.core.migrations.effects.pg.removing import columns_named, columns_watched
from be_tui.core.migrations.effects.pg.teller import AE, SRE
from be_tui.core.migrations.effects.pg.types import (
    UNKNOWN,
    Cast,
    PgType,
    cast,
    has_operators,
    keeps_length,
    modelled,
    shrinks,
    type_text,
    written,
)

if TYPE_CHECKING:
    from be_tui.core.migrations.effects.pg.altering import Altering
    from be_tui.core.migrations.effects.pg.relations import OwnIndex, Relation
    from be_tui.core.schema import Column

_TIMES = frozenset({"timestamp", "timestamptz"})
_ALIKE = {"varchar": "text", "cidr": "inet"}
"""Types whose indexes are those of another."""


def retype(alter: Altering, command: Any) -> None:  # noqa: ANN401 (a message)
    """Tell of ALTER COLUMN TYPE."""
    from be_tui.core.migrations.effects.pg.typing import exists

    definition = command.__getattribute__("def").column_def
    name = command.name
    target = written(definition.type_name)
    if not exists(definition.type_name, alter.known):
        alter.tell.missing(f"type {target.name}")
        return
    if alter.known.inherits_column(alter.relation, name):
        alter.tell.fail(f"{name} is inherited, and can only be altered in the parent")
        return
    column = column_of(alter, name)
    using = definition.raw_default if definition.HasField("raw_default") else None
    if column is None:
        _assume(alter, name, target)
        return
    if _stands_in_the_way(alter, column):
        return
    source = modelled(column.type)
    because = _why_rewritten(alter, source, target, using)
    if because is None:
        return
    if not _keeps_default(alter, column, target) or not _keeps_indexes(alter, column, target):
        return
    for each in alter.tables:
        if because:
            alter.rewrite(each, because)
        _dependents(alter, each, column, target, definition, rewritten=bool(because))
    _breaks(alter, column, source, target, using)


def _assume(alter: Altering, name: str, target: PgType) -> None:
    if alter.tell.failed:
        return
    alter.tell.unknown(f"the type that {name} has is not known")
    alter.rewrite(alter.relation, f"unless its values are kept as {target.name} already")


def _stands_in_the_way(alter: Altering, column: Column) -> bool:
    """Tell of what keeps a column's type as it is."""
    name, relation, tell = column.name.folded, alter.relation, alter.tell
    on = f"{relation.shown}.{name}"
    reason = ""
    if any(name.casefold() in partition_columns(each) for each in alter.tables):
        reason = f"{name} decides which partition a row goes to"
    elif alter.only and alter.known.children(relation):
        reason = f"{name} must be altered in the tables below too"
    for each in alter.tables:
        views = alter.known.views_over(each, name)
        if views:
            reason = reason or f"view {views[0].shown} reads {on}"
        for other in each.table.columns if each.table else ():
            if other.generated and name in columns_in(other.generated):
                reason = reason or f"{other.name.text} is computed from it"
        for trigger in alter.known.triggers(each):
            if name in columns_watched(trigger):
                reason = reason or f"trigger {trigger.name} names it"
        for policy in alter.known.policies(each):
            if name in columns_named(policy.definition):
                reason = reason or f"policy {policy.name} names it"
    if reason:
        tell.fail(reason)
    return bool(reason)


def _why_rewritten(alter: Altering, source: PgType, target: PgType, using: Any) -> str | None:  # noqa: ANN401
    """Say why rows are written anew; nothing where they are not, None where it cannot be at all."""
    if using is None:
        return _by_itself(alter, source, target, name="it")
    steps: list[PgType] = []
    node = using
    while node.WhichOneof("node") == "type_cast":
        steps.insert(0, written(node.type_cast.type_name))
        node = node.type_cast.arg
    if node.WhichOneof("node") != "column_ref":
        _probe_using(alter, using, target)
        return "USING computes a value for each row"
    now = source
    for step in (*steps, target):
        because = _explicit(alter, now, step)
        if because:
            _probe_using(alter, using, target)
            return because
        now = step
    return ""


def _probe_using(alter: Altering, using: Any, target: PgType) -> None:  # noqa: ANN401 (a message)
    text = probing.written(using)
    if text and not alter.known.is_made(alter.relation):
        probe = _refusing(alter, text, target)
        alter.tell.fail(f"values of {text} are none of {target.name}", "on data", probe)


def _refusing(alter: Altering, value: str, target: PgType) -> str:
    """Ask for the values as they would be; the query fails where one cannot be."""
    kind = type_text(target)
    table = probing.table(alter.relation)
    return (
        f"SELECT 1 FROM {table} WHERE ({value})::{kind} IS NULL AND ({value}) IS NOT NULL LIMIT 1"  # noqa: S608
    )


def _explicit(alter: Altering, source: PgType, target: PgType) -> str:
    """Say why an explicit cast makes other values of a column's; nothing where it does not."""
    found = _by_itself(alter, source, target, name="it", quiet=True)
    return "USING computes a value for each row" if found is None else found


def _by_itself(
    alter: Altering, source: PgType, target: PgType, *, name: str, quiet: bool = False
) -> str | None:
    """Say why rows are written anew where no USING is given."""
    base, _ = alter.known.base(source)
    aim, constrained = alter.known.base(target)
    if not source.known:
        alter.tell.unknown(f"the type that {name} has is not known")
        return f"unless its values are kept as {target.name} already"
    if source.name == target.name and source.array == target.array and constrained:
        return ""
    how = cast(base, aim)
    if how == "none":
        if not quiet:
            alter.tell.fail(f"{base.name} does not become {aim.name} without USING")
        return None
    if constrained:
        _domain_data(alter, target)
        return f"each value is checked against {target.name}"
    return _by_cast(alter, base, aim, how)


def _by_cast(alter: Altering, base: PgType, aim: PgType, how: Cast) -> str:
    if {base.name, aim.name} == _TIMES and not (base.array or aim.array):
        if not alter.tell.utc:
            return "the time zone of the session is not UTC"
        # Both count the same digits.
        how, base = "free", PgType(aim.name, base.modifiers)
    if how in {"call", "written"}:
        _data(alter, base, aim)
        return f"{base.name} and {aim.name} are not kept the same way"
    if keeps_length(base, aim):
        return ""
    _data(alter, base, aim)
    return f"each value is fitted into {type_text(aim)}"


def _data(alter: Altering, source: PgType, target: PgType) -> None:
    """Tell that rows may be in the way; the column's name is put in by the caller's part."""
    if alter.known.is_made(alter.relation) or not shrinks(source, target):
        return
    for name, part in alter.parts:
        if (
            name == "AlterColumnType"
            and written(part.__getattribute__("def").column_def.type_name).name == target.name
        ):
            _fits(alter, part.name, target)
            return


def _fits(alter: Altering, column: str, target: PgType) -> None:
    value = probing.quoted(column)
    table = probing.table(alter.relation)
    if target.name in {"varchar", "bpchar"} and target.modifiers:
        probe = (
            f"SELECT 1 FROM {table} WHERE length(rtrim({value}::text)) > "  # noqa: S608 (quoted)
            f"{target.modifiers[0]} LIMIT 1"
        )
    elif target.name in {"bit", "varbit"} and target.modifiers:
        # A cast that is not written out refuses another length.
        operator = ">" if target.name == "varbit" else "<>"
        size = target.modifiers[0]
        probe = f"SELECT 1 FROM {table} WHERE length({value}) {operator} {size} LIMIT 1"  # noqa: S608
    else:
        probe = _refusing(alter, value, target)
    alter.tell.fail(f"values of {column} do not fit {type_text(target)}", "on data", probe)


def _domain_data(alter: Altering, target: PgType) -> None:
    if alter.known.is_made(alter.relation):
        return
    for name, part in alter.parts:
        kind = part.__getattribute__("def").column_def.type_name
        if name == "AlterColumnType" and written(kind).name == target.name:
            probe = _refusing(alter, probing.quoted(part.name), target)
            alter.tell.fail(f"values of {part.name} are none of {target.name}", "on data", probe)


def _keeps_default(alter: Altering, column: Column, target: PgType) -> bool:
    """Tell whether a column's default can be of the new type."""
    if not column.default or column.auto or column.default.strip().upper().startswith("NULL"):
        return True
    gone = (
        each for kind, each in alter.parts if kind == "ColumnDefault" and not each.HasField("def")
    )
    if any(each.name == column.name.text for each in gone):
        return True
    base, _ = alter.known.base(modelled(column.type))
    aim, _ = alter.known.base(target)
    if cast(base, aim) != "none" or not base.known:
        return True
    alter.tell.fail(f"the default of {column.name.text} does not become {aim.name}")
    return False


def _keeps_indexes(alter: Altering, column: Column, target: PgType) -> bool:
    """Tell whether the column's indexes and CHECKs can be of the new type."""
    name, tell = column.name.folded, alter.tell
    old, _ = alter.known.base(modelled(column.type))
    new, _ = alter.known.base(target)
    if _class(old) == _class(new):
        return True
    for index in alter.known.indexes(alter.relation):
        if name not in index.uses:
            continue
        if name in index.columns and not has_operators(new, index.method):
            tell.fail(f"{new.name} has no operators for index {index.name}")
            return False
        if name not in index.columns and old.name == "bool":
            tell.fail(f"index {index.name} takes {name} for true or false")
            return False
        if not index.plain and not _are_alike(old, new):
            tell.unknown(f"whether index {index.name} takes {new.name} is not known")
    table = alter.relation.table
    for check in table.checks if table else ():
        if name in columns_in(check.expression) and old.name == "bool":
            tell.fail(f"a CHECK takes {name} for true or false")
            return False
    return True


_ALIKE_FAMILIES = (
    {"int2", "int4", "int8", "numeric", "float4", "float8"},
    {"timestamp", "timestamptz", "date"},
    {"text", "varchar", "bpchar"},
)


def _are_alike(old: PgType, new: PgType) -> bool:
    """Tell whether what compares values of one type compares those of the other."""
    return not (old.array or new.array) and any(
        {old.name, new.name} <= each for each in _ALIKE_FAMILIES
    )


# What hangs on the column.


def _dependents(
    alter: Altering,
    relation: Relation,
    column: Column,
    target: PgType,
    definition: Any,  # noqa: ANN401 (a message)
    *,
    rewritten: bool,
) -> None:
    name = column.name.folded
    collation = _collation(definition)
    for index in alter.known.indexes(relation):
        if name in index.uses:
            alter.tell.lock(alter.tell.index(relation, index.name), AE)
            if not rewritten and _built_anew(alter, relation, index, column, target, collation):
                alter.tell.work("index build", relation, f"index {index.name}")
    table = relation.table
    for check in table.checks if table else ():
        if name in columns_in(check.expression) and check.valid and check.enforced:
            alter.scan(relation, "each row is checked again")
    _ties(alter, relation, name, rewritten=rewritten)
    if column.auto == "identity":
        for each in alter.known.owned(relation, name):
            alter.tell.lock(each, SRE)


def _ties(alter: Altering, relation: Relation, name: str, *, rewritten: bool) -> None:
    """Tell of the foreign keys of a column, on either side."""
    table = relation.table
    if table is None:
        return
    for key in table.foreign_keys:
        if name in key.columns:
            other = alter.known.target(key)
            _tie_again(alter, relation, other, checked=rewritten and key.valid)
    for reference in alter.known.referenced_by(relation):
        targets = reference.key.targets or (table.primary_key.columns if table.primary_key else ())
        if name in targets and reference.table.shown != relation.shown:
            checked = rewritten and reference.key.valid
            _tie_again(alter, reference.table, reference.table, checked=checked)
        elif name in targets and reference.key.valid and rewritten:
            alter.tell.work("key check", relation, "its foreign key is checked again")


def _tie_again(
    alter: Altering, referring: Relation, other: Relation | None, *, checked: bool
) -> None:
    """Tell of a foreign key that is dropped and made again."""
    if other is not None:
        alter.tell.lock(other, AE)
    if checked:
        alter.tell.work("key check", referring, "its foreign key is checked again")


def _collation(definition: Any) -> str:  # noqa: ANN401 (a message)
    if not definition.HasField("coll_clause"):
        return ""
    name = str(definition.coll_clause.collname[-1].string.sval)
    return "" if name == "default" else name


def _built_anew(
    alter: Altering,
    relation: Relation,
    index: OwnIndex,
    column: Column,
    target: PgType,
    collation: str,
) -> bool:
    """Tell whether an index is built anew though its table is not."""
    from be_tui.core.schema import Exclusion, Index

    if not index.plain or (relation.table and relation.table.partitioned):
        return True
    if relation.table and relation.table.parent and index.parent:
        return True
    if isinstance(index.source, Exclusion):
        return True
    if collation != column.collation.strip('"').removeprefix("pg_catalog."):
        return True
    if isinstance(index.source, Index):
        part = next((p for p in index.source.parts if p.column == column.name.folded), None)
        if part is not None and part.operators:
            return False
    old, _ = alter.known.base(modelled(column.type))
    new, _ = alter.known.base(target)
    return _class(old) != _class(new)


def _class(kind: PgType) -> str:
    return "array" if kind.array else _ALIKE.get(kind.name, kind.name)


def _computes(using: Any) -> bool:  # noqa: ANN401 (a message)
    while using.WhichOneof("node") == "type_cast":
        using = using.type_cast.arg
    return bool(using.WhichOneof("node") != "column_ref")


def _inner(alter: Altering, kind: PgType) -> PgType:
    """Give the type below domains, those of an array's elements too."""
    base, _ = alter.known.base(kind)
    return replace(alter.known.base(base.element)[0], array=True) if base.array else base


def _is_other(old: PgType, new: PgType) -> bool:
    """Tell whether code gets values of another kind."""
    return old.array != new.array or _class(old.element) != _class(new.element)


def _breaks(alter: Altering, column: Column, source: PgType, target: PgType, using: Any) -> None:  # noqa: ANN401
    old = _inner(alter, source)
    new, constrained = _inner(alter, target), alter.known.base(target)[1]
    place = f"{alter.relation.shown}.{column.name.folded}"
    before = alter.known.base(source)[1]
    if old == UNKNOWN:
        return
    if _is_other(old, new):
        alter.tell.breaks("reads", place, f"code that takes {type_text(old)} gets {type_text(new)}")
    elif shrinks(old, new):
        alter.tell.breaks("writes", place, f"values that do not fit {type_text(new)} fail")
    elif using is not None and _computes(using):
        alter.tell.breaks("data", place, f"what {column.name.text} held is replaced")
    if constrained and not before:
        alter.tell.breaks("writes", place, f"values that {target.name} refuses fail")
