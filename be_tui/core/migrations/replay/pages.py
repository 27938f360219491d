"""A replay as a document: what came of it first, then each migration statement by statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.document import Document, Heading, Items, Lines, Paragraph, Span
from be_tui.core.migrations.replay.words import (
    ENGINES,
    again_words,
    all_rows_words,
    back_words,
    effects_words,
    filled_words,
    formed_words,
    headline,
    lock_words,
    lost,
    seconds,
    short,
    shown,
    waits_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.document import Block, Role, Text
    from be_tui.core.migrations.model import RelationLock
    from be_tui.core.migrations.replay.model import Proof, Replay, Run, Step

_DIRECTIONS = {"up": "There", "down": "Back", "again": "There again"}


def replay_page(replay: Replay) -> Document:
    """Give a replay to read."""
    blocks: list[Block] = [
        Heading((Span("Migrations, tried"),), 1, "tried"),
        Paragraph((Span(_sentence(headline(replay)), _role(replay)),)),
        Paragraph((Span(about(replay), "muted"),)),
    ]
    for number, proof in enumerate(replay.proofs, 1):
        blocks.append(Heading((Span(shown(proof.migration)),), 2, f"migration-{number}"))
        blocks += _proof(proof)
        if proof.bare:
            told = "Generated rows were in its way. On empty tables:"
            blocks += [Paragraph((Span(told, "warning"),)), *_proof(proof.bare)]
    blocks += _beside(replay)
    if replay.untried:
        names = ", ".join(map(shown, replay.untried))
        blocks.append(Paragraph((Span(f"Not tried, as they come after: {names}.", "warning"),)))
    if replay.notes:
        blocks.append(Heading((Span("Good to know"),), 2, "notes"))
        blocks.append(_items(replay.notes))
    return Document(tuple(blocks))


def _beside(replay: Replay) -> list[Block]:
    """Give each statement that blocked with its safe form, one below the other."""
    if not replay.beside:
        return []
    blocks: list[Block] = [Heading((Span("Beside them, their safe forms"),), 2, "beside")]
    for each in replay.beside:
        lines: list[Text] = [
            (Span(short(each.step), "code"),),
            (Span(f"    as written: {formed_words(each.written)}", "warning"),),
            (
                Span("    the safe form: ", "text"),
                Span(formed_words(each.safe), "bad" if each.safe.failed else "good"),
            ),
        ]
        for run in each.safe.runs:
            lines += [(Span(f"      {short(step)}", "code"),) for step in run.steps]
        if each.safe.against is not None:
            lines.append((Span("    it leads elsewhere for now:", "muted"),))
            lines += [(Span(f"      {line}", "muted"),) for line in each.safe.against.lines()]
        blocks.append(Lines(tuple(lines)))
    return blocks


def about(replay: Replay) -> str:
    """Say where it was tried, and on what."""
    rows = filled_words(replay.filled)
    made = f"Rows generated: {rows}." if rows else "There were no rows."
    where = f"{ENGINES[replay.engine]} {replay.version}, in a database of its own"
    return f"{where} ({replay.where}). {made}"


def _role(replay: Replay) -> Role:
    if any(not proof.reached for proof in replay.proofs):
        return "bad"
    proofs = [proof.bare or proof for proof in replay.proofs]
    waited = any(wait.seconds for proof in proofs for wait in proof.up.waits)
    doubtful = any(proof.reversible is False or lost(proof) for proof in proofs)
    return "warning" if waited or doubtful else "good"


def _proof(proof: Proof) -> list[Block]:
    blocks = _run(proof.up)
    if proof.left is not None:
        what = "What it leaves behind:" if proof.up.failed else "What the way back leaves behind:"
        blocks.append(_told(what, proof.left.lines(), "warning"))
    if proof.up.failed:
        return blocks
    blocks.append(_waits(proof.up))
    if proof.breaks:
        blocks.append(_told("What worked before and does not any more:", proof.breaks, "warning"))
    if proof.rows:
        blocks.append(_told("Rows:", all_rows_words(proof.rows), "text"))
    blocks.append(Paragraph((Span(_sentence(back_words(proof)), _back_role(proof)),)))
    if proof.down:
        blocks += _run(proof.down)
    for difference in (proof.back, proof.anew):
        if difference is not None:
            blocks.append(_lines(difference.lines()))
    again = again_words(proof)
    if again:
        blocks.append(Paragraph((Span(_sentence(again), "bad"),)))
    return blocks


def _back_role(proof: Proof) -> Role:
    if proof.reversible is None:
        return "muted"
    if not proof.reversible:
        return "bad"
    return "warning" if any(each.not_back for each in proof.rows) else "good"


def _run(run: Run) -> list[Block]:
    wrapped = {
        "one": "in one transaction",
        "none": "each statement by itself",
        "unknown": "each statement by itself, as nobody tells otherwise",
    }
    lines: list[Text] = [
        (
            Span(f"{_DIRECTIONS[run.direction]}, {wrapped[run.script.wrapping]}", "strong"),
            Span(f"  {seconds(run.seconds)}  {run.script.path}", "muted"),
        )
    ]
    for number, step in enumerate(run.steps, 1):
        lines += _step(number, step)
    for unread in run.script.unread:
        told = f"    line {unread.statement.line} was not run: {unread.message}"
        lines.append((Span(told, "warning"),))
    if run.ended_by:
        lines.append((Span(f"    in the end it was refused: {run.ended_by}", "bad"),))
    return [Lines(tuple(lines))]


def _step(number: int, step: Step) -> list[Text]:
    time = seconds(step.seen.seconds) if step.seen and not step.failed else ""
    lines: list[Text] = [
        (Span(f"{number:>3} "), Span(short(step), "code"), Span(f"  {time}", "muted"))
    ]
    if step.unrun:
        lines.append((Span(f"    not run: {step.unrun}", "warning"),))
    if step.seen is None:
        return lines
    if step.failed:
        lines.append((Span(f"    {step.seen.message}", "bad"),))
    effects = step.seen.effects
    lines += [(Span(f"    {lock_words(each)}", _lock_role(each)),) for each in effects.locks]
    rest = tuple(effects_words(effects))[len(effects.locks) :]
    lines += [(Span(f"    {each}", "warning"),) for each in rest]
    if not effects.known:
        lines.append((Span(f"    {effects.why_unknown}", "muted"),))
    lines += [(Span(f"    {each}", "muted"),) for each in step.seen.said]
    if step.contradictions:
        lines.append((Span("    otherwise than is told beforehand:", "warning"),))
        lines += [(Span(f"      {each}", "warning"),) for each in step.contradictions]
    elif step.predicted is not None and step.predicted.known and not step.failed:
        lines.append((Span("    as told beforehand", "muted"),))
    lines += _on_data(step)
    return lines


def _on_data(step: Step) -> list[Text]:
    """Tell what rows may be in the way, and the query that finds them."""
    told = step.predicted.failures if step.predicted else ()
    lines: list[Text] = []
    for failure in told:
        if failure.kind == "on data" and not step.failed:
            lines.append((Span(f"    your rows may be in the way: {failure.message}", "muted"),))
            if failure.probe:
                lines.append((Span("    they are if this gives any: ", "muted"),))
                lines[-1] += (Span(" ".join(failure.probe.split()), "code"),)
    return lines


def _lock_role(lock: RelationLock) -> Role:
    if lock.blocks_reads:
        return "bad"
    return "warning" if lock.blocks_writes else "text"


def _waits(run: Run) -> Block:
    told = waits_words(run)
    if told:
        return _told("Others, who read and wrote meanwhile:", told, "warning")
    if run.waits:
        names = ", ".join(dict.fromkeys(wait.relation for wait in run.waits))
        words = f"Nobody waited who read or wrote meanwhile: {names}."
        return Paragraph((Span(words, "good"),))
    return Paragraph((Span("It locks nothing that others would wait for.", "good"),))


def _told(title: str, lines: Iterable[str], role: Role) -> Block:
    return Lines(
        ((Span(title, "strong"),), *((Span(f"    {line}", role),) for line in lines)),
    )


def _lines(lines: Iterable[str]) -> Block:
    roles: dict[str, Role] = {"+": "added", "-": "removed"}
    return Lines(
        tuple((Span(f"    {line}", roles.get(line.strip()[:1], "text")),) for line in lines)
    )


def _items(lines: Iterable[str]) -> Block:
    return Items(tuple((Paragraph((Span(line),)),) for line in lines))


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
