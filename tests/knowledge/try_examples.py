"""Runs the examples in SQL of a chapter and prints what they do not show.

    python -m tests.knowledge.try_examples FILE [ITEM] [--all]

SQLite and the newest PostgreSQL; with `--all` PostgreSQL 16 too. MariaDB where
BE_TUI_MARIADB_URL names a server.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.errors import BeTuiError
from be_tui.core.knowledge.decode.chapters import decode_chapter
from be_tui.core.knowledge.decode.desk import Desk
from be_tui.core.knowledge.trying import Engines, try_chapter
from be_tui.core.yamlform import Faults, read_yaml

if TYPE_CHECKING:
    from be_tui.core.knowledge.items import Chapter


def engines(*, every: bool) -> Engines:
    """Give where examples are run: as here, so in the tests."""
    mariadb = os.environ.get("BE_TUI_MARIADB_URL", "")
    return Engines(
        postgresql=("postgresql:18", "postgresql:16") if every else ("postgresql:18",),
        mariadb=(mariadb,) if mariadb else (),
    )


def chapter_of(path: Path) -> Chapter:
    """Read a chapter; its form is told by `be-tui knowledge check`."""
    faults = Faults(str(path))
    return decode_chapter(read_yaml(str(path), faults), Desk(), str(path), "bundled")


def tell(line: str) -> None:
    """Print a line at once, for somebody who waits."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    """Try, print, give the exit code."""
    every = "--all" in arguments
    path, item, *_ = [*(each for each in arguments if each != "--all"), "", ""]
    if not path:
        sys.stderr.write(__doc__ or "")
        return 2
    start = time.monotonic()
    chapter = chapter_of(Path(path))
    missed = 0
    for miss in try_chapter(chapter, engines(every=every), item):
        missed += 1
        tell(f"{path}:{miss.line} {miss.item} [{miss.side}, {miss.engine}]: {miss.message}")
    known = [each for each in chapter.items if item in ("", each.id)]
    sql = sum(example.language == "sql" for each in known for example in each.examples)
    took = time.monotonic() - start
    tell(f"{sql} examples in SQL of {len(known)} items, {missed} misses, {took:.1f} s")
    return 1 if missed or not known else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except BeTuiError as trouble:
        sys.exit(str(trouble))
