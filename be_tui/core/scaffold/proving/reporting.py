"""A proof to read, for programs, as evidence and as a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.document import CodeBlock, Document, Heading, Lines, Paragraph, Span
from be_tui.core.evidence import Evidence, Fact, Measure

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from be_tui.core.document import Block, Role
    from be_tui.core.files import FileSet
    from be_tui.core.jsonform import Json
    from be_tui.core.scaffold.proving.model import Outcome, Proof, Ran

PROBE = "scaffold"

_ROLES: dict[Outcome, Role] = {"held": "good", "failed": "bad", "untried": "warning"}
_SIGNS: dict[Outcome, str] = {"held": "✓", "failed": "✗", "untried": "?"}
_LINES = 40
"""Lines of output that are shown of a step that failed."""


def headline(proof: Proof) -> str:
    """Say in a line what came of it."""
    failed = [step.name for step in proof.steps if step.outcome == "failed"]
    untried = [step.name for step in proof.steps if step.outcome == "untried"]
    if failed:
        return f"{', '.join(failed)} failed"
    if untried:
        return f"all that was tried held; not tried: {', '.join(untried)}"
    return f"all {len(proof.steps)} steps held"


def proof_page(proof: Proof) -> Document:
    """Give a proof to read."""
    role: Role = "bad" if proof.failed else "good" if proof.held else "warning"
    about = f"{proof.service} in {proof.stack}, {proof.seconds:.0f} s"
    if proof.edited:
        plural = "" if proof.edited == 1 else "s"
        about += f", {proof.edited} generated file{plural} edited since"
    blocks: list[Block] = [
        Heading((Span("Service, proved"),), 1, "proved"),
        Paragraph((Span(headline(proof), role),)),
        Paragraph((Span(about, "muted"),)),
        Lines(tuple(_row(step) for step in proof.steps)),
    ]
    for step in proof.steps:
        if step.outcome == "failed":
            blocks.append(Heading((Span(step.name),), 2, step.name))
            blocks.append(Paragraph((Span(step.command, "code"), Span(f"  {step.why}", "muted"))))
            lines = step.output.rstrip().split("\n")[-_LINES:]
            if any(lines):
                blocks.append(CodeBlock("\n".join(lines), "text"))
    return Document(tuple(blocks))


def _row(step: Ran) -> tuple[Span, ...]:
    told = step.why if step.outcome == "untried" else f"{step.seconds:6.1f} s"
    return (
        Span(f"{_SIGNS[step.outcome]} ", _ROLES[step.outcome]),
        Span(f"{step.name:<20} "),
        Span(told, "muted"),
    )


def proof_json(proof: Proof) -> dict[str, Json]:
    """Give a proof in its JSON form."""
    return {
        "service": proof.service,
        "stack": proof.stack,
        "headline": headline(proof),
        "held": proof.held,
        "edited": proof.edited,
        "seconds": round(proof.seconds, 3),
        "steps": [
            {
                "name": step.name,
                "command": step.command,
                "outcome": step.outcome,
                "seconds": round(step.seconds, 3),
                "why": step.why,
                "output": step.output if step.outcome == "failed" else "",
            }
            for step in proof.steps
        ],
    }


def evidence(proof: Proof, command: str = "", taken: str = "") -> Evidence:
    """Give a proof as evidence.

    Args:
        proof: What came of all steps.
        command: What shows the same.
        taken: When, as ISO 8601.
    """
    counts = [sum(step.outcome == outcome for step in proof.steps) for outcome in _ROLES]
    measures = [
        Measure(f"{PROBE}.{name}", float(count)) for name, count in zip(_ROLES, counts, strict=True)
    ]
    return Evidence(
        probe=PROBE,
        asked="Does the service build, pass its tests and keep its contract?",
        found=headline(proof),
        measures=(*measures, Measure(f"{PROBE}.edited", float(proof.edited))),
        facts=tuple(Fact(_fact(step)) for step in proof.steps),
        how="measured",
        confidence="high",
        command=command,
        seconds=proof.seconds,
        taken=taken,
    )


def _fact(step: Ran) -> str:
    told = f": {step.why}" if step.why else ""
    return f"{step.name} {step.outcome}{told} ({step.command})"


def record(
    proof: Proof, title: str, root: Path, folder: Path, today: date, command: str = ""
) -> FileSet:
    """Give a proof as a record to be, numbered after those that stand in the folder.

    Raises:
        InputError: The folder cannot be read.
    """
    from be_tui.core.decisions.recording import filed

    lines = [f"# {title}", "", f"{today.isoformat()}, measured. {headline(proof)}.", ""]
    lines += ["| step | outcome | seconds | command |", "| --- | --- | ---: | --- |"]
    lines += [
        f"| {step.name} | {step.outcome} | {step.seconds:.1f} | `{step.command}` |"
        for step in proof.steps
    ]
    lines += ["", f"`{command}` shows the same."] if command else []
    return filed(root, folder, title, "\n".join(lines) + "\n", "measured")
