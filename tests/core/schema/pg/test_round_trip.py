from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.schema.pg.trips import told, trip

HERE = Path(__file__).parent


@pytest.mark.parametrize("major", [16, 18])
def test_what_a_server_tells_of_ddl_is_what_the_ddl_is_read_as(major: int) -> None:
    read, dumped = trip((HERE / "round_trip.sql").read_text(encoding="utf-8"), major)
    assert told(dumped) == told(read)


def test_what_only_the_newest_has_comes_back_too() -> None:
    read, dumped = trip((HERE / "round_trip_18.sql").read_text(encoding="utf-8"), 18)
    assert told(dumped) == told(read)
