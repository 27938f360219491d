"""What was taken off an order, and what sending it costs."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column(
        "orders", sa.Column("discount_cents", sa.Integer, nullable=False, server_default="0")
    )
    op.add_column(
        "orders", sa.Column("shipping_cents", sa.Integer, nullable=False, server_default="0")
    )
    op.add_column("orders", sa.Column("voucher", sa.String(40)))


def downgrade() -> None:
    op.drop_column("orders", "voucher")
    op.drop_column("orders", "shipping_cents")
    op.drop_column("orders", "discount_cents")
