"""How a tree changed from version to version, from YAML, with what is wrong in its names.

changes:
  - version: 3
    questions: {old: new}                          renamed
    options: {question: {old: new}}                by the question's id before
    outcomes: {old: new}
    split: {question: {option: {first: a, second: b}}}
    removed: {question: why, question.option: why}
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from be_tui.core.knowledge.changes import OptionRenamed, Removed, Renamed, Revision, Split
from be_tui.core.yamlform import Listing, Mapping, Scalar, nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from be_tui.core.knowledge.model import Outcome, Question
    from be_tui.core.yamlform import Cursor, Node


class _New(NamedTuple):
    """A name on the right, which must stand in the tree once all later changes are followed."""

    at: Cursor
    node: Node
    number: int
    """Which revision it stands in, from 0."""

    question: str
    option: str = ""
    outcome: bool = False


def decode_changes(
    at: Cursor, version: int, questions: Sequence[Question], outcomes: Sequence[Outcome]
) -> tuple[Revision, ...]:
    """Give the changes of a tree, the oldest first.

    Args:
        at: The top of the tree's file.
        version: The tree's own version.
        questions: Its questions of today.
        outcomes: Its outcomes of today.
    """
    reading = _Reading()
    revisions = at.items("changes", reading.revision)
    _check_versions(at, revisions, version)
    by_id = {each.id: each for each in questions}
    for new in reading.names:
        _check(new, revisions[new.number + 1 :], by_id, [each.id for each in outcomes])
    for removed, node in reading.gone:
        _check_gone(at, removed, node, by_id, reading.renamed)
    return revisions


class _Reading:
    """The revisions of one file, and the names to look up once all of them are read."""

    def __init__(self) -> None:
        self.names: list[_New] = []
        self.gone: list[tuple[Removed, Node]] = []
        self._number = 0

    @property
    def renamed(self) -> frozenset[tuple[str, str]]:
        """Give the questions and options that a revision leads to."""
        return frozenset((new.question, new.option) for new in self.names if not new.outcome)

    def revision(self, at: Cursor) -> Revision:
        """Give one revision."""
        version = at.integer("version")
        questions = tuple(self._renamed(at, "questions"))
        outcomes = tuple(self._renamed(at, "outcomes", outcome=True))
        after = {each.before: each.after for each in questions}
        options = at.each("options", lambda below: tuple(self._options(below, after)))
        splits = at.each("split", lambda below: tuple(self._splits(below)))
        removed = tuple(self._removed(at))
        self._number += 1
        return Revision(
            version,
            questions,
            tuple(each for renamed in options for each in renamed),
            outcomes,
            tuple(each for split in splits for each in split),
            removed,
        )

    def _renamed(self, at: Cursor, key: str, *, outcome: bool = False) -> Iterator[Renamed]:
        for name, value in _pairs(at, key):
            self.names.append(_New(at, value, self._number, value.text, outcome=outcome))
            yield Renamed(name.text, value.text)

    def _options(self, at: Cursor, after: dict[str, str]) -> Iterator[OptionRenamed]:
        question = after.get(at.name, at.name)
        for name, value in _own_pairs(at):
            self.names.append(_New(at, value, self._number, question, value.text))
            yield OptionRenamed(at.name, name.text, value.text)

    def _splits(self, at: Cursor) -> Iterator[Split]:
        for option in at.keys:
            into = tuple(_pairs(at, option))
            for name, value in into:
                self.names.append(_New(at, value, self._number, name.text, value.text))
            yield Split(at.name, option, tuple((name.text, value.text) for name, value in into))

    def _removed(self, at: Cursor) -> Iterator[Removed]:
        for name, why in _pairs(at, "removed"):
            question, _, option = name.text.partition(".")
            removed = Removed(question, option, why.text)
            self.gone.append((removed, name))
            yield removed


def _pairs(at: Cursor, key: str) -> Iterator[tuple[Scalar, Scalar]]:
    """Give the texts that stand under a key by their names."""
    node = at.find(key)
    if node is not None and not isinstance(node, Mapping):
        at.fault("wrong-type", f"{key}: expected names with what they are now", node)
    yield from _texts(at, node)


def _own_pairs(at: Cursor) -> Iterator[tuple[Scalar, Scalar]]:
    for key in at.keys:
        at.find(key)
    yield from _texts(at, at.node)


def _texts(at: Cursor, node: Node | None) -> Iterator[tuple[Scalar, Scalar]]:
    for name, value in node.pairs if isinstance(node, Mapping) else ():
        if isinstance(value, Scalar) and value.text.strip():
            yield name, value
        else:
            at.fault("wrong-type", f"{name.text}: expected text", value)


def _check_versions(at: Cursor, revisions: Sequence[Revision], version: int) -> None:
    node = at.find("changes")
    before = 1
    for number, each in enumerate(revisions):
        if not before < each.version <= version:
            message = (
                f"changes[{number}].version: expected more than {before}"
                f" and at most the tree's own {version}, found {each.version}"
            )
            place = node.items[number] if isinstance(node, Listing) else None
            at.faults.add("tree-changes", at.said(message), place.span if place else None)
        before = max(before, each.version)


def _check(
    new: _New,
    later: Sequence[Revision],
    questions: dict[str, Question],
    outcomes: Collection[str],
) -> None:
    """Look up a name on the right, as the later revisions call it."""
    name, option = new.question, new.option
    for revision in later:
        if new.outcome:
            name = revision.outcome(name)
            continue
        if revision.loss(name, option) or revision.split(name):
            return
        name, option = revision.question(name), revision.option(name, option)
    question = None if new.outcome else questions.get(name)
    known = outcomes if new.outcome else questions
    if name not in known:
        near = nearest(name, known)
        kind = "outcome" if new.outcome else "question"
        _fault(new, f"no {kind} `{name}`", near)
    elif question and option and question.option(option) is None:
        near = nearest(option, [each.id for each in question.options])
        _fault(new, f"`{name}` has no option `{option}`", near)


def _fault(new: _New, message: str, near: str) -> None:
    hint = f"; did you mean `{near}`?" if near else ""
    new.at.faults.add("tree-changes", new.at.said(message + hint), new.node.span)


def _check_gone(
    at: Cursor,
    removed: Removed,
    node: Node,
    questions: dict[str, Question],
    renamed: Collection[tuple[str, str]],
) -> None:
    """Check that nothing is both there and removed, but what took over its name."""
    question = questions.get(removed.question)
    there = question is not None and (
        not removed.option or question.option(removed.option) is not None
    )
    if there and (removed.question, removed.option) not in renamed:
        name = ".".join(filter(None, (removed.question, removed.option)))
        message = f"changes: `{name}` is removed, and stands here too"
        at.faults.add("tree-changes", at.said(message), node.span)
