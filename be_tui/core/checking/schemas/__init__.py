"""Detectors of what is wrong with a table, by the id of the rule that has the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.checking.schemas import columns, keys

if TYPE_CHECKING:
    from collections.abc import Mapping

    from be_tui.core.checking.model import TableDetector

DETECTORS: Mapping[str, TableDetector] = {**columns.DETECTORS, **keys.DETECTORS}

__all__ = ["DETECTORS"]
