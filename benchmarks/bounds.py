"""Bounds that hold on machines of other speeds, and on busy ones.

    bounds = Bounds(margin)
    bounds.of(50.0)          milliseconds that a figure may take here

A bound in milliseconds is set on a machine where `python -c pass` takes PLAIN milliseconds of
CPU; on a slower one it grows alike, on a faster one it stays. The margin is for the noise of a
shared machine, which makes everything slower, but not all by the same.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

PLAIN = 10.0
"""Milliseconds of CPU that `python -c pass` takes on the machine that the bounds were set on."""

MARGIN = 1.25

_RUNS = 9


class Bounds:
    """What figures may take on this machine."""

    def __init__(self, margin: float = MARGIN) -> None:
        self.margin = margin
        self.bare = bare_python()

    def of(self, milliseconds: float) -> float:
        """Give a bound in milliseconds as it stands here."""
        return milliseconds * max(1.0, self.bare / PLAIN) * self.margin

    def ratio(self, times: float) -> float:
        """Give a bound that is a ratio of two figures of one run."""
        return times * self.margin


def bare_python(runs: int = _RUNS) -> float:
    """Give the best CPU milliseconds of `python -c pass`."""
    spent: list[float] = []
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(spent) * 1000


def add_margin(parser: argparse.ArgumentParser) -> None:
    """Let a benchmark be told its margin."""
    parser.add_argument("--margin", type=float, default=MARGIN, help="of noise, on each bound")
