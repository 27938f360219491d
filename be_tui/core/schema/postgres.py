"""The schema of a PostgreSQL database, from its catalogues.

The server writes keys, checks, indexes and types as DDL itself; casts that it adds to expressions
are taken off again, so that an index on `lower(email)` is one on `lower(email)`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.schema.catalogue import Words, bare, literal
from be_tui.core.schema.model import Enumeration, Trigger
from be_tui.core.schema.plainer import plainer

if TYPE_CHECKING:
    from be_tui.core.schema.live import Asked
    from be_tui.core.schema.reading import SchemaRead

_OWN = """n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND NOT EXISTS (
  SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid
  AND e.deptype = 'e')"""
"""Not the server's, nor an extension's."""

_TABLES = """
SELECT c.oid, quote_ident(n.nspname), quote_ident(c.relname), c.relispartition,
  obj_description(c.oid, 'pg_class'),
  EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = c.oid), c.relkind = 'p',
  pg_table_is_visible(c.oid)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND {own} ORDER BY c.oid"""

_COLUMNS = """
SELECT a.attrelid, quote_ident(a.attname), format_type(a.atttypid, a.atttypmod), a.attnotnull,
  a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid),
  CASE WHEN a.attcollation <> t.typcollation THEN quote_ident(l.collname) END,
  col_description(c.oid, a.attnum),
  pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%'
    AND pg_get_serial_sequence(quote_ident(n.nspname) || '.' || quote_ident(c.relname), a.attname)
    IS NOT NULL
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_collation l ON l.oid = a.attcollation
WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attislocal AND c.relkind IN ('r', 'p') AND {own}
ORDER BY a.attrelid, a.attnum"""

_CONSTRAINTS = """
SELECT k.conrelid, quote_ident(k.conname), pg_get_constraintdef(k.oid)
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE k.contype IN ('p', 'u', 'f', 'c') AND k.conislocal AND NOT c.relispartition AND {own}
ORDER BY k.oid"""

_INDEXES = """
SELECT i.indrelid,
  replace(replace(pg_get_indexdef(i.indexrelid), ' NULLS NOT DISTINCT', ''), ' ON ONLY ', ' ON ')
FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE i.indisvalid AND NOT c.relispartition AND c.relkind IN ('r', 'p', 'm') AND {own}
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid
    AND k.contype IN ('p', 'u', 'x'))
ORDER BY i.indexrelid"""

_ENUMS = """
SELECT t.typname, e.enumlabel FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid
ORDER BY t.oid, e.enumsortorder"""

_VIEWS = """
SELECT quote_ident(n.nspname), quote_ident(c.relname), c.relkind = 'm', pg_get_viewdef(c.oid)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('v', 'm') AND {own} ORDER BY c.oid"""

_TRIGGERS = """
SELECT c.relname, (t.tgtype & 16) <> 0
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE NOT t.tgisinternal AND NOT c.relispartition AND {own} ORDER BY t.oid"""
"""The bit says that it runs on UPDATE."""

_SERIALS = {"smallint": "smallserial", "integer": "serial", "bigint": "bigserial"}


def read_postgres(session: Asked, shown: str) -> SchemaRead:
    """Give the schema of the database that a session is connected to.

    Raises:
        StatementError: A catalogue could not be read.
    """
    words = Words(session, "postgresql", shown)
    names, visible = _tables(words)
    texts = _texts(words)
    for oid, name, definition in words.ask(_CONSTRAINTS, own=_OWN):
        said = f"ALTER TABLE {names[oid]} ADD CONSTRAINT {name} {definition}"
        words.say(said, plainer(texts[oid]))
    for oid, definition in words.ask(_INDEXES, own=_OWN):
        words.say(definition, plainer(texts[oid]))
    for namespace, name, kept, query in words.ask(_VIEWS, own=_OWN):
        kind = "MATERIALIZED VIEW" if kept == "true" else "VIEW"
        body = query.rstrip().rstrip(";")
        words.say(f"CREATE {kind} {namespace}.{name} AS {body}")
    read = words.read()
    tables = tuple(
        replace(each, namespace="") if (each.namespace, each.name.text) in visible else each
        for each in read.schema.tables
    )
    triggers = tuple(
        Trigger(name.casefold(), update == "true")
        for name, update in words.ask(_TRIGGERS, own=_OWN)
    )
    schema = replace(read.schema, tables=tables, triggers=triggers, enumerations=_enums(words))
    return replace(read, schema=schema)


def _tables(words: Words) -> tuple[dict[str, str], frozenset[tuple[str, str]]]:
    """Say each table; give their names in SQL by number, and those that need no schema's name."""
    columns: dict[str, list[str]] = defaultdict(list)
    comments: list[tuple[str, str, str]] = []
    for oid, name, *rest, comment, serial in words.ask(_COLUMNS, own=_OWN):
        columns[oid].append(_column(name, rest, serial=serial == "true"))
        if comment:
            comments.append((oid, name, comment))
    names: dict[str, str] = {}
    visible = set()
    for oid, namespace, name, part, comment, heir, whole, seen in words.ask(_TABLES, own=_OWN):
        names[oid] = f"{namespace}.{name}"
        if seen == "true":
            visible.add((bare(namespace).casefold(), bare(name)))
        if part == "true":
            words.say(f"CREATE TABLE {names[oid]} PARTITION OF its_parent DEFAULT")
            continue
        more = " INHERITS (its_parent)" if heir == "true" else ""
        more += " PARTITION BY RANGE (its_key)" if whole == "true" else ""
        words.say(f"CREATE TABLE {names[oid]} ({', '.join(columns[oid])}){more}", plainer())
        if comment:
            words.say(f"COMMENT ON TABLE {names[oid]} IS {literal(comment)}")
    for oid, name, comment in comments:
        words.say(f"COMMENT ON COLUMN {names[oid]}.{name} IS {literal(comment)}")
    return names, frozenset(visible)


def _column(name: str, said: list[str], *, serial: bool) -> str:
    kind, required, identity, generated, expression, collation = said
    parts = [name, _SERIALS.get(kind, kind) if serial else kind]
    if collation:
        parts.append(f"COLLATE {collation}")
    if generated:
        # Whether it is stored is not kept; sqlglot does not read the other word.
        parts.append(f"GENERATED ALWAYS AS ({expression}) STORED")
    elif identity:
        parts.append(f"GENERATED {'ALWAYS' if identity == 'a' else 'BY DEFAULT'} AS IDENTITY")
    elif expression and not serial:
        parts.append(f"DEFAULT {expression}")
    if required == "true":
        parts.append("NOT NULL")
    return " ".join(parts)


def _texts(words: Words) -> dict[str, frozenset[str]]:
    """Give, by table, the columns of text that the server casts wherever it compares them."""
    found: dict[str, set[str]] = defaultdict(set)
    for oid, name, kind, *_ in words.ask(_COLUMNS, own=_OWN):
        if kind.startswith(("character", "name")):
            found[oid].add(bare(name))
    return defaultdict(frozenset, {oid: frozenset(names) for oid, names in found.items()})


def _enums(words: Words) -> tuple[Enumeration, ...]:
    values: dict[str, list[str]] = defaultdict(list)
    for name, label in words.ask(_ENUMS):
        values[name].append(label)
    return tuple(Enumeration(name.casefold(), tuple(labels)) for name, labels in values.items())
