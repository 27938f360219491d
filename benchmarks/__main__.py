"""Run every benchmark, one after the other: `python -m benchmarks [--margin F] [NAME]...`."""

from __future__ import annotations

import argparse
import subprocess
import sys

from benchmarks.bounds import add_margin

NAMES = (
    "startup",
    "documents",
    "search",
    "probes",
    "checks",
    "deciding",
    "advice",
    "migrations",
    "schemas",
    "scaffolds",
)


def main() -> int:
    """Run the benchmarks that were named, or all; give the gravest exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    add_margin(parser)
    given = parser.parse_args()
    unknown = [name for name in given.names if name not in NAMES]
    if unknown:
        parser.error(f"no {unknown[0]!r}; there are {', '.join(NAMES)}")
    failed = [name for name in given.names or NAMES if _run(name, given.margin)]
    if failed:
        print(f"\nmissed a bound, times {given.margin:g}: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def _run(name: str, margin: float) -> int:
    print(f"\n== {name}", flush=True)
    command = (sys.executable, "-m", f"benchmarks.{name}", "--margin", f"{margin:g}")
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
