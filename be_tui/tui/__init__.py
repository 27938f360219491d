"""Screens: read inputs, call the core, show what it gives.

`start` comes before the first frame: it imports nothing until that is painted.
"""

import os
import sys


def start(arguments: list[str]) -> int:
    """Open the session in this terminal; give the exit code.

    Raises:
        InputError: An option cannot be used as it is.
    """
    if sys.platform != "win32" and os.environ.get("TERM", "") in {"", "dumb"}:
        sys.stderr.write(
            "be-tui: this terminal (TERM=dumb) cannot show a full screen; "
            "use `be-tui decide TREE --plain`, which needs none\n"
        )
        return 2
    from be_tui.tui import frame
    from be_tui.tui.hold import Hold

    hold = Hold()
    hold.take()
    try:
        painted = frame.kept(arguments)
        if painted is not None:
            hold.show(painted)
        hold.guard()
        from be_tui.tui.running import run

        return run(arguments, hold)
    finally:
        hold.release()
