"""Services in FastAPI are installed, linted, tested, started and tried, warnings and all."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from be_tui.core.locations import knowledge_dir
from be_tui.core.project import Cancel
from be_tui.core.scaffold.generating import Wish, generate, write
from be_tui.core.scaffold.proving import prove

CORPUS = Path(__file__).parent.parent / "corpus"
USERS = Path(knowledge_dir(), "specs", "users.yaml")


@pytest.mark.slow
@pytest.mark.parametrize(
    "spec",
    [USERS, CORPUS / "reservedwords.yaml", CORPUS / "tenant.yaml", CORPUS / "manytomany.yaml"],
    ids=lambda spec: spec.stem,
)
def test_a_service_holds_in_each_step_of_its_proof(spec: Path, tmp_path: Path) -> None:
    wish = Wish(spec.read_text(encoding="utf-8"), "fastapi", where=str(spec))
    made = generate(wish, tmp_path, datetime(2026, 11, 23, tzinfo=UTC))
    write(made.settlement, tmp_path, made.settlement.chosen)
    proof = prove(tmp_path, Cancel(), lambda *_: None)
    assert proof.held, [(each.name, each.why, each.output) for each in proof.steps]
