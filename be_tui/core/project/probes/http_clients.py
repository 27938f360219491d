"""How the code calls other services over HTTP: with a time-out, with retries?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.evidence import Fact, Measure
from be_tui.core.project.looks.http import CLIENTS, HTTP_CALLS
from be_tui.core.project.looks.model import facts, mark
from be_tui.core.project.packages import asked_for
from be_tui.core.project.probe import Found, Probe
from be_tui.core.project.reading import need_source
from be_tui.core.project.words import counted

if TYPE_CHECKING:
    from be_tui.core.project.gathering import Gathering

_PACKAGES = {
    "retries": "tenacity backoff stamina retrying aiohttp-retry httpx-retries axios-retry p-retry"
    " async-retry cockatiel opossum-retry ts-retry-promise org.springframework.retry:spring-retry"
    " io.github.resilience4j:resilience4j-retry dev.failsafe:failsafe github.com/cenkalti/backoff"
    " github.com/avast/retry-go github.com/hashicorp/go-retryablehttp"
    " github.com/sethvargo/go-retry github.com/failsafe-go/failsafe-go reqwest-retry backon"
    " polly microsoft.extensions.http.resilience microsoft.extensions.http.polly faraday-retry"
    " retriable"
}
_RETRIES = mark(
    "http.retry",
    "retry max_retries retries retryable retrytemplate retrywhen retry_on retryonresult"
    " httprequestretry",
    rb"\bRetry\(|\bmax_retries\s*=\s*[1-9R]|\bretries:\s*[1-9]|^[ \t]*@[rR]etry(?:able)?\b"
    rb"|\bnew RetryTemplate\(|\.retryWhen\(|\bretry_on\b|\bHttpRequestRetry\b"
    rb"|\btransport\s*=\s*httpx\.\w*HTTPTransport\(retries",
)
_ROUTED = mark(
    "http.retry",
    "retry",
    rb"^[ \t]*-[ \t]*(?:name:[ \t]*)?Retry\b|^[ \t]*resilience4j\.retry"
    rb"|^resilience4j:[ \t]*\n[ \t]+retry:",
    languages="none",
    configuration=True,
)
_LIBRARIES = mark(
    "http.import",
    "requests httpx aiohttp urllib3 urllib axios undici superagent got okhttp3 feign openfeign"
    " webclient resttemplate reqwest guzzlehttp httpclient",
    rb"^[ \t]*(?:import|from)\s+(?:requests|httpx|aiohttp|urllib3|urllib\.request)\b"
    rb"|(?:from|require\()\s*['\"](?:axios|undici|superagent|got|ky|node-fetch)['\"]"
    rb"|^import\s+(?:okhttp3|feign|java\.net\.http|org\.springframework\.web\.client"
    rb"|org\.springframework\.cloud\.openfeign|org\.springframework\.web\.reactive\.function\.client)\."
    rb"|^use\s+(?:reqwest|GuzzleHttp)\b",
    strings=True,
)


def take(gathering: Gathering) -> Found:
    """Count the calls, and those that may wait for ever."""
    need_source(gathering, CLIENTS)
    sights = gathering.sights
    calls, bare = sights.count("http.call"), sights.count("http.bare")
    packages = [each.fact for each in asked_for(gathering.stack.manifests, _PACKAGES)]
    retries = (*packages, *facts(sights.of("http.retry"), 2))
    if not calls and sights.count("http.import"):
        files = {each.path for each in sights.of("http.import")}
        return Found(
            f"{counted(len(files), 'file imports', 'files import')} a client for HTTP;"
            " no call of it was recognised",
            (Measure("clients.calls", len(files)), Measure("clients.retries", bool(retries))),
            (*facts(sights.of("http.import"), 5), *retries[:3]),
            how="heuristic",
            confidence="low",
        )
    line = "no call to another service over HTTP found in the code"
    if calls:
        line = f"{counted(calls, 'call')} or clients over HTTP, {bare} without a time-out"
        line += ", with retries" if retries else ", no retries found"
    return Found(
        line,
        (
            Measure("clients.calls", calls),
            Measure("clients.without_timeout", bare),
            Measure("clients.retries", bool(retries)),
        ),
        (
            *(Fact(f"no time-out: {each.text}", each.path, each.line) for each in _bare(gathering)),
            *facts(sights.of("http.call"), 4),
            *retries[:3],
        ),
        how="heuristic",
        confidence="medium" if calls else "low",
    )


def _bare(gathering: Gathering) -> tuple[Fact, ...]:
    return facts(gathering.sights.of("http.bare"), 5)


PROBE = Probe(
    "http-clients",
    "How does the code call other services over HTTP?",
    ("clients.calls", "clients.without_timeout", "clients.retries"),
    take,
    looks=(HTTP_CALLS, _RETRIES, _ROUTED, _LIBRARIES),
)
