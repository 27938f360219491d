"""The public face of decisions."""

from __future__ import annotations

import pytest

from be_tui.core import decisions


def test_every_public_name_is_there() -> None:
    assert all(getattr(decisions, name) is not None for name in decisions.__all__)


def test_any_other_name_is_not() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = decisions.nothing
