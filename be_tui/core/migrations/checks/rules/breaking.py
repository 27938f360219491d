"""Rules on what running code no longer finds, and on data that is gone: every engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.migrations.checks.model import EVERY, Check, Remark, WholeCheck
from be_tui.core.migrations.checks.safe import dotted, locked, outside, phase, quoted, relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.checks.acts.model import Act
    from be_tui.core.migrations.checks.model import Look, Whole
    from be_tui.core.migrations.files import PhaseScript
    from be_tui.core.schema import Table

_ADDS_IN_TRANSACTION = 12
_CODE = frozenset({"view", "materialized view", "function", "procedure", "sequence", "type"})
_CODE |= {"domain", "aggregate", "routine", "foreign table", "policy"}
_RENAMED = (_CODE | {"schema"}) - {"policy"}


def drop_column(look: Look, act: Act) -> Iterator[Remark]:
    """Find columns that go while code may still name them."""
    if not look.is_new(act) and _has_column(look, act):
        said = f"code that still names {act.table}.{act.name} fails, and its values are gone"
        yield Remark(said)


def _has_column(look: Look, act: Act) -> bool:
    """Tell whether the table has the column, as far as the table is known."""
    table = look.table(act)
    return table is None or not table.complete or table.column(act.name) is not None


def drop_column_takes(look: Look, act: Act) -> Iterator[Remark]:
    """Find indexes and constraints that go with a column, though nothing says so."""
    table = look.table(act)
    if table is None or look.is_new(act):
        return
    taken = list(_taken(table, act.name.casefold()))
    if taken:
        yield Remark(f"with {act.table}.{act.name} goes {'; '.join(taken)}")


def _taken(table: Table, column: str) -> Iterator[str]:
    """Give what stands on a column and on others besides."""
    for key in table.keys:
        if column in key.columns and len(key.columns) > 1:
            sort = "primary key" if key is table.primary_key else "unique constraint"
            yield f"the {sort} on {', '.join(key.columns)}"
    for foreign in table.foreign_keys:
        if column in foreign.columns and len(foreign.columns) > 1:
            yield f"the foreign key on {', '.join(foreign.columns)}"
    for index in table.indexes:
        if column in index.columns and len(index.columns) > 1:
            yield f"the {'unique ' if index.unique else ''}index {index.name}"


def rename_column(look: Look, act: Act) -> Iterator[Remark]:
    """Find columns that code knows by a name that is no more."""
    if look.is_new(act) or not _has_column(look, act) or _is_absent(look, act):
        return
    said = f"code that knows {act.table}.{act.name} fails from here on"
    if _known_before(look, act):
        # Code that knows the new name has found it all the time.
        yield Remark(said, severity="warning")
    else:
        yield Remark(f"{said}; before, {act.to} was unknown")


def _known_before(look: Look, act: Act) -> bool:
    """Tell whether a column takes the name of another one that the same migration drops."""
    return any(
        each.kind == "drop column" and (each.table, each.name) == (act.table, act.to)
        for each in look.acts_before()
    )


def rename_table(look: Look, act: Act) -> Iterator[Remark]:
    """Find tables that code knows by a name that is no more."""
    if (
        look.is_new(act)
        or _is_viewed(look, act)
        or _takes_place(look, act)
        or _is_absent(look, act)
    ):
        return
    safe: tuple[PhaseScript, ...] = ()
    if look.target.engine == "postgresql":
        view = f"CREATE VIEW {relation(act)} AS TABLE {dotted(act.namespace, act.to)}"
        renamed = f"ALTER TABLE {relation(act)} RENAME TO {quoted(act.to)}"
        note = "the view takes reads and writes until all code knows the new name"
        safe = (locked(renamed, view, name="rename", note=note),)
    yield Remark(f"code that knows {act.table} fails from here on", safe)


def _takes_place(look: Look, act: Act) -> bool:
    """Tell whether a new table takes the place of one that was dropped, as SQLite is altered."""
    return any(
        each.kind in {"drop table", "rename table"} and each.relation == act.to.casefold()
        for each in look.acts_before()
    )


def _is_viewed(look: Look, act: Act) -> bool:
    """Tell whether the same migration makes a view of the old name."""
    return any(
        each.kind == "create view" and each.relation == act.relation for each in look.acts_after()
    )


def rename_object(look: Look, act: Act) -> Iterator[Remark]:
    """Find indexes, constraints and the like that get another name."""
    if not look.is_new(act) and act.to not in _RENAMED:
        yield Remark(f"what names the {act.to} {act.text or act.table} fails from here on")


def rename_code(look: Look, act: Act) -> Iterator[Remark]:
    """Find views, functions, types and schemas that code knows by a name that is no more."""
    code = act.to in _RENAMED or (act.to == "index" and look.table(act) is not None)
    if code and not look.is_new(act) and not _is_viewed(look, act):
        yield Remark(f"code that uses the {act.to} {act.table} fails from here on")


def move_table(look: Look, act: Act) -> Iterator[Remark]:
    """Find tables that move to another schema."""
    if not look.is_new(act) and not _is_absent(look, act):
        yield Remark(f"code that finds {act.table} where it was fails from here on")


def drop_table(look: Look, act: Act) -> Iterator[Remark]:
    """Find tables that go with all their rows."""
    if look.is_new(act) or _is_rebuilt(look):
        return
    if _is_absent(look, act) or (act.says("if exists") and _is_made_again(look, act)):
        return
    yield Remark(f"all rows of {act.table} are gone, and code that names it fails")


def _is_made_again(look: Look, act: Act) -> bool:
    made = (each for each in look.acts_after() if each.kind == "create table")
    return look.table(act) is None and any(each.relation == act.relation for each in made)


def _is_absent(look: Look, act: Act) -> bool:
    """Tell whether IF EXISTS guards against what is known not to be there."""
    told = look.effects
    return act.says("if exists") and told.known and not told.locks and not told.breaks


def _is_rebuilt(look: Look) -> bool:
    """Tell whether rows were copied into a table that takes its place, as SQLite is altered."""
    copied = any(
        each.kind == "insert" and each.relation in look.made for each in look.acts_before()
    )
    return look.target.engine == "sqlite" and copied


def drop_cascade(look: Look, act: Act) -> Iterator[Remark]:
    """Find CASCADE that takes along what the statement does not name."""
    if not act.says("cascade") or (act.table and look.is_new(act)):
        return
    reached = sorted(
        {each.target for each in look.effects.breaks} - {act.relation, f"{act.relation}.{act.name}"}
    )
    locks = sorted(
        each.relation
        for each in look.effects.locks
        if each.relation != act.relation and each.kind in {"table", "view"}
    )
    along = reached or locks
    if look.effects.known and not along and act.kind != "drop schema":
        return
    told = f": {', '.join(along)}" if along else ""
    yield Remark(f"CASCADE takes along what is not named here{told}")


def truncate(look: Look, act: Act) -> Iterator[Remark]:
    """Find tables that are emptied."""
    if not look.is_new(act):
        yield Remark(f"all rows of {act.table} are gone, and readers wait meanwhile")


def drop_schema(look: Look, act: Act) -> Iterator[Remark]:
    """Find schemas and databases that go."""
    if act.kind == "drop schema" and _is_absent(look, act):
        return
    sort = "database" if act.kind == "drop database" else "schema"
    yield Remark(f"all that stands in the {sort} {act.table} is gone")


def drop_object(whole: Whole) -> Iterator[tuple[int, Remark]]:
    """Find views, functions and the like that go and are not made again."""
    again: dict[tuple[str, str], int] = {}
    for number, look in enumerate(whole.looks):
        for act in look.acts:
            if act.kind in {"create view", "create routine", "create sequence", "create trigger"}:
                again[act.relation, act.name.casefold()] = number
    for number, look in enumerate(whole.looks):
        for act in look.acts:
            if act.kind != "drop object" or act.to not in _CODE or act.relation in look.made:
                continue
            if look.target.engine == "postgresql" and _is_absent(look, act):
                continue
            if again.get((act.relation, act.name.casefold()), -1) > number:
                continue
            yield number, Remark(f"what uses the {act.to} {act.table} fails")


def drop_small_object(look: Look, act: Act) -> Iterator[Remark]:
    """Find triggers, policies, extensions and the like that go."""
    if act.to not in _CODE and not look.is_new(act):
        yield Remark(f"what the {act.to} {act.name or act.table} did is done no more")


def replace_shape(look: Look, act: Act) -> Iterator[Remark]:
    """Find views and routines that are replaced while others use them."""
    if not act.says("replace"):
        return
    there = look.state.view(act.table, act.namespace) if act.kind == "create view" else None
    if there is not None:
        said = (
            f"{act.table} may gain columns at its end only; what uses it sees the new one at once"
        )
        yield Remark(said)


def rename_enum_value(_look: Look, act: Act) -> Iterator[Remark]:
    """Find values of an enumeration that code knows by a name that is no more."""
    add = phase(f"ALTER TYPE {relation(act)} ADD VALUE '{act.to}' AFTER '{act.name}'", name="add")
    said = f"code that writes or compares {act.name!r} fails from here on"
    yield Remark(said, (add,))


def enum_value_used(look: Look, act: Act) -> Iterator[Remark]:
    """Find new values of an enumeration that their own transaction cannot add, or cannot use."""
    alone = outside(look.text, name="value")
    if look.inside and look.target.version and not look.target.since(_ADDS_IN_TRANSACTION):
        yield Remark("before PostgreSQL 12 no transaction can add a value", (alone,))
        return
    for failure in look.effects.failures:
        used = failure.kind == "when used" and any(
            f"'{act.name}'" in later for later in look.texts_after()
        )
        if look.inside and not look.alone and (used or failure.kind == "in transaction"):
            yield Remark(failure.message, (alone,))


def enum_value_place(look: Look, act: Act) -> Iterator[Remark]:
    """Find new values of an enumeration whose place is left open."""
    if not act.says("placed") and not look.is_new(act):
        yield Remark(f"{act.name!r} sorts after all others: say BEFORE or AFTER")


def no_op(look: Look, act: Act) -> Iterator[Remark]:
    """Find IF NOT EXISTS over a table that is there with other columns."""
    if not act.says("if not exists"):
        return
    table = look.table(act)
    if table is None or look.is_new(act) or not table.complete:
        return
    wanted = {part.name.casefold() for part in act.parts if part.kind == "add column"}
    missing = sorted(wanted - {column.name.folded for column in table.columns})
    if missing:
        said = f"{act.table} is there already: nothing happens, and it has no {', '.join(missing)}"
        yield Remark(said)


CHECKS = (
    Check("migration-drop-column", ("drop column",), drop_column, EVERY),
    Check("migration-drop-column-takes", ("drop column",), drop_column_takes, EVERY),
    Check("migration-rename-column", ("rename column",), rename_column, EVERY),
    Check("migration-rename-table", ("rename table",), rename_table, EVERY),
    Check("migration-rename-code", ("rename object",), rename_code),
    Check("migration-rename-object", ("rename object",), rename_object, EVERY, "strict"),
    Check("migration-move-table", ("move table", "move object"), move_table),
    Check("migration-drop-table", ("drop table",), drop_table, EVERY),
    Check(
        "migration-cascade",
        ("drop table", "drop object", "drop column", "drop constraint", "drop schema", "truncate"),
        drop_cascade,
    ),
    Check("migration-truncate", ("truncate",), truncate, EVERY),
    Check("migration-drop-schema", ("drop schema", "drop database"), drop_schema, EVERY),
    Check("migration-drop-object", ("drop object",), drop_small_object, EVERY, "strict"),
    Check("migration-replace-shape", ("create view",), replace_shape, profile="strict"),
    Check("migration-rename-enum-value", ("rename enum value",), rename_enum_value),
    Check("migration-enum-value-in-transaction", ("add enum value",), enum_value_used),
    Check("migration-enum-value-place", ("add enum value",), enum_value_place, profile="style"),
    Check("migration-no-op", ("create table",), no_op, EVERY),
)
WHOLE = (WholeCheck("migration-drop-code", drop_object, EVERY),)
