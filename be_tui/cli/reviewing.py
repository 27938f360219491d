"""`be-tui refs review ID`: hold a reference of items against a project, and report."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.cli.arguments import Parser
from be_tui.cli.here import columns, wants_colour
from be_tui.core.errors import ExitCode, InputError
from be_tui.core.knowledge.library import open_library
from be_tui.core.roots import project_root

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping

    from be_tui.core.evidence import Evidence
    from be_tui.core.knowledge.items import Chapter, Cover, Level
    from be_tui.core.reviews import Reply, Review, Standing
    from be_tui.core.sessions import Store

_ABOUT = """\
Hold a reference of items against a project. What a probe can tell is measured; the rest is
answered by you, kept for the project, and counts before what was measured. What is missing is
told first. Exit code 1 while anything is missing."""

_EXAMPLES = """\
examples:
  be-tui refs review scalability-checklist               what stands at level C
  be-tui refs review scalability-checklist --level b     what a service of 99 % and more needs
  be-tui refs review scalability-checklist --answer restore-tested=yes \\
      --note "restore-tested=in staging, 3 November"
  be-tui refs review scalability-checklist --markdown --out docs/readiness.md
"""

_FORGET = "forget"


def review_parser() -> Parser:
    """Give the parser of the command."""
    parser = Parser("refs review", _ABOUT, _EXAMPLES)
    parser.add_argument("reference", metavar="ID", help="a reference made of items")
    parser.add_argument(
        "--level", metavar="LEVEL", help="how much is asked; kept for the next time"
    )
    parser.add_argument(
        "--answer",
        action="append",
        default=[],
        metavar="ITEM=ANSWER",
        help="yes, no, na (does not apply), later, or forget; repeatable",
    )
    parser.add_argument(
        "--note", action="append", default=[], metavar="ITEM=TEXT", help="a note; repeatable"
    )
    parser.add_argument("--project", metavar="DIR", help="the project (default: the one here)")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one JSON document")
    form.add_argument("--markdown", action="store_true", help="print Markdown")
    parser.add_argument("--out", metavar="FILE", help="write the report there; with --markdown")
    return parser


def review(arguments: list[str]) -> int:
    """Review, and report; give the exit code."""
    from be_tui.cli.output import telling
    from be_tui.core.reviews import standings
    from be_tui.core.sessions import open_store

    given = review_parser().read(arguments)
    if given.out and not given.markdown:
        raise InputError("--out without --markdown", hint="a report that is written is Markdown")
    root = Path(project_root(given.project))
    with open_library(str(root)) as library:
        cover, chapters = library.bound(given.reference)
    with open_store(root) as store:
        before = store.review(cover)
        said = _with_answers(_at_level(before, cover, given.level), chapters, given)
        if said != before:
            with telling():
                store.save_review(said)
        evidence = _measured(chapters, root, store)
    found = standings(cover, chapters, said, evidence)
    _print(given, cover, said, found, root)
    return ExitCode.FOUND if any(each.state == "missing" for each in found) else ExitCode.DONE


def _at_level(review: Review, cover: Cover, level: str | None) -> Review:
    from dataclasses import replace

    from be_tui.core.knowledge.items import SCALES

    if level is None:
        return review
    levels: tuple[Level, ...] = SCALES[cover.scale]
    chosen = next((each for each in levels if each == level.lower()), None)
    if chosen is None:
        raise InputError(f"--level {level}", hint=f"{cover.id} has {', '.join(levels)}")
    return replace(review, level=chosen)


def _with_answers(review: Review, chapters: tuple[Chapter, ...], given: Namespace) -> Review:
    """Take up what the call says of items."""
    from dataclasses import replace

    from be_tui.core.reviews import REPLIES, Reply

    ids = [item.id for chapter in chapters for item in chapter.items]
    today = date.today().isoformat()  # noqa: DTZ011 (a person's day)
    for said in given.answer:
        item, answer = _parted("--answer", said, ids)
        if answer == _FORGET:
            review = review.forgotten(item)
            continue
        kind = next((each for each in REPLIES if each == answer.lower()), None)
        if kind is None:
            raise InputError(f"--answer {said}", hint=f"say {', '.join(REPLIES)} or {_FORGET}")
        before = review.reply(item)
        note = before.note if before else ""
        review = review.replied(Reply(item, kind, note, today))
    for said in given.note:
        item, note = _parted("--note", said, ids)
        kept: Reply | None = review.reply(item)
        reply = kept or Reply(item, "later", said=today)
        review = review.replied(replace(reply, note=note))
    return review


def _parted(option: str, said: str, ids: list[str]) -> tuple[str, str]:
    """Part `item=what is said of it`."""
    item, sign, rest = said.partition("=")
    item, rest = item.strip().rpartition("#")[2], rest.strip()
    if not sign:
        raise InputError(f"{option} {said}", hint="write ITEM=what you say of it")
    if item not in ids:
        from be_tui.core.yamlform import nearest

        near = nearest(item, ids)
        hint = f"did you mean {near!r}?" if near else "`be-tui refs show` lists the items"
        raise InputError(f"{option}: no item {item!r}", hint=hint)
    return item, rest


def _measured(chapters: tuple[Chapter, ...], root: Path, store: Store) -> Mapping[str, Evidence]:
    """Ask the probes that the items name, and no others."""
    from be_tui.cli.output import note
    from be_tui.core.project import all_probes, gather
    from be_tui.core.reviews import probes_asked

    known = {probe.id for probe in all_probes()}
    probes = [probe for probe in probes_asked(chapters) if probe in known]
    if not probes:
        return {}
    note(f"measuring {', '.join(probes)}")
    return {each.probe: each for each in gather(root, probes, profile=store.profile())}


def _print(
    given: Namespace, cover: Cover, said: Review, found: tuple[Standing, ...], root: Path
) -> None:
    from be_tui.core.reviews import review_json, review_markdown, review_page

    if given.json:
        from be_tui.cli.output import print_json

        print_json(**review_json(cover, said, found))
    elif given.markdown:
        today = date.today()  # noqa: DTZ011 (a report has the day of where it was made)
        text = review_markdown(cover, said, found, root.resolve().name, today)
        if given.out:
            _write(text, Path(given.out).absolute(), root)
        else:
            sys.stdout.write(text)
    else:
        from be_tui.core.document import to_text

        page = review_page(cover, said, found)
        sys.stdout.write(to_text(page, columns(), colour=wants_colour()))


def _write(text: str, path: Path, root: Path) -> None:
    """Write the report, also over the one before; it can be undone."""
    from be_tui.cli.exporting import export_kept
    from be_tui.core.errors import WriteError
    from be_tui.core.files import FileSet, NewFile, compare

    (change,) = compare(FileSet((NewFile(path.name, text),)), path.parent)
    if change.status == "same":
        return
    if change.status not in {"new", "changed"}:
        raise WriteError(change.reason or "it cannot be written", where=str(path))
    overwrite = [change.path] if change.status == "changed" else []
    export_kept([change], path.parent, root, overwrite=overwrite)
    sys.stdout.write(f"wrote {path}\n")
