"""Run every benchmark, one after the other: `python -m benchmarks [NAME]...`."""

from __future__ import annotations

import subprocess
import sys

NAMES = ("startup", "documents", "search", "probes")


def main() -> int:
    """Run the benchmarks that were named, or all; give the gravest exit code."""
    names = sys.argv[1:] or NAMES
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        sys.stderr.write(f"benchmarks: no {unknown[0]!r}; there are {', '.join(NAMES)}\n")
        return 2
    codes = []
    for name in names:
        print(f"\n== {name}", flush=True)
        run = subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False)
        codes.append(run.returncode)
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
