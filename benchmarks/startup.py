"""Times how be-tui starts and answers, beside bare Python, an empty Textual app and peers.

    python -m benchmarks.startup [--runs N] [--files N] [--margin F] [--peers DIR]

CPU time, since the wall clock of a busy machine tells of the others on it; each row shows the
best of its runs and their median, and bounds hold for the best, times a margin (`bounds`). All
that is compared runs turn by turn. The session opens a made-up project of 5,000 files. Peers are
measured where DIR holds virtual environments of their names. Ends with exit code 1 where a bound
is missed. Linux only, for its account of CPU time.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

from benchmarks.bounds import add_margin
from benchmarks.ptys import Screenful

if TYPE_CHECKING:
    from collections.abc import Mapping

EMPTY = """
from textual.app import App
from textual.widgets import Label
class Empty(App):
    def compose(self):
        yield Label("hello there")
Empty().run()
"""
"""The least that a Textual app can be."""

LIVE = b"\x1b[?1003h"
"""Sent by a live session only: it asks for the mouse."""

LAST = b" quit"
"""What Home draws last: the footer."""

SCRIPT = Path(sys.executable).with_name("be-tui")
BE_TUI = (str(SCRIPT),) if SCRIPT.exists() else (sys.executable, "-m", "be_tui")
KEYS = (*("?", "j", "j", "j", "k", "["), *("D", "\x1b[B", "\x1b[A", "["), *("L", "["))
LEAST_FRAME = 1_000
"""Bytes that the second screen's own sequence and some lines take at least."""


@dataclass
class Row:
    """One thing measured, in milliseconds or megabytes."""

    name: str
    unit: str
    values: list[float] = field(default_factory=list)
    against: Row | None = None
    """What its bound is a multiple of."""

    bound: float = 0.0
    """At most so many times `against`, or so much; 0 for no bound."""

    hundredth: float = 0.0
    """The share of values that the bound holds for, instead of the best: 0.95."""

    @property
    def best(self) -> float:
        """Give the figure that the bound is for."""
        if self.hundredth:
            return sorted(self.values)[int(len(self.values) * self.hundredth)]
        return min(self.values)

    @property
    def ratio(self) -> float:
        """Give how often it takes what it is held against."""
        return self.best / self.against.best if self.against else self.best

    def misses(self, margin: float) -> bool:
        """Tell whether it misses its bound."""
        return bool(self.bound) and self.ratio > self.bound * margin

    def line(self, margin: float) -> str:
        """Give the row of the table."""
        middle = statistics.median(self.values)
        ratio = f"{self.ratio:6.2f}x {self.against.name}" if self.against else ""
        bound = f"  (bound {self.bound:g}{'x' if self.against else f' {self.unit}'})"
        verdict = "  MISSED" if self.misses(margin) else ""
        figures = f"{self.best:8.1f} {middle:8.1f} {self.unit}"
        return f"{self.name:<34}{figures}  {ratio}{bound if self.bound else ''}{verdict}"


def cpu_of(command: tuple[str, ...], cwd: Path, variables: Mapping[str, str]) -> float:
    """Run a command; give the milliseconds of CPU that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        command,
        cwd=cwd,
        env=dict(variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime) * 1000


def make_project(root: Path, files: int) -> None:
    """Write a service of so many files, under version control."""
    for number in range(files):
        path = root / f"app/part{number % 50}/module{number}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"def work{number}(x: int) -> int:\n    return x + {number}\n")
    (root / "pyproject.toml").write_text('[project]\nname = "shop"\ndependencies = ["fastapi"]\n')
    who = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a", **os.environ}
    who |= {"GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a"}
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "all")):
        subprocess.run(("git", *words), cwd=root, env=who, check=True)


_TRIES = 4


class Startup:
    """One run of the whole benchmark."""

    def __init__(self, root: Path, runs: int, files: int) -> None:
        self._runs = runs
        self._project = root / "shop"
        make_project(self._project, files)
        own = {
            "HOME": str(root / "home"),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "PATH": os.environ["PATH"],
        }
        self._variables = own
        self._frames_of_fresh = root / "cache" / "be-tui" / "frames"
        self._fresh = {**own, "XDG_CACHE_HOME": str(root / "cache")}
        self._fresh |= {"XDG_STATE_HOME": str(root / "state")}
        self.bare = Row("python -c pass", "ms")
        self.empty = Row("empty Textual app, first frame", "ms")
        self.rows: list[Row] = [self.bare]

    def measure(self) -> list[Row]:
        """Measure everything; give the rows of the table."""
        self._commands()
        self._frames()
        self._keys()
        self.rows.append(Row("installed, without extras", "MB", [installed_size()], bound=80))
        return self.rows

    def _commands(self) -> None:
        bounds: tuple[tuple[tuple[str, ...], float], ...] = (
            (("--version",), 1.5),
            (("--help",), 2.5),
            (("refs", "caching"), 4.0),
            (("decide",), 4.0),
        )
        rows = []
        for words, bound in bounds:
            rows.append(Row(f"be-tui {' '.join(words)}", "ms", against=self.bare, bound=bound))
            cpu_of((*BE_TUI, *words), self._project, self._variables)  # the index is made once
        for _ in range(self._runs):
            self.bare.values.append(
                cpu_of((sys.executable, "-c", "pass"), self._project, self._variables)
            )
            for row, (words, _) in zip(rows, bounds, strict=True):
                row.values.append(cpu_of((*BE_TUI, *words), self._project, self._variables))
        self.rows += rows

    def _frames(self) -> None:
        live = Row("be-tui, first live frame", "ms", against=self.empty, bound=1.3)
        kept = Row("be-tui, first paint (kept frame)", "ms", against=self.bare, bound=2.0)
        wall = Row("  the same by the wall clock", "ms")
        memory = Row("memory after the first frame", "MB", bound=60)
        self._visit(self._variables)
        self._visit(self._fresh)
        for _ in range(self._runs):
            rmtree(self._frames_of_fresh, ignore_errors=True)
            with self._open((sys.executable, "-c", EMPTY), self._variables) as screen:
                self.empty.values.append(screen.until(lambda raw: b"hello there" in raw)[0])
            with self._open(BE_TUI, self._fresh) as screen:
                live.values.append(screen.until(lambda raw: LAST in raw[raw.find(LIVE) :])[0])
                memory.values.append(screen.resident())
            cpu, clock = self._painted()
            kept.values.append(cpu)
            wall.values.append(clock)
        self.rows += [self.empty, live, kept, wall, memory]

    def _painted(self) -> tuple[float, float]:
        """Open the session on its kept frame; give CPU and wall milliseconds until it stands."""
        for _ in range(_TRIES):
            with self._open(BE_TUI, self._variables) as screen:
                figures = screen.until(lambda raw: len(raw) > LEAST_FRAME)
                if LIVE not in screen.raw:
                    return figures
            self._visit(self._variables)  # its code or project was changed meanwhile
        raise RuntimeError("no kept frame is painted")

    def _visit(self, variables: Mapping[str, str]) -> None:
        """Open the session and leave it in order, so that it keeps its frame."""
        time.sleep(1.1)  # what changed in the second of its reading, it may have missed
        with self._open(BE_TUI, variables) as screen:
            screen.until(lambda raw: b"FastAPI" in raw)
            screen.rest()
            screen.send("q")
            screen.ends()

    def _keys(self) -> None:
        row = Row("key to repaint (p95)", "ms", bound=33, hundredth=0.95)
        typing = Row("letter in the palette (p95)", "ms", bound=33, hundredth=0.95)
        walls = [Row("  the same by the wall clock", "ms", hundredth=0.95) for _ in range(2)]
        theme = Row("another theme, on the whole screen", "ms")
        with Screenful(BE_TUI, self._project, self._variables, size=(120, 24)) as screen:
            screen.until(lambda raw: LAST in raw[raw.find(LIVE) :])
            screen.rest()
            self._press(screen, KEYS, quiet=1.0)  # the first time imports what is shown
            for _ in range(max(self._runs // 2, 2)):
                self._press(screen, KEYS, row, walls[0])
                self._press(screen, ("T",), theme)
                self._press(screen, ("/",))
                self._press(screen, tuple("caching pag"), typing, walls[1])
                self._press(screen, ("\x10",))
        self.rows += [row, walls[0], typing, walls[1], theme]

    @staticmethod
    def _press(
        screen: Screenful,
        keys: tuple[str, ...],
        cpu: Row | None = None,
        wall: Row | None = None,
        quiet: float = 0.12,
    ) -> None:
        """Press keys one by one; keep the CPU and the time that each one's first bytes take."""
        for key in keys:
            before, began = screen.cpu(), time.perf_counter()
            screen.send(key)
            if not screen.read(2):
                raise RuntimeError(f"nothing is drawn for the key {key!r}")
            taken = (time.perf_counter() - began) * 1000
            if cpu:
                cpu.values.append(screen.cpu() - before)
            if wall:
                wall.values.append(taken)
            screen.rest(quiet)

    def _open(self, command: tuple[str, ...], variables: Mapping[str, str]) -> Screenful:
        return Screenful(command, self._project, variables)

    def peers(self, folder: Path) -> list[Row]:
        """Measure the peers that are installed in a folder, to the frame that stays."""
        rows = [self._until_it_rests("be-tui", BE_TUI, self._fresh)]
        for name in ("posting", "harlequin", "sqlit"):
            program = folder / name / "bin" / name
            if program.exists():
                called = Row(f"{name} --help", "ms", against=self.bare)
                words = (str(program), "--help")
                for _ in range(max(self._runs // 3, 2)):
                    called.values.append(cpu_of(words, self._project, self._variables))
                rows.append(called)
                try:
                    rows.append(self._until_it_rests(name, (str(program),), self._variables))
                except TimeoutError as error:
                    print(f"{name} shows nothing: {error}")
        return rows

    def _until_it_rests(
        self, name: str, command: tuple[str, ...], variables: Mapping[str, str]
    ) -> Row:
        row = Row(f"{name}, until it rests", "ms", against=self.empty)
        for _ in range(max(self._runs // 3, 2)):
            with self._open(command, variables) as screen:
                screen.until(lambda raw: len(raw) > LEAST_FRAME)
                row.values.append(screen.rest(1.0)[0])
        return row


def installed_size() -> float:
    """Give the megabytes of be-tui and of all that it needs, as they are installed here."""
    here = Path(__file__).parent.parent
    own = sum(_size_below(here / name) for name in ("be_tui", "knowledge"))
    waiting, seen = ["textual", "markdown-it-py", "pygments", "pyyaml", "platformdirs"], set()
    total = own
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name in seen:
            continue
        seen.add(name)
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue
        for file in found.files or ():
            path = Path(str(found.locate_file(file)))
            total += path.stat().st_size if path.is_file() else 0
        needed = (each for each in found.requires or () if "extra ==" not in each)
        waiting += [_name_of(each) for each in needed]
    return total / 1e6


def _name_of(requirement: str) -> str:
    end = next((i for i, c in enumerate(requirement) if not (c.isalnum() or c in "-_.")), None)
    return requirement[:end]


def _size_below(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main() -> int:
    """Measure, print the table, and tell by the exit code whether every bound holds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.startup")
    parser.add_argument("--runs", type=int, default=12)
    parser.add_argument("--files", type=int, default=5_000)
    add_margin(parser)
    parser.add_argument("--peers", type=Path)
    options = parser.parse_args()
    if not sys.platform.startswith("linux"):
        print("this benchmark reads /proc, which only Linux has")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        startup = Startup(Path(folder), options.runs, options.files)
        rows = startup.measure()
        if options.peers:
            rows += startup.peers(options.peers)
    print(f"{'':<34}{'best':>8} {'median':>8}")
    for row in rows:
        print(row.line(options.margin))
    return int(any(row.misses(options.margin) for row in rows))


if __name__ == "__main__":
    sys.exit(main())
