"""`be-tui decide --import LENS`: a custom lens as trees, with where its rules speak against it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.errors import ExitCode
from be_tui.core.lenses import dead_rules, overlaps, read_lens, trees_of, written
from be_tui.core.lenses.model import RISK_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from be_tui.core.files import Change
    from be_tui.core.jsonform import Json
    from be_tui.core.lenses import DeadRule, LeftOut, Lens, LensTree, Overlap


def import_lens(path: str, folder: str, root: Path, *, as_json: bool) -> int:
    """Tell what a lens holds and where its rules overlap; write its trees where asked to.

    Args:
        path: The lens.
        folder: Where its trees go; empty to write nothing.
        root: The project.
        as_json: Whether to print one JSON document.

    Raises:
        InputError: It is no lens.
        WriteError: A tree stands there already, with other words.
    """
    lens = read_lens(path)
    trees, left = trees_of(lens)
    found, dead = overlaps(lens), dead_rules(lens)
    place = Path(folder or ".be-tui/trees")
    home = Path(os.path.abspath(root / place))  # noqa: PTH100 (a link is seen by whoever writes)
    changes = _changes(trees, home)
    if folder:
        _write(changes, home, root)
    if as_json:
        from be_tui.cli.output import print_json

        print_json(**_report(lens, trees, left, found, dead), written=bool(folder))
    else:
        _tell(lens, found, dead, left)
        _tell_changes(changes, home, done=bool(folder))
    return ExitCode.DONE if folder or not found else ExitCode.FOUND


def _changes(trees: Sequence[LensTree], home: Path) -> tuple[Change, ...]:
    from be_tui.core.files import compare

    return compare(written(trees, ""), home)


def _write(changes: Sequence[Change], home: Path, root: Path) -> None:
    """Write the trees that are new; nothing at all where one would be written over."""
    from be_tui.cli.exporting import export_kept
    from be_tui.core.errors import WriteError

    for change in changes:
        if change.status not in {"new", "same"}:
            reason = change.reason or "it stands already, with other words"
            hint = "give another folder, or take that file away"
            raise WriteError(reason, where=str(home / change.path), hint=hint)
    new = [change for change in changes if change.status == "new"]
    if new:
        export_kept(new, home, root)


def _tell(
    lens: Lens,
    found: Sequence[Overlap],
    dead: Sequence[DeadRule],
    left: Sequence[LeftOut],
) -> None:
    count = len(lens.questions)
    sys.stdout.write(f"{lens.name}: {count} questions in {len(lens.pillars)} pillars\n\n")
    plural = "" if len(found) == 1 else "s"
    sys.stdout.write(f"{len(found)} overlap{plural}: the order of the rules decides, silently\n")
    for each in found:
        ticked = ", ".join(f"“{choice.title}”" for choice in each.witness) or "nothing"
        first, second = RISK_WORDS[each.first.risk], RISK_WORDS[each.second.risk]
        sys.stdout.write(
            f"  {each.question.id}: {each.question.title}\n"
            f"    ticking {ticked}\n"
            f"    is {first} by `{each.first.said}`, which counts,\n"
            f"    and {second} by `{each.second.said}`\n"
        )
    for dull in dead:
        sys.stdout.write(f"  {dull.question.id}: the rule `{dull.rule.said}` never counts\n")
    for out in left:
        sys.stdout.write(f"  {out.question.id}: left out, {out.why}\n")
    sys.stdout.write("\n")


def _tell_changes(changes: Sequence[Change], home: Path, *, done: bool) -> None:
    for change in changes:
        sys.stdout.write(f"{change.status:<9}{change.path}\n")
    new = sum(change.status == "new" for change in changes)
    trees = f"{new} tree" if new == 1 else f"{new} trees"
    if done:
        sys.stdout.write(f"\nwrote {trees} into {home}\n")
    else:
        sys.stdout.write(f"\nnothing was written; --out DIR writes {trees} into DIR\n")


def _report(
    lens: Lens,
    trees: Sequence[LensTree],
    left: Sequence[LeftOut],
    found: Sequence[Overlap],
    dead: Sequence[DeadRule],
) -> dict[str, Json]:
    return {
        "lens": lens.name,
        "questions": len(lens.questions),
        "trees": [{"id": each.id, "question": each.question.id} for each in trees],
        "left_out": [{"question": each.question.id, "why": each.why} for each in left],
        "overlaps": [
            {
                "question": each.question.id,
                "rules": [each.first.said, each.second.said],
                "risks": [each.first.risk, each.second.risk],
                "witness": [choice.id for choice in each.witness],
            }
            for each in found
        ],
        "never_count": [{"question": each.question.id, "rule": each.rule.said} for each in dead],
    }
