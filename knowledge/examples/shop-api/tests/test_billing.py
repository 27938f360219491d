from fastapi.testclient import TestClient

from shop.billing.service import split_tax
from tests.test_orders import place


def test_tax_is_part_of_the_price() -> None:
    assert split_tax(11_900, "DE") == (10_000, 1_900)
    assert split_tax(11_900, "US") == (11_900, 0)


def test_an_order_has_an_invoice(client: TestClient, user_id: int, lamp_id: int) -> None:
    order = place(client, user_id, lamp_id, 4)
    invoice = client.get(f"/v1/orders/{order['id']}/invoice").json()
    assert invoice["net_cents"] + invoice["tax_cents"] == order["total_cents"]
    assert invoice["status"] == "open"


def test_a_cancelled_order_voids_its_invoice(
    client: TestClient, user_id: int, lamp_id: int
) -> None:
    order = place(client, user_id, lamp_id)
    client.post(f"/v1/orders/{order['id']}/cancellation")
    invoice = client.get(f"/v1/orders/{order['id']}/invoice").json()
    assert invoice["status"] == "void"
