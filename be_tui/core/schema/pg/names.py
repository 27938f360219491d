"""Names as PostgreSQL has them: quoted where they must be, and those that it gives by itself."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LIMIT = 63
"""Bytes of a name."""

_PLAIN = re.compile(r"[a-z_][a-z0-9_$]*")
_KEYWORD_LIMIT = 18
"""Characters that the longest keyword has; a longer name is none."""


@cache
def quoted(name: str) -> str:
    """Give a name as SQL has it, in quotes where it must stand in them."""
    if _PLAIN.fullmatch(name) and not _is_keyword(name):
        return name
    return '"' + name.replace('"', '""') + '"'


def needs_quotes(name: str) -> bool:
    """Tell whether a name must stand in quotes."""
    return quoted(name)[:1] == '"'


def qualified(namespace: str, name: str) -> str:
    """Give a name with its schema, where that is not `public`."""
    return f"{quoted(namespace)}.{quoted(name)}" if namespace else quoted(name)


def _is_keyword(name: str) -> bool:
    """Tell whether the grammar takes a word for itself where a name may stand."""
    if len(name) > _KEYWORD_LIMIT or (not name.isalpha() and "_" not in name):
        return False
    return name in _RESERVED


def clipped(name: str) -> str:
    """Give a name as long as the server keeps it."""
    if name.isascii():
        return name[:LIMIT]
    return name.encode()[:LIMIT].decode(errors="ignore")


def made_name(first: str, second: str, label: str) -> str:
    """Give the name that the server makes of a table, its columns and a label."""
    spare = len(label.encode()) + 1 + (1 if second else 0)
    one, two = first.encode(), second.encode()
    while len(one) + len(two) > LIMIT - spare:
        if len(one) > len(two):
            one = one[:-1]
        else:
            two = two[:-1]
    parts = [one.decode(errors="ignore"), two.decode(errors="ignore"), label]
    return "_".join(part for part in parts if part)


def free_name(first: str, second: str, label: str, taken: Callable[[str], bool]) -> str:
    """Give the first such name that nothing else has; from the second on it ends with a number."""
    found, number = made_name(first, second, label), 0
    while taken(found):
        number += 1
        found = made_name(first, second, f"{label}{number}")
    return found


def joined(columns: Iterable[str]) -> str:
    """Give the middle of a name that stands for several columns."""
    found = ""
    for column in columns:
        found = f"{found}_{column}" if found else column
        if len(found) >= LIMIT + 1:
            break
    return found


_WORDS = """
all analyse analyze and any array as asc asymmetric both case cast check collate column
constraint create current_catalog current_date current_role current_time current_timestamp
current_user default deferrable desc distinct do else end except false fetch for foreign from
grant group having in initially intersect into lateral leading limit localtime localtimestamp
not null offset on only or order placing primary references returning select session_user
some symmetric system_user table then to trailing true union unique user using variadic when
where window with
authorization binary collation concurrently cross current_schema freeze full ilike inner is
isnull join left like natural notnull outer overlaps right similar tablesample verbose
between bigint bit boolean char character coalesce dec decimal exists extract float greatest
grouping inout int integer interval json json_array json_arrayagg json_exists json_object
json_objectagg json_query json_scalar json_serialize json_table json_value least merge_action
national nchar none normalize nullif numeric out overlay position precision real row setof
smallint substring time timestamp treat trim values varchar xmlattributes xmlconcat xmlelement
xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable
"""
_RESERVED = frozenset(_WORDS.split())
"""What pg_dump puts into quotes: the keywords that the grammar does not take for names."""
