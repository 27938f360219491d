"""The tables of invoices and refunds."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, String, func
from sqlalchemy.orm import Mapped, mapped_column

from shop.db import Base, Key

OPEN, SETTLED, VOID = "open", "settled", "void"


class Invoice(Base):
    __tablename__ = "invoices"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), unique=True)
    net_cents: Mapped[int]
    tax_cents: Mapped[int]
    status: Mapped[str] = mapped_column(String(20), default=OPEN)
    charge_id: Mapped[str | None] = mapped_column(String(80))
    issued_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class Refund(Base):
    __tablename__ = "refunds"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoices.id"), index=True)
    amount_cents: Mapped[int]
    reason: Mapped[str] = mapped_column(String(200))
