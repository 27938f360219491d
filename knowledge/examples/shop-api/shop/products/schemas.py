"""What the API takes and gives about products."""

from pydantic import BaseModel, ConfigDict, Field


class NewProduct(BaseModel):
    sku: str = Field(min_length=1, max_length=40)
    name: str = Field(min_length=1, max_length=200)
    price_cents: int = Field(ge=0)
    weight_grams: int = Field(ge=0)
    stock: int = Field(default=0, ge=0)


class ProductOut(NewProduct):
    model_config = ConfigDict(from_attributes=True)

    id: int


class StockChange(BaseModel):
    by: int = Field(description="how many came in, or went out if below zero")
