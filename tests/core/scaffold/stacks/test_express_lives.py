"""Services in Express are built, held against their linter and types, tested and served."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from be_tui.core.document import to_text
from be_tui.core.project import Cancel
from be_tui.core.scaffold.generating import Wish, generate, write
from be_tui.core.scaffold.proving import proof_page, prove
from tests.conftest import need

CORPUS = Path(__file__).parent.parent / "corpus"


@pytest.mark.slow
@pytest.mark.lives
@pytest.mark.parametrize(
    "spec",
    [CORPUS / "reservedwords.yaml"],
    ids=lambda spec: spec.stem,
)
def test_a_service_holds_in_each_step_of_its_proof(spec: Path, tmp_path: Path) -> None:
    for program in ("node", "npm"):
        need(program)
    wish = Wish(spec.read_text(encoding="utf-8"), "express", where=str(spec))
    made = generate(wish, tmp_path, datetime(2026, 1, 1, tzinfo=UTC))
    write(made.settlement, tmp_path, made.settlement.chosen)
    proof = prove(tmp_path, Cancel(), lambda *_: None)
    assert proof.held, to_text(proof_page(proof), 120)
