"""What is told with a measurement of how it came about: the call, and the time."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable


def call_again(
    words: Iterable[str], given: Namespace, options: Iterable[str], usual: tuple[str, str]
) -> str:
    """Give the call that shows the same, without a credential.

    Args:
        words: What it begins with, the command's own places among them.
        given: What was read of the call.
        options: The names of the options that what is shown depends on.
        usual: An option with the value that need not be said.
    """
    call = [*words]
    for name in options:
        said = getattr(given, name)
        for value in said if isinstance(said, list) else [said]:
            if value and (name, value) != usual:
                call += [f"--{name}", _shown(value)]
    return shlex.join(call)


def _shown(value: str) -> str:
    if "://" not in value:
        return value
    from be_tui.core.databases.urls import parse

    return parse(value).shown


def now_utc() -> str:
    """Give the time, as ISO 8601."""
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
