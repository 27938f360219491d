"""Users over HTTP."""

from fastapi import APIRouter, Response

from shop.db import Db
from shop.paging import After, Limit, Page, page_of
from shop.users import service
from shop.users.schemas import NewUser, UserOut

router = APIRouter(prefix="/users", tags=["users"])


@router.post("", status_code=201)
def register(new: NewUser, response: Response, session: Db) -> UserOut:
    user = service.register(session, new)
    response.headers["Location"] = f"/v1/users/{user.id}"
    return UserOut.model_validate(user)


@router.get("/{user_id}")
def get_user(user_id: int, session: Db) -> UserOut:
    return UserOut.model_validate(service.get_user(session, user_id))


@router.get("")
def list_users(session: Db, after: After = 0, limit: Limit = 20) -> Page[UserOut]:
    found = service.list_users(session, after, limit)
    items = [UserOut.model_validate(user) for user in found]
    return page_of(items, [user.id for user in found], limit)
