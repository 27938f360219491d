"""New migrations for tests, and the files that were written of them as one text."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.files import compare, export
from be_tui.core.migrations.files import (
    NewMigration,
    NewStatement,
    NewStep,
    PhaseScript,
    write,
)
from be_tui.core.sqltext import Target

if TYPE_CHECKING:
    from be_tui.core.files import FileSet
    from be_tui.core.migrations.model import FormatName

AT = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)
AUTHOR = "Ada Lovelace <ada@example.org>"
GOLDEN = Path(__file__).parent / "golden"

FUNCTION = "CREATE FUNCTION one() RETURNS int AS $$\nBEGIN\n  RETURN 1;\nEND $$ LANGUAGE plpgsql"


def step(up: str, down: str | None = None, lost: str = "", *, outside: bool = False) -> NewStep:
    """Give a step of one statement each way."""
    back = None if down is None else (NewStatement(down, outside),)
    return NewStep((NewStatement(up, outside),), back, lost)


def plan(*, outside: bool = True) -> NewMigration:
    """Give a migration in two phases, with all that writers have to tell apart."""
    index = "CREATE INDEX CONCURRENTLY users_email ON users (email)"
    steps = [
        NewStep(
            (NewStatement("ALTER TABLE users ADD COLUMN email text", comment="room for it"),),
            (NewStatement("ALTER TABLE users DROP COLUMN email"),),
            "the addresses",
        ),
        step(index, "DROP INDEX CONCURRENTLY users_email", outside=True),
        step(FUNCTION, "DROP FUNCTION one()"),
    ]
    expand = PhaseScript("expand", tuple(steps if outside else (steps[0], steps[2])))
    contract = PhaseScript(
        "contract",
        (step("ALTER TABLE users DROP COLUMN mail", None, "the data of users.mail is gone"),),
        "No running program may read users.mail.",
    )
    return NewMigration("Move e-mail to a column", (expand, contract), Target("postgresql"))


def put(new: NewMigration, form: FormatName, root: Path) -> FileSet:
    """Write a migration into a folder, lists of others included."""
    files = write(new, form, root, AT, AUTHOR)
    changes = compare(files, root)
    export(changes, root, overwrite=[each.path for each in changes if each.status == "changed"])
    return files


def shown(files: FileSet) -> str:
    """Give files as one text."""
    return "".join(f"==== {file.path}\n{file.text}" for file in files)


def plan_for(form: FormatName) -> NewMigration:
    """Give the plan, without what a format cannot run."""
    return plan(outside=form != "drizzle")


def both(form: FormatName, root: Path) -> str:
    """Write the plan into an empty folder, then again after what stands there by then."""
    root.mkdir(parents=True, exist_ok=True)
    first = shown(put(plan_for(form), form, root))
    second = shown(put(plan_for(form), form, root))
    return f"{first}\n######## and after that\n{second}"


if __name__ == "__main__":
    import tempfile

    from be_tui.core.migrations.model import FORMATS

    for each in FORMATS:
        with tempfile.TemporaryDirectory() as folder:
            text = both(each, Path(folder) / "shop" / "migrations")
        GOLDEN.mkdir(exist_ok=True)
        (GOLDEN / f"{each}.txt").write_text(text, "utf-8")
