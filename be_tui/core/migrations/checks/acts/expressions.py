"""What an expression of PostgreSQL's calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.migrations.checks.acts.model import Node

_VALUES = {
    "SVFOP_CURRENT_DATE": "current_date",
    "SVFOP_CURRENT_TIMESTAMP": "current_timestamp",
    "SVFOP_CURRENT_TIMESTAMP_N": "current_timestamp",
    "SVFOP_LOCALTIMESTAMP": "localtimestamp",
}


def functions_in(node: Node) -> frozenset[str]:
    """Give the names of the functions that an expression calls, in small letters."""
    from postgast import pg_query_pb2 as pb
    from postgast import walk

    found: set[str] = set()
    for _, each in walk(node):
        if isinstance(each, pb.FuncCall):
            found.add(each.funcname[-1].string.sval.lower())
        elif isinstance(each, pb.SQLValueFunction):
            named = pb.SQLValueFunctionOp.Name(each.op)
            if named in _VALUES:
                found.add(_VALUES[named])
    return frozenset(found)
