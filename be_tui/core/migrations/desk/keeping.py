"""What was laid on the desk last, kept for the next session; a URL of a database never is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast, get_args

from be_tui.core.sqltext import ENGINES
from be_tui.core.workbench import Source
from be_tui.core.workbench.model import SourceKind

if TYPE_CHECKING:
    from be_tui.core.jsonform import Json
    from be_tui.core.sessions import Store
    from be_tui.core.sqltext import Engine

LONGEST = 200_000
"""Characters of a change that is kept; a longer one stays in its file."""

_KIND = "migration"


@dataclass(frozen=True, slots=True)
class Draft:
    """A change with the two sides that it lies between."""

    change: str
    engine: Engine
    before: Source
    after: Source
    """Of kind `none` where the change says what is to be."""


def keep(store: Store, draft: Draft) -> None:
    """Keep what lies on the desk.

    Raises:
        StateError: It is kept in memory only.
    """
    value: Json = {
        "change": draft.change if len(draft.change) <= LONGEST else "",
        "engine": draft.engine,
        "before": _dump(draft.before),
        "after": _dump(draft.after),
    }
    store.keep_text(_KIND, "", json.dumps(value, ensure_ascii=False))


def kept(store: Store) -> Draft | None:
    """Give what lay on the desk; None where nothing was kept, or nothing can be read of it."""
    found = store.texts(_KIND).get("")
    if found is None:
        return None
    try:
        value = json.loads(found.text)
    except ValueError:
        return None
    if not isinstance(value, dict):
        return None
    change, engine = value.get("change"), value.get("engine")
    return Draft(
        change if isinstance(change, str) else "",
        engine if engine in ENGINES else "postgresql",
        _source(value.get("before"), Source("project")),
        _source(value.get("after"), Source()),
    )


def _dump(source: Source) -> Json:
    return (
        {"kind": "none"} if source.kind == "url" else {"kind": source.kind, "where": source.where}
    )


def _source(value: object, otherwise: Source) -> Source:
    if not isinstance(value, dict):
        return otherwise
    kind, where = value.get("kind"), value.get("where", "")
    if kind not in get_args(SourceKind) or kind == "url" or not isinstance(where, str):
        return otherwise
    return Source(cast("SourceKind", kind), where)
