"""What is wrong with one file, collected while it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.findings import Edit, Finding, Fix, Place

if TYPE_CHECKING:
    from collections.abc import Collection

    from be_tui.core.findings import Severity
    from be_tui.core.yamlform.nodes import Span

_GUESSES = 100
"""Wrong words of one file that are compared with the right ones. A comparison costs as much as
there are right ones, and who has thousands of wrong ones has one cause."""


class Faults:
    """What is wrong with one file, collected while it is read."""

    def __init__(self, path: str, family: str = "pack") -> None:
        """Start without a fault.

        Args:
            path: The file's name, as findings are to show it.
            family: What the ids of the rules begin with: `pack-unknown-key`.
        """
        self.path = path
        self.family = family
        self.findings: list[Finding] = []
        self._guesses = _GUESSES

    def meant(self, word: str, allowed: Collection[str]) -> str:
        """Give the word that was probably meant, or nothing; nothing after many were looked for."""
        self._guesses -= 1
        return nearest(word, allowed) if self._guesses >= 0 else ""

    def place(self, span: Span | None = None) -> Place:
        """Give the place of a node, or of the file."""
        return Place(self.path, *span) if span else Place(self.path)

    def add(
        self,
        rule: str,
        message: str,
        span: Span | None = None,
        *,
        severity: Severity = "error",
        instead: str = "",
    ) -> None:
        """Keep one fault.

        Args:
            rule: The rule's id; without the family's name for the rules of this module.
            message: What is wrong and what was expected, in one line.
            span: Where, within the file.
            severity: How grave it is.
            instead: What to write in the place of the span, where that is known.
        """
        fix = Fix(f"write `{instead}`", (Edit(self.place(span), instead),)) if instead else None
        self.findings.append(Finding(rule, severity, self.place(span), message, fix=fix))

    def form(self, rule: str, message: str, span: Span | None = None, *, instead: str = "") -> None:
        """Keep a fault in the form of the file, under the family's rule of that name."""
        self.add(f"{self.family}-{rule}", message, span, instead=instead)

    @property
    def grave(self) -> bool:
        """Tell whether what was read cannot be used."""
        return any(finding.severity == "error" for finding in self.findings)


def nearest(word: str, allowed: Collection[str]) -> str:
    """Give the word that was probably meant, or nothing."""
    from difflib import get_close_matches

    if word.lower() in allowed:
        return word.lower()
    return next(iter(get_close_matches(word, allowed, n=1, cutoff=0.6)), "")
