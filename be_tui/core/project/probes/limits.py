"""What keeps one caller from taking everything: rate limits, caps on pages and bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.evidence import Measure
from be_tui.core.project.looks.model import facts, mark
from be_tui.core.project.packages import asked_for
from be_tui.core.project.probe import Found, NoAnswer, Probe

if TYPE_CHECKING:
    from be_tui.core.project.gathering import Gathering

_PACKAGES = {
    "rate": "slowapi flask-limiter django-ratelimit fastapi-limiter aiolimiter limits"
    " express-rate-limit @nestjs/throttler rate-limiter-flexible @fastify/rate-limit"
    " hono-rate-limiter koa-ratelimit com.bucket4j:* com.giffing.bucket4j.spring.boot.starter:*"
    " io.github.resilience4j:resilience4j-ratelimiter golang.org/x/time github.com/ulule/limiter"
    " github.com/didip/tollbooth github.com/go-chi/httprate github.com/sethvargo/go-limiter"
    " tower_governor governor actix-governor rack-attack aspnetcoreratelimit hammer plug_attack"
}
_RATE = mark(
    "limit.rate",
    "throttle_classes default_throttle_classes default_throttle_rates ratelimit rate_limit"
    " limit_req limit_req_zone addratelimiter useratelimiter ratelimiter throttle throttled rps"
    " limitrequests requestratelimiter throttlermodule limiter rate",
    rb"\bthrottle_classes\s*=|\bDEFAULT_THROTTLE_(?:CLASSES|RATES)\b|^[ \t]*limit_req(?:_zone)?\s"
    rb"|\.(?:Add|Use)RateLimiter\(|^[ \t]*@(?:RateLimiter|Throttle|ratelimit|limiter\.limit)\b"
    rb"|\bThrottlerModule\b|nginx\.ingress\.kubernetes\.io/limit-(?:rps|rpm|connections)"
    rb"|RequestRateLimiter|^[ \t]*rateLimit:|name:[ \t]*[\"']?rate-limiting\b|local_ratelimit"
    rb"|\bRack::Attack\b|['\"]throttle:|\brate\.NewLimiter\(|[\"']throttle[\"']"
    rb"|\b(?:(?:apply|assert|check|create|enforce|with)_?)?[rR]ate_?[lL]imit(?:er)?\(",
    stems=(b"ratelimit", b"rate_limit"),
    strings=True,
    configuration=True,
)
_PAGE = mark(
    "limit.page",
    "limit page_size pagesize per_page perpage size max_page_size maxpagesize max_limit maxlimit"
    " max_per_page first take",
    rb"\b(?:max_?[pP]age_?[sS]ize|MAX_PAGE_SIZE|max_?[lL]imit|MAX_LIMIT|max_per_page|MAX_PER_PAGE"
    rb"|max-page-size|maxPerPage)\b\s*[:=]"
    rb"|\b(?:limit|page_size|per_page|size|first|take)\b[^\n]{0,80}\b(?:le|lt)\s*=\s*\d+"
    rb"|\b(?:min|Math\.min|coerceAtMost)\(\s*(?:\w+\.)*(?:limit|page_?[sS]ize|per_?[pP]age|size"
    rb"|first|take)\b|\bmin\(\s*\d+\s*,\s*(?:\w+\.)*(?:limit|page_?size|per_?page)\b"
    rb"|@Max\(\s*(?:value\s*=\s*)?\d+[^\n]*\)\s*(?:\w+\s+)*(?:limit|pageSize|size|perPage)\b"
    rb"|\b(?:limit|pageSize|perPage)\b[^\n]{0,60}\.max\(\s*\d+"
    rb"|\b(?:limit|pageSize|perPage):\s*z\b(?:\s*\.\w+(?:\([^()\n]*\))?){0,5}?\s*\.max\(\s*\d+"
    # `limit > 0` tells whether one was given, and bounds nothing.
    rb"|\bif (?:\w+\.)*(?:limit|pageSize|perPage) > (?![01]\b)\w+",
    stems=(b"max_limit", b"max_page", b"page_size", b"pagesize", b"maxpage", b"maxlimit"),
    strings=True,
    configuration=True,
)
_BODY = mark(
    "limit.body",
    "client_max_body_size maxbytesreader bodylimit data_upload_max_memory_size max_content_length"
    " maxrequestbodysize defaultbodylimit requestsizelimit json urlencoded multipart tomcat body"
    " request_body max_request_body_size filesizelimit limit proxy post_max_size",
    rb"\bclient_max_body_size\b|\bMaxBytesReader\(|\b[bB]odyLimit\b|\bDATA_UPLOAD_MAX_MEMORY_SIZE\b"
    rb"|\bMAX_CONTENT_LENGTH\b|\bMaxRequestBodySize\b|\bDefaultBodyLimit\b|\bRequestSizeLimit\w*\b"
    rb"|\b(?:express|bodyParser)\.(?:json|urlencoded)\(\s*\{[^}\n]*\blimit\b"
    rb"|\bmax-(?:request-size|file-size|http-form-post-size|swallow-size|request-body-size)\b"
    rb"|proxy-body-size|maxRequestBodyBytes|\bmax_request_body_size\b|\bmax-body-size\b"
    rb"|\bpost_max_size\b|\blimit_request_(?:line|body)\b",
    strings=True,
    configuration=True,
)
_NAMES = (("limit.rate", "rate limit"), ("limit.page", "page cap"), ("limit.body", "body cap"))


def take(gathering: Gathering) -> Found:
    """Look for the three kinds of limit."""
    sights = gathering.sights
    seen = any(sights.count(kind) for kind, _ in _NAMES)
    if not seen and not gathering.scan.files and not gathering.stack.manifests:
        raise NoAnswer("no source code and no manifest to read")
    packages = tuple(each.fact for each in asked_for(gathering.stack.manifests, _PACKAGES))
    there = {kind: bool(sights.count(kind)) for kind, _ in _NAMES}
    there["limit.rate"] = there["limit.rate"] or bool(packages)
    parts = [f"a {name}" if there[kind] else f"no {name}" for kind, name in _NAMES]
    shown = [fact for kind, _ in _NAMES for fact in facts(sights.of(kind), 3)]
    return Found(
        f"found: {', '.join(parts)}",
        (
            Measure("limits.rate_limited", there["limit.rate"]),
            Measure("limits.page_cap", there["limit.page"]),
            Measure("limits.body_cap", there["limit.body"]),
        ),
        (*packages[:2], *shown),
        how="heuristic",
        confidence="medium" if any(there.values()) else "low",
    )


PROBE = Probe(
    "limits",
    "What keeps one caller from taking everything?",
    ("limits.rate_limited", "limits.page_cap", "limits.body_cap"),
    take,
    looks=(_RATE, _PAGE, _BODY),
)
