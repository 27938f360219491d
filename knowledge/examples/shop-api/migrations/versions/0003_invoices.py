"""Invoices and refunds."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "invoices",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column(
            "order_id", sa.BigInteger, sa.ForeignKey("orders.id"), nullable=False, unique=True
        ),
        sa.Column("net_cents", sa.Integer, nullable=False),
        sa.Column("tax_cents", sa.Integer, nullable=False),
        sa.Column("status", sa.String(20), nullable=False, server_default="open"),
        sa.Column("charge_id", sa.String(80)),
        sa.Column(
            "issued_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
    )
    op.create_table(
        "refunds",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column(
            "invoice_id", sa.BigInteger, sa.ForeignKey("invoices.id"), nullable=False, index=True
        ),
        sa.Column("amount_cents", sa.Integer, nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("refunds")
    op.drop_table("invoices")
