"""Which functions give another value each time: a query that calls one is left as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

if TYPE_CHECKING:
    from be_tui.core.sqltext import Engine


def _names(said: str) -> frozenset[str]:
    return frozenset(said.split())


_NODES = (exp.Rand, exp.Randn, exp.Uuid, exp.SessionParameter, exp.PropertyEQ)

_STEADY: dict[Engine, frozenset[str]] = {
    "sqlite": _names(
        "datetime time julianday unixepoch timediff typeof printf format instr likelihood likely"
        " unlikely quote hex unhex zeroblob char unicode glob json json_extract json_array"
        " json_object json_type json_valid json_array_length json_quote group_concat total iif"
        " octet_length concat concat_ws sign ceil floor trunc log pow"
    ),
    "postgresql": _names(
        "all any some age jsonb_array_length json_array_length jsonb_typeof to_jsonb row_to_json"
        " jsonb_build_object"
        " json_build_object jsonb_build_array array_position array_remove array_append cardinality"
        " char_length octet_length bit_length similarity to_tsvector to_tsquery plainto_tsquery"
        " websearch_to_tsquery ts_rank quote_literal quote_ident btrim ltrim rtrim regexp_match"
        " make_date make_timestamp make_interval isfinite justify_days bool_and bool_or every"
        ""
        " json_agg jsonb_agg date_bin num_nonnulls num_nulls numrange daterange tsrange lower upper"
        " pg_typeof md5 sha256 encode decode string_to_array starts_with width_bucket"
        " transaction_timestamp statement_timestamp"
    ),
    "mysql": _names(
        "now curdate curtime utc_date utc_time utc_timestamp concat_ws field find_in_set elt"
        " timestampdiff timestampadd period_diff json_contains json_length json_valid json_search"
        " inet_aton inet_ntoa crc32 sha1 sha2 md5 ord ascii char_length character_length"
        " octet_length bit_length strcmp soundex any_value weekday yearweek to_days from_days"
        " microsecond makedate maketime sec_to_time time_to_sec bit_and bit_or bit_xor"
    ),
}
_STEADY["mariadb"] = _STEADY["mysql"]
"""Functions that sqlglot has no node for and that give the same for the same within a query."""


def unsteady(tree: exp.Expr, text: str, engine: Engine) -> str:
    """Give the first function of a query that may change from call to call; empty without one."""
    # `@x` of MySQL is set by whatever ran before.
    variables = (exp.Parameter,) if engine in {"mysql", "mariadb"} else ()
    for node in tree.find_all(*_NODES, *variables, exp.Anonymous, exp.AnonymousAggFunc):
        if isinstance(node, exp.Anonymous | exp.AnonymousAggFunc):
            if node.name.lower() not in _STEADY[engine]:
                return node.name
        elif isinstance(node, exp.Func):
            start, end = node.meta.get("start"), node.meta.get("end")
            named = text[int(start) : int(end) + 1] if start is not None and end else ""
            return named or node.sql_name().lower()
        else:
            return str(node.sql())
    return ""
