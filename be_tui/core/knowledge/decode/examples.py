"""Examples of items from YAML: texts, and what an engine must show when it runs them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from be_tui.core.knowledge.items import ENGINES, Example, Shows
from be_tui.core.yamlform import Cursor, Mapping, Scalar

if TYPE_CHECKING:
    from be_tui.core.knowledge.decode.desk import Desk
    from be_tui.core.knowledge.items import Engine
    from be_tui.core.yamlform import Node

LANGUAGES = (
    *("text", "sql", "http", "json", "openapi", "graphql", "proto", "python", "typescript"),
    *("java", "kotlin", "go", "yaml", "toml", "shell"),
)

_SHOWS = ("works", "fails", "rows", "value", "plan", "plan_without", "locks", "waits")


def decode_example(desk: Desk, at: Cursor) -> Example:
    """Give one example of an item."""
    language = at.choice("language", LANGUAGES)
    wrong, right = _text(at, "wrong"), _text(at, "right")
    if not wrong and not right:
        at.fault("missing-key", "expected `wrong`, `right` or both")
    note = desk.markdown(at, "note", "")
    if language != "sql":
        return Example(language, wrong, right, note, line=at.line)
    engines = _engines(at)
    return Example(
        language=language,
        wrong=wrong,
        right=right,
        note=note,
        engines=engines,
        setup=_text(at, "setup"),
        wrong_shows=_expected(at, "wrong", wrong, engines),
        right_shows=_expected(at, "right", right, engines),
        line=at.line,
    )


def _text(at: Cursor, key: str) -> str:
    """Give a text with the blanks that begin its lines, without empty lines around it."""
    at.text(key, "")
    node = at.find(key)
    return node.text.strip("\n").rstrip() if isinstance(node, Scalar) else ""


def _engines(at: Cursor) -> tuple[Engine, ...]:
    found: list[Engine] = []
    for text, node in at.placed_texts("engines"):
        engine = next((each for each in ENGINES if each == text), None)
        if engine is None:
            message = f"engines: expected some of {', '.join(ENGINES)}, found `{text}`"
            at.fault("wrong-type", message, node)
        else:
            found.append(engine)
    if not at.has("engines"):
        _unproved(at, "an example in SQL names the `engines` that it is run on")
    return tuple(found)


def _expected(at: Cursor, side: str, text: str, engines: tuple[Engine, ...]) -> tuple[Shows, ...]:
    """Give what each engine must show for one side of an example."""
    key = f"{side}_shows"
    node = at.find(key)
    if node is None:
        if text:
            _unproved(at, f"`{side}` is run in the tests; say what it must show under `{key}`")
        return ()
    if not text:
        at.fault("unknown-key", f"`{key}` without `{side}`", node)
    return at.one(key, partial(_by_engine, engines))


def _by_engine(engines: tuple[Engine, ...], at: Cursor) -> tuple[Shows, ...]:
    """Read what is expected of all, of each by its name, or value by value."""
    if not isinstance(at.node, Mapping):
        return ()
    own = {engine: at.find(engine) for engine in ENGINES if at.has(engine)}
    values = [at.find(key) for key in _SHOWS]
    apart = any(isinstance(node, Mapping) for node in values)
    common: Shows | None = None
    found: dict[Engine, Shows] = {}
    for engine in engines:
        if engine in own:
            below = Cursor(own[engine], at.faults, f"{at.trail}.{engine}", at.key)
            found[engine] = _shows(below, engine)
            below.close()
        elif apart or common is None:
            common = found[engine] = _shows(_values_of(at, engine), engine)
        else:
            found[engine] = replace(common, engine=engine)
    return tuple(found.values())


def _values_of(at: Cursor, engine: Engine) -> Cursor:
    """Stand on the values for one engine: `{rows: {sqlite: 1, postgresql: 2}}` has one each."""
    if not isinstance(at.node, Mapping):
        return at
    pairs: list[tuple[Scalar, Node]] = []
    for name, value in at.node.pairs:
        own = value.find(engine) if isinstance(value, Mapping) else value
        if own is not None and name.text in _SHOWS:
            pairs.append((name, own))
    return Cursor(Mapping(tuple(pairs), at.node.span), at.faults, at.trail, at.key)


def _shows(at: Cursor, engine: Engine) -> Shows:
    if not any(at.has(key) for key in _SHOWS):
        _unproved(at, f"nothing is expected of {engine}; give some of {', '.join(_SHOWS)}")
    return Shows(
        engine,
        works=at.flag("works"),
        fails=at.text("fails", ""),
        rows=at.integer("rows") if at.has("rows") else None,
        value=at.text("value", "") if at.has("value") else None,
        plan=at.text("plan", ""),
        plan_without=at.text("plan_without", ""),
        locks=at.text("locks", ""),
        waits=at.flag("waits"),
    )


def _unproved(at: Cursor, message: str) -> None:
    place = at.key or at.node
    at.faults.add("item-unproved", at.said(message), place.span if place else None)
