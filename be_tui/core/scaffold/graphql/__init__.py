"""The contract of a service as GraphQL has it, the same whatever it is written in.

schema_text(service)    the schema, in the schema definition language
enum_names(values)      what values of an enumeration are called there
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.scaffold.graphql.names import enum_names, order_name
    from be_tui.core.scaffold.graphql.schema import schema_text

__all__ = ["enum_names", "order_name", "schema_text"]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from be_tui.core.scaffold.graphql import names, schema

        return getattr(schema if name == "schema_text" else names, name)
