"""`be-tui scaffold make`, `undo`, `stacks`: services written into a folder, and taken back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.cli.arguments import Parser
from be_tui.core.errors import ExitCode, InputError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Collection

    from be_tui.core.files import Change, Export
    from be_tui.core.jsonform import Json
    from be_tui.core.scaffold.generating import Generated, Wish
    from be_tui.core.scaffold.settling import Settled, Settlement

_ABOUT = """\
Generate a service from a resource spec into a folder. Run again, a changed spec brings files up to
date that nobody touched and merges those that were edited; deleted ones stay deleted. What cannot
be merged, and files that something else wrote, are told and left as they are. Exit code 1 while any
are left. All is written or nothing, and `be-tui scaffold undo DIR` takes it back."""

_EXAMPLES = """\
examples:
  be-tui scaffold make shop.yaml shop --stack fastapi
  be-tui scaffold make shop.yaml shop --dry-run
  be-tui scaffold make shop.yaml shop --diff
  be-tui scaffold make shop.yaml shop --rename products.title=name

What was generated stands in .be-tui/scaffold.json of the folder; it belongs into git.
"""

_STACKS_ABOUT = "List the stacks that services are generated in, with their options."

_UNDO_ABOUT = """\
Take back what was last written into a folder: new files go, replaced ones are as they were. A file
that was changed since is left, and then nothing is taken back."""


def parser() -> Parser:
    """Give the parser of `scaffold make`."""
    made = Parser("scaffold make", _ABOUT, _EXAMPLES)
    made.add_argument("spec", metavar="SPEC", help="the spec, a file of YAML")
    made.add_argument("folder", metavar="DIR", help="the service's folder; it is made when missing")
    made.add_argument("--stack", metavar="NAME", default="", help="see `be-tui scaffold stacks`")
    made.add_argument(
        "--with",
        dest="options",
        metavar="OPTION",
        action="append",
        help="something to have besides (repeat for more); `none` for none",
    )
    made.add_argument(
        "--rename",
        metavar="A.B=C",
        action="append",
        default=[],
        help="a column or table is only called otherwise (repeat for more)",
    )
    made.add_argument(
        "--drop",
        metavar="A.B",
        action="append",
        default=[],
        help="a column or table is to go, and is no rename (repeat for more)",
    )
    made.add_argument(
        "--replace",
        metavar="PATH",
        action="append",
        default=[],
        help="write a file that would be left: a conflict with its marks (repeat for more)",
    )
    shown = made.add_mutually_exclusive_group()
    shown.add_argument("--dry-run", action="store_true", help="tell what would be written")
    shown.add_argument("--diff", action="store_true", help="show what would change, line by line")
    made.add_argument("--json", action="store_true", help="print one JSON document")
    return made


def run(given: Namespace) -> int:
    """Generate, and write or show what comes of it."""
    from datetime import UTC, datetime

    from be_tui.core.scaffold.generating import generate, write

    root = _folder(given)
    made = generate(_wish(given, root), root, datetime.now(UTC))
    settlement = made.settlement
    chosen = (*settlement.chosen, *_replaced(given.replace, settlement))
    left = [each for each in settlement.files if _is_left(each, chosen)]
    if given.diff:
        _show_differences(settlement, root, chosen)
    elif not given.dry_run:
        _keep_for_undo(write(settlement, root, chosen), root)
    if given.json:
        _print_json(made, chosen, written=not (given.diff or given.dry_run))
    elif not given.diff:
        _tell(made, root, chosen, written=not given.dry_run)
    return ExitCode.FOUND if left else ExitCode.DONE


def _folder(given: Namespace) -> Path:
    """Give the folder of the service.

    Raises:
        InputError: None is named; an empty name would be the current folder.
    """
    if not given.folder:
        raise InputError("no folder is named", hint="say `.` for the current one")
    return Path(given.folder)


def _wish(given: Namespace, root: Path) -> Wish:
    from be_tui.cli.planning import stated
    from be_tui.core.scaffold import spec_text
    from be_tui.core.scaffold.generating import Wish, tables_before

    options = given.options
    renames, dropped = stated(given, tables_before(root))
    return Wish(
        spec=spec_text(given.spec),
        stack=given.stack,
        options=None if options is None else frozenset(options) - {"none"},
        where=given.spec,
        renames=renames,
        dropped=dropped,
    )


def _replaced(paths: Collection[str], settlement: Settlement) -> tuple[str, ...]:
    """Give the paths that a person says are to be written all the same.

    Raises:
        InputError: One would be written anyway, or not at all.
    """
    open_ones = [each.path for each in settlement.files if each.state in {"conflict", "taken"}]
    for path in paths:
        if path not in open_ones:
            hint = f"these would be left: {', '.join(open_ones) or 'none'}"
            raise InputError("is no file that would be left", where=path, hint=hint)
    return tuple(paths)


def _is_left(each: Settled, chosen: Collection[str]) -> bool:
    return each.state in {"conflict", "taken"} and each.path not in chosen


_MEANINGS = {
    "new": "new",
    "updated": "brought up to date",
    "merged": "merged with your edits",
    "conflict": "in conflict with your edits",
    "taken": "not be-tui's, left as it is",
    "deleted": "deleted by you, stays so",
    "left": "no longer generated, yours now",
}
"""What is told of a file; of the others there is nothing to tell."""


def _tell(made: Generated, root: Path, chosen: Collection[str], *, written: bool) -> None:
    files = made.settlement.files
    lines = [
        f"{_MEANINGS[each.state]:<28} {root / each.path}"
        for each in files
        if each.state in _MEANINGS and not (written and each.state == "new")
    ]
    count = sum(each.path in chosen for each in files)
    did = "wrote" if written else "would write"
    plural = "" if count == 1 else "s"
    lines.append(f"{did} {count} file{plural} of {made.stack.title} into {root}")
    if any(_is_left(each, chosen) for each in files):
        lines.append("what is left is seen with --diff, and written with --replace PATH")
    elif written and count and any(each.state == "new" for each in files):
        lines.append(f"next: {root / 'README.md'}")
    sys.stdout.write("\n".join(lines) + "\n")


def _show_differences(settlement: Settlement, root: Path, chosen: Collection[str]) -> None:
    from be_tui.cli.here import columns, wants_colour
    from be_tui.core.document import to_text
    from be_tui.core.files import compare, difference
    from be_tui.core.scaffold.settling import BASE

    width, colour = columns(), wants_colour()

    def shown(change: Change) -> None:
        note = "" if change.path in chosen else "  (left as it is)"
        sys.stdout.write(f"{change.path}{note}\n")
        sys.stdout.write(to_text(difference(change), width, colour=colour) + "\n")

    for change in compare(settlement.file_set, root):
        if change.path != BASE and change.status != "same":
            shown(change)


def _print_json(made: Generated, chosen: Collection[str], *, written: bool) -> None:
    from be_tui.cli.output import print_json

    files: list[Json] = [
        {
            "path": each.path,
            "state": each.state,
            "sha256": each.sha256 if each.text else None,
            "conflicts": each.conflicts,
            "written": written and each.path in chosen,
        }
        for each in made.settlement.files
    ]
    options: list[Json] = list(made.options)
    print_json(scaffold={"stack": made.stack.name, "options": options, "files": files})


def _keep_for_undo(done: Export, root: Path) -> None:
    from be_tui.cli.output import telling
    from be_tui.core.sessions import open_store

    with telling(), open_store(root.resolve()) as store:
        store.save_export(done.to_json())


def undo_parser() -> Parser:
    """Give the parser of `scaffold undo`."""
    made = Parser("scaffold undo", _UNDO_ABOUT, _EXAMPLES)
    made.add_argument("folder", metavar="DIR", help="the service's folder")
    return made


def take_back(given: Namespace) -> int:
    """Take back what was last written into a folder."""
    from be_tui.core.files import Export, undo
    from be_tui.core.sessions import open_store

    root = _folder(given).resolve()
    with open_store(root) as store:
        kept = store.last_export()
        if not kept:
            raise InputError("nothing was written here that can be taken back", where=str(root))
        done = Export.from_json(kept)
        paths = undo(done)
        store.forget_last_export()
    plural = "" if len(paths) == 1 else "s"
    sys.stdout.write(f"took back {len(paths)} file{plural} of {root}\n")
    return ExitCode.DONE


def stacks_parser() -> Parser:
    """Give the parser of `scaffold stacks`."""
    made = Parser("scaffold stacks", _STACKS_ABOUT, _EXAMPLES)
    made.add_argument("--json", action="store_true", help="print one JSON document")
    return made


def list_stacks(given: Namespace) -> int:
    """List the stacks."""
    from be_tui.core.scaffold.manifests import read_stack, stack_names

    stacks = [read_stack(name) for name in stack_names()]
    if given.json:
        from be_tui.cli.output import print_json

        print_json(
            stacks=[
                {
                    "name": each.name,
                    "title": each.title,
                    "language": each.language,
                    "about": each.about,
                    "options": {option.name: option.about for option in each.options},
                }
                for each in stacks
            ]
        )
        return ExitCode.DONE
    for each in stacks:
        sys.stdout.write(f"{each.name:<10} {each.about}\n")
        for option in each.options:
            sys.stdout.write(f"{'':<10}   --with {option.name:<10} {option.about}\n")
    return ExitCode.DONE
