"""`be-tui migrate`: migrations that exist, checked, and what else is done with them."""

from __future__ import annotations

from be_tui.cli.groups import Group, kept_in

_GROUP = Group(
    "migrate",
    "Check migrations before they meet a table that is in use.",
    (
        kept_in(
            "migrating",
            "check",
            "tell what migrations lock, break and lose, each with its safe form",
        ),
        kept_in("planning", "plan", "plan the steps from one schema to another, in phases"),
        kept_in(
            "proving",
            "prove",
            "run migrations on a scratch database: locks, waits, the way back",
        ),
    ),
)

run = _GROUP.run
parsers = _GROUP.parsers
