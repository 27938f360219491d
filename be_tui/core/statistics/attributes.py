"""One row of `pg_stats`, by the names of its columns, as a `ColumnStats`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.statistics.arrays import read_array
from be_tui.core.statistics.model import ColumnStats, Common, Slot

if TYPE_CHECKING:
    from collections.abc import Mapping

SLOTS = (
    "most_common_elems",
    "most_common_elem_freqs",
    "elem_count_histogram",
    "range_length_histogram",
    "range_empty_frac",
    "range_bounds_histogram",
)
"""What is passed on as it is written."""

_ARRAYS = frozenset(SLOTS) - {"range_empty_frac"}


def attribute_stats(told: Mapping[str, str]) -> ColumnStats:
    """Give the statistics of a column.

    Raises:
        ValueError: A figure is none, or lists that belong together are not equally long.
    """
    values = read_array(told.get("most_common_vals", "{}"))
    shares = [_share(each) for each in read_array(told.get("most_common_freqs", "{}"))]
    if len(values) != len(shares):
        raise ValueError(f"{len(values)} common values have {len(shares)} shares")
    bounds = read_array(told.get("histogram_bounds", "{}"))
    if len(bounds) == 1:
        raise ValueError("a histogram has one bound")
    correlation = told.get("correlation")
    return ColumnStats(
        name=told.get("attname", ""),
        distinct=float(told["n_distinct"]) if "n_distinct" in told else None,
        null_share=_share(told.get("null_frac", "0")),
        common=tuple(Common(*each) for each in zip(values, shares, strict=True)),
        bounds=bounds,
        correlation=max(-1.0, min(1.0, float(correlation))) if correlation is not None else None,
        width=int(told.get("avg_width", "0")),
        number=int(told.get("attnum", "0")),
        inherited=told.get("inherited", "f").startswith("t"),
        slots=tuple(Slot(name, _checked(name, told[name])) for name in SLOTS if name in told),
    )


def _share(text: str) -> float:
    share = float(text)
    if not 0.0 <= share <= 1.0:
        raise ValueError(f"{text} is no share from 0 to 1")
    return share


def _checked(name: str, text: str) -> str:
    if name in _ARRAYS:
        read_array(text)
    else:
        float(text)
    return text
