"""What the API takes and gives about orders."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field


class NewLine(BaseModel):
    product_id: int
    amount: int = Field(gt=0, le=1000)


class NewOrder(BaseModel):
    user_id: int
    country: str = Field(pattern=r"^[A-Z]{2}$")
    voucher: str | None = None
    lines: list[NewLine] = Field(min_length=1, max_length=100)


class LineOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    product_id: int
    amount: int
    price_cents: int


class OrderOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    user_id: int
    status: str
    country: str
    discount_cents: int
    shipping_cents: int
    total_cents: int
    placed_at: datetime
    lines: list[LineOut]


class Summary(BaseModel):
    order_id: int
    customer: str
    items: str
    total_cents: int
    status: str


class Return(BaseModel):
    lines: list[NewLine] = Field(min_length=1)
    reason: str = Field(min_length=1, max_length=200)
