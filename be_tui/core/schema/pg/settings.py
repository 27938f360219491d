"""What SET says of the names in statements after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.schema.pg.work import plain_namespace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from postgast import pg_query_pb2 as pb

    from be_tui.core.schema.pg.work import Work

_SET, _RESETS = 1, frozenset({2, 5, 6})
"""The numbers of `VariableSetKind`."""


def set_variable(work: Work, node: pb.VariableSetStmt) -> None:
    """Take in SET."""
    values = [each.a_const.sval.sval for each in node.args]
    _take(work, node.name.lower(), values if node.kind == _SET else None)


def call_of_settings(work: Work, node: pb.SelectStmt) -> None:
    """Take in `SELECT pg_catalog.set_config(…)`, as pg_dump has it."""
    for each in node.target_list:
        call = each.res_target.val.func_call
        if not call.funcname or call.funcname[-1].string.sval != "set_config":
            continue
        values = [argument.a_const.sval.sval for argument in call.args[:2]]
        if len(values) == 2:  # noqa: PLR2004
            work.session.dumped = not values[1]
            _take(work, values[0].lower(), [part.strip(' "') for part in values[1].split(",")])


def _take(work: Work, name: str, values: list[str] | None) -> None:
    if name == "search_path":
        work.session.namespace = _first(values or ())
    elif name == "default_tablespace":
        work.session.tablespace = (values or [""])[0]
    elif name == "default_table_access_method":
        work.session.method = (values or [""])[0]


def _first(values: Iterable[str]) -> str:
    for value in values:
        if value and value not in {"$user", "pg_temp"}:
            return plain_namespace(value)
    return ""
