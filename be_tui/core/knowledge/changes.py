"""What was renamed, split and taken away from one version of a tree to the next, as data.

Names on the left are those of the version before, names on the right those of the version
that the revision leads to; so revisions are followed one after the other.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Renamed:
    """A question or an outcome that has another id now."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class OptionRenamed:
    """An option that has another id now."""

    question: str
    """The question, by its id before."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Split:
    """An answer that several questions ask for now."""

    question: str
    option: str
    into: tuple[tuple[str, str], ...]
    """Questions of today with the option that the old answer says of each."""


@dataclass(frozen=True, slots=True)
class Removed:
    """A question or one of its options that is gone."""

    question: str
    option: str
    """Empty where the whole question is gone."""

    why: str


@dataclass(frozen=True, slots=True)
class Revision:
    """What a version of a tree changed."""

    version: int
    """The version that came with these changes."""

    questions: tuple[Renamed, ...] = ()
    options: tuple[OptionRenamed, ...] = ()
    outcomes: tuple[Renamed, ...] = ()
    splits: tuple[Split, ...] = ()
    removed: tuple[Removed, ...] = ()

    def question(self, question_id: str) -> str:
        """Give what a question is called after this revision."""
        return next((e.after for e in self.questions if e.before == question_id), question_id)

    def outcome(self, outcome_id: str) -> str:
        """Give what an outcome is called after this revision."""
        return next((e.after for e in self.outcomes if e.before == outcome_id), outcome_id)

    def option(self, question_id: str, option_id: str) -> str:
        """Give what an option is called after this revision."""
        renamed = (
            each.after
            for each in self.options
            if (each.question, each.before) == (question_id, option_id)
        )
        return next(renamed, option_id)

    def split(self, question_id: str) -> tuple[Split, ...]:
        """Give how the answers to a question are told now; nothing where it was not split."""
        return tuple(each for each in self.splits if each.question == question_id)

    def loss(self, question_id: str, option_id: str) -> Removed | None:
        """Tell whether an answer has gone, with its question or by itself."""
        gone = (
            each
            for each in self.removed
            if each.question == question_id and each.option in {"", option_id}
        )
        return next(gone, None)
