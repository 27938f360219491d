"""A spec with a resource for each set of what can be done with it."""

from __future__ import annotations

from itertools import chain, combinations

ACTIONS = ("create", "read", "list", "update", "delete")

_ACCOUNTS = """accounts: {resource: person, login: email, password: password}
resources:
  person:
    fields:
      email: {type: email, unique: true}
      password: {type: password}
    allow: {create: anyone, read: owner, list: nobody, update: owner, delete: owner}
"""


def every_right(*, accounts: bool) -> str:
    """Give the spec: what can be done may be done by the owner, or without accounts by anyone."""
    sets = chain.from_iterable(combinations(ACTIONS, size) for size in range(1, len(ACTIONS) + 1))
    head = f"service: every\ntitle: Every\n{_ACCOUNTS if accounts else 'resources:'}\n"
    return head + "".join(_resource(allowed, accounts=accounts) for allowed in sets)


def _resource(allowed: tuple[str, ...], *, accounts: bool) -> str:
    name = "".join(each[0] for each in allowed)
    who = "owner" if accounts else "anyone"
    allow = ", ".join(f"{each}: {who if each in allowed else 'nobody'}" for each in ACTIONS)
    reference = (
        "      person: {type: reference, to: person, on_delete: cascade}\n    owner: person\n"
    )
    return (
        f"  to_{name}:\n    plural: to_{name}s\n    key: integer\n    fields:\n"
        "      name: {type: text}\n"
        "      size: {type: integer, min: 0, max: 10, nullable: true, sort: true, filter: true}\n"
        f"{reference if accounts else ''}    allow: {{{allow}}}\n"
    )
