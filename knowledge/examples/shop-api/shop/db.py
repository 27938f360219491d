"""The database: one engine a process, one session a request."""

from collections.abc import Iterator
from functools import cache
from typing import Annotated

from fastapi import Depends
from sqlalchemy import BigInteger, Engine, Integer, create_engine
from sqlalchemy.orm import DeclarativeBase, Session

from shop.config import settings

# SQLite counts up only a plain INTEGER by itself.
Key = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    pass


@cache
def engine() -> Engine:
    return create_engine(
        settings().database_url, pool_size=settings().pool_size, pool_pre_ping=True
    )


def get_session() -> Iterator[Session]:
    """Give a request its session; what it did is kept only if nothing went wrong."""
    with Session(engine()) as session, session.begin():
        yield session


Db = Annotated[Session, Depends(get_session)]
