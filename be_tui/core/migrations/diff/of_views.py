"""What differs in views, and how much of a view a replacement may change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.ddl import view_kind, view_name
from be_tui.core.migrations.diff.comparing import plain, same_sql, space
from be_tui.core.migrations.diff.objects import (
    CommentChanged,
    ViewAdded,
    ViewDropped,
    ViewReplaced,
)
from be_tui.core.migrations.diff.of_constraints import of_indexes
from be_tui.core.migrations.diff.of_objects import pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.ddl import Namer
    from be_tui.core.migrations.diff.model import Change
    from be_tui.core.schema import Schema, View

_TOKEN = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|\w+|[(),]|.""", re.S)
_ENDS = frozenset({"where", "group", "having", "order", "limit", "offset", "window", "fetch"})
_SETS = frozenset({"union", "intersect", "except"})


def of_views(before: Schema, after: Schema, namer: Namer) -> Iterator[Change]:
    """Give what differs in views."""

    def identity(one: View) -> object:
        return space(one.namespace), one.name.folded

    for old, new in pairs(before.views, after.views, identity):
        if old and new and _same(old, new):
            if old.comment != new.comment and namer.engine == "postgresql":
                name = view_name(new, namer)
                yield CommentChanged(view_kind(new), name, old.comment, new.comment)
            yield from of_indexes(old, new, namer)
        elif old and new and _replaceable(old, new, namer):
            yield ViewReplaced(old, new)
        else:
            if old:
                yield ViewDropped(old)
            if new:
                yield ViewAdded(new)


def _same(old: View, new: View) -> bool:
    said = (old.materialised, old.columns, old.options, old.check_option)
    now = (new.materialised, new.columns, new.options, new.check_option)
    return said == now and same_sql(old.query, new.query)


def _replaceable(old: View, new: View, namer: Namer) -> bool:
    """Tell whether CREATE OR REPLACE does: columns stay as they are, others come at the end."""
    if old.materialised or new.materialised or namer.engine == "sqlite":
        return False
    if namer.engine in {"mysql", "mariadb"}:
        return True
    if old.columns != new.columns[: len(old.columns)] or old.comment != new.comment:
        return False
    was, now = _parts(old.query), _parts(new.query)
    if not was or not now:
        return False
    # The same names in the same tables are of the same types; of others nobody can tell.
    return now[0][: len(was[0])] == was[0] and now[1] == was[1]


def _parts(query: str) -> tuple[list[str], str] | None:
    """Give a query's columns and its FROM, each as it is compared; None for what has others."""
    words = _TOKEN.findall(query.strip())
    if not words or words[0].lower() != "select":
        return None
    columns: list[str] = [""]
    sources = ""
    depth, part = 0, "columns"
    for word in words[1:]:
        low = word.lower()
        depth += (word == "(") - (word == ")")
        if not depth and low in _SETS:
            return None
        if not depth and part == "columns" and low == "from":
            part = "sources"
        elif not depth and part == "sources" and low in _ENDS:
            part = "rest"
        elif part == "columns" and not depth and word == ",":
            columns.append("")
        elif part == "columns":
            columns[-1] += word
        elif part == "sources":
            sources += word
    if any(each.strip().endswith("*") for each in columns):
        return None
    return [plain(each) for each in columns], plain(sources)
