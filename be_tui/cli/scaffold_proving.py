"""`be-tui scaffold prove`: a generated service installed, built, tested, started and tried."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.cli.arguments import Parser
from be_tui.core.errors import ExitCode

if TYPE_CHECKING:
    from argparse import Namespace

    from be_tui.core.scaffold.proving import Proof

_ABOUT = """\
Prove a service that was generated: install what it needs, build, lint, check types, run its tests,
start it on a PostgreSQL of this machine, hold what it serves against its document, and try its
contract by thousands of requests. It runs in a copy; what is installed there stays for the next
time. Exit code 1 unless each step was tried and held."""

_EXAMPLES = """\
examples:
  be-tui scaffold prove shop
  be-tui scaffold prove shop --json
  be-tui scaffold prove shop --record docs/proofs

The contract is tried by schemathesis: pip install 'be-tui[scaffold,postgres]'.
"""

_WIDEST = 100


def parser() -> Parser:
    """Give the parser of `scaffold prove`."""
    made = Parser("scaffold prove", _ABOUT, _EXAMPLES)
    made.add_argument("folder", metavar="DIR", help="the service's folder")
    made.add_argument("--record", metavar="DIR", help="write a record into DIR")
    made.add_argument("--json", action="store_true", help="print one JSON document")
    return made


def run(given: Namespace) -> int:
    """Prove a service and print what came of it; give the exit code."""
    from be_tui.cli.progress import Progress
    from be_tui.core.project import Cancel
    from be_tui.core.scaffold.proving import prove

    root = Path(given.folder)
    command = shlex.join(["be-tui", "scaffold", "prove", given.folder])
    with Progress() as told:
        proof = prove(root, Cancel(), told.share)
    if given.json:
        _print_json(proof, command)
    else:
        _print_page(proof)
    if given.record:
        _record(given, proof, command)
    return ExitCode.DONE if proof.held else ExitCode.FOUND


def _print_json(proof: Proof, command: str) -> None:
    from be_tui.cli.output import print_json
    from be_tui.cli.provenance import now_utc
    from be_tui.core.jsonform import to_json
    from be_tui.core.scaffold.proving import evidence, proof_json

    seen = to_json(evidence(proof, command, now_utc()))
    print_json(proof=proof_json(proof), evidence=seen)


def _print_page(proof: Proof) -> None:
    from be_tui.cli.here import columns, wants_colour
    from be_tui.core.document import to_text
    from be_tui.core.scaffold.proving import proof_page

    page = proof_page(proof)
    sys.stdout.write(to_text(page, min(columns(), _WIDEST), colour=wants_colour()))


def _record(given: Namespace, proof: Proof, command: str) -> None:
    """Write the record, which is never over another file."""
    from datetime import date

    from be_tui.cli.exporting import export_kept, one_new
    from be_tui.core.decisions import record_root
    from be_tui.core.roots import project_root
    from be_tui.core.scaffold.proving import record

    root, place = Path(project_root()), Path(given.record).absolute()
    home = record_root(root, place)
    today = date.today()  # noqa: DTZ011 (the day of where it was measured)
    files = record(proof, f"Prove {proof.service}", root, place, today, command)
    change = one_new(files, home)
    export_kept([change], home, root)
    sys.stderr.write(f"wrote {home / change.path}\n")
