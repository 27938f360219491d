"""`be-tui decide`: the trees; one walked line by line, by flags, or from what probes measure.

The list of trees imports nothing but the index that it stands in.
"""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING

from be_tui.core.knowledge.library import open_library
from be_tui.core.roots import project_root

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping
    from pathlib import Path

    from be_tui.cli.arguments import Parser
    from be_tui.core.decisions import Walk
    from be_tui.core.document import Document
    from be_tui.core.evidence import Evidence
    from be_tui.core.knowledge import Tree
    from be_tui.core.project import Profile
    from be_tui.core.sessions import Store

_ABOUT = """\
List the decision trees, or walk one.

On a terminal a walk asks line by line; with --answer or --auto, and without a terminal, it
prints where the answers given lead: the outcome, or the next question with its answers."""

_EXAMPLES = """\
examples:
  be-tui decide                                     the trees
  be-tui decide optimize                            walk one, line by line
  be-tui decide optimize --auto                     what the project itself answers
  be-tui decide optimize --answer problem=users     for scripts: the next question
  be-tui decide optimize --auto --record docs/decisions
  be-tui decide --recheck docs/decisions            for CI: do their premises still hold?
  be-tui decide optimize --compare git:HEAD~3       for CI: does an outcome change?
  be-tui decide --import lens.json --out .be-tui/trees   a Well-Architected custom lens
  be-tui --screen decide                            the same in full screen

In a walk by --plain: a number answers, 0 or u is "I don't know", b goes back, ? tells why,
e what was measured, l where this leads, m all of the map, q ends. Each answer is saved as it is
given; input that ends before the outcome ends with exit code 2, what was answered being saved.

--compare tells which sets of answers come to another outcome than in OTHER: a file, git:REVISION
for the tree's own file as it was then, or another tree's id. Exit code 1: at least one does.

--import reads a Well-Architected custom lens and tells which sets of choices satisfy two rules of
different risk. Without --out nothing is written, and the exit code is 1 where rules overlap.

--recheck reads the block for be-tui in each Markdown file below DIR, measures again, and tells
which premise changed, which answers the tree of today has lost, and whether the outcome flips.
A record without a block is passed over. Exit code 1: at least one outcome flips, or hangs on a
question that is open now. A broken block, or one of a tree that is not there, is told on one
line of standard error; the exit code is 2 only where nothing else could be read.
"""

_OF_A_WALK = ("answer", "auto", "plain", "record", "map", "resume", "fresh")
_OF_A_TREE = (*_OF_A_WALK, "compare")
_MAPS = ("text", "mermaid", "dot")
_WIDTH = 80
_NARROWEST = 20
_WIDEST = 100
"""No line of prose is read with ease beyond it."""


def run(arguments: list[str]) -> int:
    """List the trees, or walk one; give the exit code."""
    _be_lenient()
    if not arguments:
        return _list(project_root(), as_json=False)
    given = _read(arguments)
    if given.recheck:
        return _recheck(given)
    if given.lens:
        return _import(given)
    _refuse(given, "goes with --import", "out")
    if given.tree is None:
        _refuse(given, "needs a tree", *_OF_A_TREE)
        return _list(project_root(given.project), as_json=given.json)
    _refuse_together(given)
    with open_library(project_root(given.project)) as library:
        tree = library.tree(given.tree)
        if given.compare:
            from be_tui.cli.versions import compare

            return compare(library, tree, given.compare, as_json=given.json)
        titles = library.titles(each for ended in tree.outcomes for each in ended.references)
    answers = _answers(tree, given.answer)
    if given.map:
        return _draw(tree, given, answers)
    if given.plain or not (given.answer or given.auto or given.json or not _on_terminal()):
        return _ask(tree, given, answers, titles)
    return _tell(tree, given, answers, titles)


def parsers() -> tuple[Parser, ...]:
    """Give the parser of the command."""
    from be_tui.cli.arguments import Parser

    parser = Parser("decide", _ABOUT, _EXAMPLES)
    parser.add_argument("tree", nargs="?", metavar="TREE", help="the tree's id")
    parser.add_argument("--project", metavar="DIR", help="the service (default: the one here)")
    parser.add_argument(
        "--answer", action="append", default=[], metavar="Q=A", help="answer a question; A may be ?"
    )
    parser.add_argument("--auto", action="store_true", help="answer the rest from what is measured")
    parser.add_argument("--plain", action="store_true", help="ask line by line on standard input")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--record", metavar="DIR", help="write the decision record into DIR")
    parser.add_argument(
        "--map", nargs="?", const="text", choices=_MAPS, help="draw the tree (text)"
    )
    parser.add_argument(
        "--recheck", metavar="DIR", help="measure again what the records in DIR (or FILE) rest on"
    )
    parser.add_argument(
        "--compare", metavar="OTHER", help="tell what changed since another version of the tree"
    )
    parser.add_argument(
        "--import", dest="lens", metavar="LENS", help="open a custom lens (JSON) as trees"
    )
    parser.add_argument("--out", metavar="DIR", help="with --import: write the trees into DIR")
    saved = parser.add_mutually_exclusive_group()
    saved.add_argument("--resume", action="store_true", help="go on from the answers saved")
    saved.add_argument("--fresh", action="store_true", help="begin anew; a walk by line goes on")
    return (parser,)


def _read(arguments: list[str]) -> Namespace:

    (parser,) = parsers()
    return parser.read(arguments)


def _refuse(given: Namespace, why: str, *options: str) -> None:
    from be_tui.core.errors import InputError

    for option in options:
        if getattr(given, option):
            name = "import" if option == "lens" else option
            raise InputError(f"--{name} {why}", hint="see `be-tui decide --help`")


def _refuse_together(given: Namespace) -> None:
    if given.map:
        _refuse(given, "does not go with --map", "plain", "json", "record")
    if given.compare:
        _refuse(given, "does not go with --compare", *_OF_A_WALK)
    if given.plain:
        _refuse(given, "does not go with --plain, which asks", "auto", "json")


def _recheck(given: Namespace) -> int:
    """Look at recorded decisions again."""
    from be_tui.cli.rechecking import recheck_folder

    _refuse(given, "does not go with --recheck", *_OF_A_TREE)
    if given.tree is not None:
        _refuse(given, "takes no tree: each record names its own", "recheck")
    return recheck_folder(given.recheck, _root(given), as_json=given.json)


def _import(given: Namespace) -> int:
    """Open a custom lens as trees."""
    from be_tui.cli.lenses import import_lens

    _refuse(given, "does not go with --import", *_OF_A_TREE)
    if given.tree is not None:
        _refuse(given, "takes no tree: it makes its own", "lens")
    return import_lens(given.lens, given.out or "", _root(given), as_json=given.json)


def _list(project: str, *, as_json: bool) -> int:
    from be_tui.core.knowledge.listing import Group, grouped

    with open_library(project) as library:
        entries = library.entries("tree")
        troubled = library.troubled
    if as_json:
        from be_tui.cli.output import print_json

        parts = ("id", "title", "summary", "group", "pack", "path")
        print_json(trees=[{part: getattr(each, part) for part in parts} for each in entries])
        return 0
    wide = max((len(each.id) for each in entries), default=0)
    # Who reads a pipe line by line is not to meet headings there.
    groups = grouped(entries) if sys.stdout.isatty() else (Group("", entries),)
    for number, (title, own) in enumerate(groups):
        if title:
            sys.stdout.write(f"{chr(10) if number else ''}{title}\n")
        for each in own:
            sys.stdout.write(f"{'  ' if title else ''}{each.id:<{wide}}  {each.title}\n")
    if sys.stderr.isatty():
        sys.stderr.write(
            "\n`be-tui decide ID` walks one, `be-tui --screen decide` in full screen\n"
        )
        if troubled:
            sys.stderr.write("a pack has faults; `be-tui knowledge check` tells which\n")
    return 0


def _answers(tree: Tree, given: list[str]) -> tuple[tuple[str, str], ...]:
    """Read `--answer`, and refuse what the tree does not know before anything is measured."""
    from be_tui.core.decisions import start
    from be_tui.core.errors import InputError

    walk, answers = start(tree), []
    for each in given:
        question, equals, option = each.partition("=")
        if not (question and equals and option):
            raise InputError(f"--answer {each!r}", hint="write it as QUESTION=ANSWER")
        option = "" if option == "?" else option
        walk = walk.answer(question, option)
        answers.append((question, option))
    return tuple(answers)


def _ask(
    tree: Tree, given: Namespace, answers: tuple[tuple[str, str], ...], titles: Mapping[str, str]
) -> int:
    """Walk line by line."""
    from be_tui.cli.plain_walk import PlainWalk
    from be_tui.core.sessions import open_store

    root = _root(given)
    store = open_store(root)
    asking = PlainWalk(tree, store, _width(), titles)
    try:
        evidence = _measured(tree, root, store.profile())
        asking.begin(evidence, answers, fresh=given.fresh)
        code = asking.run()
        if asking.walk.outcome is not None and given.record:
            _record(asking.walk, root, given.record, store)
        return code
    finally:
        asking.close()


def _tell(
    tree: Tree, given: Namespace, answers: tuple[tuple[str, str], ...], titles: Mapping[str, str]
) -> int:
    """Print where the answers given, and those that probes give, lead."""
    root = _root(given)
    walk = _walked(tree, given, answers, root)
    if given.json:
        from be_tui.cli.output import print_json
        from be_tui.core.decisions import report

        recorded = _record(walk, root, given.record, None, quiet=True) if given.record else None
        parts = {"record": recorded} if recorded else {}
        print_json(**report(walk), **parts)
        return 0
    from be_tui.core.decisions import outcome_page, walked_page
    from be_tui.core.document import Document, Ruled

    if walk.outcome is None:
        from be_tui.cli.plain_walk import next_page

        _print(next_page(walk))
    else:
        ended = outcome_page(walk, commands=True, titles=titles)
        _print(walked_page(walk) + Document((Ruled(),)) + ended)
    if given.record:
        _record(walk, root, given.record, None)
    return 0


def _walked(tree: Tree, given: Namespace, answers: tuple[tuple[str, str], ...], root: Path) -> Walk:
    from be_tui.cli.output import telling
    from be_tui.core.decisions import answer_from_evidence, restored_words, start
    from be_tui.core.sessions import has_store, open_store

    store = open_store(root) if given.resume or has_store(root) else None
    evidence = _measured(tree, root, store.profile() if store else None)
    restored = store.restore_walk(tree) if store and given.resume else None
    walk = restored.walk.with_evidence(evidence) if restored else start(tree, evidence)
    if restored and (changed := restored_words(restored)):
        sys.stderr.write(f"be-tui: {changed}\n")
    for question, option in answers:
        walk = walk.answer(question, option)
    if given.auto:
        walk = answer_from_evidence(walk, evidence)
    if store:
        with telling():
            if given.resume:
                store.save_walk(walk)
            store.close()
    return walk


def _draw(tree: Tree, given: Namespace, answers: tuple[tuple[str, str], ...]) -> int:
    """Print the map, with the path walked where there is one."""
    from be_tui.core.decisions import MAP_WIDTH, dot, map_page, mermaid, start

    walked = given.answer or given.auto or given.resume
    walk = _walked(tree, given, answers, _root(given)) if walked else start(tree)
    if given.map == "text":
        _print(map_page(walk, min(_width(), MAP_WIDTH)))
    else:
        draw = {"mermaid": mermaid, "dot": dot}[given.map]
        sys.stdout.write(draw(tree, walk if walked else None))
    return 0


def _measured(tree: Tree, root: Path, profile: Profile | None) -> tuple[Evidence, ...]:
    """Ask the probes that the tree names, and no others."""
    from be_tui.cli.output import note
    from be_tui.core.decisions import probes_of
    from be_tui.core.project import gather

    probes = probes_of(tree)
    if not probes:
        return ()
    note(f"measuring {', '.join(probes)}")
    return gather(root, probes, profile=profile)


def _record(
    walk: Walk, root: Path, folder: str, store: Store | None, *, quiet: bool = False
) -> str:
    """Write the record of a walk, which is never over another file; give its path."""
    from datetime import date
    from pathlib import Path

    from be_tui.cli.exporting import export_kept, one_new
    from be_tui.core.decisions import deciders, record, record_root, supports_of
    from be_tui.core.project import read_project

    place = Path(folder).absolute()
    files = record(
        walk,
        supports_of(walk),
        read_project(root),
        place,
        date.today(),  # noqa: DTZ011 (a decision has the date of where it was made)
        decision_makers=deciders(root),
    )
    home = record_root(root, place)
    change = one_new(files, home)
    if not quiet:
        sys.stdout.write(f"\nwriting {change.path}: new, {change.added} lines\n")
    export_kept([change], home, root, store)
    if not quiet:
        sys.stdout.write(f"wrote {home / change.path}\n")
    return str(home / change.path)


def _be_lenient() -> None:
    """Let no sign that a terminal or a pipe cannot say be the end of a walk."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _print(document: Document) -> None:
    from be_tui.core.document import to_text

    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    sys.stdout.write(to_text(document, _width(), colour=sys.stdout.isatty() and not plain))


def _root(given: Namespace) -> Path:
    from pathlib import Path

    return Path(project_root(given.project)).absolute()


def _on_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _width() -> int:
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        columns = 0
    # Some terminals say 0: they do not know.
    return min(max(columns, _NARROWEST), _WIDEST) if columns else _WIDTH
