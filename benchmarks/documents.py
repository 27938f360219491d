"""Times opening a document and going back, against Textual's own Markdown widget.

    python -m benchmarks.documents [--runs N] [--size COLUMNSxLINES] [--margin F]

All in one process without a terminal; CPU milliseconds, the median of the runs with the best
beside it. Opening is all from Markdown text to a screen that stands still. The documents
are made up, the same for the same number of sections: each has a heading, two paragraphs
with links and code in them, a list, a block of SQL, a table and a quote. Bounds are for the
best run: what else a machine does makes times longer, never shorter; what they are on another
machine `bounds` says. Ends with exit code 1 where one is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Label, Markdown

from be_tui.core.document import find, lay_out, parse_markdown
from be_tui.tui.app import BeTuiApp, Opening
from be_tui.tui.screens.library import LibraryScreen
from be_tui.tui.shelf import Shelf, warm_up
from be_tui.tui.themes import TOKENS
from be_tui.tui.widgets.document_view import DocumentView
from benchmarks.bounds import Bounds, add_margin

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import ComposeResult
    from textual.pilot import Pilot

OPEN_BOUND = 50.0
"""CPU milliseconds that opening a long document may take."""

BACK_BOUND = 10.0
"""CPU milliseconds that going back from it may take."""

ADDRESSES = ("guide", "database-patterns#keyset-pagination")
"""What is opened in the library: a whole reference, and an item in its chapter."""

SECTIONS = (10, 50)
SEED = 7
WORDS = (
    *("the", "a", "of", "query", "index", "table", "lock", "write", "read", "service", "because"),
    *("cost", "team", "cache", "latency", "page", "cursor", "token", "request", "response"),
    *("replica", "deadline", "retry", "schema", "column", "commit", "order", "user"),
)
CALM = 3
"""Pauses without a change after which a screen stands still."""


def made_up(sections: int) -> str:
    """Give a document of so many sections, some 160 words each."""
    chance = random.Random(SEED)

    def said(words: int) -> str:
        text = chance.choices(WORDS, k=words)
        text[words // 3] = f"`{text[words // 3]}`"
        text[words // 2] = f"[{text[words // 2]}](#section-{chance.randrange(sections)})"
        return " ".join(text).capitalize() + "."

    lines = ["# A reference"]
    for number in range(sections):
        lines += ["", f"## Section {number}", "", said(45), "", said(40), ""]
        lines += [f"- {said(9)}" for _ in range(3)]
        lines += [
            "",
            "```sql",
            "SELECT id, total FROM orders",
            "WHERE total > 10 -- dear",
            "```",
            "",
        ]
        lines += ["| What | Why |", "|---|---|", *(f"| {said(4)} | {said(6)} |" for _ in range(3))]
        lines += ["", f"> {said(14)}"]
    return "\n".join(lines) + "\n"


class Page(Screen[None]):
    """A screen with one widget on it."""

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self._widget = widget

    def compose(self) -> ComposeResult:
        """Give the widget."""
        yield self._widget


class Bare(App[None]):
    """An app with one label, to open pages in."""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give the names that our stylesheets use."""
        return dict(TOKENS)

    def compose(self) -> ComposeResult:
        """Give the label."""
        yield Label("be-tui")


def document_view(text: str) -> Widget:
    """Show a document as every screen of be-tui does."""
    return DocumentView(parse_markdown(text))


def rest() -> None:
    """Let what lives on be, as the session does once it runs: collections pass over it."""
    gc.collect()
    gc.freeze()


async def settled(pilot: Pilot[None]) -> float:
    """Wait until nothing changes any more; give the CPU time at which that was so."""
    calm, before, stood = 0, -1, 0.0
    while calm < CALM:
        await pilot.pause()
        widgets = pilot.app.screen.walk_children(Widget, with_self=True)
        now = sum(widget.virtual_size.height for widget in widgets)
        if now != before:
            stood = time.process_time()
        calm, before = (calm + 1 if now == before else 0), now
    return stood


async def cpu_of(pilot: Pilot[None], act: Callable[[], Awaitable[object]]) -> float:
    """Give the CPU milliseconds of an act, up to a screen that stands still."""
    start = time.process_time()
    await act()
    return (await settled(pilot) - start) * 1000


async def time_widget(
    make: Callable[[str], Widget], text: str, runs: int, size: tuple[int, int]
) -> tuple[list[float], list[float]]:
    """Give what opening and leaving a page with a widget costs, run by run."""
    opened: list[float] = []
    left: list[float] = []
    app = Bare()
    async with app.run_test(size=size) as pilot:
        rest()
        for run in range(runs + 1):
            start = time.process_time()
            await app.push_screen(Page(make(text)))
            spent = (await settled(pilot) - start) * 1000
            back = await cpu_of(pilot, app.pop_screen)
            # The first run imports and compiles.
            if run:
                opened.append(spent)
                left.append(back)
    return opened, left


async def time_library(
    project: Path, runs: int, size: tuple[int, int], address: str
) -> tuple[list[float], list[float]]:
    """Give what opening an address in the library costs, and going back from it."""
    opened: list[float] = []
    left: list[float] = []
    warm_up()
    app = BeTuiApp(Opening(project))
    async with app.run_test(size=size) as pilot:
        await app.open("library")
        await settled(pilot)
        rest()
        screen = app.screen
        assert isinstance(screen, LibraryScreen)
        for _ in range(runs):
            screen.shelf = Shelf(app.library)
            screen.shelf.open("")
            opened.append(await cpu_of(pilot, lambda: screen.visit(address)))
            left.append(await cpu_of(pilot, lambda: pilot.press("left_square_bracket")))
    return opened, left


def told(label: str, times: list[float], bound: float = 0.0) -> bool:
    """Print one figure; tell whether it is within its bound, as it stands on this machine."""
    limit = f"   bound {bound:.0f} ms here" if bound else ""
    print(f"  {label:<34} {statistics.median(times):8.1f} ms   best {min(times):7.1f}{limit}")
    return not bound or min(times) <= bound


def time_parts(text: str, runs: int) -> None:
    """Print what the parts of opening a document cost."""
    document = parse_markdown(text)
    page = lay_out(document, 80)
    parts: dict[str, Callable[[], object]] = {
        "read the Markdown": lambda: parse_markdown(text),
        "lay it out": lambda: lay_out(document, 80),
        "find a word on the page": lambda: find(page, "cache"),
    }
    for label, part in parts.items():
        times: list[float] = []
        for _ in range(runs):
            start = time.process_time()
            part()
            times.append((time.process_time() - start) * 1000)
        told(label, times)


async def measure(project: Path, runs: int, size: tuple[int, int], bounds: Bounds) -> bool:
    """Print the figures; tell whether all bounds hold."""
    told("python -c pass", [bounds.bare])
    fine = True
    for sections in SECTIONS:
        text = made_up(sections)
        print(f"{sections} sections, {len(text.split())} words, {size[0]}x{size[1]}, CPU")
        opened, left = await time_widget(document_view, text, runs, size)
        longest = sections == SECTIONS[-1]
        fine &= told("open", opened, bounds.of(OPEN_BOUND) if longest else 0)
        fine &= told("back", left, bounds.of(BACK_BOUND) if longest else 0)
        peer_runs = 2 if longest else 3
        peer_opened, peer_left = await time_widget(Markdown, text, peer_runs, size)
        told("textual.widgets.Markdown, open", peer_opened)
        told("textual.widgets.Markdown, back", peer_left)
        ratio = statistics.median(peer_opened) / statistics.median(opened)
        print(f"  open, Textual's against ours       {ratio:8.1f} x")
        if longest:
            time_parts(text, runs)
    for address in ADDRESSES:
        print(f"{address} in the library, {size[0]}x{size[1]}, CPU")
        opened, left = await time_library(project, runs, size, address)
        fine &= told("open", opened, bounds.of(OPEN_BOUND))
        told("back, with the list beside it", left)
    return fine


def main() -> int:
    """Read the call, measure, print."""
    about, _, _ = (__doc__ or "").partition("\n")
    parser = argparse.ArgumentParser(prog="python -m benchmarks.documents", description=about)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--size", default="120x40")
    add_margin(parser)
    given = parser.parse_args()
    columns, _, lines = given.size.partition("x")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("CACHE", "CONFIG", "STATE"):
            os.environ[f"XDG_{name}_HOME"] = f"{folder}/{name.lower()}"
        project = Path(folder, "project")
        project.mkdir()
        size = (int(columns), int(lines))
        fine = asyncio.run(measure(project, given.runs, size, Bounds(given.margin)))
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
