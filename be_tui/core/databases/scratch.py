"""The names of scratch databases on a server that others use too.

A database is touched only if its name is of this form and it is ours: made by this process, or
left by one that is gone, which its lock on the server tells.
"""

from __future__ import annotations

import re
import secrets

_FORM = re.compile(r"be_tui_scratch_[0-9a-f]{16}")

PATTERN = r"be\_tui\_scratch\_%"
"""For `LIKE`; what it finds is then held against the whole form."""


def new_name() -> str:
    """Give a name that no other process takes."""
    return f"be_tui_scratch_{secrets.token_hex(8)}"


def is_scratch(name: str) -> bool:
    """Tell whether a database is one of ours by its name."""
    return _FORM.fullmatch(name) is not None


def lock_key(name: str) -> int:
    """Give the number of a name's lock on PostgreSQL: 63 bits of it."""
    return int(name.rpartition("_")[2], 16) >> 1
