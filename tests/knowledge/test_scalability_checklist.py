"""The scalability checklist's figures, worked out again, and its Python, run."""

from __future__ import annotations

import hashlib
import math
import random
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

import pytest

from tests.knowledge.examples import chapter_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from be_tui.core.knowledge.items import Item

FOLDER = Path(__file__).parents[2] / "knowledge" / "references" / "scalability-checklist"

DAY = 86_400
MONTH = 30 * DAY

FIGURES: list[tuple[str, str, float]] = [
    ("traffic-measured", "is only {:.0f} a second", 1e9 / MONTH),
    ("littles-law", "are {:,.0f} in flight", 5_000 * 0.2),
    ("littles-law", "they are {:,.0f}", 5_000 * 2),
    ("storage-growth", "is {:.1f} GB a month", 1.27e3 * 10e6 / 1e9),
    ("utilisation-curve", "{:.0f} service times at 80 %", 1 / (1 - 0.80)),
    ("utilisation-curve", "{:.0f} at 95 %", 1 / (1 - 0.95)),
    ("tail-of-fan-out", "is slow {:.0f} % of the time", 100 * (1 - 0.99**100)),
    ("tail-of-fan-out", "each call needs {:.2f} %", 100 * 0.99**0.01),
    ("bandwidth", "are {:.0f} MB/s", 2_000 * 60e3 / 1e6),
    ("latency-numbers", "has spent {:.0f} ms", 200 * 0.5),
    ("objective-and-window", "leaves {:.1f} minutes", 0.001 * MONTH / 60),
    ("objective-and-window", "99.99 % leaves {:.1f}", 0.0001 * MONTH / 60),
    ("objective-and-window", "99 % leaves {:.1f} hours", 0.01 * MONTH / 3600),
    ("burn-rate-alerts", "14.4 over 1 h ({:.0f} % of", 100 * 14.4 / 720),
    ("burn-rate-alerts", "at 6 over 6 h ({:.0f} %)", 100 * 6 * 6 / 720),
    ("burn-rate-alerts", "1 over 3 days ({:.0f} %)", 100 * 3 / 30),
    ("burn-rate-alerts", "pages after {:.0f} s", 0.001 * 14.4 * 3600),
    ("burn-rate-alerts", "burns at {:.0f}", (1 / 10) / 0.001),
    ("burn-rate-alerts", "costs {:.0f} % of the month", 100 / (10 * 720 * 0.001)),
    ("composite-availability", "is {:.2f} %", 100 * 0.9995 * 0.9999),
    ("composite-availability", "99.9 % are {:.1f} %", 100 * 0.999**10),
    ("composite-availability", "are {:.4f} %, if nothing", 100 * (1 - 0.001**2)),
    ("autoscale-metric-and-max", "become {:.0f}", math.ceil(4 * 90 / 60)),
    ("two-copies", "is {:.0f} minutes a month", 5 * 30 / 60 * 30 / 7),
    ("rate-limit-callers", "= {} of 50", 42 * 45 / 60 + 18),
    ("reuse-connections", "{:,} ephemeral ports", 60_999 - 32_768 + 1),
    ("reuse-connections", "allow {} new ones", 28_232 // 60),
    ("hot-keys", "is {:.0f} Gbit/s", 100e3 * 8 * 10_000 / 1e9),
    ("pool-sum-below-max", "{} for four cores", 4 * 2 + 1),
    ("id-exhaustion", "after {} days", (2**31 - 1) // 100 // DAY),
    ("hot-rows", "takes {:.0f} a second", 1 / 0.005),
    ("vacuum-and-wraparound", "{:.0f} million in a hundred million", 0.2 * 100),
    ("partition-count", "of each, {:.0f}", max(2 / 1, 2 / 0.5)),
    ("drain-time", "is {:,}", 3600 * 100),
    ("drain-time", "takes {:.0f} hours", 360_000 / (150 - 100) / 3600),
    ("retry-at-one-layer", "are {} calls", 3**5),
    ("retry-at-one-layer", "are {} (Google)", 4**3),
    ("retry-budget", "so {:.1f} times", 1 + 1 / 10),
    ("backoff-with-jitter", "is {:.0f} minutes", 2**10 / 60),
    ("bulkheads", "{:.0f} threads", 5 * 10),
    ("shuffle-sharding", "make {} pairs", math.comb(8, 2)),
    ("shuffle-sharding", "{} billion ways", math.comb(2048, 4) // 10**9),
    ("clocks", "{:.0f} ms within 30 s", 200e-6 * 30 * 1000),
    ("clocks", "{:.0f} s in a day", 200e-6 * DAY),
    (
        "unique-across-shards",
        "takes {:.0f} trillion",
        math.sqrt(2 * 2**122 * -math.log1p(-1e-9)) / 1e12,
    ),
    ("cardinality-budget", "are {:,}", 50 * 5 * 100 * 12),
    ("canary-and-rollback", "costs {:.0f} % of all", 100 * 0.05 / 5),
    ("load-test-open-model", "a mean of {:.0f} ms", (10_000 * 1 + 100_000) / 10_001),
    ("load-test-open-model", "met {:.0f} s", (0.5 * 0.001 + 0.5 * 50)),
    ("rpo-rto-proven", "takes {:.0f} minutes", 1e12 / 200e6 / 60),
    ("abuse-and-dos", "do {:.0f} a second", 4 / 0.25),
]
"""An item, its words with a place for the figure, and the figure."""


class Budget(Protocol):
    """What the example of `retry-budget` makes."""

    def first_try(self) -> None:
        """Count a call."""

    def may_retry(self) -> bool:
        """Say whether a retry is left."""


@cache
def items() -> dict[str, Item]:
    """Give the items of all chapters by id."""
    chapters = [chapter_of(path) for path in sorted(FOLDER.glob("[0-9]*.yaml"))]
    return {item.id: item for chapter in chapters for item in chapter.items}


def ran(item_id: str, **given: object) -> dict[str, object]:
    """Run the first right Python of an item, and give what it defines."""
    code = next(each.right for each in items()[item_id].examples if each.language == "python")
    names = dict(given)
    exec(compile(code, item_id, "exec"), names)
    return names


@pytest.mark.parametrize(("item_id", "words", "figure"), FIGURES)
def test_a_figure_is_what_its_formula_gives(item_id: str, words: str, figure: float) -> None:
    item = items()[item_id]
    told = " ".join(f"{item.why} {item.when_not}".split())
    assert words.format(figure) in told


def test_the_published_data_peak_at_the_nodes_and_the_throughput_that_are_told() -> None:
    rate, contention, agreement = 995.6486, 0.02671591, 7.690945e-4
    nodes = int(math.sqrt((1 - contention) / agreement))
    most = rate * nodes / (1 + contention * (nodes - 1) + agreement * nodes * (nodes - 1))
    told = " ".join(items()["usl-measured"].why.split())
    assert f"that is {nodes} nodes and {int(most):,} a second" in told


def test_erlang_c_gives_the_published_wait() -> None:
    names = ran("utilisation-curve")
    assert names["wait"] == pytest.approx(0.2387, abs=5e-5)
    assert names["answer"] == pytest.approx(8.18, abs=5e-3)


def test_a_retry_budget_adds_a_tenth_and_what_was_saved() -> None:
    budget = cast("Callable[[], Budget]", ran("retry-budget")["RetryBudget"])()
    retries = 0
    for _ in range(1000):
        budget.first_try()
        while budget.may_retry():
            retries += 1
    assert 100 <= retries <= 110


def test_a_backoff_waits_at_random_below_a_doubling_bound() -> None:
    waits = cast(
        "Callable[..., Iterator[float]]", ran("backoff-with-jitter", random=random)["waits"]
    )
    for _ in range(200):
        drawn = list(waits(base=1.0, cap=4.0, tries=6))
        assert len(drawn) == 5
        assert all(wait <= bound for wait, bound in zip(drawn, [1, 2, 4, 4, 4], strict=True))


def test_a_node_that_joins_takes_its_share_of_keys_and_no_others_move() -> None:
    owner = cast(
        "Callable[[str, list[str]], str]", ran("consistent-hashing", hashlib=hashlib)["owner"]
    )
    ten = [f"node-{n}" for n in range(10)]
    keys = [f"key-{n}" for n in range(5000)]
    before = {key: owner(key, ten) for key in keys}
    moved = [key for key in keys if owner(key, [*ten, "node-10"]) != before[key]]
    assert all(owner(key, [*ten, "node-10"]) == "node-10" for key in moved)
    assert len(moved) / len(keys) == pytest.approx(1 / 11, rel=0.15)
