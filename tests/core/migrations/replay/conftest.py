from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.databases import open_sandbox
from be_tui.core.migrations.replay import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.databases import PostgresSandbox

SHOP = """
CREATE TABLE users (id int PRIMARY KEY, email varchar(20), age int);
CREATE TABLE orders (id int PRIMARY KEY, user_id int, note text, total int);
CREATE INDEX orders_note ON orders (note);
INSERT INTO users SELECT i, i || '@example.org', i FROM generate_series(1, 200) i;
INSERT INTO orders SELECT i, i, i::text, i FROM generate_series(1, 200) i;
CREATE DOMAIN amount AS int;
CREATE TABLE payments (id int, paid amount);
INSERT INTO payments VALUES (1, 1);
CREATE TABLE events (id int, kind int) PARTITION BY LIST (kind);
CREATE TABLE events_1 PARTITION OF events FOR VALUES IN (1);
CREATE TABLE events_rest PARTITION OF events DEFAULT;
INSERT INTO events SELECT i, i % 3 FROM generate_series(1, 90) i;
CREATE TABLE visits (id int, kind int) PARTITION BY LIST (kind);
CREATE TABLE visits_1 PARTITION OF visits FOR VALUES IN (1);
CREATE TABLE later (id int, kind int);
INSERT INTO later VALUES (1, 7);
CREATE MATERIALIZED VIEW totals AS SELECT id FROM orders;
CREATE UNIQUE INDEX totals_id ON totals (id);
CREATE SCHEMA shop;
CREATE TABLE shop.users (id int);
"""


@pytest.fixture(scope="module", params=["18", "16"])
def shop(request: pytest.FixtureRequest) -> Iterator[PostgresSandbox]:
    """Give a database of a small shop, of which each test undoes what it does."""
    with open_sandbox(f"postgresql:{request.param}") as sandbox, sandbox.session() as session:
        session.run(SHOP)
        yield sandbox  # type: ignore[misc]


@pytest.fixture
def watch(shop: PostgresSandbox) -> Iterator[Watch]:
    with shop.session() as session:
        yield Watch(shop, session)
