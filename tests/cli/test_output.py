"""The one JSON document that a command prints."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from be_tui.cli.output import print_json

if TYPE_CHECKING:
    import pytest


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=())))
def test_it_holds_nothing_that_a_terminal_obeys_and_is_read_back_as_it_was(
    capsys: pytest.CaptureFixture[str], text: str
) -> None:
    print_json(said=text)
    out = capsys.readouterr().out
    assert json.loads(out)["said"] == text
    assert not set("\x1b\x7f\x9b\u202e\u2066\ud800") & set(out)
    out.encode()
