"""From basket to parcel: placing, paying, sending, cancelling and taking back orders.

It began as forty lines. Prices, vouchers, postage and refunds moved in one by one, and
half of what billing knows is known here too.
"""

from collections import Counter
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.billing import service as billing
from shop.errors import Conflict, NotFound, Rejected
from shop.orders.models import CANCELLED, PAID, PLACED, RETURNED, SENT, Order, OrderLine
from shop.orders.schemas import NewLine, NewOrder, Return, Summary
from shop.products.models import Product
from shop.products.service import lock_products
from shop.users.models import User
from shop.users.service import get_user

EU = {"AT", "BE", "DE", "ES", "FR", "IE", "IT", "NL", "PL", "PT"}
POSTAGE_CENTS = {"home": 490, "eu": 990, "world": 2490}
FREE_POSTAGE_FROM_CENTS = 10_000
HEAVY_GRAMS = 20_000
HEAVY_CENTS = 1500
RETURN_DAYS = 30

# todo: belongs into a table, so that the shop can add one without a release
VOUCHERS = {
    "WELCOME10": {"percent": 10, "first_order": True},
    "SUMMER5": {"cents": 500, "from_cents": 5000},
    "STAFF": {"percent": 25, "domain": "@shop.example"},
}


def place_order(session: Session, new: NewOrder) -> Order:
    """Place an order: stock is taken, the invoice is written, nothing is charged yet."""
    user = get_user(session, new.user_id)
    amounts = _amounts(new.lines)
    products = lock_products(session, amounts)
    for product_id, amount in amounts.items():
        if product_id not in products:
            raise NotFound(f"no product {product_id}")
        if products[product_id].stock < amount:
            raise Rejected(f"only {products[product_id].stock} of {product_id} in stock")
    order = Order(user_id=user.id, country=new.country, status=PLACED, voucher=new.voucher)
    goods_cents = 0
    weight_grams = 0
    for product_id, amount in amounts.items():
        product = products[product_id]
        product.stock -= amount
        goods_cents += product.price_cents * amount
        weight_grams += product.weight_grams * amount
        order.lines.append(
            OrderLine(product_id=product_id, amount=amount, price_cents=product.price_cents)
        )
    order.discount_cents = _discount(session, user, new.voucher, goods_cents)
    order.shipping_cents = _postage(new.country, goods_cents - order.discount_cents, weight_grams)
    order.total_cents = goods_cents - order.discount_cents + order.shipping_cents
    session.add(order)
    session.flush()
    billing.write_invoice(session, order)
    return order


def _amounts(lines: list[NewLine]) -> dict[int, int]:
    """Add up lines of the same product."""
    amounts: Counter[int] = Counter()
    for line in lines:
        amounts[line.product_id] += line.amount
    return dict(amounts)


def _discount(session: Session, user: User, code: str | None, goods_cents: int) -> int:
    if code is None:
        return 0
    voucher = VOUCHERS.get(code.upper())
    if voucher is None:
        raise Rejected(f"no voucher {code}")
    if "domain" in voucher:
        if not user.email.endswith(str(voucher["domain"])):
            raise Rejected("this voucher is not for you")
    if voucher.get("first_order"):
        orders = session.scalar(
            select(func.count()).where(Order.user_id == user.id, Order.status != CANCELLED)
        )
        if orders:
            raise Rejected("this voucher is for a first order")
    if "from_cents" in voucher:
        if goods_cents < int(voucher["from_cents"]):
            missing = int(voucher["from_cents"]) - goods_cents
            raise Rejected(f"{missing} cents are missing for this voucher")
    if "percent" in voucher:
        return goods_cents * int(voucher["percent"]) // 100
    return min(int(voucher["cents"]), goods_cents)


def _postage(country: str, goods_cents: int, weight_grams: int) -> int:
    if country == "DE":
        zone = "home"
    elif country in EU:
        zone = "eu"
    else:
        zone = "world"
    cents = POSTAGE_CENTS[zone]
    if goods_cents >= FREE_POSTAGE_FROM_CENTS:
        if zone == "home":
            cents = 0
        elif zone == "eu":
            cents //= 2
    if weight_grams > HEAVY_GRAMS:
        # todo: ask the carrier instead; past forty kilograms this is a guess
        cents += HEAVY_CENTS
        if zone == "world":
            cents += HEAVY_CENTS
    return cents


def get_order(session: Session, order_id: int) -> Order:
    order = session.get(Order, order_id)
    if order is None:
        raise NotFound(f"no order {order_id}")
    return order


def list_orders(
    session: Session, user_id: int | None, status: str | None, after: int, limit: int
) -> list[Order]:
    query = select(Order).where(Order.id > after).order_by(Order.id).limit(limit + 1)
    if user_id is not None:
        query = query.where(Order.user_id == user_id)
    if status is not None:
        query = query.where(Order.status == status)
    return list(session.scalars(query))


def summaries(session: Session, days: int) -> list[Summary]:
    """Give a line for each order of the last days, as the warehouse prints them."""
    since = datetime.now(UTC) - timedelta(days=days)
    orders = session.scalars(select(Order).where(Order.placed_at >= since).order_by(Order.id))
    found = []
    for order in orders.all():
        customer = session.get(User, order.user_id)
        items = []
        for line in order.lines:
            product = session.get(Product, line.product_id)
            items.append(f"{line.amount} x {product.name}")
        found.append(
            Summary(
                order_id=order.id,
                customer=customer.name,
                items=", ".join(items),
                total_cents=order.total_cents,
                status=order.status,
            )
        )
    return found


def pay(session: Session, order_id: int, card_token: str) -> Order:
    """Charge the order; a card that is refused leaves it as it was."""
    order = get_order(session, order_id)
    if order.status == PAID:
        return order
    if order.status != PLACED:
        raise Conflict(f"an order that is {order.status} cannot be paid")
    # todo: the charge happens inside the transaction; a crash after it loses the payment
    billing.charge(session, order, card_token)
    order.status = PAID
    session.flush()
    return order


def send(session: Session, order_id: int) -> Order:
    """Note that the parcel left."""
    order = get_order(session, order_id)
    if order.status == SENT:
        return order
    if order.status != PAID:
        raise Conflict(f"an order that is {order.status} cannot be sent")
    order.status = SENT
    session.flush()
    return order


def cancel(session: Session, order_id: int) -> Order:
    """Cancel an order that was not sent: stock comes back, money too."""
    order = get_order(session, order_id)
    if order.status == CANCELLED:
        return order
    if order.status not in {PLACED, PAID}:
        raise Conflict(f"an order that is {order.status} cannot be cancelled")
    products = lock_products(session, [line.product_id for line in order.lines])
    for line in order.lines:
        products[line.product_id].stock += line.amount
    if order.status == PAID:
        billing.refund(session, order, order.total_cents, "cancelled")
    else:
        billing.void_invoice(session, order)
    order.status = CANCELLED
    session.flush()
    return order


def take_back(session: Session, order_id: int, wanted: Return) -> int:
    """Take goods back within thirty days; give what is paid back, in cents."""
    order = get_order(session, order_id)
    if order.status != SENT:
        raise Conflict(f"an order that is {order.status} cannot be returned")
    placed_at = order.placed_at
    if placed_at.tzinfo is None:
        placed_at = placed_at.replace(tzinfo=UTC)
    if datetime.now(UTC) - placed_at > timedelta(days=RETURN_DAYS):
        raise Rejected(f"goods can be returned within {RETURN_DAYS} days")
    bought = {line.product_id: line for line in order.lines}
    back_cents = 0
    returned = 0
    for product_id, amount in _amounts(wanted.lines).items():
        line = bought.get(product_id)
        if line is None:
            raise Rejected(f"product {product_id} is not in this order")
        if amount > line.amount:
            raise Rejected(f"only {line.amount} of product {product_id} were bought")
        product = session.get(Product, product_id, with_for_update=True)
        if product is not None:
            product.stock += amount
        back_cents += line.price_cents * amount
        returned += amount
    goods_cents = sum(line.price_cents * line.amount for line in order.lines)
    if order.discount_cents:
        # Each item carries its share of what was taken off.
        back_cents -= order.discount_cents * back_cents // goods_cents
    if returned == sum(line.amount for line in order.lines):
        order.status = RETURNED
        if order.country in EU:
            # Consumer law of the EU: postage of the cheapest way goes back with a full return.
            zone = "home" if order.country == "DE" else "eu"
            back_cents += min(order.shipping_cents, POSTAGE_CENTS[zone])
    billing.refund(session, order, back_cents, wanted.reason)
    session.flush()
    return back_cents


def revenue(session: Session, days: int) -> dict[str, int]:
    """Give what came in, by country, for the monthly report."""
    since = datetime.now(UTC) - timedelta(days=days)
    orders = session.scalars(
        select(Order).where(Order.placed_at >= since, Order.status.in_([PAID, SENT]))
    )
    totals: dict[str, int] = {}
    for order in orders:
        net_cents, _tax_cents = billing.split_tax(order.total_cents, order.country)
        refunded = billing.refunded_cents(session, order)
        if order.country in totals:
            totals[order.country] += net_cents - refunded
        else:
            totals[order.country] = net_cents - refunded
    return totals
