"""What lay on the desk of scaffolds last, kept for the next session."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.jsonform import Json
    from be_tui.core.sessions import Store

LONGEST = 200_000
"""Characters of a spec that is kept; a longer one stays in its file."""

_KIND = "scaffold"


@dataclass(frozen=True, slots=True)
class Draft:
    """A spec, and what it is generated in."""

    spec: str
    stack: str = ""
    options: tuple[str, ...] = ()
    folder: str = ""
    """Relative to the project; empty for one that is named after the service."""


def keep(store: Store, draft: Draft) -> None:
    """Keep what lies on the desk.

    Raises:
        StateError: It is kept in memory only.
    """
    value: Json = {
        "spec": draft.spec if len(draft.spec) <= LONGEST else "",
        "stack": draft.stack,
        "options": list(draft.options),
        "folder": draft.folder,
    }
    store.keep_text(_KIND, "", json.dumps(value, ensure_ascii=False))


def kept(store: Store) -> Draft | None:
    """Give what lay on the desk; None where nothing was kept, or nothing can be read of it."""
    found = store.texts(_KIND).get("")
    try:
        value = json.loads(found.text) if found else None
    except ValueError:
        return None
    if not isinstance(value, dict):
        return None
    options = value.get("options")
    return Draft(
        spec=_text(value.get("spec")),
        stack=_text(value.get("stack")),
        options=tuple(map(_text, options)) if isinstance(options, list) else (),
        folder=_text(value.get("folder")),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
