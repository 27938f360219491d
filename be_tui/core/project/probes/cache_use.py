"""Where values are cached, and which of them stay for ever."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.evidence import Measure
from be_tui.core.project.looks.model import Look, facts, mark
from be_tui.core.project.probe import Found, Probe
from be_tui.core.project.reading import need_source
from be_tui.core.project.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.project.gathering import Gathering
    from be_tui.core.project.looks.model import Sight
    from be_tui.core.project.looks.source import Source

_REDIS = rb"(?:_?\w*(?:redis|valkey)\w*(?:Client|_client|Conn|_conn)?|rdb)"
_WRITE = re.compile(
    rb"(?P<redis>\b(?:[\w.]+\.)?"
    + _REDIS
    + rb"(?:\(\))?\.(?:set|SET|Set|hset|hSet|HSet|mset|mSet))\("
    rb"|(?P<cache>\b(?:self\.|this\.)?_?\w*cache(?:Manager|Service|Client)?"
    rb"\.(?:set|put|set_many|wrap|SetAsync|SetString|SetStringAsync))\("
    rb"|(?P<timed>\b(?:[\w.]+\.)?(?:" + _REDIS + rb"(?:\(\))?\.(?:setex|psetex)"
    rb"|Rails\.cache\.(?:write|fetch)|Cache::(?:put|remember)"
    rb"|\w*cache\.(?:setex|GetOrCreate)(?:Async)?))\("
    rb"|(?P<forever>Cache::(?:forever|rememberForever))\("
    rb"|(?P<opsforvalue>\.opsForValue\(\)\.set)\(",
    re.IGNORECASE,
)
_DECORATED = re.compile(
    rb"^[ \t]*@(?:[\w.]+\.)?(?:cache_page|cached|cache|Cacheable|CachePut|CacheTTL|CacheKey"
    rb"|memoize)\(?",
    re.MULTILINE,
)
_IN_PROCESS = re.compile(rb"@(?:functools\.)?(?:lru_cache|cache|cached_property)\b(?!\()")
_TIMED = re.compile(
    rb"\b(?:ex|px|exat|pxat|ttl|timeout|expire|expires?_?in|expiration|expiry|nx_ttl|maxAge|max_age"
    rb"|EX|PX|EXAT|keepttl|KEEPTTL|expire_after|time)\b|Duration|TimeUnit|time\.(?:Second|Minute|Hour)"
    rb"|TimeSpan|AbsoluteExpiration|SlidingExpiration|[tT]tl|TTL|[eE]xpir|EX['\"]|PX['\"]"
)
_UNTIMED = re.compile(rb"\b(?:ttl|timeout|expire)\s*[=:]\s*(?:None|null|0)\b|,\s*None\s*$")
_COMMA = re.compile(rb"[,()\[\]{}]")
_SET_LATER = re.compile(rb"\.(?:expire|pexpire|expireat|Expire|EXPIRE)\(")

_CONFIGURED = mark(
    "cache.timed",
    "ttl timetolive expireafterwrite entryttl time_to_live live caffeine cache_ttl",
    rb"time-to-live|timeToLive|expireAfter(?:Write|Access)|entryTtl\(|\bCACHE_TTL\b"
    rb"|cache[.\w-]*ttl|maximum-age",
    strings=True,
    configuration=True,
)


def _find(source: Source) -> Iterator[Sight]:
    if not _WRITE.search(source.data) and not _DECORATED.search(source.data):
        return
    code = source.code
    later = bool(_SET_LATER.search(code))
    for match in _WRITE.finditer(code):
        kind = match.lastgroup
        start, end = source.arguments(match.end() - 1)
        given = source.plain[start:end]
        yield source.sight("cache.use", match.start())
        if kind == "timed":
            continue
        if kind == "forever" or not _expires(source, match, start, end, given, later=later):
            yield source.sight("cache.bare", match.start())
    for match in _DECORATED.finditer(code):
        if _IN_PROCESS.match(code, match.start() + len(match[0]) - len(match[0].lstrip())):
            continue
        yield source.sight("cache.use", match.start())
        if match[0].rstrip(b"(").endswith((b"Cacheable", b"CachePut")):
            yield source.sight("cache.annotated", match.start())


def _expires(
    source: Source, match: re.Match[bytes], start: int, end: int, given: bytes, *, later: bool
) -> bool:
    """Tell whether a write says when it ends, by itself or by a call that follows."""
    if _UNTIMED.search(given):
        return False
    if _TIMED.search(given):
        return True
    commas = _commas(source.code, start, end)
    if match.lastgroup == "cache":
        # A cache has a time-out of its own by default; a Map that is called one has none.
        return commas >= 1
    if match.lastgroup == "opsforvalue":
        return commas >= 2  # noqa: PLR2004 (key, value, and a duration)
    if source.language == "Go":
        return commas >= 3 and not given.rstrip(b" ,\n").endswith(b", 0")  # noqa: PLR2004 (as above, after the context)
    return later


def _commas(code: bytes, start: int, end: int) -> int:
    depth = count = 0
    for each in _COMMA.finditer(code, start, end):
        if each[0] == b",":
            count += depth == 0
        else:
            depth += 1 if each[0] in b"([{" else -1
    return count


CACHES = Look(
    frozenset(
        b"redis redis_client redisclient redis_conn rdb valkey cache memorycache distributedcache"
        b" cachemanager cacheservice cacheclient opsforvalue cache_page cached cacheable cacheput"
        b" cachettl cachekey".split()
    ),
    _find,
    stems=(b"redis", b"cache"),
)


def take(gathering: Gathering) -> Found:
    """Count the places that write to a cache, and those that never let go."""
    need_source(gathering)
    sights = gathering.sights
    uses = sights.count("cache.use")
    bare = list(sights.of("cache.bare"))
    if not sights.count("cache.timed"):
        # Their time to live would stand in the configuration.
        bare += sights.of("cache.annotated")
    line = "no write to a cache found in the code"
    if uses:
        line = counted(uses, "place that caches", "places that cache")
        line += f", {len(bare)} without a time to live"
    return Found(
        line,
        (Measure("cache.uses", uses), Measure("cache.without_ttl", len(bare))),
        (*facts(bare, 5), *facts(sights.of("cache.use"), 5)),
        how="heuristic",
        confidence="medium" if uses else "low",
    )


PROBE = Probe(
    "cache-use",
    "Where does the code cache, and for how long?",
    ("cache.uses", "cache.without_ttl"),
    take,
    looks=(CACHES, _CONFIGURED),
)
