"""Commands: read arguments, call one core function, print.

A command is a module of this package with the command's name and two functions: `run` takes
the arguments after the name and gives the exit code, `parsers` gives the parser of the
command and of each command below it, for completions. Nothing but the command that was
called is imported.
"""

from __future__ import annotations

import sys

COMMANDS = {
    "decide": "walk a decision tree, or list the trees",
    "compare": "weigh options against criteria, or list the comparisons",
    "sql": "read the plan of a query: what costs, and why",
    "migrate": "check migrations before they meet a table in use",
    "schema": "tell what differs between two schemas",
    "scaffold": "describe a service once: its contract, its tables",
    "refs": "search the references, or show a passage",
    "knowledge": "check trees, checklists, rules and references",
    "project": "tell what this project is made of, and measure it",
    "config": "show or check the configuration, keys and themes",
    "doctor": "tell what be-tui needs and what it found",
    "completions": "print the completions for a shell",
}
"""Every command, with its line in `be-tui --help`."""

_USAGE = """\
be-tui: a senior backend engineer in the terminal.

usage: be-tui [--project DIR] [--screen NAME]     the full-screen session
       be-tui COMMAND [...]                       one question, answered in text or JSON

commands:
{commands}

options of the session:
  --project DIR   the service to advise on (default: the project around the current folder);
                  example:shop-api is a bundled one, to try it on
  --screen NAME   open on this screen: {screens}
  --theme NAME    the colours to use this once
  --ascii         draw with plain ASCII only
  --no-mouse      leave the mouse to the terminal

  -h, --help      this page; `be-tui COMMAND --help` for a command's own
  -V, --version   the version

Exit codes: 0 done, 1 findings, 2 the call or its input is wrong, 130 interrupted.
"""

SCREENS = ("home", "decide", "compare", "library", "sql", "migrate", "scaffold")
"""The screens that `--screen` opens."""


def run(arguments: list[str]) -> int:
    """Run one command line, without the program's name; give the exit code.

    An error that a person can mend is one line on standard error, never a traceback.
    """
    try:
        try:
            return _dispatch(arguments)
        finally:
            # Here it can still be told that the rest was not written; at exit it cannot.
            sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        from be_tui.cli.streams import unwritten

        return unwritten(error)
    except Exception as error:
        from be_tui.core.errors import BeTuiError, ExitCode

        if not isinstance(error, BeTuiError):
            raise
        sys.stderr.write(f"be-tui: {error}\n")
        return ExitCode.USAGE


def _dispatch(arguments: list[str]) -> int:
    first = arguments[0] if arguments else ""
    if first in {"-h", "--help"}:
        sys.stdout.write(usage())
        return 0
    if not first or first.startswith("-"):
        from be_tui.cli import session

        return session.run(arguments)
    if first not in COMMANDS:
        from difflib import get_close_matches

        from be_tui.core.errors import InputError

        near = get_close_matches(first, COMMANDS, n=1)
        hint = f"did you mean `be-tui {near[0]}`?" if near else "see `be-tui --help`"
        raise InputError(f"no command {first!r}", hint=hint)
    from importlib import import_module

    return int(import_module(f"be_tui.cli.{first}").run(arguments[1:]))


def usage() -> str:
    """Give the text of `be-tui --help`."""
    width = max(map(len, COMMANDS))
    commands = "\n".join(f"  {name:<{width}}  {line}" for name, line in COMMANDS.items())
    return _USAGE.format(commands=commands, screens=", ".join(SCREENS))
