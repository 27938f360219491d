"""Accounts: made once for each address."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.errors import Conflict, NotFound
from shop.users.models import User
from shop.users.passwords import hash_password
from shop.users.schemas import NewUser


def register(session: Session, new: NewUser) -> User:
    email = new.email.lower()
    if session.scalar(select(User.id).where(User.email == email)):
        raise Conflict("this address has an account already")
    user = User(email=email, name=new.name, password_hash=hash_password(new.password))
    session.add(user)
    session.flush()
    return user


def get_user(session: Session, user_id: int) -> User:
    user = session.get(User, user_id)
    if user is None:
        raise NotFound(f"no user {user_id}")
    return user


def list_users(session: Session, after: int, limit: int) -> list[User]:
    query = select(User).where(User.id > after).order_by(User.id).limit(limit + 1)
    return list(session.scalars(query))
