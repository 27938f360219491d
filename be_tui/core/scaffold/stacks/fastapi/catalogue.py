"""Where each name that generated code uses comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.scaffold.stacks.fastapi.resources import FastapiResource

_LIBRARIES = {
    "collections": ("defaultdict",),
    "collections.abc": (
        *("AsyncIterator", "Awaitable", "Callable", "Collection", "Mapping", "Sequence"),
    ),
    "contextlib": ("asynccontextmanager",),
    "dataclasses": ("dataclass",),
    "datetime": ("UTC", "date", "datetime", "timedelta"),
    "decimal": ("Decimal",),
    "http": ("HTTPStatus",),
    "itertools": ("count",),
    "typing": ("Annotated", "Any", "Literal", "Self"),
    "uuid": ("UUID", "uuid4"),
    "fastapi": ("APIRouter", "Depends", "FastAPI", "Request"),
    "httpx2": ("ASGITransport", "AsyncClient"),
    "pytest_asyncio": ("fixture",),
    "pydantic": ("BaseModel", "Field", "model_validator"),
    "sqlalchemy": ("ColumnElement",),
    "sqlalchemy.dialects.postgresql": ("JSONB",),
    "sqlalchemy.ext.asyncio": ("AsyncSession", "async_sessionmaker"),
    "sqlalchemy.orm": ("Mapped", "declared_attr", "mapped_column", "relationship"),
    "starlette.responses": ("Response",),
}
_CORE = {
    "answers": ("changed", "created", "gone", "one", "paged"),
    "access": ("Caller", "Condition", "Guest", "SignedIn", "granted", "unauthorized"),
    "cache": ("CHANGED", "MISSING", "Cache", "Cached", "Shelf", "outdate"),
    "database": ("Base", "Session", "make_engine", "make_sessions"),
    "etags": ("IfMatch", "IfNoneMatch", "etag", "require"),
    "idempotency": ("IdempotencyKey", "once"),
    "ids": ("new_id",),
    "outbox": ("OutboxEvent", "tell"),
    "paging": ("Cursor", "Limit", "Order", "Page", "cursor_of", "page"),
    "config": ("Settings", "get_settings"),
    "passwords": ("Passwords", "passwords_of"),
    "problems": ("Problem", "conflict", "forbidden", "not_found"),
    "store": ("Store",),
    "values": (
        *("Asked", "Day", "Email", "Flat", "Identifier", "Instant", "Moment", "Number"),
        *(
            "Scalar",
            "Sent",
            "Told",
            "Url",
            "Whole",
            "FROM_TEXT",
            "LINKED",
            "NO_NUL",
            "PARTED",
            "UNIQUE",
            "UNSENT",
        ),
        *("IdentifierKey", "NumberKey", "exact", "now", "query", "today", "written"),
    ),
}
_GRAPHQL = {
    "context": ("Context", "Given", "Key", "Node"),
    "fields": (
        "Lead",
        "Resolvers",
        "checked",
        "connection",
        "key_of",
        "listed",
        "node",
        "numbered",
    ),
}
_SESSIONS = {
    "models": ("RefreshTokenRow",),
    "repository": ("end_all",),
    "schemas": ("SessionAnswer", "SessionCreate", "SessionRefresh"),
    "tokens": ("Tokens", "digest", "refresh_token"),
}
_SCHEMAS = ("Answer", "Create", "List", "One", "Patch", "Replace")


def homes_of(own: str, resources: Iterable[FastapiResource]) -> dict[str, str]:
    """Give the module of each name."""
    homes = {name: module for module, names in _LIBRARIES.items() for name in names}
    for module, names in _CORE.items():
        homes |= dict.fromkeys(names, f"{own}.core.{module}")
    for module, names in _GRAPHQL.items():
        homes |= dict.fromkeys(names, f"{own}.graphql.{module}")
    for module, names in _SESSIONS.items():
        homes |= dict.fromkeys(names, f"{own}.sessions.{module}")
    samples = ("amount", "next_number", "pick", "sample_day", "sample_moment", "text")
    homes |= dict.fromkeys(samples, f"{own}.samples")
    homes["samples"] = f"{own}:samples"
    homes["HttpResponse"] = "httpx2:Response"
    homes |= dict.fromkeys(
        ("answered", "ask", "in_graphql", "refused", "statements"), "tests.graphql.asking"
    )
    homes |= dict.fromkeys(("Person", "World", "told"), "tests.world")
    for resource in resources:
        base = f"{own}.{resource.package}"
        homes[f"{resource.snake}_policy"] = f"{base}:policy"
        homes[f"{resource.snake}_repository"] = f"{base}:repository"
        homes[f"{resource.name}Row"] = f"{base}.models"
        for link in resource.links():
            homes[link.pair] = f"{base}.models"
        homes |= {f"{resource.name}{each}": f"{base}.schemas" for each in _SCHEMAS}
        homes |= {each.name: f"{base}.schemas" for each in resource.values()}
        homes |= dict.fromkeys((resource.caching.kept, resource.caching.shelf), f"{base}.cached")
        homes[resource.trials.function] = f"{own}.samples"
        homes |= {name: f"{own}.samples" for name, _ in resource.trials.constants()}
        homes[f"{resource.resource.name}_body"] = "tests.bodies"
    return homes
