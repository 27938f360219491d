"""Expressions in one plain form, however they were written.

The server keeps what an expression means and writes it with every cast that it added; a person
writes it short. Both come out the same here: casts that change nothing are left off, `IN`,
`BETWEEN` and `LIKE` stand for what the server makes of them, brackets stand where they must.
What is written is SQL again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.schema.pg.literals import NUMBER, as_value, bits, literal_of, plain_number, truth
from be_tui.core.schema.pg.names import quoted
from be_tui.core.schema.pg.operands import (
    AND,
    ATOM,
    CAST,
    COLLATE,
    IS,
    LIKE,
    NOT,
    OR,
    OTHER,
    PART,
    RANKS,
    SIGN,
    TEXTS,
    Expr,
    agreed,
    array_agreed,
    binary,
    cast_array,
    joined,
    pair,
)
from be_tui.core.schema.pg.syntax import SYNTAX, VALUE_FUNCTIONS
from be_tui.core.schema.pg.types import base_name, sql_name, type_of, written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from postgast import pg_query_pb2 as pb

    from be_tui.core.schema.model import DataType

_POINTING = frozenset({"regclass", "regconfig"})
_PATHS = frozenset({"#>", "#>>", "#-", "?|", "?&"})
"""Operators that take texts on their right."""

_OVER_TIME = frozenset({"to_char", "date_trunc", "date_part", "age"})
"""Functions that take a day as the moment that it begins at."""

_OVER_JSON = frozenset(
    {"jsonb_to_tsvector", "json_to_tsvector", "jsonb_path_exists", "jsonb_path_query_first"}
)
"""Functions that take a literal as the one type that they have for it."""

_RETURNS = {
    **dict.fromkeys(("lower", "upper", "btrim", "ltrim", "rtrim", "replace", "concat"), "text"),
    **dict.fromkeys(("length", "char_length", "cardinality", "octet_length"), "int"),
    **dict.fromkeys(("now", "clock_timestamp", "transaction_timestamp"), "timestamptz"),
    "count": "bigint",
    "random": "double precision",
}
"""What often used functions give."""


_ALIKE = frozenset({"abs", "mod", "max", "min", "lag", "lead", "first_value", "last_value"})
"""Functions that give what they are given."""


class Expressions:
    """Writes expressions over the columns of a table."""

    def __init__(self, columns: Mapping[str, DataType] | None = None) -> None:
        """Begin.

        Args:
            columns: The types of the columns that may be named; those of domains as the type
                below them.
        """
        self._columns = columns or {}
        self.seen: dict[str, None] = {}
        """The columns named so far."""

    def write(self, node: pb.Node) -> str:
        """Give an expression."""
        return self.part(node).text

    def default(self, node: pb.Node, kind: DataType) -> str:
        """Give a column's default; empty for NULL, which says nothing."""
        found = self.part(node)
        name = base_name(kind)
        same = found.type == name or {found.type, name} == {"bit", "varbit"}
        if found.was == "literal" and same and found.bare:
            found = found.uncast()
        if found.text == "NULL":
            return ""
        if found.text[:1] == "'":
            return as_value(found.text, name)
        if name in {"bit", "varbit"} and found.text[:2] in {"B'", "X'"}:
            return bits(found.text)
        return found.text

    def part(self, node: pb.Node) -> Expr:
        """Give an expression with what its surroundings must know of it."""
        kind = node.WhichOneof("node")
        writer = _WRITERS.get(kind or "")
        if writer is None:
            return self._whole(node)
        return writer(self, getattr(node, kind or ""))

    def _whole(self, node: pb.Node) -> Expr:
        """Give what is rare, a query for one, as libpg_query writes it."""
        from be_tui.core.pgtext import deparse
        from be_tui.core.schema.pg.queries import plain

        plain(node)
        return Expr(deparse(node), OTHER)

    def constant(self, node: pb.A_Const) -> Expr:
        """Write a literal."""
        if node.isnull:
            return Expr("NULL")
        which = node.WhichOneof("val")
        if which == "sval":
            return Expr(literal_of(node.sval.sval))
        if which == "ival":
            value = node.ival.ival
            return Expr(str(value), ATOM if value >= 0 else SIGN, "int")
        if which == "fval":
            value_text = plain_number(node.fval.fval)
            return Expr(value_text, SIGN if value_text[:1] == "-" else ATOM, "numeric")
        if which == "boolval":
            return Expr("true" if node.boolval.boolval else "false", ATOM, "boolean")
        return Expr(_bits(node.bsval.bsval))

    def column(self, node: pb.ColumnRef) -> Expr:
        """Write a column, without the name of its table."""
        last = node.fields[-1]
        if last.WhichOneof("node") == "a_star":
            return Expr(".".join([*(quoted(f.string.sval) for f in node.fields[:-1]), "*"]))
        name = last.string.sval
        if name in {"value", "VALUE"} and name not in self._columns and len(node.fields) == 1:
            return Expr("VALUE", ATOM, self._type("VALUE"))
        self.seen[name] = None
        if len(node.fields) > 1:
            return self._qualified([each.string.sval for each in node.fields])
        if name in self._columns:
            return Expr(quoted(name), ATOM, self._type(name))
        return Expr(".".join(quoted(each.string.sval) for each in node.fields))

    def _qualified(self, names: list[str]) -> Expr:
        """Write a column after its table, which is left off where there is but one."""
        kind = self._type(".".join(names[-2:]))
        if not kind and names[-1] in self._columns:
            return Expr(quoted(names[-1]), ATOM, self._type(names[-1]))
        return Expr(".".join(quoted(each) for each in names), ATOM, kind)

    def _type(self, name: str) -> str:
        kind = self._columns.get(name)
        return base_name(kind) if kind else ""

    def cast(self, node: pb.TypeCast) -> Expr:
        """Write a cast; one that changes nothing is left off."""
        inner = self.part(node.arg)
        kind = type_of(node.type_name)
        name = base_name(kind)
        if inner.text == "NULL":
            return Expr("NULL", ATOM, name)
        if inner.type == name and not kind.arguments and inner.binds != SIGN:
            return inner
        which = node.arg.WhichOneof("node")
        if which == "a_const":
            return self._cast_literal(node.arg.a_const, inner, kind)
        text = f"{inner.at(CAST)}::{written(kind)}"
        if name in TEXTS and not kind.arguments and inner.type in TEXTS:
            return Expr(inner.text, inner.binds, "text")
        if which == "a_array_expr" and kind.family == "array":
            return cast_array(inner, kind, text)
        return Expr(text, CAST, name, inner.text, inner.type, inner.binds)

    def _cast_literal(self, node: pb.A_Const, inner: Expr, kind: DataType) -> Expr:
        name = base_name(kind)
        said = node.sval.sval
        string = node.WhichOneof("val") == "sval"
        if string and name in TEXTS and not kind.arguments:
            return Expr(inner.text, ATOM, "text" if name != "citext" else name)
        if string and name in _POINTING:
            return Expr(literal_of(said.removeprefix("public.").removeprefix("pg_catalog.")))
        if (name in RANKS or name == "oid") and not kind.arguments:
            if string and NUMBER.fullmatch(said):
                return Expr(said, SIGN if said[:1] == "-" else ATOM, name)
            if not string:
                return Expr(inner.text, inner.binds, name)
        if string and name == "boolean":
            return Expr(truth(said) or inner.text, ATOM, name)
        if not string:
            return Expr(f"{inner.at(CAST)}::{written(kind)}", CAST, name)
        bare = as_value(inner.text, name)
        return Expr(f"{bare}::{written(kind)}", CAST, name, bare, "literal")

    def operator(self, node: pb.A_Expr) -> Expr:
        """Write an operator with its operands."""
        # The numbers are those of `A_Expr_Kind`.
        special = _OPERATORS.get(node.kind)
        if special is not None:
            return special(self, node)
        name = node.name[-1].string.sval
        if not node.HasField("lexpr"):
            return self._sign(name, self.part(node.rexpr))
        if (
            name in {"=", "<>"}
            and node.lexpr.HasField("row_expr")
            and node.rexpr.HasField("row_expr")
        ):
            return self._rows(node.lexpr.row_expr, name, node.rexpr.row_expr)
        left, right = agreed(self.part(node.lexpr), self.part(node.rexpr))
        if name in _PATHS and right.was == "literal" and right.type == "text[]":
            right = right.uncast()
        return binary(left, name, right)

    def _rows(self, left: pb.RowExpr, name: str, right: pb.RowExpr) -> Expr:
        """Write a comparison of rows as those of their values that it is."""
        pairs = zip(left.args, right.args, strict=True)
        parts = [binary(*pair(self.part(one), name, self.part(two))) for one, two in pairs]
        return joined(AND if name == "=" else OR, parts)

    def _sign(self, name: str, inner: Expr) -> Expr:
        if name in {"-", "+"}:
            if name == "+" or not NUMBER.fullmatch(inner.text):
                return Expr(f"{name}{inner.at(PART)}", SIGN, inner.type)
            text = inner.text[1:] if inner.text[:1] == "-" else f"-{inner.text}"
            return Expr(text, SIGN, inner.type)
        return Expr(f"{name} {inner.at(OTHER + 1)}", OTHER)

    def any_of(self, node: pb.A_Expr) -> Expr:
        """Write `= ANY (…)`, as IN where its array is written out."""
        every = node.kind == _ALL
        name = node.name[-1].string.sval
        left = self.part(node.lexpr)
        array = node.rexpr
        while array.WhichOneof("node") == "type_cast":
            array = array.type_cast.arg
        among = (name == "=" and not every) or (name == "<>" and every)
        if among and array.WhichOneof("node") == "a_array_expr":
            return self._among(left, array.a_array_expr.elements, negated=every)
        left, right = array_agreed(left, self.part(node.rexpr))
        return Expr(
            f"{left.at(OTHER + 1)} {name} {'ALL' if every else 'ANY'} ({right.text})",
            OTHER,
            "boolean",
        )

    def among(self, node: pb.A_Expr) -> Expr:
        """Write IN."""
        negated = node.name[-1].string.sval == "<>"
        return self._among(self.part(node.lexpr), node.rexpr.list.items, negated=negated)

    def _among(self, left: Expr, nodes: Sequence[pb.Node], *, negated: bool) -> Expr:
        pairs = [agreed(left, self.part(each)) for each in nodes]
        if len(pairs) == 1:
            return binary(pairs[0][0], "<>" if negated else "=", pairs[0][1])
        values = ", ".join(right.text for _, right in pairs)
        left = pairs[0][0] if all(pair[0] == pairs[0][0] for pair in pairs) else left
        word = "NOT IN" if negated else "IN"
        return Expr(f"{left.at(LIKE + 1)} {word} ({values})", LIKE, "boolean")

    def like(self, node: pb.A_Expr) -> Expr:
        """Write LIKE and ILIKE."""
        left, right = self.part(node.lexpr), self.part(node.rexpr)
        return binary(left, node.name[-1].string.sval, right)

    def similar(self, node: pb.A_Expr) -> Expr:
        """Write SIMILAR TO as the regular expression that it is."""
        left, right = self.part(node.lexpr), self.part(node.rexpr)
        return binary(left, node.name[-1].string.sval, right)

    def between(self, node: pb.A_Expr) -> Expr:
        """Write BETWEEN as the two comparisons that it is."""
        value = self.part(node.lexpr)
        low, high = (self.part(each) for each in node.rexpr.list.items)
        name = node.name[-1].string.sval
        inside = joined(AND, [binary(*pair(value, ">=", low)), binary(*pair(value, "<=", high))])
        outside = joined(OR, [binary(*pair(value, "<", low)), binary(*pair(value, ">", high))])
        if "SYMMETRIC" not in name:
            return outside if name.startswith("NOT") else inside
        turned = joined(AND, [binary(*pair(value, ">=", high)), binary(*pair(value, "<=", low))])
        turned_out = joined(OR, [binary(*pair(value, "<", high)), binary(*pair(value, ">", low))])
        if name.startswith("NOT"):
            return joined(AND, [outside, turned_out])
        return joined(OR, [inside, turned])

    def distinct(self, node: pb.A_Expr, *, negated: bool = False) -> Expr:
        """Write IS DISTINCT FROM."""
        left, right = agreed(self.part(node.lexpr), self.part(node.rexpr))
        word = "NOT " if negated or node.kind == _NOT_DISTINCT else ""
        text = f"{left.at(IS + 1)} IS {word}DISTINCT FROM {right.at(IS + 1)}"
        return Expr(text, IS, "boolean")

    def same_if(self, node: pb.A_Expr) -> Expr:
        """Write NULLIF."""
        left, right = agreed(self.part(node.lexpr), self.part(node.rexpr))
        return Expr(f"NULLIF({left.text}, {right.text})", ATOM, left.type)

    def logic(self, node: pb.BoolExpr) -> Expr:
        """Write AND, OR and NOT."""
        # The numbers are those of `BoolExprType`.
        if node.boolop == 3:  # noqa: PLR2004
            below = node.args[0].a_expr
            if below.kind == _DISTINCT:
                return self.distinct(below, negated=True)
            inner = self.part(node.args[0])
            return Expr(f"NOT {inner.at(NOT + 1)}", NOT, "boolean")
        binds = AND if node.boolop == 1 else OR
        return joined(binds, [self.part(each) for each in node.args])

    def null_test(self, node: pb.NullTest) -> Expr:
        """Write IS NULL."""
        word = "IS NULL" if node.nulltesttype == 1 else "IS NOT NULL"
        inner = self.part(node.arg)
        return Expr(f"{inner.at(IS + 1)} {word}", IS, "boolean")

    def truth_test(self, node: pb.BooleanTest) -> Expr:
        """Write IS TRUE and its kin."""
        words = ("", "TRUE", "NOT TRUE", "FALSE", "NOT FALSE", "UNKNOWN", "NOT UNKNOWN")
        inner = self.part(node.arg)
        return Expr(f"{inner.at(IS + 1)} IS {words[node.booltesttype]}", IS, "boolean")

    def call(self, node: pb.FuncCall) -> Expr:
        """Write a function that is called."""
        if (
            *(node.agg_order, node.agg_distinct, node.agg_within_group, node.agg_star),
            node.HasField("agg_filter"),
            node.HasField("over"),
        ) != ([], False, False, False, False, False):
            return self._aggregate(node)
        names = [each.string.sval for each in node.funcname]
        if len(names) > 1 and names[0] in {"pg_catalog", "public"}:
            names = names[1:]
        arguments = [self.part(each) for each in node.args]
        # The number is COERCE_SQL_SYNTAX: the call has words of its own.
        if node.funcformat == 4:  # noqa: PLR2004
            found = SYNTAX.get(names[0])
            if found is not None and (written_so := found(arguments)) is not None:
                return written_so
        if names[-1] in _OVER_JSON:
            arguments = [each.uncast() if each.was == "literal" else each for each in arguments]
        if names[-1] in _OVER_TIME:
            arguments = [each.uncast() if each.was == "date" else each for each in arguments]
        texts = [each.text for each in arguments]
        if node.func_variadic:
            texts[-1] = f"VARIADIC {texts[-1]}"
        name = ".".join(quoted(each) for each in names)
        alike = arguments[0].type if names[-1] in _ALIKE and arguments else ""
        return Expr(f"{name}({', '.join(texts)})", ATOM, _RETURNS.get(names[-1], alike))

    def _aggregate(self, node: pb.FuncCall) -> Expr:
        """Write what is called over several rows, each expression in it as elsewhere."""
        from postgast import pg_query_pb2 as pb

        from be_tui.core.schema.pg.reparsing import expression_node

        inner = [*node.args]
        if node.HasField("agg_filter"):
            inner.append(node.agg_filter)
        if node.HasField("over"):
            inner += [*node.over.partition_clause]
            inner += [each.sort_by.node for each in node.over.order_clause]
        inner += [each.sort_by.node for each in node.agg_order]
        for each in inner:
            made = expression_node(self.part(each).text)
            if made is not None:
                each.CopyFrom(made)
        kind = _RETURNS.get(node.funcname[-1].string.sval, "")
        return self._whole(pb.Node(func_call=node))._replace(type=kind)

    def named_argument(self, node: pb.NamedArgExpr) -> Expr:
        """Write `name => value`."""
        return Expr(f"{quoted(node.name)} => {self.part(node.arg).text}", OR)

    def value_function(self, node: pb.SQLValueFunction) -> Expr:
        """Write CURRENT_TIMESTAMP and its kin."""
        name, kind = VALUE_FUNCTIONS[node.op]
        takes = name.endswith("(")
        return Expr(f"{name}{node.typmod})" if takes else name, ATOM, kind)

    def coalesce(self, node: pb.CoalesceExpr) -> Expr:
        """Write COALESCE."""
        return self._alike("COALESCE", node.args)

    def extreme(self, node: pb.MinMaxExpr) -> Expr:
        """Write GREATEST and LEAST."""
        return self._alike("GREATEST" if node.op == 1 else "LEAST", node.args)

    def _alike(self, name: str, nodes: Sequence[pb.Node]) -> Expr:
        """Write what takes values of one type."""
        parts = [self.part(each) for each in nodes]
        first = parts[0]
        parts = [first, *(agreed(first, each)[1] for each in parts[1:])]
        text = f"{name}({', '.join(each.text for each in parts)})"
        return Expr(text, ATOM, first.type)

    def case(self, node: pb.CaseExpr) -> Expr:
        """Write CASE."""
        words = ["CASE"]
        subject = self.part(node.arg) if node.HasField("arg") else None
        if subject:
            words.append(subject.text)
        results: list[Expr] = []
        for each in node.args:
            when = self.part(each.case_when.expr)
            if subject:
                when = agreed(subject, when)[1]
            results.append(self.part(each.case_when.result))
            words += ["WHEN", when.text, "THEN", results[-1].text]
        if node.HasField("defresult"):
            last = self.part(node.defresult)
            if last.text != "NULL":
                words += ["ELSE", last.text]
        words.append("END")
        kind = next((each.type for each in results if each.type), "")
        return Expr(" ".join(words), ATOM, kind)

    def array(self, node: pb.A_ArrayExpr) -> Expr:
        """Write ARRAY[…]."""
        parts = [self.part(each) for each in node.elements]
        kinds = {each.type for each in parts}
        kind = next(iter(kinds)) if len(kinds) == 1 else ""
        if parts and kind and all(each.was == "literal" for each in parts):
            bare = f"ARRAY[{', '.join(each.bare for each in parts)}]"
            return Expr(f"{bare}::{sql_name(kind)}[]", CAST, f"{kind}[]", bare, "literal")
        text = f"ARRAY[{', '.join(each.text for each in parts)}]"
        return Expr(text, ATOM, f"{kind}[]" if kind else "")

    def part_of(self, node: pb.A_Indirection) -> Expr:
        """Write a subscript or a field."""
        inner = self.part(node.arg).text
        subscript = node.indirection[0].WhichOneof("node") == "a_indices"
        plain = subscript and node.arg.WhichOneof("node") == "column_ref"
        found = inner if plain else f"({inner})"
        for each in node.indirection:
            which = each.WhichOneof("node")
            if which == "string":
                found += f".{quoted(each.string.sval)}"
            elif which == "a_star":
                found += ".*"
            else:
                found += self._subscript(each.a_indices)
        return Expr(found, PART)

    def _subscript(self, node: pb.A_Indices) -> str:
        low = self.part(node.lidx).text if node.HasField("lidx") else ""
        high = self.part(node.uidx).text if node.HasField("uidx") else ""
        return f"[{low}:{high}]" if node.is_slice else f"[{high}]"

    def row(self, node: pb.RowExpr) -> Expr:
        """Write a row of values."""
        values = ", ".join(self.part(each).text for each in node.args)
        return Expr(f"ROW({values})")

    def several(self, node: pb.List) -> Expr:
        """Write a list in brackets."""
        return Expr(f"({', '.join(self.part(each).text for each in node.items)})")

    def collated(self, node: pb.CollateClause) -> Expr:
        """Write COLLATE."""
        names = [each.string.sval for each in node.collname]
        if names[0] in {"pg_catalog", "public"}:
            names = names[1:]
        inner = self.part(node.arg)
        text = f"{inner.at(COLLATE + 1)} COLLATE {'.'.join(quoted(each) for each in names)}"
        return Expr(text, COLLATE, inner.type)

    def parameter(self, node: pb.ParamRef) -> Expr:
        """Write a parameter of a function."""
        return Expr(f"${node.number}")


def _bits(said: str) -> str:
    return f"{said[:1].upper()}'{said[1:]}'"


_ALL, _DISTINCT, _NOT_DISTINCT = 3, 4, 5
_OPERATORS: dict[int, Callable[[Expressions, pb.A_Expr], Expr]] = {
    2: Expressions.any_of,
    3: Expressions.any_of,
    4: Expressions.distinct,
    5: Expressions.distinct,
    6: Expressions.same_if,
    7: Expressions.among,
    8: Expressions.like,
    9: Expressions.like,
    10: Expressions.similar,
    11: Expressions.between,
    12: Expressions.between,
    13: Expressions.between,
    14: Expressions.between,
}
"""By the numbers of `A_Expr_Kind`; plain operators are the rest."""

_WRITERS: dict[str, Callable[[Expressions, object], Expr]] = {
    "a_const": Expressions.constant,
    "column_ref": Expressions.column,
    "type_cast": Expressions.cast,
    "a_expr": Expressions.operator,
    "bool_expr": Expressions.logic,
    "null_test": Expressions.null_test,
    "boolean_test": Expressions.truth_test,
    "func_call": Expressions.call,
    "named_arg_expr": Expressions.named_argument,
    "sqlvalue_function": Expressions.value_function,
    "coalesce_expr": Expressions.coalesce,
    "min_max_expr": Expressions.extreme,
    "case_expr": Expressions.case,
    "a_array_expr": Expressions.array,
    "a_indirection": Expressions.part_of,
    "row_expr": Expressions.row,
    "list": Expressions.several,
    "collate_clause": Expressions.collated,
    "param_ref": Expressions.parameter,
}
