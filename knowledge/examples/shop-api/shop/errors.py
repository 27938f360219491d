"""What can go wrong on purpose, and how the API says it (RFC 9457)."""

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse


class ShopError(Exception):
    """The root of every error that a caller can do something about."""

    status = 400
    title = "Bad request"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class NotFound(ShopError):
    status = 404
    title = "Not found"


class Conflict(ShopError):
    status = 409
    title = "Conflict"


class Rejected(ShopError):
    status = 422
    title = "Cannot be done"


def install(app: FastAPI) -> None:
    @app.exception_handler(ShopError)
    def _handle(_request: Request, error: ShopError) -> JSONResponse:
        return JSONResponse(
            {"title": error.title, "status": error.status, "detail": error.detail},
            status_code=error.status,
            media_type="application/problem+json",
        )
