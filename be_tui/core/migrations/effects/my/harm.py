"""Why an ALTER TABLE of MariaDB or MySQL fails, and what of running code it breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.migrations.effects.my.changes import changes, is_appended
from be_tui.core.migrations.effects.my.standing import index_names
from be_tui.core.migrations.model import Break, Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.effects.my.definitions import Definition
    from be_tui.core.migrations.effects.my.parts import Part
    from be_tui.core.schema import Column, Schema, Table


def failures_of(parts: tuple[Part, ...], table: Table, schema: Schema) -> tuple[Failure, ...]:
    """Give why the server refuses it, whatever the data or because of them."""
    return tuple(found for each in parts for found in _failures(each, parts, table, schema))


def _failures(
    part: Part, parts: tuple[Part, ...], table: Table, schema: Schema
) -> Iterator[Failure]:
    column = table.column(part.name)
    made = {each.name for each in parts if each.kind == "add column"}
    needed = part.kind in {"drop column", "modify", "rename column", "default"}
    if needed and column is None:
        if table.complete and part.name not in made:
            yield Failure("always", f"{table.name.text} has no column {part.name}")
    elif part.kind == "add column" and part.definition:
        yield from _of_column(part, part.definition, table)
    elif part.kind == "drop column":
        yield from _of_dropped_column(part, parts, table, schema)
    elif part.kind == "modify" and part.definition and column:
        yield from _of_change(part, column, part.definition, table, schema)
    else:
        yield from _of_keys(part, parts, table, schema)


def _of_column(part: Part, column: Definition, table: Table) -> Iterator[Failure]:
    name = table.name.text
    if table.column(part.name) is not None:
        yield Failure("always", f"{name} has a column {part.name} already")
    numbered = any(each.auto == "auto_increment" for each in table.columns)
    if column.auto_increment and numbered:
        yield Failure("always", f"{name} numbers its rows by another column already")


def _of_keys(
    part: Part, parts: tuple[Part, ...], table: Table, schema: Schema
) -> Iterator[Failure]:
    name = table.name.text
    if part.kind in {"add index", "add unique", "add fulltext"}:
        yield from _of_index(part, parts, table)
    elif part.kind == "drop index":
        yield from _of_dropped_index(part, parts, table)
    elif part.kind == "drop primary":
        yield from _of_dropped_key(parts, table, schema)
    elif part.kind == "add foreign" and part.columns:
        message = f"keys of {name} are not in {part.to}"
        yield Failure("on data", message, _orphans(part, table, schema))
    elif part.kind == "add check":
        yield Failure("on data", f"rows of {name} do not meet it")
    elif part.kind == "add primary" and part.columns:
        yield Failure("on data", "rows have the same key", _twice(table, part.columns))


def _of_index(part: Part, parts: tuple[Part, ...], table: Table) -> Iterator[Failure]:
    name = table.name.text
    made = {each.name for each in parts if each.kind == "add column"}
    made |= {each.to for each in parts if each.kind in {"rename column", "modify"}}
    names = index_names(table)
    gone = {each.name.lower() for each in parts if each.kind == "drop index"}
    if part.name and part.name.lower() in names - gone:
        yield Failure("always", f"{name} has an index {part.name} already")
        return
    missing = [e for e in part.columns if e not in made and table.column(e) is None and e != "("]
    if missing and table.complete:
        yield Failure("always", f"{name} has no column {missing[0]}")
    elif part.kind == "add unique" and not set(part.columns) & made:
        yield Failure(
            "on data", f"rows have the same {', '.join(part.columns)}", _twice(table, part.columns)
        )


def _of_dropped_index(part: Part, parts: tuple[Part, ...], table: Table) -> Iterator[Failure]:
    name = part.name.lower()
    index = next((e for e in table.indexes if e.name.lower() == name), None)
    key = next((e for e in table.uniques if e.name.lower() == name), None)
    if index is None and key is None:
        unnamed = any(not each.name for each in table.uniques)
        if not unnamed and table.complete:
            yield Failure("always", f"{table.name.text} has no index {part.name}")
        return
    columns = index.columns if index else key.columns if key else ()
    yield from _needed(columns, {name}, parts, table)


def _needed(
    columns: tuple[str, ...], gone: set[str], parts: tuple[Part, ...], table: Table
) -> Iterator[Failure]:
    """Tell of a foreign key that is left without an index."""
    dropped = {each.name.lower() for each in parts if each.kind == "drop foreign"}
    gone = gone | {each.name.lower() for each in parts if each.kind == "drop index"}
    others = [k.columns for k in table.keys if k.name.lower() not in gone]
    others += [i.columns for i in table.indexes if i.name.lower() not in gone]
    others += [each.columns for each in parts if each.kind in {"add index", "add unique"}]
    for key in table.foreign_keys:
        if key.name.lower() in dropped or columns[: len(key.columns)] != key.columns:
            continue
        if not any(each[: len(key.columns)] == key.columns for each in others):
            yield Failure("always", f"foreign key {key.name} needs the index")


def _of_dropped_column(
    part: Part, parts: tuple[Part, ...], table: Table, schema: Schema
) -> Iterator[Failure]:
    gone = {each.name for each in parts if each.kind == "drop column"}
    for other in table.columns:
        uses = f" {part.name} " in f" {_spaced(other.generated)} "
        if other.generated and uses and other.name.folded not in gone:
            yield Failure("always", f"{other.name.text} is computed from {part.name}")
    dropped = {each.name.lower() for each in parts if each.kind == "drop foreign"}
    for key in table.foreign_keys:
        if part.name in key.columns and key.name.lower() not in dropped:
            yield Failure("always", f"foreign key {key.name} needs {part.name}")
    if _is_referred_to(table, part.name, schema):
        yield Failure("always", f"a foreign key refers to {part.name}")


def cut_keys(parts: tuple[Part, ...], table: Table) -> tuple[Failure, ...]:
    """Tell of keys that lose one of their columns, which MariaDB does not let them."""
    dropped = {each.name for each in parts if each.kind == "drop column"}
    gone = {each.name.lower() for each in parts if each.kind == "drop index"}
    keys = [(e.name, e.columns) for e in table.uniques]
    keys += [(e.name, e.columns) for e in table.indexes if e.unique]
    if table.primary_key and not any(each.kind == "drop primary" for each in parts):
        keys.append(("PRIMARY", table.primary_key.columns))
    return tuple(
        Failure("always", f"key {name} needs {sorted(dropped & {*columns})[0]}")
        for name, columns in keys
        if name.lower() not in gone and dropped & {*columns} and {*columns} - dropped
    )


def _spaced(text: str) -> str:
    return "".join(each if each.isalnum() or each == "_" else " " for each in text.lower())


def _is_referred_to(table: Table, column: str, schema: Schema) -> bool:
    primary = table.primary_key.columns if table.primary_key else ()
    return any(
        key.table == table.name.folded and column in (key.targets or primary)
        for other in schema.tables
        for key in other.foreign_keys
    )


def _of_change(
    part: Part, old: Column, new: Definition, table: Table, schema: Schema
) -> Iterator[Failure]:
    found = changes(old, new, table)
    name = part.name
    if "type" in found and any(name in key.columns for key in table.foreign_keys):
        yield Failure("always", f"{name} is in a foreign key")
        return
    if "type" in found and _is_referred_to(table, name, schema):
        yield Failure("always", f"a foreign key refers to {name}")
        return
    quoted = f"`{table.name.text}`"
    if "required" in found:
        probe = f"SELECT 1 FROM {quoted} WHERE `{old.name.text}` IS NULL LIMIT 1"  # noqa: S608
        yield Failure("on data", f"rows have no {name}", probe)
    if "length" in found and new.type in {"varchar", "char"} and _is_shorter(old, new):
        probe = (
            f"SELECT 1 FROM {quoted} WHERE CHAR_LENGTH(`{old.name.text}`) > "  # noqa: S608
            f"{new.arguments[0]} LIMIT 1"
        )
        yield Failure("on data", f"values of {name} are longer", probe)
    if "values" in found:
        gone = [each for each in old.type.arguments if each not in new.arguments]
        if gone:
            listed = ", ".join(f"'{each}'" for each in gone)
            probe = f"SELECT 1 FROM {quoted} WHERE `{old.name.text}` IN ({listed}) LIMIT 1"  # noqa: S608
            yield Failure("on data", f"rows have {', '.join(gone)}", probe)


def _of_dropped_key(parts: tuple[Part, ...], table: Table, schema: Schema) -> Iterator[Failure]:
    key = table.primary_key
    if key is None:
        yield Failure("always", f"{table.name.text} has no primary key")
        return
    added = [each.columns for each in parts if each.kind == "add primary"]
    numbered = [each.name.folded for each in table.columns if each.auto == "auto_increment"]
    others = [e.columns for e in table.uniques] + [e.columns for e in table.indexes] + added
    if numbered and not any(each[:1] == (numbered[0],) for each in others):
        yield Failure("always", f"{numbered[0]} numbers rows, and must be a key")
    elif not added and any(_is_referred_to(table, name, schema) for name in key.columns):
        yield Failure("always", "a foreign key refers to it")


def _twice(table: Table, columns: tuple[str, ...]) -> str:
    listed = ", ".join(f"`{each}`" for each in columns)
    there = " AND ".join(f"`{each}` IS NOT NULL" for each in columns)
    return (
        f"SELECT 1 FROM `{table.name.text}` WHERE {there} GROUP BY {listed} "  # noqa: S608
        "HAVING count(*) > 1 LIMIT 1"
    )


def _orphans(part: Part, table: Table, schema: Schema) -> str:
    parent = schema.table(part.to)
    targets = parent.primary_key.columns if parent and parent.primary_key else ()
    if len(targets) != len(part.columns):
        return ""
    there = " AND ".join(f"a.`{each}` IS NOT NULL" for each in part.columns)
    equal = " AND ".join(
        f"b.`{target}` = a.`{column}`" for column, target in zip(part.columns, targets, strict=True)
    )
    return (
        f"SELECT 1 FROM `{table.name.text}` AS a WHERE {there} AND NOT EXISTS "  # noqa: S608
        f"(SELECT 1 FROM `{part.to}` AS b WHERE {equal}) LIMIT 1"
    )


def _is_shorter(old: Column, new: Definition) -> bool:
    before, after = old.type.arguments[:1], new.arguments[:1]
    return bool(before and after) and int(after[0]) < int(before[0])


def breaks_of(parts: tuple[Part, ...], table: Table) -> tuple[Break, ...]:
    """Give what running code no longer finds."""
    return tuple(found for each in parts for found in _breaks(each, table))


def _breaks(part: Part, table: Table) -> Iterator[Break]:
    name = table.name.text
    place = f"{name}.{part.name}"
    column = table.column(part.name)
    if part.kind == "drop column":
        yield Break("reads", place, f"code that still reads {part.name} fails")
        if not (column and column.generated):
            yield Break("data", place, f"what {part.name} holds is lost")
    elif part.kind == "rename column" or (part.kind == "modify" and part.to != part.name):
        yield Break("reads", place, f"code that reads {part.name} fails")
        yield Break("writes", place, f"code that writes {part.name} fails")
    elif part.kind == "rename table":
        yield Break("reads", name, f"code that reads {name} fails")
        yield Break("writes", name, f"code that writes {name} fails")
    elif part.kind == "add column" and part.definition:
        made = part.definition
        if not made.nullable and not made.filled and not made.auto_increment:
            yield Break(
                "writes", place, f"code that does not know {part.name} can no longer insert"
            )
    elif part.kind in {"add unique", "add primary"}:
        listed = ", ".join(part.columns)
        yield Break("writes", name, f"writes of the same {listed} twice fail")
    elif part.kind == "add foreign":
        listed = ", ".join(part.columns)
        yield Break("writes", name, f"writes of a {listed} that is not in {part.to} fail")
    elif part.kind == "add check":
        yield Break("writes", name, "writes that do not meet it fail")
    if part.kind == "modify" and part.definition and column:
        yield from _changed(part, column, part.definition, table)


def _changed(part: Part, old: Column, new: Definition, table: Table) -> Iterator[Break]:
    place = f"{table.name.text}.{part.name}"
    found = changes(old, new, table)
    if "required" in found:
        yield Break("writes", place, f"code that writes no {part.name} fails")
    if "optional" in found:
        yield Break("reads", place, f"code that counts on {part.name} may find none")
    if "type" in found:
        yield Break("reads", place, f"code that takes {old.type} gets {new.type}")
    elif ("length" in found and _is_shorter(old, new)) or (
        "values" in found and not is_appended(old, new)
    ):
        yield Break("writes", place, f"values that do not fit {part.name} fail")
