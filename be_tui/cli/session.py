"""`be-tui`: the full-screen session."""

from __future__ import annotations

import sys

from be_tui.core.errors import ExitCode


def run(arguments: list[str]) -> int:
    """Open the session; without a terminal, say so and draw nothing."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        sys.stderr.write(
            "be-tui: the session needs a terminal on standard input and output; "
            "use a command instead, `be-tui decide TREE --plain` for one\n"
        )
        return ExitCode.USAGE
    from be_tui.tui import start

    return start(arguments)
