"""JavaScript and TypeScript: package.json."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from be_tui.core.project.manifests.model import ManifestTrouble
from be_tui.core.project.manifests.python import table, text

if TYPE_CHECKING:
    from be_tui.core.project.manifests.model import Draft


def package_json(draft: Draft) -> None:
    """Read a package.json."""
    data = read_json(draft.text)
    draft.name = text(data.get("name"))
    for section in ("dependencies", "optionalDependencies", "devDependencies"):
        for name, spec in table(data, section).items():
            line = _line(draft.text, section, name)
            draft.add(name, spec, line, for_tests=section == "devDependencies")


def read_json(content: str) -> dict[str, object]:
    """Give the object that a JSON file holds.

    Raises:
        ManifestTrouble: It is not JSON, or no object.
    """
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ManifestTrouble(f"it is not JSON ({error})") from error
    if not isinstance(data, dict):
        raise ManifestTrouble("it is JSON, but no object")
    return data


def _line(content: str, section: str, name: str) -> int:
    start = content.find(f'"{section}"')
    found = content.find(f"{json.dumps(name)}", max(start, 0))
    return content.count("\n", 0, found) + 1 if found >= 0 else 0
