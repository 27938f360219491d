"""Runs migrations against the database that the settings name."""

from alembic import context
from sqlalchemy import create_engine

import shop.billing.models
import shop.orders.models
import shop.products.models
import shop.users.models  # noqa: F401  the tables register themselves
from shop.config import settings
from shop.db import Base


def run() -> None:
    if context.is_offline_mode():
        context.configure(
            url=settings().database_url, target_metadata=Base.metadata, literal_binds=True
        )
        with context.begin_transaction():
            context.run_migrations()
        return
    engine = create_engine(settings().database_url)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata)
        with context.begin_transaction():
            context.run_migrations()


run()
