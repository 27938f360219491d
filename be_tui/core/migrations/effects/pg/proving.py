"""What CHECKs prove about the rows there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from be_tui.core.migrations.effects.pg.nodes import expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.schema import Table


def is_proved(table: Table, column: str, *, valid: bool = True) -> bool:
    """Tell whether a CHECK says that a column has a value in each row.

    Args:
        table: The table.
        column: Folded.
        valid: Whether the rows that are there must have been checked.
    """
    for check in table.checks:
        if check.enforced and (check.valid or not valid):
            node = expression(check.expression)
            if node is not None and column.casefold() in _never_null(node):
                return True
    return False


def _never_null(node: Any) -> Iterator[str] | set[str]:  # noqa: ANN401 (a message)
    from postgast import pg_query_pb2 as pb

    kind = node.WhichOneof("node")
    if kind == "null_test":
        test = node.null_test
        if test.nulltesttype == pb.IS_NOT_NULL and test.arg.WhichOneof("node") == "column_ref":
            return {test.arg.column_ref.fields[-1].string.sval.casefold()}
    elif kind == "bool_expr" and node.bool_expr.boolop == pb.AND_EXPR:
        return set().union(*(set(_never_null(each)) for each in node.bool_expr.args))
    elif kind == "bool_expr" and node.bool_expr.boolop == pb.NOT_EXPR:
        inner = node.bool_expr.args[0]
        if inner.WhichOneof("node") == "null_test":
            test = inner.null_test
            if test.nulltesttype == pb.IS_NULL and test.arg.WhichOneof("node") == "column_ref":
                return {test.arg.column_ref.fields[-1].string.sval.casefold()}
    return set()
