"""Times the first read and the probes on a repository of 5,000 files and 20,000 commits.

    python -m benchmarks.probes [--files N] [--commits N] [--days N] [--runs N] [--keep DIR] [--json]

The repository is made by `git fast-import`, the same for the same numbers. Each run is a
process of its own; figures are medians, with the best beside them.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BOUND = 2.0
"""Seconds that the whole gathering may take."""

DAY = 86_400
AUTHORS = 24

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
_TEST = '''

def test_step_{number}_adds_what_is_larger():
    assert step_{number}([{number}, {number} + 1]) == {number} + 1
'''


def main() -> int:
    """Make the repository, measure, print; give 1 where the bound is broken."""
    wanted = _arguments()
    folder = wanted.keep or Path(tempfile.mkdtemp(prefix="be-tui-probes-"))
    try:
        if not (folder / ".git").exists():
            make(folder, wanted.files, wanted.commits, wanted.days)
        figures = {
            what: [_measured(what, folder) for _ in range(wanted.runs)]
            for what in ("read_project", "gather")
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
    for name, text in _EXTRAS.items():
        yield f"M 100644 inline {name}\ndata {len(text)}\n".encode() + text.encode() + b"\n"


def _chosen(chance: random.Random, weights: list[float]) -> set[int]:
    return set(chance.choices(range(len(weights)), weights, k=chance.choice((1, 2, 2, 3, 5))))


def _path(number: int) -> str:
    part = f"part{number % 40:02}"
    if number % 5 == 4:
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
import json, sys, time
from pathlib import Path
started = time.perf_counter()
from be_tui.core.project import gather, read_project
root = Path(sys.argv[2])
cpu = time.process_time()
if sys.argv[1] == "gather":
    parts = {each.probe: each.seconds for each in gather(root)}
else:
    read_project(root)
    parts = {}
wall = time.perf_counter() - started
print(json.dumps({"wall": wall, "cpu": time.process_time() - cpu, "parts": parts}))
"""


def _measured(what: str, folder: Path) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, what, folder],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )
    figures: dict[str, object] = json.loads(done.stdout)
    figures["peak_mb"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return figures


def _report(wanted: argparse.Namespace, figures: dict[str, list[dict[str, object]]]) -> int:
    rows = {
        what: {
            "seconds": round(statistics.median(_numbers(runs, "wall")), 3),
            "best": round(min(_numbers(runs, "wall")), 3),
            "cpu": round(statistics.median(_numbers(runs, "cpu")), 3),
        }
        for what, runs in figures.items()
    }
    parts = figures["gather"][-1]["parts"]
    if wanted.json:
        print(json.dumps({"version": 1, **rows, "probes": parts}))
    else:
        print(f"{wanted.files} files, {wanted.commits} commits in {wanted.days} days")
        for what, row in rows.items():
            print(f"  {what:14} {row['seconds']:.3f} s (best {row['best']:.3f}, cpu {row['cpu']:.3f})")
        assert isinstance(parts, dict)
        for probe, seconds in parts.items():
            print(f"    {probe:14} {seconds:.3f} s")
    return int(rows["gather"]["seconds"] > BOUND)


def _numbers(runs: list[dict[str, object]], key: str) -> list[float]:
    return [float(str(run[key])) for run in runs]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.probes", description=__doc__)
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--commits", type=int, default=20_000)
    parser.add_argument("--days", type=int, default=3 * 365, help="over which the commits lie")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="make it here, or measure what stands here")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
