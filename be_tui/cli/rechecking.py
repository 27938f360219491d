"""`be-tui decide --recheck DIR`: whether the premises of recorded decisions still hold."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.cli.output import note, print_json
from be_tui.core.decisions import (
    Recorded,
    decisions_in,
    lost_words,
    passed_words,
    probes_of,
    recheck,
)
from be_tui.core.errors import BeTuiError, ExitCode, InputError
from be_tui.core.knowledge import open_library
from be_tui.core.project import gather
from be_tui.core.sessions import has_store, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.decisions import Answer, Moved, Premise, Rechecked
    from be_tui.core.evidence import Value
    from be_tui.core.jsonform import Json
    from be_tui.core.knowledge import Tree

_LARGEST = 2_000_000
"""Bytes of a record; what is larger is no record."""


class _Folder:
    """The records of a folder, or that of one file, as far as they can be read."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir() and not folder.is_file():
            raise InputError("no such folder", where=str(folder), hint="name a folder of records")
        self.decisions: list[tuple[str, Recorded]] = []
        self.troubles: list[str] = []
        self.passed_over = 0
        for path in [folder] if folder.is_file() else _records(folder):
            self._read(path)

    def _read(self, path: Path) -> None:
        try:
            large = path.stat().st_size > _LARGEST
            text = "" if large else path.read_text(encoding="utf-8", errors="replace")
        except OSError as error:
            self.troubles.append(f"{path}: {(error.strerror or 'cannot be read').lower()}")
            return
        found = list(decisions_in(text))
        self.passed_over += not found
        for each in found:
            if isinstance(each, InputError):
                self.troubles.append(f"{path}:{each.where}: {each.message}")
            else:
                self.decisions.append((str(path), each))


def recheck_folder(folder: str, root: Path, *, as_json: bool) -> int:
    """Look at the records of a folder, or at one, again, and tell; give the exit code."""
    records = _Folder(Path(folder))
    trees = _trees(records, root)
    again = _rechecked(records, trees, root)
    for trouble in records.troubles:
        sys.stderr.write(f"be-tui: {trouble}\n")
    if as_json:
        print_json(
            decisions=[_json(path, each) for path, each in again],
            passed_over=records.passed_over,
            troubles=list(records.troubles),
        )
    else:
        _tell(again, records.passed_over)
    if any(each.flips for _, each in again):
        return ExitCode.FOUND
    return ExitCode.USAGE if records.troubles and not again else ExitCode.DONE


def _records(folder: Path) -> Iterator[Path]:
    # Links to folders are not followed: they could lead round for ever.
    for place, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            if name.lower().endswith((".md", ".markdown")):
                yield Path(place) / name


def _trees(records: _Folder, root: Path) -> dict[str, Tree]:
    trees: dict[str, Tree] = {}
    with open_library(str(root)) as library:
        for path, each in records.decisions:
            if each.tree in trees:
                continue
            try:
                trees[each.tree] = library.tree(each.tree)
            except BeTuiError as error:
                records.troubles.append(f"{path}:{each.line}: {error}")
    return trees


def _rechecked(records: _Folder, trees: dict[str, Tree], root: Path) -> list[tuple[str, Rechecked]]:
    probes = tuple(dict.fromkeys(probe for tree in trees.values() for probe in probes_of(tree)))
    profile = None
    if has_store(root):
        store = open_store(root)
        profile = store.profile()
        store.close()
    if probes:
        note(f"measuring {', '.join(probes)}")
    evidence = gather(root, probes, profile=profile) if probes else ()
    return [
        (path, recheck(each, trees[each.tree], evidence))
        for path, each in records.decisions
        if each.tree in trees
    ]


def _tell(again: list[tuple[str, Rechecked]], passed_over: int) -> None:
    for path, each in again:
        sys.stdout.write(f"{path}: {_verdict(each)}\n")
        sys.stdout.writelines(f"  {line}\n" for line in _lines(each))
    flips = sum(each.flips for _, each in again)
    others = f"; {passed_over} without one passed over" if passed_over else ""
    plural = "" if len(again) == 1 else "s"
    sys.stdout.write(f"{len(again)} decision{plural} looked at again, {flips} flip{others}\n")


def _verdict(each: Rechecked) -> str:
    then = each.tree.find_outcome(each.outcome)
    title = then.title if then else each.recorded.outcome
    if not each.flips:
        return f"stands: {title}"
    if each.walk.question is not None:
        return f"open: was “{title}”; now it would be asked: {each.walk.question.ask}"
    return f"flips: was “{title}”, now “{each.possible[0].title}”"


def _lines(each: Rechecked) -> Iterator[str]:
    for premise in each.changed:
        yield (
            f"{premise.question.ask} {premise.was} then: {premise.then};"
            f" now: {premise.now} ({premise.says}{_moves(premise)})"
        )
    if each.recorded.version != each.tree.version:
        yield f"the tree was version {each.recorded.version} and is {each.tree.version}"
    for passed in each.brought.passed:
        yield f"by another name: {passed_words(passed)}"
    for lost in each.brought.lost:
        yield f"lost: the tree has no {lost_words(lost)} any more"


def _moves(premise: Premise) -> str:
    return "".join(f"; {_moved(each)}" for each in premise.moved)


def _moved(each: Moved) -> str:
    return f"{each.name}: {_shown(each.then)} → {_shown(each.now)}"


def _shown(value: Value | None) -> str:
    if value is None:
        return "not known"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _json(path: str, each: Rechecked) -> dict[str, Json]:
    return {
        "record": path,
        "line": each.recorded.line,
        "tree": each.tree.id,
        "version_then": each.recorded.version,
        "version_now": each.tree.version,
        "outcome_then": each.recorded.outcome,
        "outcomes_now": [outcome.id for outcome in each.possible],
        "flips": each.flips,
        "opens": each.walk.question.id if each.walk.question else None,
        "changed": [
            {
                "question": premise.question.id,
                "was": premise.was,
                "then": premise.then,
                "now": premise.now,
                "says": premise.says,
                "measures": [
                    {"name": moved.name, "then": moved.then, "now": moved.now}
                    for moved in premise.moved
                ],
            }
            for premise in each.changed
        ],
        "passed": [
            {"before": _answer(passed.before), "after": [_answer(a) for a in passed.after]}
            for passed in each.brought.passed
        ],
        "lost": [{**_answer(lost.answer), "why": lost.why} for lost in each.brought.lost],
    }


def _answer(answer: Answer) -> dict[str, Json]:
    return {"question": answer.question, "option": answer.option}
