"""Times the keys of the Decide screen, in a wide terminal on the bundled example service.

    python -m benchmarks.deciding [--runs N] [--tree ID] [--margin F]

Milliseconds of CPU from a key to what is drawn for it, 95 of 100 within the bound: the list and
its filter, a question with its bars, one with its map, an outcome. Beside it the median until
nothing more is drawn. Ends with exit code 1 where a bound is missed. Linux only, for its account
of CPU time.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.bounds import Bounds, add_margin
from benchmarks.ptys import Screenful
from benchmarks.startup import BE_TUI

BOUND = 33.0
SIZE = (160, 48)
DOWN, UP = "\x1b[B", "\x1b[A"
QUIET = 0.15
"""Seconds without a byte after which a key is taken to be dealt with."""

MEASURING = 3.0
"""Seconds without a byte after which the probes have answered."""


class Deciding:
    """One session, and what its keys took."""

    def __init__(self, screen: Screenful, tree: str) -> None:
        self._screen = screen
        self._tree = tree
        self._drawn = b""
        self.rows: dict[str, list[tuple[float, float]]] = {}
        """What each key took to its first bytes and to its last."""

    def run(self, times: int) -> None:
        """Go through the screen so many times; the first time imports what is shown."""
        for number in range(times + 1):
            self._list()
            self._questions("question with its bars")
            self._press("m")
            self._questions("question with its map")
            self._press("m")
            self._outcome()
            if not number:
                self.rows.clear()

    def _list(self) -> None:
        self._press(DOWN, DOWN, UP, UP, into="list of trees")
        self._press("/")
        self._press(*self._tree, into="filter")
        self._press("\r", quiet=MEASURING)

    def _questions(self, into: str) -> None:
        self._press(DOWN, UP, "1", "[", DOWN, UP, "2", "[", into=into)

    def _outcome(self) -> None:
        """Answer that nothing is known until there is an outcome, and leave by the list."""
        self._press("R", "2")
        for _ in range(40):
            self._press("u")
            if b"record" in self._drawn:
                break
        self._press("j", "j", "k", "w", DOWN, UP, "[", "\t", "\t", "m", "m", into="outcome")
        self._press("R", "2", "[", quiet=0.5)

    def _press(self, *keys: str, into: str = "", quiet: float = QUIET) -> None:
        for key in keys:
            before, start = self._screen.cpu(), len(self._screen.raw)
            self._screen.send(key)
            if not self._screen.read(1):
                continue  # the end of a page
            first = self._screen.cpu() - before
            last = self._screen.rest(quiet)[0] - before
            self._drawn = self._screen.raw[start:]
            if into:
                self.rows.setdefault(into, []).append((first, last))


def main() -> int:
    """Measure, print the table, and tell by the exit code whether every bound holds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.deciding")
    parser.add_argument("--runs", type=int, default=6)
    parser.add_argument("--tree", default="optimise", help="words that narrow the list to one")
    add_margin(parser)
    given = parser.parse_args()
    if not sys.platform.startswith("linux"):
        print("this benchmark reads /proc, which only Linux has")
        return 0
    bound = Bounds(given.margin).of(BOUND)
    with tempfile.TemporaryDirectory() as folder:
        variables = {"HOME": folder, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        variables |= {"LANG": "C.UTF-8", "PATH": os.environ["PATH"]}
        command = (*BE_TUI, "--project", "example:shop-api", "--screen", "decide")
        with Screenful(command, Path(folder), variables, size=SIZE) as screen:
            screen.until(lambda raw: b"filter" in raw)
            screen.rest(MEASURING)
            deciding = Deciding(screen, given.tree)
            deciding.run(given.runs)
    missed = False
    for name, taken in deciding.rows.items():
        p95 = sorted(first for first, _ in taken)[int(len(taken) * 0.95)]
        rest = statistics.median(last for _, last in taken)
        missed = missed or p95 > bound
        verdict = "  MISSED" if p95 > bound else ""
        print(f"{name:<24}{p95:7.1f} ms p95  (bound {bound:.0f} ms)  {rest:7.1f} to rest{verdict}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
