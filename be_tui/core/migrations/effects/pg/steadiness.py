"""Whether an expression gives the same for the same row for ever, as an index needs it.

Times with a zone depend on the session's, and so does their text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from be_tui.core.migrations.effects.pg.nodes import names_of, walk
from be_tui.core.migrations.effects.pg.types import modelled, written
from be_tui.core.migrations.effects.pg.volatility import volatility
from be_tui.core.migrations.effects.pg.words import words

if TYPE_CHECKING:
    from be_tui.core.migrations.effects.pg.catalogue import Catalogue
    from be_tui.core.migrations.effects.pg.relations import Relation

_STABLE = words(
    """
    now transaction_timestamp statement_timestamp current_setting to_char to_timestamp
    current_database current_schema to_json to_jsonb row_to_json concat concat_ws format
    json_build_object jsonb_build_object json_build_array jsonb_build_array array_to_string
    """
)
_BY_SETTING = words("to_tsvector to_tsquery plainto_tsquery phraseto_tsquery websearch_to_tsquery")
"""Functions that take the session's language where none is given."""

_IN_ZONE = {"date_trunc": words("timestamptz date"), "date_part": words("timestamptz")}
_IN_ZONE["extract"] = _IN_ZONE["date_part"]
"""Functions of which the one for these types reads the session's time zone."""

_ZONED = {
    "timestamptz": words("date time timestamp timetz text varchar"),
    "timestamp": words("timestamptz text varchar"),
    "date": words("timestamptz text varchar"),
    "time": words("timetz"),
}
"""Casts that read the session's time zone, or its way to write dates."""


def is_changing(node: Any, relation: Relation, known: Catalogue) -> bool:  # noqa: ANN401
    """Tell whether an expression over a table's row may give something else another time."""
    if volatility(node, known) == "volatile":
        return True
    return any(
        kind == "sqlvalue_function"
        or (kind == "func_call" and _is_unsteady(each, relation, known))
        or (kind == "type_cast" and _reads_zone(each, relation, known))
        for kind, each in walk(node)
    )


def _is_unsteady(call: Any, relation: Relation, known: Catalogue) -> bool:  # noqa: ANN401
    name = names_of(call.funcname)[-1]
    routines = known.routines(name)
    if routines:
        # One of SQL is seen through; another is believed.
        return any(each.volatility == "stable" and each.language != "sql" for each in routines)
    if name in _BY_SETTING:
        return len(call.args) < 2  # noqa: PLR2004 (the language comes first)
    if name in _IN_ZONE:
        return any(_type(each, relation, known) in _IN_ZONE[name] for each in call.args)
    return name in _STABLE


def _reads_zone(cast: Any, relation: Relation, known: Catalogue) -> bool:  # noqa: ANN401
    target = known.base(written(cast.type_name))[0].name
    return target in _ZONED.get(_type(cast.arg, relation, known), ())


def _type(node: Any, relation: Relation, known: Catalogue) -> str:  # noqa: ANN401 (a message)
    """Give the type of a column or a cast; nothing for what is neither."""
    kind = node.WhichOneof("node")
    if kind == "type_cast":
        return known.base(written(node.type_cast.type_name))[0].name
    if kind != "column_ref" or relation.table is None:
        return ""
    column = relation.table.column(str(node.column_ref.fields[-1].string.sval))
    return known.base(modelled(column.type))[0].name if column else ""
