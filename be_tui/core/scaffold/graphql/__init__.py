"""The contract of a service as GraphQL has it, the same whatever it is written in.

schema_text(service)    the schema, in the schema definition language
"""

from __future__ import annotations

from be_tui.core.scaffold.graphql.schema import schema_text

__all__ = ["schema_text"]
