"""Finds the reports that test runs leave behind: git ignores them, so they are looked for."""

from __future__ import annotations

import os
from glob import iglob
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.project.gathering import Gathering

LARGEST = 16 << 20
"""Bytes of a report that is read."""

MOST_FOLDERS = 40
MOST_REPORTS = 500


def reports(gathering: Gathering, globs: tuple[str, ...]) -> Iterator[tuple[str, bytes, float]]:
    """Give path, content and time of each report, the modules' at the top first.

    Looks at the top, and in every folder that holds a manifest; never through a link.
    """
    checkout = gathering.checkout
    modules = dict.fromkeys(("", *(manifest.folder for manifest in gathering.stack.manifests)))
    seen: set[str] = set()
    for folder in list(modules)[:MOST_FOLDERS]:
        for glob in globs:
            gathering.cancel.check()
            for found in sorted(iglob(glob, root_dir=os.path.join(checkout.root, folder))):  # noqa: PTH118, PTH207 (relative names are wanted)
                path = "/".join(filter(None, (folder, found.replace(os.sep, "/"))))
                if path in seen or len(seen) >= MOST_REPORTS:
                    continue
                seen.add(path)
                data = checkout.read(path, LARGEST, keep=False)
                if data is not None:
                    yield path, data, (checkout.root / path).stat().st_mtime
