"""Orders over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Body, Query, Response

from shop.db import Db
from shop.orders import service
from shop.orders.schemas import NewOrder, OrderOut, Return, Summary
from shop.paging import After, Limit, Page, page_of

router = APIRouter(prefix="/orders", tags=["orders"])
Days = Annotated[int, Query(ge=1, le=366)]


@router.post("", status_code=201)
def place_order(new: NewOrder, response: Response, session: Db) -> OrderOut:
    order = service.place_order(session, new)
    response.headers["Location"] = f"/v1/orders/{order.id}"
    return OrderOut.model_validate(order)


@router.get("/summaries")
def summaries(session: Db, days: Days = 1) -> list[Summary]:
    return service.summaries(session, days)


@router.get("/revenue")
def revenue(session: Db, days: Days = 31) -> dict[str, int]:
    return service.revenue(session, days)


@router.get("/{order_id}")
def get_order(order_id: int, session: Db) -> OrderOut:
    return OrderOut.model_validate(service.get_order(session, order_id))


@router.get("")
def list_orders(
    session: Db,
    user_id: int | None = None,
    status: str | None = None,
    after: After = 0,
    limit: Limit = 20,
) -> Page[OrderOut]:
    found = service.list_orders(session, user_id, status, after, limit)
    items = [OrderOut.model_validate(order) for order in found]
    return page_of(items, [order.id for order in found], limit)


@router.post("/{order_id}/payment")
def pay(
    order_id: int,
    card_token: Annotated[str, Body(embed=True)],
    session: Db,
) -> OrderOut:
    return OrderOut.model_validate(service.pay(session, order_id, card_token))


@router.post("/{order_id}/parcel")
def send(order_id: int, session: Db) -> OrderOut:
    return OrderOut.model_validate(service.send(session, order_id))


@router.post("/{order_id}/cancellation")
def cancel(order_id: int, session: Db) -> OrderOut:
    return OrderOut.model_validate(service.cancel(session, order_id))


@router.post("/{order_id}/returns")
def take_back(order_id: int, wanted: Return, session: Db) -> dict[str, int]:
    return {"refunded_cents": service.take_back(session, order_id, wanted)}
