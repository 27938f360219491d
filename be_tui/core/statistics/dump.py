"""Reads what `pg_dump --statistics-only` (or `--no-data --statistics`) of PostgreSQL 18 writes.

Only calls of `pg_restore_relation_stats` and `pg_restore_attribute_stats` are looked at, each a
list of names and values; everything else in the text is passed over.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.statistics.attributes import attribute_stats
from be_tui.core.statistics.model import Statistics, TableStats

if TYPE_CHECKING:
    from collections.abc import Mapping

    from be_tui.core.statistics.model import ColumnStats

_CALL = re.compile(r"\bpg_restore_(?P<kind>relation|attribute)_stats\s*\(")
_ARGUMENT = re.compile(
    r"\s*(?:E'(?P<escaped>(?:[^'\\]|''|\\.)*)'|'(?P<plain>(?:[^']|'')*)')"
    r"(?:::[a-z ]+(?:\[\])?)?\s*(?P<end>[,)])",
    re.S,
)
_ESCAPE = re.compile(r"\\(.)", re.S)


def holds_statistics(text: str) -> bool:
    """Tell whether a text has statistics in it."""
    return _CALL.search(text) is not None


def read_dump(text: str, where: str) -> Statistics:
    """Give the statistics of a dump.

    Args:
        text: What pg_dump wrote.
        where: The file, for people.

    Raises:
        InputError: There are none in it, or a call cannot be read.
    """
    relations: dict[tuple[str, str], TableStats] = {}
    columns: dict[tuple[str, str], list[ColumnStats]] = {}
    left_out: list[str] = []
    for call in _CALL.finditer(text):
        line = f"{where}:{text.count(chr(10), 0, call.start()) + 1}"
        told = _arguments(text, call.end(), line)
        key = told.get("schemaname", ""), _named(told, "relname", line)
        if call["kind"] == "relation":
            relations[key] = _relation(key, told, line)
            continue
        try:
            columns.setdefault(key, []).append(attribute_stats(told))
        except ValueError as error:
            name = told.get("attname") or told.get("attnum", "")
            left_out.append(f"{line}: {key[1]}.{name}: {error}")
    if not relations and not columns:
        hint = "write them by pg_dump --statistics-only of PostgreSQL 18"
        raise InputError("no statistics stand in it", where=where, hint=hint)
    keys = list(dict.fromkeys([*relations, *columns]))
    return Statistics(
        engine="postgresql",
        tables=tuple(_joined(relations.get(key), key, columns.get(key, [])) for key in keys),
        source=where,
        left_out=tuple(left_out),
    )


def _joined(
    relation: TableStats | None, key: tuple[str, str], columns: list[ColumnStats]
) -> TableStats:
    known = relation or TableStats(key[1], -1.0, namespace=key[0])
    return TableStats(
        name=known.name,
        rows=known.rows,
        pages=known.pages,
        columns=tuple(columns),
        namespace=known.namespace,
        visible_pages=known.visible_pages,
    )


def _relation(key: tuple[str, str], told: Mapping[str, str], line: str) -> TableStats:
    try:
        return TableStats(
            name=key[1],
            rows=float(told.get("reltuples", "-1")),
            pages=max(int(told.get("relpages", "0")), 0),
            namespace=key[0],
            visible_pages=max(int(told.get("relallvisible", "0")), 0),
        )
    except ValueError as error:
        raise InputError(f"expected figures of {key[1]}: {error}", where=line) from error


def _named(told: Mapping[str, str], name: str, line: str) -> str:
    found = told.get(name)
    if not found:
        raise InputError(f"expected '{name}' among the arguments", where=line)
    return found


def _arguments(text: str, at: int, line: str) -> dict[str, str]:
    values: list[str] = []
    while True:
        found = _ARGUMENT.match(text, at)
        if found is None:
            raise InputError("expected names and values in quotes", where=line)
        if found["escaped"] is None:
            values.append(found["plain"].replace("''", "'"))
        else:
            values.append(_ESCAPE.sub(r"\1", found["escaped"].replace("''", "'")))
        at = found.end()
        if found["end"] == ")":
            break
    if len(values) % 2:
        raise InputError("expected a value for each name", where=line)
    return dict(zip(values[::2], values[1::2], strict=True))
