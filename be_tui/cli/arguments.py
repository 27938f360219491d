"""The argument parser that every command uses: one line for a wrong call, exit code 2."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, NoReturn

from be_tui.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_DIGITS = 20
"""What is longer is beyond every bound, and Python refuses to read some of it."""


def whole_number(said: str, option: str, least: int, most: int) -> int:
    """Read a number that may have commas or underscores between its digits.

    Raises:
        InputError: It is none, or beyond its bounds.
    """
    plain = said.replace("_", "").replace(",", "")
    digits = plain.isascii() and plain.isdigit() and len(plain) <= _MOST_DIGITS
    if not digits or not least <= int(plain) <= most:
        message = f"expected a number from {least} to {most:,}, found {said!r}"
        raise InputError(message, where=option)
    return int(plain)


class Parser(argparse.ArgumentParser):
    """An argparse parser that raises where argparse would print its usage and exit."""

    def __init__(self, command: str, about: str, epilog: str = "") -> None:
        """Make the parser of one command.

        Args:
            command: The words after `be-tui`.
            about: What the command does, for its `--help`.
            epilog: What to add below the options, examples for one.
        """
        super().__init__(
            prog=f"be-tui {command}",
            description=about,
            epilog=epilog or None,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )

    def error(self, message: str) -> NoReturn:
        """Raise the one line that says what is wrong with the call.

        Raises:
            InputError: Always.
        """
        raise InputError(message, hint=f"see `{self.prog} --help`")

    def read(self, arguments: Sequence[str]) -> argparse.Namespace:
        """Parse, and let `--help` end the process as argparse does."""
        return self.parse_args(arguments)
