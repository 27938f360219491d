"""`be-tui compare`: options against weighted criteria, and how far the winner hangs on the weights.

The list of comparisons imports nothing but the index that it stands in.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from be_tui.core.knowledge.library import open_library
from be_tui.core.roots import project_root

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from be_tui.cli.arguments import Parser
    from be_tui.core.comparisons import Comparison, Matrix, Stated
    from be_tui.core.comparisons.drawing import Shares
    from be_tui.core.document import Document
    from be_tui.core.files import FileSet
    from be_tui.core.sessions import Store

_ABOUT = """\
List the comparisons, or weigh one: its ranking, its matrix, the share of weightings under which
each option wins, and what would change the winner."""

_EXAMPLES = """\
examples:
  be-tui compare                                          the comparisons
  be-tui compare database                                 weigh one
  be-tui compare database --weight operations=9 --score mongodb.questions=?
  be-tui compare database --must no-server --why          what holds here; every reason
  be-tui compare database --score sqlite.writes=4:"one writer, and we have one" --keep
  be-tui compare database --record docs/decisions
  be-tui compare --new queue --option sqs=SQS --option table=Table --criterion cost=5:Cost
  be-tui --screen compare                                 the same in full screen

A score is a number from 1 to 5 (or a figure in the criterion's unit), 2-4 for a range, ? where
you do not know; after a colon, why. What was kept before, and the profile, count too; --fresh
leaves them out. --record and --new write a new file and never over another one.
"""

_OF_ONE = ("weight", "score", "must", "within", "why", "keep", "fresh", "record", "plain")
_OF_NEW = ("option", "criterion", "title", "source")
_WIDTH = 80
_WIDEST = 100


def run(arguments: list[str]) -> int:
    """List the comparisons, weigh one, or begin one; give the exit code."""
    if not arguments:
        return _list(project_root(), as_json=False)
    given = _read(arguments)
    if given.new:
        return _begin(given)
    _refuse(given, "goes with --new", *_OF_NEW)
    if given.comparison is None:
        _refuse(given, "needs a comparison", *_OF_ONE)
        return _list(project_root(given.project), as_json=given.json)
    if given.plain:
        _refuse(given, "does not go with --plain", "json")
    return _weigh(given)


def parsers() -> tuple[Parser, ...]:
    """Give the parser of the command."""
    from be_tui.cli.arguments import Parser

    parser = Parser("compare", _ABOUT, _EXAMPLES)
    parser.add_argument("comparison", nargs="?", metavar="ID", help="the comparison's id")
    parser.add_argument("--project", metavar="DIR", help="the service (default: the one here)")
    _repeated(parser, "--weight", "C=N", "weigh a criterion, 0 to 10; 0 leaves it out")
    _repeated(parser, "--score", "O.C=N[:WHY]", "score an option by a criterion; N may be 2-4 or ?")
    _repeated(parser, "--must", "ID[=no]", "let a constraint hold, or not")
    parser.add_argument(
        "--within", type=float, metavar="PERCENT", help="how near to yours weights are drawn (50)"
    )
    parser.add_argument("--why", action="store_true", help="give every score's reason and source")
    parser.add_argument("--keep", action="store_true", help="keep what is said for this project")
    parser.add_argument(
        "--fresh", action="store_true", help="leave out what is kept, and the profile"
    )
    parser.add_argument("--plain", action="store_true", help="in words, without bars")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--record", metavar="DIR", help="write the decision record into DIR")
    parser.add_argument("--new", metavar="NEW", help="write a comparison of your own, of this id")
    parser.add_argument(
        "--from", dest="source", metavar="ID", help="with --new: begin from this one as it stands"
    )
    parser.add_argument("--title", metavar="TEXT", help="with --new: what it is called")
    _repeated(parser, "--option", "ID=TITLE", "with --new: one of the options")
    _repeated(parser, "--criterion", "ID=WEIGHT:TITLE", "with --new: one of the criteria")
    return (parser,)


def _repeated(parser: Parser, name: str, metavar: str, about: str) -> None:
    parser.add_argument(name, action="append", default=[], metavar=metavar, help=about)


def _read(arguments: list[str]) -> Namespace:
    (parser,) = parsers()
    return parser.read(arguments)


def _refuse(given: Namespace, why: str, *options: str) -> None:
    from be_tui.core.errors import InputError

    for option in options:
        if getattr(given, option):
            name = "from" if option == "source" else option
            raise InputError(f"--{name} {why}", hint="see `be-tui compare --help`")


def _list(project: str, *, as_json: bool) -> int:
    with open_library(project) as library:
        entries = library.entries("comparison")
    if as_json:
        from be_tui.cli.output import print_json

        parts = ("id", "title", "summary", "pack", "path")
        print_json(comparisons=[{part: getattr(each, part) for part in parts} for each in entries])
        return 0
    wide = max((len(each.id) for each in entries), default=0)
    for each in entries:
        sys.stdout.write(f"{each.id:<{wide}}  {each.title}\n")
    if sys.stderr.isatty():
        sys.stderr.write("\n`be-tui compare ID` weighs one\n")
    return 0


def _weigh(given: Namespace) -> int:
    """Weigh a comparison and print what comes of it."""
    from be_tui.core.comparisons import report

    root = _root(given)
    with open_library(str(root)) as library:
        comparison = library.comparison(given.comparison)
    matrix = _matrix(comparison, given, root)
    shares = _shares(matrix, given)
    recorded = ""
    if given.json:
        if given.record:
            recorded = _record(matrix, shares, root, given.record, quiet=True)
        from be_tui.cli.output import print_json

        print_json(**report(matrix, shares), **({"record": recorded} if recorded else {}))
        return 0
    _print(_page(matrix, shares, given))
    if given.record:
        _record(matrix, shares, root, given.record)
    return 0


def _page(matrix: Matrix, shares: tuple[Shares, ...], given: Namespace) -> Document:
    from be_tui.core.comparisons import comparison_page, reasons_page

    page = comparison_page(matrix, shares, bars=not given.plain)
    return page + reasons_page(matrix) if given.why else page


def _matrix(comparison: Comparison, given: Namespace, root: Path) -> Matrix:
    """Give the comparison with what is kept, what the profile says, and what is said now."""
    from be_tui.cli.output import telling
    from be_tui.core.comparisons import Stated, weigh
    from be_tui.core.sessions import has_store, open_store

    kept = not given.fresh and has_store(root)
    store = open_store(root) if given.keep or kept else None
    stated, profile = Stated(), None
    if store and kept:
        stated, lost = store.comparison(comparison)
        profile = store.profile()
        if lost:
            sys.stderr.write(f"be-tui: the comparison has changed; left out: {', '.join(lost)}\n")
    try:
        stated = _stated(stated, comparison, given)
        matrix = weigh(comparison, stated, profile)
        _refuse_no_weight(matrix)
        if store and given.keep:
            with telling():
                _keep(store, comparison, stated)
    finally:
        if store:
            with telling():
                store.close()
    return matrix


def _keep(store: Store, comparison: Comparison, stated: Stated) -> None:
    store.save_comparison(comparison, stated)


def _stated(stated: Stated, comparison: Comparison, given: Namespace) -> Stated:
    """Add what the options say."""
    from be_tui.core.comparisons import with_must, with_score, with_weight
    from be_tui.core.errors import InputError

    for each in given.weight:
        criterion, equals, weight = each.partition("=")
        if not (equals and weight.strip()):
            raise InputError(f"--weight {each}", hint="write it as CRITERION=NUMBER")
        stated = with_weight(stated, comparison, criterion, weight)
    for each in given.score:
        cell, equals, said = each.partition("=")
        option, dot, criterion = cell.partition(".")
        score, _, why = said.partition(":")
        if not (equals and dot and score.strip()):
            raise InputError(f"--score {each}", hint="write it as OPTION.CRITERION=NUMBER")
        stated = with_score(stated, comparison, option, criterion, score, why)
    for each in given.must:
        constraint, equals, word = each.partition("=")
        if equals and word not in {"yes", "no"}:
            raise InputError(f"--must {each}", hint="write it as ID, or ID=no")
        stated = with_must(stated, comparison, constraint, holds=word != "no")
    return stated


def _refuse_no_weight(matrix: Matrix) -> None:
    from be_tui.core.errors import InputError

    if not matrix.counting:
        hint = "give one criterion a weight above 0"
        raise InputError("every weight is 0, so nothing is compared", hint=hint)


def _shares(matrix: Matrix, given: Namespace) -> tuple[Shares, ...]:
    from be_tui.core.comparisons import WEIGHTINGS, sensitivity
    from be_tui.core.comparisons.drawing import WITHIN
    from be_tui.core.errors import InputError

    within = WITHIN if given.within is None else given.within / 100
    if not 0 < within <= 1:
        raise InputError(f"--within {given.within:g}", hint="give a number above 0, up to 100")
    return tuple(sensitivity(matrix, each, within=within) for each in WEIGHTINGS)


def _record(
    matrix: Matrix, shares: tuple[Shares, ...], root: Path, folder: str, *, quiet: bool = False
) -> str:
    """Write the record of a comparison, which is never over another file; give its path."""
    from datetime import date
    from pathlib import Path

    from be_tui.core.comparisons import record
    from be_tui.core.decisions import deciders, record_root
    from be_tui.core.project import read_project

    place = Path(folder).absolute()
    files = record(
        matrix,
        shares,
        read_project(root),
        place,
        date.today(),  # noqa: DTZ011 (a decision has the date of where it was made)
        decision_makers=deciders(root),
    )
    return _write(files, record_root(root, place), root, quiet=quiet)


def _write(files: FileSet, home: Path, root: Path, *, quiet: bool = False) -> str:
    """Write one new file, and keep it for undo; give its path."""
    from be_tui.cli.exporting import export_kept, one_new

    change = one_new(files, home)
    export_kept([change], home, root)
    if not quiet:
        sys.stdout.write(f"\nwrote {home / change.path}: new, {change.added} lines\n")
    return str(home / change.path)


def _begin(given: Namespace) -> int:
    """Write a comparison of the person's own into the project's pack."""
    from be_tui.core.comparisons import empty, fork, written

    root = _root(given)
    if given.source:
        _refuse(given, "does not go with --from", "option", "criterion")
        with open_library(str(root)) as library:
            comparison = library.comparison(given.source)
        own = fork(_matrix(comparison, given, root), given.new, given.title or "")
    else:
        _refuse(given, "goes with --from, or with an ID", "weight", "score", "must")
        own = empty(given.new, given.title or "", given.option, given.criterion)
    path = _write(written(own), root, root, quiet=given.json)
    if given.json:
        from be_tui.cli.output import print_json

        print_json(comparison=own.id, path=path)
        return 0
    sys.stdout.write(f"next: be-tui compare {own.id}, or `be-tui --screen compare`\n")
    return 0


def _print(document: Document) -> None:
    from be_tui.cli.here import columns, wants_colour
    from be_tui.core.document import to_text

    width = min(columns(), _WIDEST)
    sys.stdout.write(to_text(document, width, colour=wants_colour()))


def _root(given: Namespace) -> Path:
    from pathlib import Path

    return Path(project_root(given.project)).absolute()
