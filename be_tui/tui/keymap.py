"""The table of actions with a person's own keys, and what is wrong with those."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.tui.actions import ACTIONS, SHADOWED, Action, actions_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.settings import KeyChoice

Table = tuple[Action, ...]


def with_keys(
    choices: Iterable[KeyChoice], actions: Table = ACTIONS
) -> tuple[Table, tuple[str, ...]]:
    """Give the actions with a person's own keys, and every trouble with them.

    A choice takes its keys away from other actions of the same screen; what is wrong is left
    out and named, and all else holds.
    """
    table = {action.id: action for action in actions}
    troubles: list[str] = []
    chosen: dict[str, tuple[str, ...]] = {}
    owners: dict[tuple[str, str], str] = {}
    for choice in choices:
        action = table.get(choice.action)
        if action is None:
            troubles.append(f"keys: there is no action {choice.action!r}")
            continue
        keys = []
        for key in dict.fromkeys(choice.keys):
            owner = owners.setdefault((action.scope, key), action.id)
            if key in SHADOWED:
                troubles.append(f"keys: {action.id}: {_shadow(key)}")
            elif owner != action.id:
                troubles.append(f"keys: {shown(key)} is chosen for {owner} and for {action.id}")
            else:
                keys.append(key)
        if keys:
            chosen[action.id] = tuple(keys)
    given = tuple(
        replace(action, keys=chosen[action.id])
        if action.id in chosen
        else _without(action, owners, chosen)
        for action in actions
    )
    return given, (*troubles, *_unreachable(given, actions))


def _without(
    action: Action, owners: dict[tuple[str, str], str], chosen: dict[str, tuple[str, ...]]
) -> Action:
    """Give an action without the keys that others of its screen were given."""
    lost = {key for (scope, key), owner in owners.items() if scope == action.scope}
    taken = {key for key in lost if key in chosen.get(owners[action.scope, key], ())}
    return replace(action, keys=tuple(key for key in action.keys if key not in taken))


def _unreachable(given: Table, before: Table) -> Iterable[str]:
    """Name the actions that no key does any more, everywhere or on one screen."""
    scopes = dict.fromkeys(action.scope for action in before)
    told = set()
    for scope in scopes:
        reached = {action.id for action in actions_of(scope, given) if action.keys}
        for action in actions_of(scope, before):
            if action.id in reached or not action.keys or action.id in told:
                continue
            where = "" if action.scope == scope else f" on the screen {scope}"
            if not where or not _keys(given, action.id):
                told.add(action.id)
                where = ""
            yield f"keys: no key does {action.id} any more{where}; the palette does"


def _keys(actions: Table, action_id: str) -> tuple[str, ...]:
    return next(action.keys for action in actions if action.id == action_id)


_SENT_AS = {
    "ctrl+h": "Backspace",
    "ctrl+i": "Tab",
    "ctrl+j": "Newline",
    "ctrl+m": "Enter",
    "ctrl+left_square_bracket": "Escape",
}


def _shadow(key: str) -> str:
    return f"many terminals send {shown(key)} as {_SENT_AS[key]}; choose another"
