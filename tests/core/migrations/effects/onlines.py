"""How MariaDB was measured to alter tables: the cheapest algorithm and lock that it takes.

python -m tests.core.migrations.effects.onlines      measures them all anew
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.databases import Bounds, open_sandbox
from be_tui.core.migrations.effects import effects_of
from be_tui.core.migrations.replay.online import OnlineWatch
from be_tui.core.schema.state import open_state
from be_tui.core.sqltext import Statement, Target, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.databases import Sandbox, Session
    from be_tui.core.migrations.model import Effects
    from be_tui.core.schema import SchemaState

FOLDER = Path(__file__).parent / "online"
MEASURED_ON = (10, 11)
_MEASURED = FOLDER / "measured.json"
UNCHECKED = "SET foreign_key_checks = 0; "
"""What a statement begins with here that is run without foreign keys being checked."""

FAILS = "fails"

_TABLE = re.compile(r"^CREATE TABLE (\w+)", re.M)


@cache
def statements() -> tuple[str, ...]:
    """Give the statements."""
    return tuple((FOLDER / "statements.txt").read_text(encoding="utf-8").splitlines())


@cache
def measured() -> dict[str, str]:
    """Give what was seen of each: `INSTANT NONE`, or that it fails."""
    found: dict[str, str] = json.loads(_MEASURED.read_text(encoding="utf-8"))
    return found


def begun(engine: str = "mariadb", version: tuple[int, ...] = MEASURED_ON) -> SchemaState:
    """Give the schema that all of them are run on."""
    state = open_state(Target(engine, version))  # type: ignore[arg-type]
    for statement in split(_schema(), "mariadb"):
        if statement.text.startswith("CREATE"):
            assert state.apply(statement) is None
    state.mark()
    return state


@cache
def _schema() -> str:
    return (FOLDER / "schema.sql").read_text(encoding="utf-8")


def predicted(text: str, state: SchemaState) -> Effects:
    """Give what is told of a statement."""
    checks = not text.startswith(UNCHECKED)
    bare = Statement(text.removeprefix(UNCHECKED), 0, 1, 1)
    return effects_of(
        bare,
        state,
        state.target,
        inside_transaction=False,
        whole=True,
        foreign_key_checks=checks,
    )


def shown(effects: Effects) -> str:
    """Give what is told as it is measured."""
    if any(each.kind == "always" for each in effects.failures):
        return FAILS
    return " ".join(f"{each.algorithm} {each.lock}" for each in effects.online)


def measure(sandbox: Sandbox, chosen: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Run statements on a server, each on tables made anew."""
    with sandbox.session() as session:
        _make(session, _TABLE.findall(_schema()))
        for text in chosen:
            if text.startswith(UNCHECKED):
                session.run("SET foreign_key_checks = 0")
            seen = OnlineWatch(session, "mariadb", Bounds()).see(text.removeprefix(UNCHECKED))
            yield text, FAILS if seen.failed else shown(seen.effects)
            _make(session, [name for name in _TABLE.findall(_schema()) if f" {name} " in text])


def _make(session: Session, tables: list[str]) -> None:
    """Make tables as they were."""
    session.run("SET foreign_key_checks = 0")
    for name in (*tables, "other"):
        session.run(f"DROP TABLE IF EXISTS {name}")
    for statement in split(_schema(), "mariadb"):
        if statement.text.split(None, 3)[2] in tables:
            session.run(statement.text)
    session.run("SET foreign_key_checks = 1")


def main() -> None:
    """Measure all statements anew, and keep what was seen."""
    from tests.mariadb import running_mariadb

    with running_mariadb() as url, open_sandbox(url) as sandbox:
        found = dict(measure(sandbox, statements()))
    lines = [f"{json.dumps(each)}: {json.dumps(way)}" for each, way in found.items()]
    _MEASURED.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
