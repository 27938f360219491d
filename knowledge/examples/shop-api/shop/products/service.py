"""The catalogue and its stock."""

from collections.abc import Iterable

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shop.errors import Conflict, NotFound, Rejected
from shop.products.models import Product
from shop.products.schemas import NewProduct


def add_product(session: Session, new: NewProduct) -> Product:
    if session.scalar(select(Product.id).where(Product.sku == new.sku)):
        raise Conflict(f"there is a product {new.sku} already")
    product = Product(**new.model_dump())
    session.add(product)
    session.flush()
    return product


def get_product(session: Session, product_id: int) -> Product:
    product = session.get(Product, product_id)
    if product is None:
        raise NotFound(f"no product {product_id}")
    return product


def list_products(session: Session, after: int, limit: int, name: str = "") -> list[Product]:
    query = select(Product).where(Product.id > after).order_by(Product.id).limit(limit + 1)
    if name:
        # todo: a leading wildcard reads the whole table; a trigram index would not
        query = query.where(Product.name.icontains(name, autoescape=True))
    return list(session.scalars(query))


def lock_products(session: Session, ids: Iterable[int]) -> dict[int, Product]:
    """Give products locked for a change, in the order of their ids so that two never deadlock."""
    query = select(Product).where(Product.id.in_(ids)).order_by(Product.id).with_for_update()
    return {product.id: product for product in session.scalars(query)}


def change_stock(session: Session, product_id: int, by: int) -> Product:
    statement = (
        update(Product)
        .where(Product.id == product_id, Product.stock + by >= 0)
        .values(stock=Product.stock + by)
    )
    if session.execute(statement).rowcount == 0:
        get_product(session, product_id)
        raise Rejected("there is not so much in stock")
    product = get_product(session, product_id)
    session.refresh(product)
    return product
