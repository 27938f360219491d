"""The queries that a person wrote: the last ones, those saved under a name, and the one at hand.

Kept with what else the person did in the project (`be_tui.core.sessions`). What could be secret
is not kept: a URL of a database never is.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast, get_args

from be_tui.core.errors import InputError
from be_tui.core.sqltext import ENGINES
from be_tui.core.workbench.model import Query, Source, SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.jsonform import Json
    from be_tui.core.sessions import Store
    from be_tui.core.sqltext import Engine

KEPT = 200
"""Queries of the history; older ones are forgotten."""

LONGEST = 200_000
"""Characters of a query that is kept; a longer one stays in its file."""

_LONGEST_NAME = 80
_HISTORY, _SAVED, _DRAFT = "query", "saved query", "draft"


def note(store: Store, text: str, engine: Engine) -> None:
    """Put a query at the top of the history; written before, it goes up there.

    Raises:
        StateError: It is kept in memory only.
    """
    if not text.strip() or len(text) > LONGEST:
        return
    kept = store.texts(_HISTORY)
    same = [name for name, each in kept.items() if _query(each.text).text.strip() == text.strip()]
    for name in same:
        store.forget_text(_HISTORY, name)
    rest = [name for name in kept if name not in same]
    for name in rest[: max(len(rest) + 1 - KEPT, 0)]:
        store.forget_text(_HISTORY, name)
    store.keep_text(_HISTORY, store.stamp(), _dump(text, engine))


def history(store: Store) -> tuple[Query, ...]:
    """Give the queries written last, the latest first."""
    kept = store.texts(_HISTORY)
    found = (_query(each.text, saved=each.saved) for each in kept.values())
    return tuple(reversed([query for query in found if query.text]))


def save(store: Store, name: str, text: str, engine: Engine) -> Query:
    """Save a query under a name, in place of an earlier one of that name.

    Raises:
        InputError: The name is none, or the query is empty or too long to be kept.
        StateError: It is kept in memory only.
    """
    said = " ".join(name.split())
    if not said or len(said) > _LONGEST_NAME:
        raise InputError(f"a name has 1 to {_LONGEST_NAME} characters")
    if not text.strip():
        raise InputError("there is nothing to save")
    if len(text) > LONGEST:
        raise InputError(f"longer than {LONGEST:,} characters; keep it in a file")
    store.keep_text(_SAVED, said, _dump(text, engine))
    return Query(text, engine, said)


def saved(store: Store) -> tuple[Query, ...]:
    """Give the queries saved under a name, in the order of the names."""
    kept = store.texts(_SAVED)
    found = (_query(each.text, name, each.saved) for name, each in kept.items())
    return tuple(sorted((each for each in found if each.text), key=lambda each: each.name.lower()))


def forget(store: Store, name: str) -> None:
    """Forget a query saved under a name.

    Raises:
        StateError: It is forgotten in memory only.
    """
    store.forget_text(_SAVED, name)


def search(queries: Iterable[Query], words: str) -> tuple[Query, ...]:
    """Give the queries in which every word stands, in name or text, in any case."""
    sought = words.lower().split()
    return tuple(
        query
        for query in queries
        if all(word in f"{query.name}\n{query.text}".lower() for word in sought)
    )


def keep_draft(store: Store, text: str, engine: Engine, source: Source) -> None:
    """Keep what stands in the editor, for the next session.

    Raises:
        StateError: It is kept in memory only.
    """
    where = source if source.kind != "url" else Source()
    value: Json = {
        "text": text if len(text) <= LONGEST else "",
        "engine": engine,
        "source": where.kind,
        "where": where.where,
    }
    store.keep_text(_DRAFT, "", json.dumps(value, ensure_ascii=False))


def draft(store: Store) -> tuple[Query, Source] | None:
    """Give what stood in the editor; None where nothing was kept."""
    kept = store.texts(_DRAFT).get("")
    if kept is None:
        return None
    fields = _fields(kept.text)
    kind, where = fields.get("source"), fields.get("where")
    if kind in get_args(SourceKind) and kind != "url" and isinstance(where, str):
        return _query(kept.text), Source(cast("SourceKind", kind), where)
    return _query(kept.text), Source()


def _dump(text: str, engine: Engine) -> str:
    return json.dumps({"text": text, "engine": engine}, ensure_ascii=False)


def _query(kept: str, name: str = "", saved: str = "") -> Query:
    """Read what was kept; what cannot be read is empty."""
    fields = _fields(kept)
    text, engine = fields.get("text"), fields.get("engine")
    return Query(
        text if isinstance(text, str) else "",
        engine if engine in ENGINES else "postgresql",
        name,
        saved,
    )


def _fields(text: str) -> dict[str, Json]:
    try:
        value = cast("Json", json.loads(text))
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
