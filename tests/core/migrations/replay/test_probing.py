from __future__ import annotations

import time
from typing import TYPE_CHECKING

from be_tui.core.migrations.replay.probing import Probes

if TYPE_CHECKING:
    from be_tui.core.databases import PostgresSandbox


def test_only_who_meets_a_lock_waits(shop: PostgresSandbox) -> None:
    tables = (("users", "users"), ("orders", "orders"), ("gone", "gone"))
    with shop.session() as session:
        session.run("BEGIN")
        session.run("LOCK TABLE users IN SHARE MODE")
        probes = Probes(shop, tables, lambda: 7)
        probes.start()
        time.sleep(0.05)
        session.run("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE")
        time.sleep(0.05)
        session.run("ROLLBACK")
        time.sleep(0.05)
        found = {(wait.relation, wait.kind): wait for wait in probes.end()}
    waited = {key for key, wait in found.items() if wait.seconds}
    assert waited == {("users", "writes"), ("orders", "reads"), ("orders", "writes")}
    assert found["users", "writes"].seconds >= 0.05
    assert {found[key].statement for key in waited} == {7}


def test_who_still_waits_at_the_end_has_waited_until_then(shop: PostgresSandbox) -> None:
    with shop.session() as session:
        session.run("BEGIN")
        session.run("LOCK TABLE users")
        probes = Probes(shop, (("users", "users"),), lambda: 0)
        probes.start()
        time.sleep(0.05)
        assert all(wait.seconds for wait in probes.end())
        session.run("ROLLBACK")
