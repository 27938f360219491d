"""What is said about a comparison is there again in the next session."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.comparisons import Stated, with_must, with_score, with_weight
from be_tui.core.sessions import open_store
from tests.core.comparisons.making import tea_or_coffee

if TYPE_CHECKING:
    from pathlib import Path

EVERY = tea_or_coffee()


def test_it_is_kept_until_it_is_taken_back(tmp_path: Path) -> None:
    stated = with_weight(Stated(), EVERY, "taste", "3")
    stated = with_score(stated, EVERY, "tea", "calm", "?", "nobody slept")
    stated = with_must(stated, EVERY, "warm", holds=True)
    with open_store(tmp_path) as store:
        store.save_comparison(EVERY, stated)
    with open_store(tmp_path) as store:
        assert store.comparison(EVERY) == (stated, ())
        assert store.compared() == ("drinks",)
        store.save_comparison(EVERY, Stated())
        store.save_comparison(EVERY, Stated())
        assert store.compared() == ()
        assert store.comparison(EVERY) == (Stated(), ())


def test_what_a_new_version_has_no_place_for_is_named(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.save_comparison(EVERY, with_weight(Stated(), EVERY, "taste", "3"))
        found = store.comparison(replace(EVERY, criteria=EVERY.criteria[1:]))
    assert found == (Stated(), ("taste=3.0",))
