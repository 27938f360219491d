"""The contract of a service: what is on the wire, the same whatever it is written in.

openapi(service)        its OpenAPI 3.1 document
openapi_text(service)   the same as JSON
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.scaffold.contract.document import openapi, openapi_text

__all__ = ["openapi", "openapi_text"]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from be_tui.core.scaffold.contract import document

        return getattr(document, name)
