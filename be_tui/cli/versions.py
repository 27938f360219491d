"""`be-tui decide TREE --compare OTHER`: which sets of answers come to another outcome."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from be_tui.cli.output import print_json
from be_tui.core.decisions import compare_trees, tree_at
from be_tui.core.errors import ExitCode, InputError
from be_tui.core.knowledge import open_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.decisions import Comparison, Pair, Told
    from be_tui.core.jsonform import Json
    from be_tui.core.knowledge import Library, Outcome, Tree

GIT = "git:"
"""What the name of a revision begins with."""


def compare(library: Library, tree: Tree, other: str, *, as_json: bool) -> int:
    """Compare a tree with another version of it, and tell; give the exit code.

    Args:
        library: Where trees are found by their ids.
        tree: The later version.
        other: The earlier one: a file, `git:REVISION`, or the id of another tree.
        as_json: Whether to print one JSON document.

    Raises:
        InputError: There is no such version, or it does not hold together.
    """
    before = _other(library, tree, other)
    found = compare_trees(before, tree)
    if as_json:
        print_json(**_json(found, other))
    else:
        sys.stdout.writelines(f"{line}\n" for line in _lines(found, other))
    return ExitCode.FOUND if found.changed else ExitCode.DONE


def _other(library: Library, tree: Tree, other: str) -> Tree:
    if other.startswith(GIT):
        return tree_at(tree, other.removeprefix(GIT))
    if os.path.exists(other) or os.sep in other or other.endswith((".yaml", ".yml")):  # noqa: PTH110 (a path only if it is one)
        return open_tree(other)
    try:
        return library.tree(other)
    except InputError as error:
        hint = "name a file, a revision as git:HEAD~3, or a tree's id"
        raise InputError(error.message, where=error.where, hint=hint) from None


def _lines(found: Comparison, other: str) -> Iterator[str]:
    before, after = found.before, found.after
    yield f"{after.id} version {after.version}, compared with version {before.version} ({other})"
    for each in found.apart:
        only = "only before" if each.side == "before" else "only now"
        yield f"  {only}: {each.kind} {each.name} ({each.words})"
    for then, now in found.renamed_outcomes:
        yield f"  renamed: outcome {then} is {now}"
    if found.changed:
        yield f"{_changed_words(found)} to another outcome:"
        for pair in found.changed:
            yield from _pair_lines(found, pair)
    else:
        yield f"no outcome changes: {_sets_words(found)} to the same as before"
    if found.new:
        yield "with answers that were not there before:"
        for pair in found.new:
            yield from _pair_lines(found, pair)


def _changed_words(found: Comparison) -> str:
    count = sum(each.sets for each in found.changed)
    if found.whole:
        return f"{count:,} of {found.sets:,} sets of answers come"
    share = count / found.sets
    return f"too wide to count; about {share:.0%} of {found.sets:,} sets drawn come"


def _sets_words(found: Comparison) -> str:
    if found.whole:
        return f"all {found.sets:,} sets of answers come"
    return f"too wide to count; all {found.sets:,} sets drawn come"


def _pair_lines(found: Comparison, pair: Pair) -> Iterator[str]:
    count = f"{pair.sets:,}" if found.whole else f"{pair.sets / found.sets:.1%}"
    yield f"  {count}: {_title(pair.before, 'new')} → {_title(pair.after, 'asked again')}"
    yield f"    such as {', '.join(map(_told_words, pair.witness)) or 'every walk'}"


def _title(outcome: Outcome | None, otherwise: str) -> str:
    return f"“{outcome.title}”" if outcome else f"({otherwise})"


def _told_words(told: Told) -> str:
    if told.value is None:
        return f"{told.name} not known"
    value = told.value
    if isinstance(value, bool):
        value = "true" if value else "false"
    shown = f"{value:g}" if isinstance(value, float) else value
    only = {"before": " (only before)", "after": " (only now)", "": ""}[told.only]
    return f"{told.name}={shown}{only}"


def _json(found: Comparison, other: str) -> dict[str, Json]:
    return {
        "tree": found.after.id,
        "other": other,
        "version_before": found.before.version,
        "version_after": found.after.version,
        "exact": found.whole,
        "sets": found.sets,
        "changes": bool(found.changed),
        "pairs": [_pair_json(found, pair) for pair in found.pairs],
        "apart": [
            {"side": each.side, "kind": each.kind, "name": each.name, "words": each.words}
            for each in found.apart
        ],
        "renamed_outcomes": [
            {"before": then, "after": now} for then, now in found.renamed_outcomes
        ],
    }


def _pair_json(found: Comparison, pair: Pair) -> dict[str, Json]:
    return {
        "before": pair.before.id if pair.before else None,
        "after": pair.after.id if pair.after else None,
        "sets": pair.sets,
        "changed": pair in found.changed,
        "witness": [
            {"name": each.name, "value": each.value, "only": each.only or None}
            for each in pair.witness
        ],
    }
