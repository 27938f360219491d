"""Invoices, payments and refunds of orders."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.billing import gateway
from shop.billing.models import OPEN, SETTLED, VOID, Invoice, Refund
from shop.errors import NotFound, Rejected
from shop.orders.models import Order

TAX_PERCENT = {"DE": 19, "AT": 20, "BE": 21, "ES": 21, "FR": 20, "IE": 23, "IT": 22, "NL": 21}


def split_tax(gross_cents: int, country: str) -> tuple[int, int]:
    """Give net and tax of a gross amount; outside the known countries there is no tax."""
    percent = TAX_PERCENT.get(country, 0)
    net_cents = round(gross_cents * 100 / (100 + percent))
    return net_cents, gross_cents - net_cents


def write_invoice(session: Session, order: Order) -> Invoice:
    net_cents, tax_cents = split_tax(order.total_cents, order.country)
    invoice = Invoice(order_id=order.id, net_cents=net_cents, tax_cents=tax_cents, status=OPEN)
    session.add(invoice)
    session.flush()
    return invoice


def invoice_of(session: Session, order_id: int) -> Invoice:
    invoice = session.scalar(select(Invoice).where(Invoice.order_id == order_id))
    if invoice is None:
        raise NotFound(f"no invoice for order {order_id}")
    return invoice


def charge(session: Session, order: Order, card_token: str) -> Invoice:
    """Charge an order once: the order's id is the key that makes a second try harmless."""
    invoice = invoice_of(session, order.id)
    if invoice.status == SETTLED:
        return invoice
    key = f"order-{order.id}"
    invoice.charge_id = gateway.gateway.charge(card_token, order.total_cents, key)
    invoice.status = SETTLED
    session.flush()
    return invoice


def void_invoice(session: Session, order: Order) -> None:
    invoice_of(session, order.id).status = VOID
    session.flush()


def refunded_cents(session: Session, order: Order) -> int:
    invoice = invoice_of(session, order.id)
    query = select(func.coalesce(func.sum(Refund.amount_cents), 0))
    return session.scalar(query.where(Refund.invoice_id == invoice.id)) or 0


def refund(session: Session, order: Order, cents: int, reason: str) -> Refund:
    """Pay back a part of what was charged, never more than is left of it."""
    invoice = invoice_of(session, order.id)
    if invoice.status != SETTLED or invoice.charge_id is None:
        raise Rejected("nothing was charged for this order")
    left_cents = order.total_cents - refunded_cents(session, order)
    if cents > left_cents:
        raise Rejected(f"only {left_cents} cents are left to pay back")
    gateway.gateway.refund(invoice.charge_id, cents)
    refund = Refund(invoice_id=invoice.id, amount_cents=cents, reason=reason)
    session.add(refund)
    session.flush()
    return refund
