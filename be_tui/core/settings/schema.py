"""The JSON Schema of `be-tui.toml`, for editors that complete and check as one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.jsonform import to_json
from be_tui.core.settings.table import options

if TYPE_CHECKING:
    from be_tui.core.jsonform import Json


def settings_schema() -> dict[str, Json]:
    """Give the schema, in the draft that TOML editors read."""
    properties: dict[str, Json] = {}
    for option in options():
        schema = option.kind.schema() | {"description": option.help}
        if not isinstance(option.default, tuple):
            schema["default"] = to_json(option.default)
        properties[option.name] = schema
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "be-tui",
        "description": "The configuration of be-tui: be-tui.toml, or the user's config.toml.",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
