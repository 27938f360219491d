from fastapi.testclient import TestClient

from tests.conftest import Till


def place(client: TestClient, user_id: int, product_id: int, amount: int = 1, **more) -> dict:
    body = {
        "user_id": user_id,
        "country": "DE",
        "lines": [{"product_id": product_id, "amount": amount}],
        **more,
    }
    return client.post("/v1/orders", json=body).json()


def test_an_order_takes_its_goods_from_stock(
    client: TestClient, user_id: int, lamp_id: int
) -> None:
    order = place(client, user_id, lamp_id, 4)
    assert order["total_cents"] == 4 * 3000
    assert client.get(f"/v1/products/{lamp_id}").json()["stock"] == 6


def test_an_order_of_more_than_there_is_changes_nothing(
    client: TestClient, user_id: int, lamp_id: int
) -> None:
    assert place(client, user_id, lamp_id, 11)["status"] == 422
    assert client.get(f"/v1/products/{lamp_id}").json()["stock"] == 10


def test_small_orders_pay_postage_by_zone(client: TestClient, user_id: int, lamp_id: int) -> None:
    assert place(client, user_id, lamp_id)["shipping_cents"] == 490
    assert place(client, user_id, lamp_id, country="FR")["shipping_cents"] == 990
    assert place(client, user_id, lamp_id, country="US")["shipping_cents"] == 2490


def test_a_first_order_gets_its_voucher_once(
    client: TestClient, user_id: int, lamp_id: int
) -> None:
    assert place(client, user_id, lamp_id, voucher="WELCOME10")["discount_cents"] == 300
    assert place(client, user_id, lamp_id, voucher="WELCOME10")["status"] == 422


def test_paying_twice_charges_once(
    client: TestClient, till: Till, user_id: int, lamp_id: int
) -> None:
    order = place(client, user_id, lamp_id, 4)
    for _ in range(2):
        answer = client.post(f"/v1/orders/{order['id']}/payment", json={"card_token": "tok"})
        assert answer.json()["status"] == "paid"
    assert till.charged == {f"order-{order['id']}": 12_000}


def test_cancelling_gives_goods_and_money_back(
    client: TestClient, till: Till, user_id: int, lamp_id: int
) -> None:
    order = place(client, user_id, lamp_id, 4)
    client.post(f"/v1/orders/{order['id']}/payment", json={"card_token": "tok"})
    assert client.post(f"/v1/orders/{order['id']}/cancellation").json()["status"] == "cancelled"
    assert client.get(f"/v1/products/{lamp_id}").json()["stock"] == 10
    assert till.refunded == [12_000]


def test_a_part_can_be_returned(client: TestClient, till: Till, user_id: int, lamp_id: int) -> None:
    order = place(client, user_id, lamp_id, 4)
    client.post(f"/v1/orders/{order['id']}/payment", json={"card_token": "tok"})
    client.post(f"/v1/orders/{order['id']}/parcel")
    back = {"lines": [{"product_id": lamp_id, "amount": 1}], "reason": "too bright"}
    answer = client.post(f"/v1/orders/{order['id']}/returns", json=back)
    assert answer.json() == {"refunded_cents": 3000}
    assert till.refunded == [3000]


def test_the_warehouse_gets_a_line_for_each_order(
    client: TestClient, user_id: int, lamp_id: int
) -> None:
    place(client, user_id, lamp_id, 2)
    (line,) = client.get("/v1/orders/summaries").json()
    assert (line["customer"], line["items"]) == ("Kim", "2 x Lamp")
