"""The way in: `be-tui`, `python -m be_tui`.

Kept free of imports, so that `--version` costs what the interpreter costs.
"""

import sys


def main() -> int:
    """Run the command line that the process was given; give the exit code."""
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]):
        from be_tui import __version__

        sys.stdout.write(f"be-tui {__version__}\n")
        return 0
    from be_tui.cli import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
