"""`be-tui completions`: the script that makes a shell complete commands, options and names."""

from __future__ import annotations

import sys

from be_tui.cli.arguments import Parser
from be_tui.core.errors import ExitCode

SHELLS = ("bash", "zsh", "fish")
_EXAMPLES = """\
to have them in every new shell:
  bash  be-tui completions bash > ~/.local/share/bash-completion/completions/be-tui
  zsh   be-tui completions zsh > "${fpath[1]}/_be-tui"
  fish  be-tui completions fish > ~/.config/fish/completions/be-tui.fish
in this one only, for bash: eval "$(be-tui completions bash)"
"""


def run(arguments: list[str]) -> int:
    """Print the script, or the names that it asks for; give the exit code."""
    if arguments[:1] == ["--ask"]:
        # What the scripts call: each press of the tab key waits for it.
        from be_tui.cli.shells.asking import ASKED, asked

        names = asked(arguments[1]) if arguments[1:2] and arguments[1] in ASKED else ()
        sys.stdout.writelines(name + "\n" for name in names)
        return ExitCode.DONE
    (parser,) = parsers()
    shell = parser.read(arguments).shell
    from be_tui.cli.shells.writing import script

    sys.stdout.write(script(shell))
    return ExitCode.DONE


def parsers() -> tuple[Parser, ...]:
    """Give the parser of the command."""
    made = Parser("completions", "Print the completions for a shell.", _EXAMPLES)
    made.add_argument("shell", choices=SHELLS, metavar="SHELL", help="bash, zsh or fish")
    return (made,)
