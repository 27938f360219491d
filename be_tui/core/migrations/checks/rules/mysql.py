"""Rules of MariaDB and MySQL: which ALTER copies the table, and what the engine leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.migrations.checks.model import MYSQLS, Check, Remark
from be_tui.core.migrations.checks.safe import phase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.checks.acts.model import Act, ActKind
    from be_tui.core.migrations.checks.model import Look
    from be_tui.core.migrations.files import PhaseScript
    from be_tui.core.schema import Table

_BLOBS = ("text", "blob", "mediumtext", "longtext", "tinytext", "mediumblob", "longblob", "json")
_ALTERING: tuple[ActKind, ...] = (
    "add column",
    "alter type",
    "drop column",
    "add index",
    "create index",
    "add foreign key",
    "add check",
    "add primary key",
    "drop primary key",
    "add unique",
    "set not null",
    "drop not null",
    "alter table",
    "set options",
    "rename column",
    "drop index",
)


def copies_table(look: Look, act: Act) -> Iterator[Remark]:
    """Find changes that copy the table, or that stop its writes meanwhile."""
    if act is not look.acts[0]:
        return
    for online in look.effects.online:
        if online.lock == "NONE" or online.table in look.made:
            continue
        because = f": {online.because}" if online.because else ""
        does = "is copied row by row" if online.algorithm == "COPY" else "is changed in place"
        said = f"{online.table} {does} while writes wait{because}{_tools(look, act)}"
        yield Remark(said, _unchecked(look))


def _unchecked(look: Look) -> tuple[PhaseScript, ...]:
    """Give a foreign key without the copy that looks up each row: rows are looked up apart."""
    (act, *others) = look.acts
    if act.kind != "add foreign key" or others or not look.text.upper().startswith("ALTER"):
        return ()
    note = "old rows are not looked up: find those without a parent first"
    return (
        phase(
            "SET SESSION foreign_key_checks = 0",
            look.text,
            "SET SESSION foreign_key_checks = 1",
            note=note,
        ),
    )


def _tools(look: Look, act: Act) -> str:
    """Say which tool that copies beside the table refuses it."""
    table = look.table(act)
    if table is None:
        return ""
    refused = [f"gh-ost refuses it ({why})" for why in _gh_ost(look, table)]
    refused += [f"pt-online-schema-change refuses it ({why})" for why in _pt_osc(look, table)]
    return f"; {', '.join(refused)}" if refused else ""


def _gh_ost(look: Look, table: Table) -> Iterator[str]:
    if table.foreign_keys or look.state.referenced_by(table):
        yield "foreign keys"
    elif any(each.table == table.name.folded for each in look.state.schema().triggers):
        yield "triggers"
    elif not any(_is_shared(table, columns) for columns in table.unique_sets):
        yield "no key whose columns are NOT NULL"


def _is_shared(table: Table, columns: frozenset[str]) -> bool:
    return all((found := table.column(name)) is not None and not found.nullable for name in columns)


def _pt_osc(look: Look, table: Table) -> Iterator[str]:
    if not table.unique_sets:
        yield "no primary or unique key"
    elif look.state.referenced_by(table):
        yield "referenced by foreign keys, without --alter-foreign-keys-method"


def column_position(look: Look, act: Act) -> Iterator[Remark]:
    """Find columns whose place in the table is what copies it."""
    rebuilt = any(online.algorithm in {"COPY", "INPLACE"} for online in look.effects.online)
    if act.flags & {"first", "after"} and rebuilt and not look.is_new(act):
        yield Remark(f"its place costs {act.table} a rebuild: at the end it is cheaper")


def no_algorithm(look: Look, act: Act) -> Iterator[Remark]:
    """Find changes that fall back to a copy in silence."""
    if act is not look.acts[0] or look.is_new(act):
        return
    words = look.text.upper()
    if look.effects.online and "ALGORITHM" not in words and "LOCK" not in words:
        online = look.effects.online[0]
        how = f"ALGORITHM={online.algorithm}, LOCK={online.lock}"
        altering = words.lstrip().startswith("ALTER TABLE")
        safe = (phase(f"{look.text}, {how}"),) if altering and online.lock == "NONE" else ()
        yield Remark(f"say {how}: the server refuses if it cannot", safe)


def inline_references(look: Look, act: Act) -> Iterator[Remark]:
    """Find REFERENCES beside a column, which MySQL reads and forgets."""
    since = (9, 0) if look.target.engine == "mysql" else (10, 5)
    if look.target.since(*since) or (look.target.engine == "mariadb" and not look.target.version):
        return
    for part in act.parts:
        if part.kind == "add foreign key" and part.says("inline"):
            yield Remark(f"REFERENCES beside {act.name} makes no foreign key", span=part.span)


def implicit_default(look: Look, act: Act) -> Iterator[Remark]:
    """Find columns that give old rows a zero or an empty text that nobody chose."""
    filled = {"default", "auto_increment", "stored", "virtual"}
    if act.says("not null") and not act.flags & filled and not look.is_new(act):
        said = (
            f"old rows of {act.table} get 0 or '' in {act.name}; old code that leaves it out fails"
        )
        yield Remark(said, span=act.span)


def enum_rebuilds(look: Look, act: Act) -> Iterator[Remark]:
    """Find changes of an ENUM other than values added at its end."""
    table = look.table(act)
    column = table.column(act.name) if table else None
    if column is None or column.type.family != "enum" or not act.type.startswith(("enum", "set")):
        return
    before, after = column.type.arguments, act.columns
    if after[: len(before)] != before and look.effects.online:
        gone = [each for each in before if each not in after]
        told = (
            f"{', '.join(gone)} goes, and rows that have it fail or lose it"
            if gone
            else ("values change places")
        )
        yield Remark(f"{act.table}.{act.name}: {told}")


def needs_prefix(look: Look, act: Act) -> Iterator[Remark]:
    """Find indexes over long texts without a length, which MySQL refuses."""
    table = look.table(act)
    if table is None or act.says("fulltext"):
        return
    for name in act.columns:
        column = table.column(name) if name else None
        if column and column.type.name in _BLOBS and f"{name}(" not in look.text.replace(" ", ""):
            yield Remark(f"{name} is {column.type}: say how many characters, {name}(100)")


CHECKS = (
    Check("migration-copies-table", _ALTERING, copies_table, MYSQLS),
    Check("migration-column-position", ("add column",), column_position, MYSQLS),
    Check("migration-no-algorithm", _ALTERING, no_algorithm, MYSQLS, "strict"),
    Check("migration-inline-references", ("add column",), inline_references, MYSQLS),
    Check("migration-implicit-default", ("add column",), implicit_default, MYSQLS),
    Check("migration-enum-rebuilds", ("alter type",), enum_rebuilds, MYSQLS),
    Check("migration-needs-prefix", ("create index", "add index"), needs_prefix, ("mysql",)),
)
