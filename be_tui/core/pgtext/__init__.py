"""SQL of PostgreSQL by its own grammar: trees of libpg_query, and back to text.

read(text)                  the statements of a text, each with its node and place, or why not
read_statement(statement)   one statement
deparse(node)               a statement's or an expression's node as SQL
inner_statements(statement) what a DO block or a function in PL/pgSQL runs, as far as it is static

Nodes are protobuf messages of `postgast.pg_query_pb2`; offsets in them count bytes from the
statement's first. Nothing is loaded before a statement is read. Names are resolved when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.pgtext.deparsing import deparse
    from be_tui.core.pgtext.model import Inner, PgStatement
    from be_tui.core.pgtext.plpgsql import InnerRead, inner_statements
    from be_tui.core.pgtext.reading import read, read_statement

__all__ = [
    "Inner",
    "InnerRead",
    "PgStatement",
    "deparse",
    "inner_statements",
    "read",
    "read_statement",
]

if not TYPE_CHECKING:
    _HOMES = {
        "deparsing": ("deparse",),
        "model": ("Inner", "PgStatement"),
        "plpgsql": ("InnerRead", "inner_statements"),
        "reading": ("read", "read_statement"),
    }

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        for module, names in _HOMES.items():
            if name in names:
                found = getattr(import_module(f"{__name__}.{module}"), name)
                # Kept: a function that imports it asks again for each statement.
                globals()[name] = found
                return found
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
