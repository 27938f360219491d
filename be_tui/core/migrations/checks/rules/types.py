"""Rules on changes of a column: type, NULL, default, what it is computed by."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.migrations.checks.model import EVERY, Check, Remark
from be_tui.core.migrations.checks.rules.forms import checked_not_null
from be_tui.core.migrations.checks.safe import locked, named, phase, quoted, relation, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.checks.acts.model import Act
    from be_tui.core.migrations.checks.model import Look
    from be_tui.core.migrations.files import PhaseScript

_NOT_NULL = 18


def type_rewrites(look: Look, act: Act) -> Iterator[Remark]:
    """Find changes of type that write the table anew."""
    work = look.work("rewrite", act.relation)
    if work is None:
        return
    because = f": {work.because}" if work.because else ""
    said = f"{act.table} and its indexes are written anew under a lock that stops reads{because}"
    yield Remark(said, _by_new_column(act))


def _by_new_column(act: Act) -> tuple[PhaseScript, ...]:
    """Give the steps over a new column that a trigger keeps the same until code reads it."""
    from be_tui.core.migrations.checks.rules.forms import batches

    table, old = relation(act), quoted(act.name)
    new, function = named(act.name, "new"), quoted(named(act.table, act.name, "copy"))
    using = getattr(act.node, "def").column_def.raw_default
    value = written(using) if act.says("using") else f"{old}::{act.type}"
    copied = _of_new_row(value, act.name)
    trigger = (
        f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" BEGIN NEW.{quoted(new)} := {copied}; RETURN NEW; END $$"
    )
    return (
        locked(
            f"ALTER TABLE {table} ADD COLUMN {quoted(new)} {act.type}",
            trigger,
            f"CREATE TRIGGER {function} BEFORE INSERT OR UPDATE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {function}()",
            name="expand",
        ),
        batches(replace(act, name=new), value),
    )


def _of_new_row(value: str, column: str) -> str:
    import re

    return re.sub(rf'(?<![\w".])"?{re.escape(column)}"?(?!["\w(])', f"NEW.{quoted(column)}", value)


def type_rebuilds_index(look: Look, act: Act) -> Iterator[Remark]:
    """Find changes of type that leave the rows and build indexes anew."""
    if look.work("rewrite", act.relation) is None and (work := look.work("index build")):
        because = f": {work.because}" if work.because else ""
        yield Remark(
            f"indexes of {act.table} are built anew under a lock that stops reads{because}"
        )


def type_rechecks(look: Look, act: Act) -> Iterator[Remark]:
    """Find changes of type after which conditions are held against all rows once more."""
    other = look.work("rewrite", act.relation) or look.work("index build")
    work = look.work("scan", act.relation) or look.work("key check")
    if other is None and work is not None:
        because = f": {work.because}" if work.because else ""
        yield Remark(f"all of {act.table} is read under a lock that stops reads{because}")


def narrowing_type(look: Look, act: Act) -> Iterator[Remark]:
    """Find changes of type that some values may not survive."""
    for failure in look.effects.failures:
        if failure.kind == "on data" and not look.is_new(act):
            probe = f"; rows in the way: {failure.probe}" if failure.probe else ""
            yield Remark(f"{failure.message}{probe}")


def set_not_null(look: Look, act: Act) -> Iterator[Remark]:
    """Find NOT NULL that all rows are read for under the strongest lock."""
    if look.work("scan", act.relation) is None or look.is_new(act):
        return
    column = act.columns[0] if act.columns else act.name
    said = f"all of {act.table} is read under a lock that stops reads, to find no NULL in {column}"
    yield Remark(said, _not_null(look, act))


def _not_null(look: Look, act: Act) -> tuple[PhaseScript, ...]:
    name = named(act.table, act.name, "not_null")
    if act.kind == "add not null":
        name, act = act.name or name, replace(act, name=act.columns[0])
    if not look.target.since(_NOT_NULL):
        return checked_not_null(act)
    table, name, column = relation(act), quoted(name), quoted(act.name)
    return (
        locked(
            f"ALTER TABLE {table} ADD CONSTRAINT {name} NOT NULL {column} NOT VALID",
            name="constraint",
        ),
        phase(f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}", name="validate"),
    )


def drop_not_null(look: Look, act: Act) -> Iterator[Remark]:
    """Find columns that may be NULL from here on."""
    if not look.is_new(act):
        yield Remark(f"code that reads {act.table}.{act.name} meets NULL")


def change_default(look: Look, act: Act) -> Iterator[Remark]:
    """Find defaults that become other ones."""
    table = look.table(act)
    column = table.column(act.name) if table else None
    if not look.is_new(act) and (column is None or column.default):
        said = f"code that was told the default of {act.table}.{act.name} goes on with the old one"
        yield Remark(said)


def drop_default(look: Look, act: Act) -> Iterator[Remark]:
    """Find defaults that go while the column may not be NULL."""
    if look.is_new(act):
        return
    table = look.table(act)
    column = table.column(act.name) if table else None
    if column is not None and not column.nullable and column.default:
        said = f"{act.table}.{act.name} is NOT NULL: inserts that leave it out fail from here on"
        yield Remark(said)


def change_generated(look: Look, act: Act) -> Iterator[Remark]:
    """Find generated columns that are computed otherwise, or no longer."""
    if look.is_new(act):
        return
    if act.to == "drop":
        yield Remark(f"{act.table}.{act.name} keeps its values and is computed no more")
    elif look.work("rewrite", act.relation):
        yield Remark(f"{act.table} is written anew under a lock that stops reads")


def change_identity(look: Look, act: Act) -> Iterator[Remark]:
    """Find identities that are added to, changed on, or taken from a column in use."""
    if look.is_new(act) or (act.says("if exists") and not look.effects.breaks):
        return
    if act.to == "drop":
        said = f"{act.table}.{act.name} is not numbered any more: inserts that leave it out fail"
        yield Remark(said)
    elif act.says("always") or any(each.kind == "writes" for each in look.effects.breaks):
        said = f"inserts that give {act.table}.{act.name} a value of their own fail from here on"
        yield Remark(said)


CHECKS = (
    Check("migration-type-rewrites", ("alter type",), type_rewrites),
    Check("migration-type-rebuilds-index", ("alter type",), type_rebuilds_index),
    Check("migration-type-rechecks", ("alter type",), type_rechecks),
    Check("migration-type-narrows", ("alter type",), narrowing_type),
    Check("migration-set-not-null", ("set not null", "add not null"), set_not_null),
    Check("migration-drop-not-null", ("drop not null",), drop_not_null, EVERY, "strict"),
    Check("migration-change-default", ("set default",), change_default, EVERY, "strict"),
    Check("migration-drop-default", ("drop default",), drop_default, EVERY),
    Check("migration-generated-changes", ("change generated",), change_generated),
    Check("migration-identity-changes", ("alter identity",), change_identity),
)
