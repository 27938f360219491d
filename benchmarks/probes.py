"""Times the first read and the probes on a repository of 5,000 files and 20,000 commits.

    python -m benchmarks.probes [--files N] [--commits N] [--days N] [--runs N] [--json]

The repository is made by `git fast-import`, the same for the same numbers. Each run is a
process of its own; figures are medians, with the best beside them.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.bounds import Bounds, add_margin

if TYPE_CHECKING:
    from collections.abc import Iterator

BOUND = 2.0
"""Seconds that the whole gathering may take."""

CANCEL_BOUND = 0.2
"""Seconds after which a cancelled gathering must have stopped: a tenth, and the clock's slack."""

_CANCELLED_AFTER = ("0.05", "0.2", "0.4", "0.6")

DAY = 86_400
AUTHORS = 24
TESTS_EVERY = 5

_CODE = '''\
"""Part {number} of the service."""

from __future__ import annotations


class Part{number}:
    def total(self, session, orders):
        total = 0
        for order in orders:
            if order.open:
                # todo: ask for all lines at once
                for line in session.scalars(order.lines):
                    if line.price:
                        total += line.price * line.amount
        return total
'''
_FUNCTION = '''

def step_{number}(values: list[int]) -> int:
    """Add what is worth adding."""
    total = 0
    for value in values:
        if value > {number}:
            total += value
    return total
'''
_TEST = """

def test_step_{number}_adds_what_is_larger():
    assert step_{number}([{number}, {number} + 1]) == {number} + 1
"""


def main() -> int:
    """Make the repository, measure, print; give 1 where the bound is broken."""
    wanted = _arguments()
    folder = wanted.keep or Path(tempfile.mkdtemp(prefix="be-tui-probes-"))
    try:
        if not (folder / ".git").exists():
            make(folder, wanted.files, wanted.commits, wanted.days)
        figures = {
            what: [_measured(what, folder) for _ in range(wanted.runs)]
            for what in ("read_project", "gather", *_CANCELLED_AFTER)
        }
    finally:
        if wanted.keep is None:
            shutil.rmtree(folder, ignore_errors=True)
    return _report(wanted, figures)


def make(folder: Path, files: int, commits: int, days: int) -> None:
    """Make the repository: a service of many parts, and its history over some days."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)
    importing = subprocess.Popen(
        ["git", "-C", folder, "fast-import", "--quiet"], stdin=subprocess.PIPE
    )
    assert importing.stdin is not None
    for part in _stream(files, commits, days):
        importing.stdin.write(part)
    importing.stdin.close()
    if importing.wait():
        raise SystemExit("git fast-import failed")
    subprocess.run(["git", "-C", folder, "reset", "-q", "--hard", "main"], check=True)


def _stream(files: int, commits: int, days: int) -> Iterator[bytes]:
    chance = random.Random(7)
    now = int(time.time())
    paths = [_path(number) for number in range(files)]
    lengths = [chance.choice((4, 8, 12, 20, 40)) for _ in paths]
    # Changes gather in few files, as they do in real life.
    weights = [1 / (1 + place) ** 0.8 for place in range(files)]
    for number in range(commits):
        when = now - days * DAY * (commits - number) // commits
        author = chance.randrange(AUTHORS)
        message = f"Change {number}".encode()
        who = f"Author {author} <author{author}@example.org> {when} +0000"
        yield f"commit refs/heads/main\ncommitter {who}\ndata {len(message)}\n".encode()
        yield message + b"\n"
        changed = range(files) if number == 0 else _chosen(chance, weights)
        for place in changed:
            if number:
                lengths[place] += 1
            text = _content(paths[place], place, lengths[place] % 60)
            yield f"M 100644 inline {paths[place]}\ndata {len(text)}\n".encode() + text + b"\n"
    for name, extra in _EXTRAS.items():
        yield f"M 100644 inline {name}\ndata {len(extra)}\n{extra}\n".encode()


def _chosen(chance: random.Random, weights: list[float]) -> set[int]:
    return set(chance.choices(range(len(weights)), weights, k=chance.choice((1, 2, 2, 3, 5))))


def _path(number: int) -> str:
    part = f"part{number % 40:02}"
    if number % TESTS_EVERY == 0:
        return f"tests/{part}/test_module{number}.py"
    return f"src/service/{part}/layer{number % 3}/module{number}.py"


def _content(path: str, number: int, length: int) -> bytes:
    unit = _TEST if path.startswith("tests/") else _FUNCTION
    head = "" if path.startswith("tests/") else _CODE.format(number=number)
    return (head + "".join(unit.format(number=each) for each in range(length))).encode()


_EXTRAS = {
    "pyproject.toml": '[project]\nname = "large"\ndependencies = ["fastapi>=0.115", "sqlalchemy", '
    '"psycopg"]\n',
    "compose.yaml": "services:\n  db:\n    image: postgres:16\n  api:\n    build: .\n",
    "Dockerfile": "FROM python:3.13-slim\n",
}

_MEASURE = """
import json, resource, sys, threading, time
from pathlib import Path
started = time.perf_counter()
from be_tui.core.project import Cancel, Cancelled, gather, read_project
what, root = sys.argv[1], Path(sys.argv[2])
imported = time.perf_counter()
parts = {}
if what == "read_project":
    read_project(root)
elif what == "gather":
    parts = {each.probe: each.seconds for each in gather(root)}
else:
    cancel = Cancel()
    threading.Timer(float(what), cancel.set).start()
    try:
        gather(root, cancel=cancel)
        imported = time.perf_counter()
    except Cancelled:
        imported += float(what)
ended = time.perf_counter()
print(json.dumps({
    "wall": ended - imported,
    "import": imported - started,
    "cpu": time.process_time(),
    "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "parts": parts,
}))
"""


def _measured(what: str, folder: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, what, folder],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def _row(runs: list[dict[str, Any]]) -> dict[str, float]:
    return {
        "seconds": round(statistics.median(run["wall"] for run in runs), 3),
        "best": round(min(run["wall"] for run in runs), 3),
        "import": round(statistics.median(run["import"] for run in runs), 3),
        "cpu": round(statistics.median(run["cpu"] for run in runs), 3),
        "peak_mb": round(max(run["peak_mb"] for run in runs), 1),
    }


def _report(wanted: argparse.Namespace, figures: dict[str, list[dict[str, Any]]]) -> int:
    rows = {what: _row(figures[what]) for what in ("read_project", "gather")}
    parts: dict[str, float] = figures["gather"][-1]["parts"]
    stopped = max(run["wall"] for what in _CANCELLED_AFTER for run in figures[what])
    if wanted.json:
        print(json.dumps({"version": 1, **rows, "probes": parts, "cancel": round(stopped, 3)}))
    else:
        print(f"{wanted.files} files, {wanted.commits} commits in {wanted.days} days")
        for what, row in rows.items():
            told = ", ".join(f"{name} {figure:g}" for name, figure in row.items())
            print(f"  {what:14} {told}")
        for probe, seconds in parts.items():
            print(f"    {probe:14} {seconds:.3f} s")
        print(f"  cancelled, it stops within {stopped:.3f} s at the latest")
    bounds = Bounds(wanted.margin)
    slow = rows["gather"]["seconds"] > bounds.of(BOUND)
    broken = slow or stopped > bounds.of(CANCEL_BOUND)
    return int(broken)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.probes", description=__doc__)
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--commits", type=int, default=20_000)
    parser.add_argument("--days", type=int, default=3 * 365, help="over which the commits lie")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="make it here, or measure what stands here")
    parser.add_argument("--json", action="store_true")
    add_margin(parser)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
