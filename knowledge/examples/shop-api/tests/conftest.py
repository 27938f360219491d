"""A database and a client for each test."""

import os
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from shop.billing import gateway
from shop.db import Base, get_session
from shop.main import app


class Till:
    """Stands in for the payment provider, and remembers what it was asked."""

    def __init__(self) -> None:
        self.charged: dict[str, int] = {}
        self.refunded: list[int] = []

    def charge(self, token: str, cents: int, key: str) -> str:
        self.charged[key] = cents
        return f"ch-{key}"

    def refund(self, charge_id: str, cents: int) -> None:
        self.refunded.append(cents)


@pytest.fixture
def engine() -> Iterator[Engine]:
    url = os.environ.get("SHOP_TEST_DATABASE_URL", "sqlite://")
    if url.startswith("sqlite"):
        made = create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})
    else:
        made = create_engine(url)
    Base.metadata.drop_all(made)
    Base.metadata.create_all(made)
    yield made
    made.dispose()


@pytest.fixture
def till(monkeypatch: pytest.MonkeyPatch) -> Till:
    till = Till()
    monkeypatch.setattr(gateway, "gateway", till)
    return till


@pytest.fixture
def client(engine: Engine, till: Till) -> Iterator[TestClient]:
    def session() -> Iterator[Session]:
        with Session(engine) as session, session.begin():
            yield session

    app.dependency_overrides[get_session] = session
    with TestClient(app) as client:
        yield client
    app.dependency_overrides.clear()


@pytest.fixture
def user_id(client: TestClient) -> int:
    new = {"email": "kim@mail.example", "name": "Kim", "password": "correct horse battery"}
    return client.post("/v1/users", json=new).json()["id"]


@pytest.fixture
def lamp_id(client: TestClient) -> int:
    new = {"sku": "LAMP", "name": "Lamp", "price_cents": 3000, "weight_grams": 900, "stock": 10}
    return client.post("/v1/products", json=new).json()["id"]
