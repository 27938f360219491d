"""Standard input and output that were closed, or take no more."""

from __future__ import annotations

import os
import sys


def open_closed() -> None:
    """Open whatever of standard input, output and error was closed, on nothing.

    Python gives `None` for such a stream. Its number must be taken too: the next file that is
    opened would get it, and a program started from here would write into that file.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            # The lowest free number is given, which is that of the closed stream.
            number = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8"))


def unwritten(error: OSError) -> int:
    """Give the exit code after standard output took no more, or a file was barred.

    A reader that went away, as `| head` does, has what it wanted. Any other reason is told.

    Raises:
        OSError: It is about something else.
    """
    from be_tui.core.errors import ExitCode

    broken = isinstance(error, BrokenPipeError)
    if not broken and error.filename is not None:
        if not isinstance(error, PermissionError):
            raise error
        sys.stderr.write(f"be-tui: {os.fsdecode(error.filename)!r}: permission denied\n")
        return ExitCode.USAGE
    if isinstance(error, FileNotFoundError):
        sys.stderr.write("be-tui: the current folder is no longer there; go to another\n")
        return ExitCode.USAGE
    # Python would complain at exit about what is still in the buffer.
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())
    os.close(nothing)
    if broken:
        return 0
    sys.stderr.write(f"be-tui: standard output: cannot be written: {error.strerror}\n")
    return ExitCode.USAGE
