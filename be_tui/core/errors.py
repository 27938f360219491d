"""The errors that a person can mend, and the exit codes that commands end with.

    BeTuiError
    ├── InputError    a file, flag, answer or address that cannot be used as it is
    ├── WriteError    a file that cannot be written, or must not be
    └── StateError    the session store cannot be opened, read or written

Each carries one clear line: what is wrong, where, and what to do about it.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """How every command ends."""

    DONE = 0
    """Done; nothing found at or above the severity asked for."""

    FOUND = 1
    """Findings at or above `--fail-on`."""

    USAGE = 2
    """The call or its input is wrong; one line on standard error says how."""

    INTERRUPTED = 130
    """Stopped by Ctrl+C."""


class BeTuiError(Exception):
    """The root of every error that be-tui raises on purpose."""

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        """Keep the three parts of the line.

        Args:
            message: What is wrong, without a final full stop.
            where: The file, `file:line`, flag or address that it is about.
            hint: What to do about it.
        """
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        """Give the whole line: where, what, what to do; passwords of URLs are left out."""
        line = f"{self.where}: {self.message}" if self.where else self.message
        line = f"{line}; {self.hint}" if self.hint else line
        return _without_passwords(line) if "://" in line else line


class InputError(BeTuiError):
    """What was given cannot be used as it is."""


class WriteError(BeTuiError):
    """A file cannot be written, or must not be."""


class StateError(BeTuiError):
    """The session store cannot be used."""


def _without_passwords(line: str) -> str:
    """Hide the passwords of URLs in a line, wherever a person put one by mistake."""
    import re  # Not at the top: most calls never need it, and a start would pay for it.

    line = re.sub(r"(://[^\s/:@]*:)\S*@", r"\1***@", line)
    return re.sub(r"([?&](?:ssl)?password=)[^\s&]*", r"\1***", line, flags=re.IGNORECASE)
