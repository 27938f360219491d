"""Tries the examples of a chapter and prints what they do not show.

    python -m tests.knowledge.try_examples FILE [ITEM] [--all]

SQL runs on SQLite and the newest PostgreSQL; with `--all` on PostgreSQL 16 too, and on MariaDB
where BE_TUI_MARIADB_URL names a server. Everything else is read by its language's parser.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from be_tui.core.errors import BeTuiError
from be_tui.core.knowledge.trying import engines_here
from tests.knowledge.examples import chapter_of, misses


def tell(line: str) -> None:
    """Print a line at once, for somebody who waits."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    """Try, print, give the exit code."""
    where = engines_here(every="--all" in arguments)
    path, only, *_ = [*(each for each in arguments if each != "--all"), "", ""]
    if not path:
        sys.stderr.write(__doc__ or "")
        return 2
    start = time.monotonic()
    items = [each for each in chapter_of(Path(path)).items if only in ("", each.id)]
    missed = 0
    for item in items:
        for line, told in misses(item, where):
            missed += 1
            tell(f"{path}:{line} {item.id}: {told}")
    tried = sum(len(item.examples) for item in items)
    took = time.monotonic() - start
    tell(f"{tried} examples of {len(items)} items, {missed} misses, {took:.1f} s")
    return 1 if missed or not items else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except BeTuiError as trouble:
        sys.exit(str(trouble))
