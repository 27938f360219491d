"""Statements whose effects were measured on real servers, to compare with what is told of them.

python -m tests.core.migrations.effects.truths       measures them all anew
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import yaml

from be_tui.core.databases import StatementError, open_sandbox
from be_tui.core.migrations.effects import effects_of
from be_tui.core.migrations.model import BLOCKS_WRITES
from be_tui.core.migrations.replay import Watch
from be_tui.core.schema.state import SchemaState, open_state
from be_tui.core.sqltext import Statement, Target, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.databases import PostgresSandbox
    from be_tui.core.migrations.model import Effects
    from be_tui.core.migrations.replay import Observation

FOLDER = Path(__file__).parent / "truth"
MAJORS = (16, 18)
HELD_OUT = ("held-out", "second")
"""The chapters that were written when the rules were done, and first told of without a look."""

Label = Literal["fails", "breaks", "blocks", "harmless"]


@dataclass(frozen=True, slots=True)
class Case:
    """A statement, run on the schema beside it."""

    sql: str
    chapter: str
    since: int = 0
    """The first major that has it."""

    inside: bool = False
    """Whether a transaction is open, though it could run without."""

    breaks: bool = False
    """Whether code that was written for the schema before fails, or data is gone: said by hand."""

    @property
    def key(self) -> str:
        """Give what it is kept by."""
        return f"{self.sql} (in a transaction)" if self.inside else self.sql


@dataclass(frozen=True, slots=True)
class Seen:
    """What a server did."""

    locks: tuple[tuple[str, str], ...] = ()
    work: tuple[tuple[str, str], ...] = ()
    failure: str = ""
    """`always`, `in transaction` or `on data`; empty where it ran."""

    message: str = ""
    outside: bool = False
    """Whether it ran outside of any transaction."""

    @property
    def blocks(self) -> bool:
        """Tell whether somebody waits for as long as its work takes."""
        held = [name for name, mode in self.locks if mode in BLOCKS_WRITES and not _is_index(name)]
        return bool(self.work and held)


def cases(chapter: str = "") -> tuple[Case, ...]:
    """Give the statements, or those of one chapter."""
    return tuple(each for each in _cases() if not chapter or each.chapter == chapter)


@cache
def _cases() -> tuple[Case, ...]:
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        for each in yaml.safe_load(path.read_text(encoding="utf-8"))["statements"]:
            said = each if isinstance(each, dict) else {"sql": each}
            found.append(Case(chapter=path.stem, **said))
    return tuple(found)


@cache
def titles() -> tuple[tuple[str, str], ...]:
    """Give the chapters with their titles."""
    return tuple(
        (path.stem, yaml.safe_load(path.read_text(encoding="utf-8"))["title"])
        for path in sorted(FOLDER.glob("*.yaml"))
    )


@cache
def begun(major: int) -> tuple[SchemaState, Target]:
    """Give the schema that all of them are run on."""
    target = Target("postgresql", (major,))
    state = open_state(target)
    for statement in split((FOLDER / "schema.sql").read_text(encoding="utf-8"), "postgresql"):
        unread = state.apply(statement)
        assert unread is None, unread
    state.mark()
    return state, target


@cache
def predicted(case: Case, major: int, *, outside: bool = False) -> Effects:
    """Give what is told of a statement."""
    state, target = begun(major)
    return effects_of(Statement(case.sql, 0, 1, 1), state, target, not outside, whole=True)


# What was measured.


@cache
def measured(major: int) -> dict[str, Seen]:
    """Give what was seen of each, as it is kept in a file."""
    kept = json.loads(_file(major).read_text(encoding="utf-8"))
    return {key: _read(each) for key, each in kept.items()}


def _file(major: int) -> Path:
    return FOLDER / f"measured-{major}.json"


def _read(kept: dict[str, Any]) -> Seen:
    return Seen(
        locks=tuple((name, mode) for name, mode in kept.get("locks", {}).items()),
        work=tuple((kind, name) for kind, name in kept.get("work", [])),
        failure=kept.get("failure", ""),
        message=kept.get("message", ""),
        outside=kept.get("outside", False),
    )


def _written(seen: Seen) -> dict[str, Any]:
    kept = {
        "locks": dict(seen.locks),
        "work": [list(each) for each in seen.work],
        "failure": seen.failure,
        "message": seen.message,
        "outside": seen.outside,
    }
    return {key: value for key, value in kept.items() if value}


def filled(sandbox: PostgresSandbox) -> None:
    """Make the schema, and its rows."""
    with sandbox.session() as session:
        for name in ("schema.sql", "rows.sql"):
            session.run((FOLDER / name).read_text(encoding="utf-8"))
        session.run("ANALYZE")


def measure(major: int, chosen: Iterable[Case]) -> Iterator[tuple[Case, Seen]]:
    """Run statements on a server, and tell what it did; nothing stays of any."""
    with open_sandbox(f"postgresql:{major}") as sandbox:
        filled(sandbox)  # type: ignore[arg-type]
        alone = []
        session = sandbox.session()
        watch = Watch(sandbox, session)  # type: ignore[arg-type]
        for case in chosen:
            seen = watch.see(case.sql, inside_transaction=True, undo=True)
            if seen.code == "25001" and not case.inside:
                alone.append(case)
            else:
                yield case, _seen(seen)
        for case in alone:
            with sandbox.twin() as twin, twin.session() as own:  # type: ignore[attr-defined]
                yield case, _seen(Watch(twin, own).see(case.sql))


def _seen(seen: Observation) -> Seen:
    effects = seen.effects
    failure = effects.failures[0] if effects.failures else None
    kind = failure.kind if failure else ""
    if seen.code.startswith("22") and ("enum label" in seen.message or "parameter" in seen.message):
        # Of the class of data, but about what the statement itself says.
        kind = "always"
    return Seen(
        locks=tuple(sorted((each.relation, each.mode) for each in effects.locks)),
        work=tuple(sorted((each.kind, each.relation) for each in effects.work)),
        failure=kind,
        message=seen.message,
        outside=seen.outside,
    )


# Both compared.


def _is_index(name: str) -> bool:
    return begun(MAJORS[0])[0].index(name) is not None


def differences(told: Effects, seen: Seen) -> list[str]:
    """Say in which points what is told is not what was seen."""
    kinds = {each.kind for each in told.failures}
    fails = "always" in kinds or ("in transaction" in kinds and not seen.outside)
    if seen.failure:
        expected = fails or (seen.failure == "on data" and "on data" in kinds)
        return [] if expected else [f"fails {seen.failure}: {seen.message}"]
    if fails:
        return [f"does not fail: {told.failures[0].message}"]
    found = []
    locks = {(each.relation, each.mode) for each in told.locks}
    # Outside of a transaction locks are read while they come and go: those on indexes too late.
    quick = {name for name, _ in (*locks, *seen.locks) if seen.outside and _is_index(name)}
    missing = sorted(set(seen.locks) - locks)
    found += [f"lock missing: {each}" for each in missing if each[0] not in quick]
    more = sorted(locks - set(seen.locks))
    found += [f"lock told: {each}" for each in more if each[0] not in quick]
    work = {(each.kind, each.relation) for each in told.work}
    found += [f"work missing: {each}" for each in sorted(set(seen.work) - work)]
    found += [f"work told: {each}" for each in sorted(work - set(seen.work))]
    return found


def label(case: Case, seen: Seen) -> Label:
    """Give the worst that can be said of a statement."""
    if seen.failure:
        return "fails"
    if case.breaks:
        return "breaks"
    return "blocks" if seen.blocks else "harmless"


def told_label(told: Effects, seen: Seen) -> frozenset[Label]:
    """Give all that is told of a statement's harm."""
    kinds = {each.kind for each in told.failures}
    found: set[Label] = set()
    if kinds & {"always", "on data"} or ("in transaction" in kinds and not seen.outside):
        found.add("fails")
    if told.breaks:
        found.add("breaks")
    if told.blocks:
        found.add("blocks")
    return frozenset(found or {"harmless"})


def probes_hold(session: Any, told: Effects) -> bool | None:  # noqa: ANN401 (a session)
    """Ask the probes of what is told: whether rows are in the way; None without any."""
    asked = [each.probe for each in told.failures if each.kind == "on data" and each.probe]
    if not asked:
        return None
    for each in asked:
        try:
            if session.run(each).count:
                return True
        except StatementError:
            return True
    return False


def main() -> None:
    """Measure all statements anew, and keep what was seen."""
    for major in MAJORS:
        chosen = [each for each in cases() if each.since <= major]
        seen = {case.key: _written(found) for case, found in measure(major, chosen)}
        lines = [
            f"{json.dumps(case.key, ensure_ascii=False)}: "
            f"{json.dumps(seen[case.key], ensure_ascii=False)}"
            for case in chosen
        ]
        _file(major).write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
