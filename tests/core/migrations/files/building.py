"""Folders of migrations for tests, and what was read of them in few words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.migrations.files import read_migrations
from be_tui.core.sqltext import Target, read_sql

if TYPE_CHECKING:
    from be_tui.core.migrations.files import History
    from be_tui.core.migrations.model import FormatName, Migration, Script
    from be_tui.core.sqltext import Engine


def laid(root: Path, files: dict[str, str | bytes]) -> Path:
    """Write files below a folder, and give it."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def layout(name: str, root: Path) -> Path:
    """Lay one of the larger histories that stand beside the tests, and give its folder."""
    source = Path(__file__).parent / "layouts" / name
    return laid(
        root, {each.name.removesuffix(".txt"): each.read_text("utf-8") for each in source.iterdir()}
    )


def read(
    root: Path,
    files: dict[str, str | bytes],
    form: FormatName | None = None,
    engine: Engine = "postgresql",
) -> History:
    """Write files below a folder, and read it."""
    return read_migrations([laid(root, files)], form, Target(engine))


def sql(script: Script | None) -> list[str]:
    """Give a script's statements."""
    return [] if script is None else [each.statement.text for each in script.statements]


def squeezed(script: Script | None) -> list[str]:
    """Give a script's statements, each on one line."""
    return [" ".join(text.split()).replace("( ", "(").replace(" )", ")") for text in sql(script)]


def unread(script: Script) -> list[str]:
    """Give why parts of a script could not be told."""
    return [each.message for each in script.unread]


def told(history: History) -> list[str]:
    """Give the findings as `rule file:line`."""
    return [
        f"{each.rule} {each.place.path.rpartition('/')[2]}:{each.place.line}"
        for each in history.findings
    ]


def only(history: History) -> Migration:
    """Give the one migration of a history."""
    (migration,) = history.migrations
    return migration


def exact(history: History) -> None:
    """Hold that each statement that is said to stand in its file letter by letter does so."""
    for migration in history.migrations:
        for script in filter(None, (migration.up, migration.down)):
            _exact(script)


def _exact(script: Script) -> None:
    assert Path(script.path).is_file()
    text = read_sql(script.path)
    for each in script.statements:
        found = each.statement
        if each.exact:
            assert text[found.start : found.start + len(found.text)] == found.text
        assert text.count("\n", 0, found.start) + 1 == found.line
        assert found.start - text.rfind("\n", 0, found.start) == found.column
