"""Detectors of what is wrong with one statement, by the id of the rule that has the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.checking.queries import filters, meaning, names, results, values, writes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from be_tui.core.checking.model import Detector

DETECTORS: Mapping[str, Detector] = {
    **names.DETECTORS,
    **filters.DETECTORS,
    **meaning.DETECTORS,
    **results.DETECTORS,
    **values.DETECTORS,
    **writes.DETECTORS,
}

__all__ = ["DETECTORS"]
