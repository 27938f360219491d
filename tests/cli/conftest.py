"""Commands find the index of the bundled pack built, as they do from the second call on."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def with_index(indexed: None) -> None:
    """Let no test wait for the index."""
    del indexed
