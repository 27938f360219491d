"""The README's picture, taken of the session itself: `python -m docs.picture > docs/decide.svg`."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from pathlib import Path

SIZE = (120, 32)
ANSWERS = ("u",)
"""Keys that lead to the question of the picture."""


_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
"""Fonts from elsewhere: the picture is drawn in the reader's own."""


async def picture() -> str:
    """Give the SVG of a question about the example service, with what was measured beside it."""
    from be_tui.core.roots import project_root
    from be_tui.tui.app import BeTuiApp, Opening

    project = Path(project_root("example:shop-api"))
    app = BeTuiApp(Opening(project))
    async with app.run_test(size=SIZE) as pilot:
        await app.workers.wait_for_complete()
        await app.open("decide", "refactor")
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("enter", *ANSWERS)
        await pilot.pause(1)
        drawn = app.export_screenshot(title="be-tui")
    return _FONTS.sub("", drawn)


def main() -> None:
    """Print the SVG, taken in folders of its own."""
    with tempfile.TemporaryDirectory() as home:
        for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            os.environ[name] = str(Path(home) / name.lower())
        os.environ.pop("NO_COLOR", None)
        sys.stdout.write(asyncio.run(picture()))


if __name__ == "__main__":
    main()
