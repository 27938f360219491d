"""Invoices over HTTP."""

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from shop.billing import service
from shop.db import Db

router = APIRouter(prefix="/orders/{order_id}/invoice", tags=["billing"])


class InvoiceOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    order_id: int
    net_cents: int
    tax_cents: int
    status: str


@router.get("")
def get_invoice(order_id: int, session: Db) -> InvoiceOut:
    return InvoiceOut.model_validate(service.invoice_of(session, order_id))
