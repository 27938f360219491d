"""`be-tui`: the full-screen session.

Imports nothing itself: the first frame comes after it.
"""

from __future__ import annotations

import sys


def run(arguments: list[str]) -> int:
    """Open the session; without a terminal, say so and draw nothing.

    Raises:
        InputError: An option is wrong, or the folder is none.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        from be_tui.core.errors import ExitCode
        from be_tui.tui.opening import read_opening

        # A wrong call is wrong in any terminal, and is the nearer mistake.
        read_opening(arguments)
        sys.stderr.write(
            "be-tui: the session needs a terminal on standard input and output; "
            "use a command instead, `be-tui decide TREE --plain` for one\n"
        )
        return ExitCode.USAGE
    from be_tui.tui import start

    return start(arguments)
