"""Products over HTTP."""

from fastapi import APIRouter, Response

from shop.db import Db
from shop.paging import After, Limit, Page, page_of
from shop.products import service
from shop.products.schemas import NewProduct, ProductOut, StockChange

router = APIRouter(prefix="/products", tags=["products"])


@router.post("", status_code=201)
def add_product(new: NewProduct, response: Response, session: Db) -> ProductOut:
    product = service.add_product(session, new)
    response.headers["Location"] = f"/v1/products/{product.id}"
    return ProductOut.model_validate(product)


@router.get("/{product_id}")
def get_product(product_id: int, session: Db) -> ProductOut:
    return ProductOut.model_validate(service.get_product(session, product_id))


@router.get("")
def list_products(
    session: Db, after: After = 0, limit: Limit = 20, name: str = ""
) -> Page[ProductOut]:
    found = service.list_products(session, after, limit, name)
    items = [ProductOut.model_validate(product) for product in found]
    return page_of(items, [product.id for product in found], limit)


@router.post("/{product_id}/stock")
def change_stock(product_id: int, change: StockChange, session: Db) -> ProductOut:
    return ProductOut.model_validate(service.change_stock(session, product_id, change.by))
