"""How steady an expression is: whether it gives the same for all rows that a statement writes.

Only an expression that may give another value for each row makes PostgreSQL write them all. What a
function of the schema says of itself is believed, but that PostgreSQL puts the body of a simple
function of SQL in its place, and so sees through it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal

from be_tui.core.migrations.effects.pg.nodes import names_of, walk
from be_tui.core.migrations.effects.pg.words import words

if TYPE_CHECKING:
    from google.protobuf.message import Message

    from be_tui.core.migrations.effects.pg.catalogue import Catalogue
    from be_tui.core.migrations.effects.pg.relations import Relation
    from be_tui.core.schema import Routine

Volatility = Literal["steady", "volatile", "unknown"]

_VOLATILE = words(
    """
    clock_timestamp timeofday random random_normal gen_random_uuid uuidv4 uuidv7 array_sample
    array_shuffle nextval currval lastval setval setseed set_config current_query pg_sleep
    pg_sleep_for pg_sleep_until pg_advisory_lock pg_advisory_xact_lock pg_try_advisory_lock
    pg_notify pg_database_size pg_relation_size pg_table_size pg_total_relation_size
    pg_indexes_size pg_current_wal_lsn pg_current_wal_insert_lsn pg_is_in_recovery lo_create
    lo_creat lo_from_bytea query_to_xml txid_status pg_xact_status
    pg_last_xact_replay_timestamp pg_xact_commit_timestamp pg_blocking_pids pg_stat_file
    pg_read_file pg_read_binary_file pg_ls_dir pg_terminate_backend pg_cancel_backend
    uuid_generate_v1 uuid_generate_v1mc uuid_generate_v4 gen_random_bytes gen_salt
    """
)
"""The server's own that are volatile, and those of the extensions uuid-ossp and pgcrypto."""

_STEADY = words(
    """
    now transaction_timestamp statement_timestamp current_setting txid_current
    pg_current_xact_id current_database current_schema session_user timezone date_trunc
    date_part extract age make_date make_time make_timestamp make_timestamptz make_interval
    to_timestamp to_date to_char to_number to_json to_jsonb row_to_json json_build_object
    jsonb_build_object json_build_array jsonb_build_array array_to_json jsonb_set
    jsonb_strip_nulls jsonb_object json_object lower upper initcap length char_length
    octet_length substring substr left right trim btrim ltrim rtrim lpad rpad replace
    translate concat concat_ws format repeat reverse split_part strpos position overlay md5
    sha224 sha256 sha384 sha512 encode decode digest crypt hmac abs ceil ceiling floor round
    trunc mod power sqrt exp ln log sign greatest least coalesce nullif array_append array_cat
    array_length array_fill cardinality string_to_array array_to_string unnest to_tsvector
    setweight to_tsquery plainto_tsquery quote_literal quote_ident regexp_replace regexp_match
    ascii chr to_hex hashtext int4range int8range numrange tsrange tstzrange daterange
    lower_inc upper_inc isfinite pg_typeof hstore citext inet host network text uuid_nil
    uuid_ns_dns uuid_generate_v3 uuid_generate_v5 st_point st_makepoint st_setsrid
    width_bucket justify_days justify_hours factorial gcd lcm degrees radians pi sin cos
    """
)
"""Functions that are often met and not volatile; others may be somebody's own."""

_SIMPLE = re.compile(r"\s*select\s+(?P<expression>[^;]*?)\s*;?\s*", re.IGNORECASE | re.DOTALL)
_DEPTH = 8
"""How many functions of SQL are looked into, one within the other."""


def volatility(node: Message | None, known: Catalogue, depth: int = 0) -> Volatility:
    """Tell how steady an expression is."""
    found: Volatility = "steady"
    if node is None:
        return found
    for kind, each in walk(node):
        if kind != "func_call":
            continue
        one = _of_call(names_of(each.funcname), known, depth)
        if one == "volatile":
            return one
        found = one if one == "unknown" else found
    return found


def drawn_from(node: Message, known: Catalogue) -> list[Relation]:
    """Give the sequences that an expression draws numbers from."""
    found = []
    for kind, each in walk(node):
        if kind != "func_call" or names_of(each.funcname)[-1] != "nextval" or not each.args:
            continue
        argument = each.args[0]
        while argument.WhichOneof("node") == "type_cast":
            argument = argument.type_cast.arg
        if argument.WhichOneof("node") == "a_const":
            space, _, name = argument.a_const.sval.sval.replace('"', "").rpartition(".")
            relation = known.relation(name, space)
            found += [relation] if relation else []
    return found


def _of_call(names: tuple[str, ...], known: Catalogue, depth: int) -> Volatility:
    name = names[-1]
    space = names[-2] if len(names) > 1 else ""
    if space != "pg_catalog":
        routines = known.routines(name, space)
        if routines:
            kinds = {_of_routine(each, known, depth) for each in routines}
            return kinds.pop() if len(kinds) == 1 else "unknown"
    if name in _VOLATILE:
        return "volatile"
    if name in _STEADY or space == "pg_catalog" or known.whole:
        return "steady"
    return "unknown"


def _of_routine(routine: Routine, known: Catalogue, depth: int) -> Volatility:
    if routine.volatility != "volatile":
        return "steady"
    if routine.language != "sql" or depth >= _DEPTH:
        return "volatile"
    inner = _expression(routine.body)
    return "volatile" if inner is None else volatility(inner, known, depth + 1)


@cache
def _expression(body: str) -> Message | None:
    """Give the one expression that a body of SQL consists of; None where there is more to it."""
    found = _SIMPLE.fullmatch(body)
    if found is None:
        return None
    from be_tui.core.migrations.effects.pg.nodes import parsed

    node = parsed(body)
    if node is None or node.WhichOneof("node") != "select_stmt":
        return None
    select = node.select_stmt
    plain = not (select.from_clause or select.HasField("where_clause") or select.group_clause)
    if not plain or select.sort_clause or len(select.target_list) != 1:
        return None
    value: Message = select.target_list[0].res_target.val
    return value
