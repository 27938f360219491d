"""A replay for programs, as evidence, as Markdown, and as findings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.evidence import Evidence, Fact, Measure
from be_tui.core.findings import Finding, Place
from be_tui.core.migrations.replay.running import UNREACHED
from be_tui.core.migrations.replay.words import (
    again_words,
    all_rows_words,
    back_words,
    effective,
    effects_words,
    formed_words,
    headline,
    lost,
    seconds,
    short,
    shown,
    waits_words,
    wants_extension,
    why_failed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from be_tui.core.files import FileSet
    from be_tui.core.findings import Severity
    from be_tui.core.jsonform import Json
    from be_tui.core.migrations.model import Effects
    from be_tui.core.migrations.replay.beside import Beside
    from be_tui.core.migrations.replay.model import Proof, Replay, Run, Step

PROBE = "replay"


def replay_json(replay: Replay) -> dict[str, Json]:
    """Give a replay in its JSON form."""
    return {
        "engine": replay.engine,
        "version": replay.version,
        "where": replay.where,
        "headline": headline(replay),
        "rows": dict(replay.filled),
        "seconds": round(replay.seconds, 3),
        "migrations": [_proof_json(proof) for proof in replay.proofs],
        "beside": [_beside_json(each) for each in replay.beside],
        "untried": [each.path for each in replay.untried],
        "notes": list(replay.notes),
    }


def _beside_json(beside: Beside) -> dict[str, Json]:
    forms = {"written": beside.written, "safe": beside.safe}
    return {
        "path": beside.migration.path,
        "line": beside.step.statement.statement.line,
        "rule": beside.rule,
        **{
            name: {
                "failed": formed.failed,
                "seconds": round(formed.seconds, 6),
                "longest_wait": round(formed.longest_wait, 6),
                "runs": [_run_json(run) for run in formed.runs],
                "difference": list(formed.against.lines()) if formed.against else [],
            }
            for name, formed in forms.items()
        },
    }


def _proof_json(proof: Proof) -> dict[str, Json]:
    return {
        "path": proof.migration.path,
        "version": proof.migration.version,
        "title": proof.migration.title,
        "reached": proof.reached,
        "reversible": proof.reversible,
        "back": back_words(proof),
        "up": _run_json(proof.up),
        "down": _run_json(proof.down) if proof.down else None,
        "again": _run_json(proof.again) if proof.again else None,
        "difference_back": list(proof.back.lines()) if proof.back else [],
        "difference_again": list(proof.anew.lines()) if proof.anew else [],
        "left_behind": list(proof.left.lines()) if proof.left else [],
        "breaks": list(proof.breaks),
        "tables": [
            {
                "table": kept.table,
                "before": kept.before,
                "after": kept.after,
                "back": kept.back,
                "changed": list(kept.changed),
                "not_back": list(kept.not_back),
            }
            for kept in proof.rows
        ],
        "on_empty_tables": _proof_json(proof.bare) if proof.bare else None,
    }


def _run_json(run: Run) -> dict[str, Json]:
    return {
        "path": run.script.path,
        "wrapping": run.script.wrapping,
        "failed": run.failed,
        "why": why_failed(run),
        "seconds": round(run.seconds, 6),
        "statements": [_step_json(step) for step in run.steps],
        "waits": [
            {
                "relation": wait.relation,
                "kind": wait.kind,
                "seconds": round(wait.seconds, 6),
                "statement": wait.statement + 1,
            }
            for wait in run.waits
        ],
    }


def _step_json(step: Step) -> dict[str, Json]:
    seen = step.seen
    return {
        "line": step.statement.statement.line,
        "sql": step.statement.statement.text,
        "not_run": step.unrun or None,
        "seconds": round(seen.seconds, 6) if seen else None,
        "error": {"message": seen.message, "code": seen.code} if seen and seen.failed else None,
        "seen": effects_json(seen.effects) if seen else None,
        "said": list(seen.said) if seen else [],
        "predicted": effects_json(step.predicted) if step.predicted else None,
        "contradictions": list(step.contradictions),
    }


def effects_json(effects: Effects) -> dict[str, Json]:
    """Give effects in their JSON form."""
    return {
        "locks": [
            {"relation": each.relation, "mode": each.mode, "kind": each.kind}
            for each in effects.locks
        ],
        "work": [
            {"kind": each.kind, "relation": each.relation, "because": each.because}
            for each in effects.work
        ],
        "online": [
            {"table": each.table, "algorithm": each.algorithm, "lock": each.lock}
            for each in effects.online
        ],
        "failures": [
            {"kind": each.kind, "message": each.message, "probe": each.probe}
            for each in effects.failures
        ],
        "known": effects.known,
        "why_unknown": effects.why_unknown,
    }


def evidence(replay: Replay, command: str = "", taken: str = "") -> Evidence:
    """Give a replay as evidence.

    Args:
        replay: What was seen.
        command: What shows the same; without credentials.
        taken: When, as ISO 8601.
    """
    proofs = [effective(proof) for proof in replay.proofs]
    waits = [wait.seconds for proof in proofs for wait in proof.up.waits]
    failed = sum(not proof.reached for proof in replay.proofs)
    back = sum(proof.reversible is True for proof in proofs)
    against = sum(len(step.contradictions) for run in replay.runs for step in run.steps)
    measures = [
        Measure(f"{PROBE}.migrations", float(len(proofs))),
        Measure(f"{PROBE}.failed", float(failed)),
        Measure(f"{PROBE}.reversible", float(back)),
        Measure(f"{PROBE}.longest_wait", round(max(waits, default=0.0) * 1000, 3), "ms"),
        Measure(f"{PROBE}.contradictions", float(against)),
    ]
    return Evidence(
        probe=PROBE,
        asked="What do these migrations do to a database that is in use?",
        found=headline(replay),
        measures=tuple(measures),
        facts=tuple(_facts(replay)),
        how="measured",
        confidence="high",
        command=command,
        seconds=replay.seconds,
        taken=taken,
    )


def _facts(replay: Replay) -> Iterator[Fact]:
    for proof in map(effective, replay.proofs):
        for step in proof.up.steps:
            if step.seen:
                said = step.seen.message or "; ".join(effects_words(step.seen.effects))
                line = step.statement.statement.line
                yield Fact(f"{short(step)}: {said or 'no lock'}", proof.up.script.path, line)
        for words in (*waits_words(proof.up), back_words(proof)):
            yield Fact(words, proof.migration.path)


def findings(replay: Replay) -> tuple[Finding, ...]:
    """Give what is wrong with the migrations, as it was seen."""
    return tuple(found for proof in replay.proofs for found in _findings(replay, proof))


def _findings(replay: Replay, proof: Proof) -> Iterator[Finding]:
    if proof.up.failed:
        why = wants_extension(replay, proof.up)
        if why:
            found = _failed("proof-not-run", "warning", proof.up)
            yield replace(found, message=f"{found.message}, {why}")
        elif proof.up.on_data:
            yield _failed("proof-on-data", "warning", proof.up)
        else:
            yield _failed("proof-fails", "error", proof.up)
    if proof.bare:
        yield from _findings(replay, proof.bare)
        return
    for run in (proof.up, proof.down):
        yield from _of_steps(run) if run else ()
    if proof.up.failed:
        return
    path = proof.up.script.path
    for each in lost(proof):
        yield Finding("proof-loses-data", "warning", Place(path), f"values are lost: {each}")
    waited = [wait for wait in proof.up.waits if wait.seconds and _grows(proof.up, wait.relation)]
    for wait in waited:
        line = proof.up.steps[wait.statement].statement.statement.line
        message = f"{wait.kind} of {wait.relation} waited {seconds(wait.seconds)} for work on rows"
        yield Finding("proof-blocks", "warning", Place(path, line), message)
    yield from _of_back(proof)


def _grows(run: Run, relation: str) -> bool:
    """Tell whether a table is locked while work is done that grows with its rows."""
    effects = [step.seen.effects for step in run.steps if step.seen]
    if any(
        online.table == relation and online.lock != "NONE" for e in effects for online in e.online
    ):
        return True
    held = any(
        lock.relation == relation and lock.blocks_writes for each in effects for lock in each.locks
    )
    return held and any(each.work for each in effects)


def _of_steps(run: Run) -> Iterator[Finding]:
    for unread in run.script.unread:
        place = Place(run.script.path, unread.statement.line)
        yield Finding("proof-not-run", "warning", place, f"was not run: {unread.message}")
    for step in run.steps:
        place = Place(run.script.path, step.statement.statement.line)
        if step.unrun and step.unrun != UNREACHED:
            yield Finding("proof-not-run", "info", place, f"was not run: {step.unrun}")
        for each in step.contradictions:
            yield Finding("proof-contradicts", "info", place, f"{short(step)}: {each}")


def _of_back(proof: Proof) -> Iterator[Finding]:
    down = proof.down
    if down is None:
        path = proof.migration.path
        yield Finding("proof-no-way-back", "info", Place(path), "there is no way back")
        return
    if down.failed:
        yield _failed("proof-not-back", "error", down)
        return
    if proof.back is not None:
        first = proof.back.lines()[0]
        message = f"the way back does not lead back: {first}"
        yield Finding("proof-not-back", "warning", Place(down.script.path), message)
    again = again_words(proof)
    if again:
        yield Finding("proof-not-back", "error", Place(proof.up.script.path), again)


def _failed(rule: str, severity: Severity, run: Run) -> Finding:
    step = run.failing
    line = step.statement.statement.line if step else 0
    return Finding(rule, severity, Place(run.script.path, line), why_failed(run))


def markdown(replay: Replay, title: str, today: date, command: str = "") -> str:
    """Write a replay as Markdown.

    Args:
        replay: What was seen.
        title: Its heading.
        today: The day to put on it.
        command: What shows the same.
    """
    return "\n".join(_markdown(replay, title, today, command)) + "\n"


def _markdown(replay: Replay, title: str, today: date, command: str) -> Iterator[str]:
    from be_tui.core.migrations.replay.pages import about

    yield from (f"# {title}", "", f"Tried on {today}: {headline(replay)}.", "", about(replay))
    for proof in replay.proofs:
        yield from ("", f"## {shown(proof.migration)}")
        yield from _proof_lines(proof)
        if proof.bare:
            yield from ("", "Generated rows were in its way. On empty tables:")
            yield from _proof_lines(proof.bare)
    if replay.beside:
        yield from ("", "## Beside them, their safe forms", "")
        yield from ("| statement | as written | safe form |", "|---|---|---|")
    for each in replay.beside:
        cells = (f"`{short(each.step)}`", formed_words(each.written), formed_words(each.safe))
        yield f"| {' | '.join(map(_cell, cells))} |"
    if replay.notes:
        yield from ("", "## Good to know", "", *(f"- {each}" for each in replay.notes))
    if command:
        yield from ("", "Try it again:", "", "```sh", command, "```")


def _proof_lines(proof: Proof) -> Iterator[str]:
    yield from ("", "| # | statement | time | locks and work | as told |", "|---|---|---|---|---|")
    for number, step in enumerate(proof.up.steps, 1):
        yield f"| {number} | {' | '.join(_cells(step))} |"
    told = [*waits_words(proof.up), *proof.breaks, *all_rows_words(proof.rows)]
    if not proof.up.failed:
        told.append(back_words(proof))
    told += [again_words(proof)] if again_words(proof) else []
    for difference in (proof.left, proof.back, proof.anew):
        told += [f"`{line.strip()}`" for line in difference.lines()] if difference else []
    yield from ("", *(f"- {each}" for each in told))


def _cells(step: Step) -> Iterator[str]:
    yield f"`{_cell(short(step))}`"
    seen = step.seen
    yield seconds(seen.seconds) if seen and not seen.failed else ""
    said = step.unrun or (seen.message if seen else "")
    yield _cell(said or "; ".join(effects_words(seen.effects) if seen else ()) or "none")
    known = step.predicted is not None and step.predicted.known
    yield _cell("; ".join(step.contradictions) or ("yes" if known and seen else ""))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def record(
    replay: Replay, title: str, root: Path, folder: Path, today: date, command: str = ""
) -> FileSet:
    """Give a replay as a record to be, numbered after those that stand in the folder.

    Args:
        replay: What was seen.
        title: What it is about.
        root: The project's root.
        folder: Where records stand.
        today: The day to put on it.
        command: What shows the same; without credentials.

    Raises:
        InputError: The folder cannot be read.
    """
    from be_tui.core.decisions.recording import filed

    return filed(root, folder, title, markdown(replay, title, today, command), "measured")
