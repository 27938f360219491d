"""Statistics that a person wrote down, in YAML or JSON, where no database can be asked.

    tables:
      posts:                    # or other.posts, with its schema
        rows: 1000000
        columns:
          user_id: {distinct: 10000, common: {77: 0.1}, bounds: [1, 2500, 5000, 7500, 10000]}
          title: {distinct: all}
          body: {nulls: 0.1, width: 160}

Shares are parts of all rows. What is not said is assumed, as without the file. Faults are told with
their line.
"""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.statistics.model import ColumnStats, Common, Statistics, TableStats
from be_tui.core.yamlform import Faults, Listing, Mapping, Scalar, as_number, parse_yaml

if TYPE_CHECKING:
    from be_tui.core.schema import Schema
    from be_tui.core.sqltext import Engine
    from be_tui.core.yamlform import Cursor, Node

ALL = "all"
"""As many values as rows."""

_SUFFIXES = (".yaml", ".yml", ".json")
_MOST = 1e15


def is_written(path: str) -> bool:
    """Tell by a file's name whether a person wrote its statistics down."""
    return path.lower().endswith(_SUFFIXES)


def read_written(text: str, where: str, engine: Engine) -> Statistics:
    """Give the statistics of a file.

    Args:
        text: What it holds.
        where: Its name, for people.
        engine: Whose tables they are of.

    Raises:
        InputError: Something of it cannot be used; the first fault is told.
    """
    faults = Faults(where, "statistics")
    top = parse_yaml(text, faults)
    tables = top.each("tables", _table, least=1)
    top.close()
    if faults.findings:
        first, *more = faults.findings
        rest = f"; {len(more)} more such" if more else ""
        raise InputError(f"{first.message}{rest}", where=str(first.place))
    return Statistics(engine, tables, where)


def checked(found: Statistics, schema: Schema) -> Statistics:
    """Give statistics of which all tables and columns are in a schema.

    Raises:
        InputError: One is not.
    """
    for each in found.tables:
        table = schema.table(each.name, each.namespace)
        if table is None:
            name = f"{each.namespace}.{each.name}" if each.namespace else each.name
            raise InputError(f"there is no table {name}", where=found.source)
        for column in each.columns:
            if table.column(column.name) is None:
                message = f"the table {each.name} has no column {column.name}"
                raise InputError(message, where=found.source)
    return found


def _table(at: Cursor) -> TableStats:
    namespace, _, name = at.name.rpartition(".")
    rows = _amount(at, "rows", at.number("rows"))
    pages = _amount(at, "pages", at.number("pages", 0.0))
    columns = at.each("columns", _column)
    return TableStats(name, rows, round(pages), columns, namespace, visible_pages=round(pages))


def _column(at: Cursor) -> ColumnStats:
    nulls = _share(at, "nulls", at.number("nulls", 0.0))
    common = tuple(_common(at))
    told = nulls + sum(each.share for each in common)
    if told > 1.0 + 1e-9:
        at.fault("wrong-share", f"NULL and common values are {told:g} of all rows, over 1")
    correlation = at.number("correlation", 0.0) if at.has("correlation") else None
    at.find("correlation")
    return ColumnStats(
        name=at.name,
        distinct=_distinct(at),
        null_share=nulls,
        common=tuple(sorted(common, key=lambda each: (-each.share, each.value))),
        bounds=tuple(_bounds(at)),
        correlation=correlation,
        width=round(_amount(at, "width", at.number("width", 0.0))),
    )


def _distinct(at: Cursor) -> float | None:
    node = at.find("distinct")
    if node is None:
        return None
    if isinstance(node, Scalar) and node.text == ALL:
        return -1.0
    number = as_number(node)
    if number is None or not 1 <= number <= _MOST:
        at.fault("wrong-type", f"distinct: expected a number from 1 on, or `{ALL}`", node)
        return None
    return number


def _common(at: Cursor) -> list[Common]:
    node = at.find("common")
    if node is None:
        return []
    if not isinstance(node, Mapping):
        at.fault("wrong-type", "common: expected values with their shares", node)
        return []
    return [Common(value.text, _part(at, f"common.{value.text}", s)) for value, s in node.pairs]


def _bounds(at: Cursor) -> list[str]:
    node = at.find("bounds")
    if node is None:
        return []
    items = node.items if isinstance(node, Listing) else ()
    found = [each.text for each in items if isinstance(each, Scalar)]
    if len(found) < 2 or len(found) < len(items):  # noqa: PLR2004 (the lowest and the highest)
        at.fault("wrong-type", "bounds: expected a list of values, lowest to highest", node)
    return found


def _part(at: Cursor, key: str, node: Node) -> float:
    number = as_number(node)
    if number is None:
        at.fault("wrong-type", f"{key}: expected a share from 0 to 1", node)
        return 0.0
    return _share(at, key, number)


def _share(at: Cursor, key: str, number: float) -> float:
    if 0 <= number <= 1:
        return number
    at.fault("wrong-share", f"{key}: expected a share from 0 to 1, found {number:g}")
    return 0.0


def _amount(at: Cursor, key: str, number: float) -> float:
    if isfinite(number) and 0 <= number <= _MOST:
        return number
    at.fault("wrong-type", f"{key}: expected a number from 0 on, found {number:g}")
    return 0.0
