"""Tells what a statement of MariaDB or MySQL does to the tables that it alters."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.migrations.effects.my import maria, mysql
from be_tui.core.migrations.effects.my.combining import together
from be_tui.core.migrations.effects.my.harm import breaks_of, cut_keys, failures_of
from be_tui.core.migrations.effects.my.parts import Alter, Part, read
from be_tui.core.migrations.effects.my.standing import INSTANT, Standing, Way, index_names, standing
from be_tui.core.migrations.effects.words import words_of
from be_tui.core.migrations.model import Break, Effects, Failure, Online

if TYPE_CHECKING:
    from be_tui.core.schema import Schema, SchemaState, Table

    Made = frozenset[tuple[str, str]]
    from be_tui.core.sqltext import Statement, Target

COPIES_ONLINE_SINCE = (11, 2)
"""From here on MariaDB lets writes go on while it copies a table."""

BY_MANUAL = "by MySQL's manual"
_DROP = re.compile(r"(?is)\s*DROP\s+(?:TEMPORARY\s+)?(?P<what>TABLE|VIEW|DATABASE|SCHEMA)\b")
_TRUNCATE = re.compile(r"(?is)\s*TRUNCATE\b")


def told(
    statement: Statement,
    state: SchemaState,
    target: Target,
    *,
    checks: bool,
    whole: bool,
) -> Effects:
    """Give what a statement does.

    Args:
        statement: As it was written.
        state: The schema before it.
        target: The engine and its version.
        checks: Whether the session checks foreign keys.
        whole: Whether the database has nothing but the schema.
    """
    alter = read(statement.text)
    schema, made = state.schema(), state.made
    if alter is None:
        return _other(statement.text, schema, made)
    table = schema.table(alter.table)
    if table is None:
        return _unseen(alter, whole=whole)
    if _is_made(table, made):
        return Effects()
    parts = tuple(each for each in alter.parts if not _is_vain(each, table))
    failures = failures_of(parts, table, schema)
    if target.engine == "mariadb":
        failures += cut_keys(parts, table)
    if any(each.kind == "always" for each in failures):
        return Effects(failures=failures)
    now = standing(table)
    way = _together(parts, now, target, checks=checks)
    said = _said(alter, way)
    if said:
        return Effects(failures=(said,))
    online = Online(table.name.text, way.algorithm, way.lock, way.because)
    return Effects(online=(online,), failures=failures, breaks=breaks_of(parts, table))


def _together(parts: tuple[Part, ...], now: Standing, target: Target, *, checks: bool) -> Way:
    """Give the way of all parts at once, which is that of the dearest, or dearer."""
    ways = tuple(
        (each, _way(each, now, target, checks=checks)) for each in parts if each.kind != "said"
    )
    if target.engine == "mysql":
        found = max((way for _, way in ways), key=maria.rank, default=INSTANT)
        because = f"{found.because} ({BY_MANUAL})" if found.because else BY_MANUAL
        return replace(found, because=because)
    found = together(ways, now)
    if found.algorithm == "COPY" and target.since(*COPIES_ONLINE_SINCE) and not _is_tied(now):
        return Way("COPY", "NONE", f"{found.because} (since 11.2 writes go on, by its manual)")
    return found


def _is_tied(now: Standing) -> bool:
    """Tell whether rows are changed by those of another table, so that no copy keeps up."""
    return any(each.on_delete or each.on_update for each in now.table.foreign_keys)


def _way(part: Part, now: Standing, target: Target, *, checks: bool) -> Way:
    if target.engine == "mysql":
        return mysql.way(part, now, checks=checks, version=target.version)
    return maria.way(part, now, checks=checks)


def _said(alter: Alter, way: Way) -> Failure | None:
    """Tell of an ALGORITHM or LOCK that the server cannot keep to."""
    orders = {
        "ALGORITHM": ("INSTANT", "NOCOPY", "INPLACE", "COPY"),
        "LOCK": ("NONE", "SHARED", "EXCLUSIVE"),
    }
    for part in alter.parts:
        order = orders.get(part.name, ()) if part.kind == "said" else ()
        if part.to not in order:
            continue
        needed = way.algorithm if part.name == "ALGORITHM" else way.lock
        if order.index(part.to) < order.index(needed):
            because = f": {way.because}" if way.because else ""
            return Failure("always", f"{part.name}={part.to} is refused{because}")
    return None


def _is_vain(part: Part, table: Table) -> bool:
    """Tell whether IF EXISTS or IF NOT EXISTS makes a part do nothing."""
    if not part.guarded:
        return False
    if part.kind == "add column":
        return table.column(part.name) is not None
    if part.kind in {"drop column", "modify", "rename column"}:
        return table.column(part.name) is None
    names = index_names(table)
    if part.kind in {"add index", "add unique", "add fulltext"}:
        return part.name.lower() in names
    if part.kind in {"drop index", "rename index"}:
        return part.name.lower() not in names
    return False


def _is_made(table: Table, made: Made) -> bool:
    return (table.namespace, table.name.text) in made


def _unseen(alter: Alter, *, whole: bool) -> Effects:
    if alter.guarded:
        return Effects()
    if whole:
        return Effects(failures=(Failure("always", f"table {alter.table} does not exist"),))
    return Effects(known=False, why_unknown=f"no schema tells of {alter.table}")


def _other(text: str, schema: Schema, made: Made) -> Effects:
    """Tell of what drops and empties, which no algorithm helps."""
    dropped = _DROP.match(text)
    if not dropped and not _TRUNCATE.match(text):
        return Effects()
    names = [each.text for each in words_of(text) if each.kind in {"word", "name"}]
    tables = [found for name in names if (found := schema.table(name)) is not None]
    breaks: list[Break] = []
    for table in tables:
        if _is_made(table, made):
            continue
        name = table.name.text
        if dropped:
            breaks.append(Break("reads", name, f"code that reads {name} fails"))
        breaks.append(Break("data", name, f"what {name} holds is lost"))
    failures = _held(tables, schema) if tables else ()
    return Effects(breaks=() if failures else tuple(breaks), failures=failures)


def _held(tables: list[Table], schema: Schema) -> tuple[Failure, ...]:
    """Tell of foreign keys that keep a table where it is."""
    names = {each.name.folded for each in tables}
    for other in schema.tables:
        for key in other.foreign_keys:
            if key.table in names and other.name.folded not in names:
                message = f"{other.name.text} refers to {key.table}"
                return (Failure("always", message),)
    return ()
