"""`be-tui refs`: search the references, trees, checklists and rules, or show a passage.

A search imports no YAML, no Markdown and no dataclass: it reads an index.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from be_tui.cli.here import NARROWEST, columns, wants_colour
from be_tui.core.errors import InputError
from be_tui.core.knowledge.entries import LEVELS, MARK, UNMARK, Facets
from be_tui.core.knowledge.library import open_library
from be_tui.core.roots import project_root

if TYPE_CHECKING:
    from argparse import Namespace

    from be_tui.cli.arguments import Parser
    from be_tui.core.jsonform import Json
    from be_tui.core.knowledge.entries import Entry, Hit
    from be_tui.core.knowledge.library import Library

_EXAMPLES = """\
examples:
  be-tui refs                        what there is
  be-tui refs why is my query slow   search
  be-tui refs show guide#caching     read a passage
  be-tui refs locks --level must     search the items that bind most
  be-tui refs review scalability-checklist   hold one against this project
  be-tui refs -- show                search for the word `show`
"""

_WIDEST = 1000
_LIMIT = 10
_MOST = 1_000_000
"""Hits where only facets are given: whoever asks for all that binds wants all."""

_HEADINGS = {
    "tree": "Trees",
    "comparison": "Comparisons",
    "checklist": "Checklists",
    "reference": "References",
    "rule": "Rules",
}


def run(arguments: list[str]) -> int:
    """Search, or show what stands at an address; give the exit code."""
    if arguments[:1] == ["show"]:
        return _show(arguments[1:])
    if arguments[:1] == ["review"]:
        from be_tui.cli.reviewing import review

        return review(arguments[1:])
    return _search(arguments)


def parsers() -> tuple[Parser, ...]:
    """Give the parsers of the command and of `show`."""
    from be_tui.cli.reviewing import review_parser

    return _search_parser(), _show_parser(), review_parser()


def _search_parser() -> Parser:
    about = "Search references, trees, checklists and rules; without a query, list them."
    more = "`be-tui refs show --help` and `be-tui refs review --help` tell about those."
    from be_tui.cli.arguments import Parser

    parser = Parser("refs", about, f"{_EXAMPLES}\n{more}")
    parser.add_argument("query", nargs="*", metavar="QUERY", help="words to look for")
    parser.add_argument("--limit", type=int, default=_LIMIT, metavar="N", help="hits at most (10)")
    _add_facets(parser)
    _add_common(parser)
    return parser


def _search(arguments: list[str]) -> int:
    # To import and build a parser costs more than the search, and words alone need none.
    if not any(each.startswith("-") for each in arguments):
        return _found(" ".join(arguments), Facets(), _LIMIT, project_root())
    given = _search_parser().read(arguments)
    if given.limit < 1:
        raise InputError(f"--limit {given.limit}", hint="give a number from 1 up")
    root = project_root(given.project)
    limit = min(given.limit, _MOST)
    return _found(" ".join(given.query), _facets(given), limit, root, as_json=given.json)


def _found(query: str, facets: Facets, limit: int, root: str, *, as_json: bool = False) -> int:
    """Print what is found, or all that there is where nothing is looked for."""
    with open_library(root) as library:
        if query.strip() or any(facets):
            limit = limit if query.strip() else _MOST
            return _print_hits(query, library.search(query, limit, facets), as_json=as_json)
        return _print_entries(library, as_json=as_json)


def _show_parser() -> Parser:
    from be_tui.cli.arguments import Parser

    parser = Parser("refs show", "Show what stands at an address, as text.")
    parser.add_argument(
        "address",
        metavar="ID",
        help="guide, guide#caching, tree:ID, comparison:ID, checklist:ID, rule:ID",
    )
    parser.add_argument("--width", type=int, metavar="N", help="columns (the terminal's, else 80)")
    _add_facets(parser)
    _add_common(parser)
    return parser


def _show(arguments: list[str]) -> int:
    given = _show_parser().read(arguments)
    from be_tui.core.document import to_text

    width = columns() if given.width is None else given.width
    if not NARROWEST <= width <= _WIDEST:
        raise InputError(f"--width {width}", hint=f"give a number from {NARROWEST} to {_WIDEST}")
    with open_library(project_root(given.project)) as library:
        facets = _facets(given)
        page = library.page(given.address, facets)
        if given.json:
            from be_tui.cli.output import print_json

            parts = _typed(library, given.address, facets)
            print_json(address=given.address, **parts, text=to_text(page, width))
        else:
            sys.stdout.write(to_text(page, width, colour=wants_colour()))
    return 0


def _typed(library: Library, address: str, facets: Facets) -> dict[str, Json]:
    """Give what is known of a reference of items beyond its text: the item, or all of them."""
    reference, _, slug = address.partition("#")
    if ":" in reference or not library.chapters(reference):
        return {}
    if not slug:
        return {"items": [each._asdict() for each in library.items(reference, facets)]}
    from be_tui.core.knowledge.item_json import item_json

    chapter = library.chapter(address)
    item = chapter.find(slug)
    if item is None:
        return {"items": [item_json(chapter, each) for each in chapter.items]}
    return {"item": item_json(chapter, item)}


def _add_facets(parser: Parser) -> None:
    """Add what narrows the items of references down."""
    parser.add_argument(
        "--level", choices=LEVELS, metavar="LEVEL", default="", help=f"one of {', '.join(LEVELS)}"
    )
    parser.add_argument(
        "--applies", metavar="NAME", default="", help="what applies to it: postgresql, grpc, ..."
    )
    parser.add_argument(
        "--checkable", action="store_true", help="what be-tui itself can check in a project"
    )


def _facets(given: Namespace) -> Facets:
    return Facets(given.level, given.applies.strip(), given.checkable)


def _add_common(parser: Parser) -> None:
    parser.add_argument(
        "--project", metavar="DIR", help="the project whose pack counts (default: the one here)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def _print_hits(query: str, hits: tuple[Hit, ...], *, as_json: bool) -> int:
    if as_json:
        from be_tui.cli.output import print_json

        asked = query.encode(errors="replace").decode()
        print_json(query=asked, hits=[{**_fields(hit), "snippet": hit.plain} for hit in hits])
        return 0
    if not hits and sys.stderr.isatty():
        sys.stderr.write(f"nothing found for {query!r}; `be-tui refs` lists what there is\n")
    colour, width = wants_colour(), columns()
    sys.stdout.write("\n".join(_hit_text(hit, width, colour=colour) for hit in hits))
    return 0


def _fields(hit: Hit) -> dict[str, str]:
    return {"address": hit.address, "kind": hit.kind, "title": hit.title, "trail": hit.trail}


def _hit_text(hit: Hit, width: int, *, colour: bool) -> str:
    strong, muted, end = ("\x1b[1m", "\x1b[2m", "\x1b[0m") if colour else ("", "", "")
    lines = [f"{strong}{hit.address}{end}  {hit.title}"]
    if hit.trail:
        lines.append(f"  {muted}{hit.trail}{end}")
    lines += [f"  {line}" for line in _wrapped(hit.marked, width - 2)]
    text = "".join(f"{line}\n" for line in lines)
    return text.replace(MARK, strong).replace(UNMARK, end)


def _wrapped(marked: str, width: int) -> list[str]:
    """Break a stretch of text between words; the marks in it take no room."""
    lines: list[str] = []
    room = 0
    for word in marked.split():
        length = len(word) - word.count(MARK) - word.count(UNMARK)
        if lines and length < room:
            lines[-1] += f" {word}"
            room -= length + 1
        else:
            lines.append(word)
            room = width - length
    return lines


def _print_entries(library: Library, *, as_json: bool) -> int:
    entries = library.entries()
    if as_json:
        from be_tui.cli.output import print_json

        print_json(entries=[{"address": each.address, **each._asdict()} for each in entries])
        return 0
    colour = wants_colour()
    for kind, heading in _HEADINGS.items():
        own = [each for each in entries if each.kind == kind]
        if own:
            sys.stdout.write(_list_text(heading, own, colour=colour))
    if library.troubled and sys.stderr.isatty():
        sys.stderr.write("a pack has faults; `be-tui knowledge check` tells which\n")
    return 0


def _list_text(heading: str, entries: list[Entry], *, colour: bool) -> str:
    strong, end = ("\x1b[1m", "\x1b[0m") if colour else ("", "")
    width = max(len(each.address) for each in entries)
    lines = [f"  {each.address:<{width}}  {each.title}\n" for each in entries]
    return "".join((f"{strong}{heading}{end}\n", *lines, "\n"))
