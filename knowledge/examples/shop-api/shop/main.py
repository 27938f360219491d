"""The application: its routes, its errors, its health."""

from fastapi import FastAPI
from sqlalchemy import text

from shop import errors
from shop.billing.routes import router as billing
from shop.db import Db
from shop.orders.routes import router as orders
from shop.products.routes import router as products
from shop.users.routes import router as users


def create_app() -> FastAPI:
    app = FastAPI(title="shop-api", version="1.14.0")
    errors.install(app)
    for router in (users, products, orders, billing):
        app.include_router(router, prefix="/v1")

    @app.get("/health", tags=["health"])
    def health(session: Db) -> dict[str, str]:
        session.execute(text("SELECT 1"))
        return {"status": "ok"}

    return app


app = create_app()
