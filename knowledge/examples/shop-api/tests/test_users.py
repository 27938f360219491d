from fastapi.testclient import TestClient

from shop.users.passwords import hash_password, matches

NEW = {"email": "Ada@Mail.example", "name": "Ada", "password": "a long enough one"}


def test_registers_a_user_and_says_where_it_is(client: TestClient) -> None:
    answer = client.post("/v1/users", json=NEW)
    assert answer.status_code == 201
    assert client.get(answer.headers["Location"]).json()["email"] == "ada@mail.example"


def test_never_gives_the_password_back(client: TestClient) -> None:
    assert "password" not in client.post("/v1/users", json=NEW).text


def test_refuses_a_second_account_for_one_address(client: TestClient) -> None:
    client.post("/v1/users", json=NEW)
    answer = client.post("/v1/users", json=NEW)
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"


def test_refuses_a_short_password(client: TestClient) -> None:
    assert client.post("/v1/users", json={**NEW, "password": "short"}).status_code == 422


def test_pages_through_users(client: TestClient) -> None:
    for number in range(3):
        client.post("/v1/users", json={**NEW, "email": f"u{number}@mail.example"})
    first = client.get("/v1/users?limit=2").json()
    assert len(first["items"]) == 2
    second = client.get(f"/v1/users?limit=2&after={first['next_after']}").json()
    assert len(second["items"]) == 1
    assert second["next_after"] is None


def test_a_hash_matches_its_password_only() -> None:
    stored = hash_password("correct horse battery")
    assert matches("correct horse battery", stored)
    assert not matches("incorrect horse battery", stored)
