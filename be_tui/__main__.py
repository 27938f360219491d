"""The way in: `be-tui`, `python -m be_tui`.

Kept free of imports, so that `--version` costs what the interpreter costs.
"""

import sys


def main() -> int:
    """Run the command line that the process was given; give the exit code."""
    if sys.stdin is None or sys.stdout is None or sys.stderr is None:
        from be_tui.cli.streams import open_closed

        open_closed()
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]):
        return _version()
    from be_tui.cli import run

    return run(arguments)


def _version() -> int:
    from be_tui import __version__

    try:
        sys.stdout.write(f"be-tui {__version__}\n")
        sys.stdout.flush()
    except OSError as error:
        from be_tui.cli.streams import unwritten

        return unwritten(error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
