"""The contract of a service as GraphQL has it, the same whatever it is written in.

schema_text(service)    the schema, in the schema definition language
names_of(service)       what the types and queries of each resource are called
enum_names(values)      what the values of an enumeration are called
order_name(order)       what an order of a list is called
leads_of(service, ...)  the members of a row that lead to other rows
"""

from __future__ import annotations

from be_tui.core.scaffold.graphql.leading import Lead, leads_of
from be_tui.core.scaffold.graphql.names import Names, enum_names, names_of, order_name
from be_tui.core.scaffold.graphql.schema import schema_text

__all__ = ["Lead", "Names", "enum_names", "leads_of", "names_of", "order_name", "schema_text"]
