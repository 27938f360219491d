"""Finds the code that answers requests: routes, and the functions behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.project.looks.foreign import slow_work
from be_tui.core.project.looks.model import Look
from be_tui.core.project.looks.sql import statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.project.looks.model import Sight
    from be_tui.core.project.looks.source import Source

MOST_HANDLERS = 300
"""Handlers of one file."""

_HTTP = rb"(?:get|post|put|patch|delete)"
_JS_ROUTER = rb"\b(?:app|api|server|fastify|hono|routes?|\w*[rR]outer)\."


@dataclass(frozen=True, slots=True)
class Customs:
    """How a language's handlers and routes look."""

    words: str
    """One of these must be in the file."""

    handlers: tuple[bytes, ...]
    """The line with which a handler begins; or what stands above it."""

    routes: tuple[bytes, ...] = ()
    """A route; its group `path` is the path, where it is written there."""

    above: bytes = rb"\s*(?:@|\[|#\[|//)"
    """What lines between an annotation and its function begin with."""

    paths: str = ""
    """A pattern of the paths in which they stand, where only that tells."""


_JAVA = Customs(
    "getmapping postmapping putmapping patchmapping deletemapping requestmapping"
    " get post put patch delete",
    (
        (
            rb"^[ \t]*@(?:(?:Get|Post|Put|Patch|Delete)(?:Mapping)?|RequestMapping|GET|POST"
            rb"|PUT|PATCH|DELETE)\b"
        ),
    ),
    (
        (
            rb"^[ \t]*@(?:Get|Post|Put|Patch|Delete)(?:Mapping)?\b"
            rb"(?:\((?:value\s*=\s*|path\s*=\s*)?\{?\s*\"(?P<path>[^\"\n]*)\")?"
        ),
        rb"^[ \t]*@(?:GET|POST|PUT|PATCH|DELETE)\b",
    ),
)
_JAVASCRIPT = Customs(
    "get post put patch delete req request",
    (
        _JS_ROUTER + _HTTP + rb"\(\s*['\"`][^'\"`\n]*['\"`]\s*,",
        rb"^[ \t]*@(?:Get|Post|Put|Patch|Delete)\(",
        rb"\(\s*_?(?:req|request)\b[^()\n]{0,80},\s*_?(?:res|response|reply)\b",
    ),
    (
        _JS_ROUTER + _HTTP + rb"(?:<[^>\n]*>)?\(\s*['\"`](?P<path>[^'\"`\n]*)['\"`]\s*,",
        rb"^[ \t]*@(?:Get|Post|Put|Patch|Delete)\((?:\s*['\"`](?P<path>[^'\"`\n]*))?",
    ),
)
_ROUTE_OF = rb"^[ \t]*@[\w.]*\.(?:get|post|put|patch|delete|route|api_route)\("

CUSTOMS: dict[str, Customs] = {
    "Python": Customs(
        "route api_route get post put patch delete api_view request path re_path url",
        (
            _ROUTE_OF,
            rb"^[ \t]*@api_view\(",
            (rb"^[ \t]*(?:async )?def (?:get|post|put|patch|delete|list|create|retrieve|update"
            rb"|destroy|partial_update)\(self,\s*request\b"),
            rb"^(?:async )?def \w+\(request\b",
        ),
        (
            _ROUTE_OF + rb"\s*[rf]?[\"'](?P<path>[^\"'\n]*)",
            (rb"^[ \t]*(?:path|re_path|url)\(\s*r?[\"'](?P<path>[^\"'\n]*)[\"']\s*,"
            rb"(?!\s*(?:include|admin)\b)"),
        ),
    ),
    "JavaScript": _JAVASCRIPT,
    "TypeScript": _JAVASCRIPT,
    "Java": _JAVA,
    "Kotlin": _JAVA,
    "Go": Customs(
        "responsewriter gin echo fiber handle handlefunc get post put patch delete",
        (
            (
                rb"\bfunc\b[^{\n]{0,300}?[ *](?:http\.ResponseWriter|gin\.Context|echo\.Context"
                rb"|fiber\.Ctx)\b"
            ),
        ),
        (
            (
                rb"\.(?:GET|POST|PUT|PATCH|DELETE|Get|Post|Put|Patch|Delete)"
                rb"\(\s*\"(?P<path>/[^\"\n]*)\""
            ),
            rb"\.Handle(?:Func)?\(\s*\"(?:[A-Z]+ )?(?P<path>/[^\"\n]*)\"",
        ),
    ),
    "C#": Customs(
        "httpget httppost httpput httppatch httpdelete mapget mappost mapput mappatch mapdelete",
        ((rb"^[ \t]*\[Http(?:Get|Post|Put|Patch|Dele"
        rb"te)\b"), rb"\.Map(?:Get|Post|Put|Patch|Delete)\("),
        (
            rb"^[ \t]*\[Http(?:Get|Post|Put|Patch|Delete)(?:\(\"(?P<path>[^\"\n]*)\")?",
            rb"\.Map(?:Get|Post|Put|Patch|Delete)\(\s*\"(?P<path>[^\"\n]*)\"",
        ),
    ),
    "Ruby": Customs(
        "def",
        (rb"^[ \t]+def [a-z]\w*[ \t]*$",), paths=r"(?:^|/)controllers/.*_controller\.rb$"
    ),
    "PHP": Customs(
        "function route",
        (rb"^[ \t]+public function (?!__)\w+\(",),
        (rb"\bRoute::(?:get|post|put|patch|delete)\(\s*['\"](?P<path>[^'\"\n]*)",
         rb"#\[Route\(\s*['\"](?P<path>[^'\"\n]*)"),
        paths=r"(?:Controller\.php$|(?:^|/)routes/[^/]*\.php$)",
    ),
    "Rust": Customs(
        "get post put patch delete route",
        (rb"^[ \t]*#\[(?:get|post|put|patch|delete)\(",),
        (rb"^[ \t]*#\[(?:get|post|put|patch|delete)\(\s*\"(?P<path>[^\"\n]*)",
         rb"\.route\(\s*\"(?P<path>[^\"\n]*)\"\s*,"),
    ),
}  # fmt: skip


def _compiled(expressions: tuple[bytes, ...]) -> tuple[re.Pattern[bytes], ...]:
    return tuple(re.compile(each, re.MULTILINE) for each in expressions)


_HANDLERS = {name: _compiled(customs.handlers) for name, customs in CUSTOMS.items()}
_ROUTES = {name: _compiled(customs.routes) for name, customs in CUSTOMS.items()}
_PATHS = {name: re.compile(each.paths) for name, each in CUSTOMS.items() if each.paths}
_ABOVE = {name: re.compile(customs.above) for name, customs in CUSTOMS.items()}
_CLASS = re.compile(rb"\b(?:class|interface|object|record)\s+\w")


def handlers(source: Source) -> Iterator[tuple[int, int]]:
    """Give where each handler begins and ends; one inside another is a part of it."""
    patterns = _HANDLERS.get(source.language, ())
    paths = _PATHS.get(source.language)
    if paths is not None and not paths.search(source.path):
        return
    places = sorted({match.start() for each in patterns for match in each.finditer(source.plain)})
    done = 0
    for place in places[:MOST_HANDLERS]:
        if place < done or not source.code[place : place + 200].strip():
            continue
        first = _function(source, place)
        if first is None:
            continue
        start, end = source.block(first)
        done = end
        yield start, end


def _function(source: Source, place: int) -> int | None:
    """Go from an annotation down to its function; None where it is a class's."""
    above = _ABOVE[source.language]
    begin = source.code.rfind(b"\n", 0, place) + 1
    at = begin
    for _ in range(30):
        end = source.code.find(b"\n", at)
        line = source.code[at : end if end >= 0 else len(source.code)]
        if line.strip() and not above.match(line):
            return None if _CLASS.search(line) else at
        opening = line.find(b"(")
        if opening >= 0:
            # An annotation may go over several lines.
            end = source.code.find(b"\n", source.arguments(at + opening)[1])
        if end < 0:
            return None
        at = end + 1
    return None


def _find(source: Source) -> Iterator[Sight]:
    patterns = (*_HANDLERS[source.language], *_ROUTES[source.language])
    if not any(pattern.search(source.data) for pattern in patterns):
        return
    for pattern in _ROUTES.get(source.language, ()):
        for match in pattern.finditer(source.plain):
            path = (match.groupdict().get("path") or b"").decode("utf-8", "replace")
            yield source.sight("route", match.start(), path)
    blocks = list(handlers(source))
    if not blocks:
        return
    written = [at for at, _ in statements(source)]
    for start, end in blocks:
        lines = source.data.count(b"\n", start, end) + 1
        yield source.sight("handler", start, str(lines))
        inside = next((at for at in written if start <= at < end), None)
        if inside is not None:
            yield source.sight("handler.sql", inside)
        for at in slow_work(source, start, end):
            yield source.sight("handler.slow", at)


HANDLERS = tuple(
    Look(frozenset(customs.words.encode().split()), _find, languages=frozenset({name}))
    for name, customs in CUSTOMS.items()
)
"""Kinds: `route` (its path), `handler` (its lines), `handler.sql`, `handler.slow`."""
