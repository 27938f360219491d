"""Keys, foreign keys, indexes and names of a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.checking.model import TableRemark, holds_one_row
from be_tui.core.sqltext import is_templated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from be_tui.core.checking.model import TableDetector
    from be_tui.core.findings import Place
    from be_tui.core.schema import Index, Schema, Table
    from be_tui.core.sqltext import Target

_LOGIN = re.compile(r"(?:^|_)(?:e_?mail(?:_address)?|user_?name|login|handle)$")
_RESERVED = frozenset(
    {"user", "order", "group", "table", "select", "where", "column", "limit", "offset", "check"}
    | {"default", "desc", "references", "primary", "foreign", "constraint", "grant", "having", "to"}
)
_NO_WORD = {
    "mysql": frozenset({"user", "offset"}),
    "sqlite": frozenset({"user", "offset", "grant", "desc"}),
}
"""Of these, words that an engine does not reserve."""


def no_primary_key(table: Table, _schema: Schema, _target: Target) -> Iterator[TableRemark]:
    """Find tables whose rows nothing tells apart."""
    if table.primary_key or table.unique_sets or table.temporary or not table.complete:
        return
    is_own = table.name.folded.startswith(("sqlite_", "pg_"))
    if is_own or any(is_templated(column.type.name) for column in table.columns):
        return
    if len(table.columns) > 1 and not holds_one_row(table):
        yield TableRemark(
            "schema-no-primary-key", table.place, f"{table.name.text} has no primary key"
        )


def unindexed_foreign_key(table: Table, _schema: Schema, target: Target) -> Iterator[TableRemark]:
    """Find foreign keys that no index begins with; InnoDB makes its own."""
    if target.is_mysql:
        return
    for key in table.foreign_keys:
        wanted = set(key.columns)
        led = any(set(columns[: len(wanted)]) == wanted for columns in table.index_columns())
        if not led and not any(table.leads(column) for column in key.columns):
            named = ", ".join(key.columns)
            said = f"no index on {named}: each delete in {key.table} reads all of {table.name.text}"
            yield TableRemark("schema-unindexed-foreign-key", key.place, said)


def foreign_key_type(table: Table, schema: Schema, target: Target) -> Iterator[TableRemark]:
    """Find foreign keys of another type than what they refer to."""
    for key in table.foreign_keys:
        other = schema.table(key.table)
        targets = key.targets or (other.primary_key.columns if other and other.primary_key else ())
        for mine, theirs in zip(key.columns, targets, strict=False):
            one, two = table.column(mine), other.column(theirs) if other else None
            if not one or not two or target.engine == "sqlite" or one.type.name == two.type.name:
                continue
            if one.type.family == two.type.family and one.type.family != "integer":
                continue
            if any(not c.type.name or is_templated(c.type.name) for c in (one, two)):
                continue
            if _base(one.type.name, schema) == _base(two.type.name, schema):
                continue
            said = f"{mine} is {one.type}, {key.table}.{theirs} is {two.type}"
            yield TableRemark("schema-foreign-key-type", key.place, said)


def _base(name: str, schema: Schema) -> str:
    """Give the type that a domain stands for, through domains of domains."""
    bases = {each.name.casefold(): each.type.name for each in schema.domains}
    for _ in bases:
        if name.casefold() not in bases:
            break
        name = bases[name.casefold()]
    return name


def duplicate_index(table: Table, _schema: Schema, _target: Target) -> Iterator[TableRemark]:
    """Find indexes that a key or another index has made already."""
    keys = [key.columns for key in table.keys]
    seen: list[Index] = []
    for index in table.indexes:
        if _is_plain(index) and index.columns in keys:
            said = (
                f"{index.name or 'this index'} repeats what the key on"
                f" {', '.join(index.columns)} has made"
            )
            yield TableRemark("schema-duplicate-index", index.place, said)
        else:
            twin = next((each for each in seen if _same(each, index)), None)
            if twin is not None and twin.name and twin.name == index.name:
                # One index, of which two scripts tell.
                continue
            if twin is not None:
                said = f"{index.name or 'this index'} is {twin.name or 'another one'} once more"
                yield TableRemark("schema-duplicate-index", index.place, said)
        seen.append(index)


def redundant_index(table: Table, _schema: Schema, _target: Target) -> Iterator[TableRemark]:
    """Find indexes that are the beginning of a longer one."""
    longer = [(key.columns, key.name) for key in table.keys]
    longer += [(each.columns, each.name) for each in table.indexes if _is_plain(each)]
    for index in table.indexes:
        if not _is_plain(index) or index.unique or not index.columns:
            continue
        size = len(index.columns)
        for columns, name in longer:
            if len(columns) > size and columns[:size] == index.columns and all(columns):
                said = f"{index.name or 'this index'} is how {name or ', '.join(columns)} begins"
                yield TableRemark("schema-redundant-index", index.place, said)
                break


def _is_plain(index: Index) -> bool:
    ordinary = index.method == "btree" and not index.where and not index.include
    return ordinary and all(
        part.column
        and not part.descending
        and not part.operators
        and not part.prefix
        and not part.collation
        and part.nulls_first is None
        for part in index.parts
    )


def _same(one: Index, other: Index) -> bool:
    return (one.parts, one.method, one.where, one.include) == (
        other.parts,
        other.method,
        other.where,
        other.include,
    )


def boolean_index(table: Table, _schema: Schema, _target: Target) -> Iterator[TableRemark]:
    """Find indexes over nothing but true and false."""
    for index in table.indexes:
        column = table.column(index.columns[0]) if len(index.parts) == 1 else None
        if column and column.type.family == "boolean" and not index.where and not index.unique:
            said = (
                f"{index.name or 'this index'} leads to half of the table:"
                f" {column.name.text} is true or false"
            )
            yield TableRemark("schema-boolean-index", index.place, said)


def case_sensitive_unique(table: Table, _schema: Schema, target: Target) -> Iterator[TableRemark]:
    """Find addresses and logins that may stand there twice, in other letters."""
    if target.is_mysql:
        return
    folded = " ".join(part.expression for index in table.indexes for part in index.parts)
    found: list[tuple[str, Place]] = [
        (k.columns[0], k.place) for k in table.uniques if len(k.columns) == 1
    ]
    found += [(i.columns[0], i.place) for i in table.indexes if i.unique and len(i.parts) == 1]
    for name, place in found:
        column = table.column(name) if name else None
        if column is None or not _LOGIN.search(name) or column.type.family != "text":
            continue
        if (
            column.type.name == "citext"
            or column.collation
            or re.search(rf"(lower|upper)\(\(?\"?{re.escape(name)}", folded)
        ):
            continue
        said = f"{name} is unique letter by letter: Ann@x and ann@x are two"
        yield TableRemark("schema-case-sensitive-unique", place, said)


def nullable_unique(table: Table, _schema: Schema, _target: Target) -> Iterator[TableRemark]:
    """Find keys of several columns that a NULL makes void."""
    for key in table.uniques:
        columns = [table.column(name) for name in key.columns]
        loose = [each.name.text for each in columns if each and each.nullable]
        if _holds_firm_key(table, key.columns):
            continue
        if len(columns) > 1 and loose and key.nulls_distinct:
            said = f"{', '.join(loose)} may be NULL: such rows may be there many times"
            yield TableRemark("schema-nullable-unique", key.place, said)


def _holds_firm_key(table: Table, columns: tuple[str, ...]) -> bool:
    """Tell whether some of a key's columns are a key by themselves, which no NULL makes void."""
    for unique in table.unique_sets:
        held = [table.column(name) for name in unique]
        if unique < set(columns) and all(each and not each.nullable for each in held):
            return True
    return False


def trailing_key(table: Table, _schema: Schema, target: Target) -> Iterator[TableRemark]:
    """Find InnoDB indexes that end with the primary key, which they hold anyway."""
    if not target.is_mysql or table.primary_key is None or table.storage not in {"", "innodb"}:
        return
    key = table.primary_key.columns
    for index in table.indexes:
        longer = len(index.columns) > len(key) and _is_plain(index) and not index.unique
        if longer and index.columns[-len(key) :] == key:
            said = (
                f"{index.name or 'this index'} ends with {', '.join(key)}, which InnoDB adds"
                " by itself"
            )
            yield TableRemark("schema-trailing-key", index.place, said)


def reserved_name(table: Table, _schema: Schema, target: Target) -> Iterator[TableRemark]:
    """Find names that have to be quoted wherever they stand."""
    words = _RESERVED - _NO_WORD.get("mysql" if target.is_mysql else target.engine, frozenset())
    if table.name.folded in words:
        yield TableRemark(
            "schema-reserved-name", table.place, f"{table.name.text} is a word of SQL"
        )
    for column in table.columns:
        if column.name.folded in words:
            yield TableRemark(
                "schema-reserved-name", column.place, f"{column.name.text} is a word of SQL"
            )


def mixed_case(table: Table, _schema: Schema, target: Target) -> Iterator[TableRemark]:
    """Find names with capitals, which PostgreSQL keeps only in quotes."""
    if target.engine != "postgresql":
        return
    named = [(table.name, table.place), *((each.name, each.place) for each in table.columns)]
    for name, place in named:
        if name.quoted and name.text != name.text.lower():
            said = f'"{name.text}" has to stand in quotes wherever it is named'
            yield TableRemark("schema-mixed-case", place, said)
            return


def numbered_columns(table: Table, _schema: Schema, _target: Target) -> Iterator[TableRemark]:
    """Find lists that are kept as columns: tag1, tag2, tag3."""
    stems: dict[tuple[str, str], list[int]] = {}
    for column in table.columns:
        if found := re.fullmatch(r"([a-z_]*[a-z])_?(\d)", column.name.folded):
            stems.setdefault((found[1], column.type.family), []).append(int(found[2]))
    for (stem, _), numbers in stems.items():
        if sorted(numbers)[:3] in ([1, 2, 3], [0, 1, 2]) and not stem.endswith(("line", "address")):
            column = next(c for c in table.columns if c.name.folded.startswith(stem))
            said = f"{stem} stands in {len(numbers)} columns: a list that wants a table"
            yield TableRemark("schema-numbered-columns", column.place, said)


_ANY_KIND = re.compile(
    r"(?:able|entity|resource|object|subject|owner|parent|target|source|item|actor|record|model"
    r"|content|reference|ref|related|context|holder|principal|associated|author|creator|sender"
    r"|recipient|trigger|member)$"
)
"""What a column is called that can refer to rows of any kind: `commentable_id`, `owner_id`."""


def polymorphic(table: Table, schema: Schema, _target: Target) -> Iterator[TableRemark]:
    """Find ids that refer to a table which another column names."""
    own = {name for key in table.foreign_keys for name in key.columns}
    for column in table.columns:
        name = column.name.folded
        if not name.endswith("_type") or column.type.family not in {"text", "enum"}:
            continue
        stem = name.removesuffix("_type")
        if not _ANY_KIND.search(stem):
            continue
        other = table.column(f"{stem}_id")
        if any(schema.table(each) for each in (stem, f"{stem}s", f"{stem}es")):
            # A kind of those: `room_type` beside `rooms`.
            continue
        if any(f"{stem}_id" in key and name not in key for key in table.unique_sets):
            # The row's own id, and what kind of thing the row is.
            continue
        if other is not None and other.name.folded not in own:
            said = (
                f"{other.name.text} refers to a table that {column.name.text} names: nothing"
                " can check it"
            )
            yield TableRemark("schema-polymorphic", column.place, said)


def scattered_key(table: Table, _schema: Schema, target: Target) -> Iterator[TableRemark]:
    """Find keys of InnoDB that a default makes of UUIDs in no order: rows are stored by them."""
    key = table.primary_key.columns if table.primary_key else ()
    column = table.column(key[0]) if key else None
    if not target.is_mysql or table.storage not in {"", "innodb"} or column is None:
        return
    if column.type.name == "uuid" or not _SCATTERED.search(column.default):
        # MariaDB's own type stores the time first.
        return
    said = f"{column.name.text}: each new row goes to another page, as its UUID is in no order"
    yield TableRemark("schema-scattered-key", column.place, said)


_SCATTERED = re.compile(
    r"(?i)\buuid_v4\s*\(|\brandom_bytes\s*\(|\buuid\s*\(\s*\)(?!\s*,\s*(?:1|true)\b)"
)
"""MySQL's uuid() begins with what changes fastest, and is put in order by UUID_TO_BIN(..., 1)."""

DETECTORS: Mapping[str, TableDetector] = {
    "schema-no-primary-key": no_primary_key,
    "schema-unindexed-foreign-key": unindexed_foreign_key,
    "schema-foreign-key-type": foreign_key_type,
    "schema-duplicate-index": duplicate_index,
    "schema-redundant-index": redundant_index,
    "schema-boolean-index": boolean_index,
    "schema-scattered-key": scattered_key,
    "schema-case-sensitive-unique": case_sensitive_unique,
    "schema-nullable-unique": nullable_unique,
    "schema-trailing-key": trailing_key,
    "schema-reserved-name": reserved_name,
    "schema-mixed-case": mixed_case,
    "schema-numbered-columns": numbered_columns,
    "schema-polymorphic": polymorphic,
}
