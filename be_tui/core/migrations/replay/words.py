"""What was seen, in words: one set for the page, Markdown, findings and evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.databases import Engine
    from be_tui.core.migrations.model import Effects, Migration, RelationLock
    from be_tui.core.migrations.replay.forms import Formed
    from be_tui.core.migrations.replay.model import Kept, Proof, Replay, Run, Step

ENGINES: dict[Engine, str] = {
    "postgresql": "PostgreSQL",
    "mysql": "MySQL",
    "mariadb": "MariaDB",
    "sqlite": "SQLite",
}

_TEN_THOUSANDTH = 0.0001
_UNKNOWN = ("42704", "42883")
"""What PostgreSQL calls a type, an operator class or a function that it does not know."""

_WORDS = 72
_MANY_TABLES = 6
"""Tables of which each is named."""


def seconds(value: float) -> str:
    """Give a time: `0.3 ms`, `24 ms`, `3.2 s`."""
    if value >= 1:
        return f"{value:.1f} s"
    if value * 1000 >= 10:  # noqa: PLR2004 (tens of milliseconds need no tenths)
        return f"{value * 1000:.0f} ms"
    return f"{max(value, _TEN_THOUSANDTH) * 1000:.1f} ms"


def shown(migration: Migration) -> str:
    """Give what a migration is called."""
    words = f"{migration.version} {migration.title}".strip()
    return words or migration.path


def short(step: Step) -> str:
    """Give the first words of a statement, on one line."""
    text = " ".join(step.statement.statement.text.split())
    return text if len(text) <= _WORDS else f"{text[: _WORDS - 1]}…"


def lock_words(lock: RelationLock) -> str:
    """Give a lock, and who waits for it: `users ACCESS EXCLUSIVE: reads and writes wait`."""
    who = ""
    if lock.blocks_reads:
        who = ": reads and writes wait"
    elif lock.blocks_writes:
        who = ": writes wait"
    kind = "" if lock.kind == "table" else f"{lock.kind} "
    return f"{kind}{lock.relation} {lock.mode}{who}"


def effects_words(effects: Effects) -> Iterator[str]:
    """Give the locks and the work of a statement, one after the other."""
    yield from map(lock_words, effects.locks)
    for work in effects.work:
        because = f" ({work.because})" if work.because else ""
        yield f"{work.kind} of {work.relation}{because}"
    for online in effects.online:
        who = {"NONE": "nobody waits", "SHARED": "writes wait", "EXCLUSIVE": "all wait"}
        yield f"{online.table} {online.algorithm}: {who[online.lock]}"


def why_failed(run: Run) -> str:
    """Give why a run did not come to its end; nothing where it did."""
    step = run.failing
    if step is None or step.seen is None:
        return run.ended_by
    return step.seen.message


def wants_extension(replay: Replay, run: Run) -> str:
    """Say that a run may fail for want of an extension only; nothing where it does not."""
    step = run.failing
    if not replay.lacking or step is None or step.seen is None or step.seen.code not in _UNKNOWN:
        return ""
    return f"perhaps for want of {', '.join(replay.lacking)} only, which the server does not have"


def waits_words(run: Run) -> tuple[str, ...]:
    """Give what others waited, the longest first; those who did not are left out."""
    found = sorted((wait for wait in run.waits if wait.seconds), key=lambda wait: -wait.seconds)
    return tuple(
        f"{wait.kind} of {wait.relation} waited {seconds(wait.seconds)}"
        f" from statement {wait.statement + 1} on"
        for wait in found
    )


def back_words(proof: Proof) -> str:
    """Say in a line what became of the way back."""
    if proof.up.failed:
        return "the way back was not tried"
    if proof.down is None:
        return "there is no way back"
    if proof.down.failed:
        return f"the way back fails: {why_failed(proof.down)}"
    if proof.back is not None:
        return "the way back does not lead back"
    lost = [f"{each.table}.{name}" for each in proof.rows for name in each.not_back]
    if lost:
        return f"the way back restores the structure, not the values of {', '.join(lost)}"
    return "the way back leads back"


def again_words(proof: Proof) -> str:
    """Say what became of the second way there; nothing where it was as the first."""
    if proof.again is None:
        return ""
    if proof.again.failed:
        return f"the second way there fails: {why_failed(proof.again)}"
    return "the second way there leads elsewhere" if proof.anew else ""


def rows_words(kept: Kept) -> str:
    """Say what became of a table's rows."""
    after = "the table is gone" if kept.after is None else f"{kept.after:,} after"
    words = f"{kept.table}: {kept.before:,} rows, {after}"
    if kept.changed:
        words += f"; other or no values in {', '.join(kept.changed)}"
    if kept.not_back:
        words += f"; not brought back: {', '.join(kept.not_back)}"
    return words


def formed_words(formed: Formed) -> str:
    """Say what came of one way to do it."""
    if formed.failed:
        return f"fails: {next(why_failed(run) for run in formed.runs if run.failed)}"
    waited = f"others waited {seconds(formed.longest_wait)}" if formed.longest_wait else ""
    return f"{seconds(formed.seconds)}, {waited or 'nobody waited'}"


def filled_words(filled: tuple[tuple[str, int], ...]) -> str:
    """Say how many rows tables have: each by its name, or many of the same size at once."""
    sizes: dict[int, list[str]] = {}
    for name, rows in filled:
        sizes.setdefault(rows, []).append(name)
    told = []
    for rows, names in sizes.items():
        if len(names) > _MANY_TABLES:
            told.append(f"{len(names):,} tables {rows:,} each")
        else:
            told += [f"{name} {rows:,}" for name in names]
    return ", ".join(told)


def all_rows_words(rows: tuple[Kept, ...]) -> tuple[str, ...]:
    """Say what became of all rows: those of many tables that kept theirs at once."""
    if len(rows) <= _MANY_TABLES:
        return tuple(map(rows_words, rows))
    told = [each for each in rows if each.changed or each.not_back or each.after != each.before]
    rest = len(rows) - len(told)
    words = [rows_words(each) for each in told]
    other = "other " if words else ""
    return (*words, f"{rest:,} {other}tables kept theirs") if rest else tuple(words)


def lost(proof: Proof) -> tuple[str, ...]:
    """Give the tables and columns whose values a migration takes away."""
    found = []
    for kept in proof.rows:
        if kept.after is None:
            found.append(kept.table)
        elif kept.after < kept.before:
            found.append(f"{kept.before - kept.after:,} rows of {kept.table}")
        found += [f"{kept.table}.{name}" for name in kept.changed if kept.after]
    return tuple(found)


def effective(proof: Proof) -> Proof:
    """Give the proof that says more: that on empty tables, where rows were in the way."""
    return proof.bare or proof


def headline(replay: Replay) -> str:
    """Say in a line what came of it all."""
    for proof in replay.proofs:
        if not proof.reached:
            run = effective(proof).up
            step = run.failing
            where = f" at line {step.statement.statement.line}" if step else ""
            why = wants_extension(replay, run)
            said = f"{why_failed(run)}, {why}" if why else why_failed(run)
            return f"{shown(proof.migration)} fails{where}: {said}"
    proofs = [effective(proof) for proof in replay.proofs]
    words = [_counted(len(proofs))]
    if any(proof.bare for proof in replay.proofs):
        words.append("generated rows were in the way of one")
    waits = [wait for proof in proofs for wait in proof.up.waits if wait.seconds]
    if waits:
        longest = max(waits, key=lambda wait: wait.seconds)
        words.append(f"{longest.kind} of {longest.relation} waited {seconds(longest.seconds)}")
    elif any(proof.up.waits for proof in proofs):
        words.append("nobody waited")
    wrong = [back_words(proof) for proof in proofs if proof.reversible is False]
    there = [proof for proof in proofs if proof.reversible]
    if wrong:
        words.append(wrong[0])
    elif len(there) == len(proofs):
        words.append(back_words(there[-1]) if len(there) == 1 else "each way back leads back")
    return "; ".join(words)


def _counted(number: int) -> str:
    return "it runs" if number == 1 else f"all {number} run"
