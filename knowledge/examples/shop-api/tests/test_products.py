from fastapi.testclient import TestClient

NEW = {"sku": "MUG", "name": "Mug", "price_cents": 900, "weight_grams": 300, "stock": 5}


def test_adds_a_product(client: TestClient) -> None:
    answer = client.post("/v1/products", json=NEW)
    assert answer.status_code == 201
    assert client.get(answer.headers["Location"]).json()["sku"] == "MUG"


def test_refuses_a_second_product_of_one_sku(client: TestClient) -> None:
    client.post("/v1/products", json=NEW)
    assert client.post("/v1/products", json=NEW).status_code == 409


def test_finds_products_by_a_part_of_their_name(client: TestClient, lamp_id: int) -> None:
    client.post("/v1/products", json=NEW)
    found = client.get("/v1/products?name=ug").json()["items"]
    assert [product["name"] for product in found] == ["Mug"]


def test_stock_never_falls_below_zero(client: TestClient, lamp_id: int) -> None:
    assert client.post(f"/v1/products/{lamp_id}/stock", json={"by": -11}).status_code == 422
    assert client.post(f"/v1/products/{lamp_id}/stock", json={"by": -10}).json()["stock"] == 0


def test_says_so_when_there_is_no_such_product(client: TestClient) -> None:
    assert client.get("/v1/products/99").status_code == 404
