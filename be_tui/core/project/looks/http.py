"""Finds calls to other services over HTTP, and those that may wait for ever.

What counts is each library's own default: httpx, OkHttp or .NET end a call by themselves,
requests, Go's http.Get or a bare RestTemplate never do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.project.looks.model import Look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.project.looks.model import Sight
    from be_tui.core.project.looks.source import Source

MOST_CALLS = 200
"""Calls of one file."""

_VERBS = rb"(?:get|post|put|patch|delete|head|options|request)"
_NEVER = rb"(?!)"
_VALUE = rb"(?!\s*(?:None|null|undefined|0)\b)"


@dataclass(frozen=True, slots=True)
class Client:
    """How a library is called, and how a time-out is given to it."""

    call: bytes
    timed: bytes = b""
    """In the call's arguments: it has a time-out. Empty where it always has one."""

    timed_in_file: bytes = b""
    """Anywhere in the file: its calls have one."""

    endless: bytes = b""
    """In the arguments: its own time-out is switched off."""

    needs: bytes = b""
    """What the file must hold for the call to be this library's."""


_JVM = (
    Client(
        rb"\bnew RestTemplate\(|(?<![\w.])RestTemplate\(\)",
        timed=rb"[fF]actory",
        timed_in_file=rb"set(?:Connect|Read)Timeout\(|setConnectionRequestTimeout\(",
    ),
    Client(rb"\brestTemplate\.(?:get|post|put|patch|delete|exchange|execute)\w*\("),
    Client(rb"\bnew OkHttpClient\(|\bOkHttpClient\.Builder\(|(?<![\w.])OkHttpClient\("),
    Client(
        rb"\bHttpClient\.(?:newHttpClient\(|newBuilder\(|create\()",
        timed_in_file=rb"\.(?:timeout|connectTimeout|responseTimeout)\(",
    ),
    Client(
        rb"\bWebClient\.(?:create|builder)\(|\bRestClient\.(?:create|builder)\(",
        timed_in_file=rb"(?:\.(?:timeout|responseTimeout|connectTimeout)\(|Timeout\w*\()",
    ),
    Client(rb"^[ \t]*@(?:FeignClient|RegisterRestClient|HttpExchange)\b"),
)
_WEB = (
    Client(
        rb"(?<![\w.$])(?:window\.|globalThis\.)?fetch\(",
        timed=rb"\bsignal\b|\btimeout\b",
        needs=rb"(?<![\w.$])fetch\(\s*[^)\s]",
    ),
    Client(
        rb"\baxios(?:\." + _VERBS + rb")?(?:<[^>\n]{0,80}>)?\(|\baxios\.create\(",
        timed=rb"\b(?:timeout|signal)\b\s*[:,}]",
        timed_in_file=rb"\baxios\.defaults\.timeout\b|axios\.create\([^)]*\btimeout\b",
    ),
    Client(
        rb"\b(?:this\.)?httpService\.(?:axiosRef\.)?" + _VERBS + rb"(?:<[^>\n]{0,80}>)?\(",
        timed=rb"\b(?:timeout|signal)\b\s*[:,}]",
        timed_in_file=rb"HttpModule\.register|\btimeout\(",
    ),
    Client(
        rb"(?<![\w.])(?:got|superagent)(?:\." + _VERBS + rb")?\(",
        timed=rb"\b(?:timeout|signal)\b",
        timed_in_file=rb"got\.extend\([^)]*timeout|\.timeout\(",
        needs=rb"['\"](?:got|superagent)['\"]",
    ),
    Client(rb"(?<![\w.])ky(?:\." + _VERBS + rb")?\(", needs=rb"['\"]ky['\"]"),
    Client(
        rb"\bhttps?\.(?:get|request)\(",
        timed=rb"\b(?:timeout|signal)\b",
        timed_in_file=rb"\.setTimeout\(",
    ),
)

CLIENTS: dict[str, tuple[Client, ...]] = {
    "Python": (
        Client(
            rb"\brequests\." + _VERBS + rb"\(",
            timed=rb"\btimeout\s*=" + _VALUE + rb"|\*\*",
        ),
        Client(
            rb"\b(?:self\.)?_?(?:http_?|requests_)?(?:session|http)\." + _VERBS + rb"\(",
            timed=rb"\btimeout\s*=" + _VALUE + rb"|\*\*",
            timed_in_file=rb"class \w*\(.*(?:HTTPAdapter|Session)\)|aiohttp",
            needs=rb"\brequests\.[sS]ession\(|\baiohttp\b",
        ),
        Client(
            rb"\bhttpx\.(?:" + _VERBS + rb"|stream|Client|AsyncClient)\(",
            endless=rb"\btimeout\s*=\s*None\b",
        ),
        Client(
            rb"\b(?:self\.)?_?(?:http_?|async_|api_|httpx_)?client\." + _VERBS + rb"\(",
            endless=rb"\btimeout\s*=\s*None\b",
            needs=rb"\bhttpx\b",
        ),
        Client(
            rb"\baiohttp\.(?:ClientSession|request)\(",
            endless=rb"ClientTimeout\(\s*\)|\btimeout\s*=\s*None\b",
        ),
        Client(rb"\burlopen\(", timed=rb"\btimeout\s*=" + _VALUE, needs=rb"\burllib\b"),
    ),
    "JavaScript": _WEB,
    "TypeScript": _WEB,
    "Java": _JVM,
    "Kotlin": (
        *_JVM,
        Client(
            rb"(?<![\w.])HttpClient(?:\(\w+\))?\s*\{",
            timed_in_file=rb"\bHttpTimeout\b",
            needs=rb"\bio\.ktor\b",
        ),
    ),
    "Go": (
        Client(
            rb"\bhttp\.(?:Get|Post|PostForm|Head)\(",
            timed=_NEVER,
        ),
        Client(
            rb"\bhttp\.DefaultClient\b",
            timed=_NEVER,
            timed_in_file=rb"context\.With(?:Timeout|Deadline)\(",
        ),
        Client(
            rb"\bhttp\.Client\{",
            timed=rb"\bTimeout:",
            timed_in_file=rb"context\.With(?:Timeout|Deadline)\(|\.Timeout\s*=",
        ),
        Client(rb"\b\w*[cC]lient\.Do\(", needs=rb"\"net/http\""),
    ),
    "Rust": (
        Client(rb"\breqwest::(?:blocking::)?get\(", timed=_NEVER),
        Client(
            rb"\breqwest::(?:blocking::)?Client::(?:new|builder)\(",
            timed_in_file=rb"\.timeout\(",
        ),
    ),
    "Ruby": (Client(rb"\bNet::HTTP\.\w+[ (]|\b(?:HTTParty|RestClient|Faraday)\.\w+[ (]"),),
    "PHP": (
        Client(
            rb"\bnew (?:\\?GuzzleHttp\\)?Client\(",
            timed=rb"timeout",
            needs=rb"GuzzleHttp",
        ),
        Client(rb"\bHttp::" + _VERBS + rb"\("),
        Client(rb"\bcurl_exec\(", timed_in_file=rb"CURLOPT_(?:CONNECT)?TIMEOUT"),
    ),
    "C#": (
        Client(
            rb"\bnew HttpClient\(|\b_?httpClient\.(?:Get|Post|Put|Patch|Delete|Send)\w*\(",
        ),
        Client(rb"\bAddHttpClient(?:<[^>\n]*>)?\("),
    ),
}
"""By language; a library without `timed`, `timed_in_file` and `endless` ends by itself."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    call: re.Pattern[bytes]
    timed: re.Pattern[bytes] | None
    timed_in_file: re.Pattern[bytes] | None
    endless: re.Pattern[bytes] | None
    needs: re.Pattern[bytes] | None


def _pattern(expression: bytes) -> re.Pattern[bytes] | None:
    return re.compile(expression, re.MULTILINE) if expression else None


_COMPILED = {
    language: tuple(
        _Compiled(
            re.compile(each.call, re.MULTILINE),
            _pattern(each.timed),
            _pattern(each.timed_in_file),
            _pattern(each.endless),
            _pattern(each.needs),
        )
        for each in clients
    )
    for language, clients in CLIENTS.items()
}
_DECLARED = re.compile(rb"\b(?:def|function|func|fun|class)\s+$")


def _find(source: Source) -> Iterator[Sight]:
    seen: set[int] = set()
    for client in _COMPILED[source.language]:
        if not client.call.search(source.data):
            continue
        if client.needs is not None and not client.needs.search(source.plain):
            continue
        for match in client.call.finditer(source.code):
            line = source.line(match.start())
            if line in seen or _DECLARED.search(
                source.code, max(0, match.start() - 20), match.start()
            ):
                continue
            seen.add(line)
            yield source.sight("http.call", match.start())
            if not _ends(source, client, match):
                yield source.sight("http.bare", match.start())
            if len(seen) >= MOST_CALLS:
                return


def _ends(source: Source, client: _Compiled, match: re.Match[bytes]) -> bool:
    """Tell whether a call ends by itself."""
    code = source.code
    opening = match.end() - 1 if code[match.end() - 1 : match.end()] in (b"(", b"{") else -1
    start, end = source.arguments(opening) if opening >= 0 else (match.end(), match.end())
    # A dictionary's keys are texts in some languages, so texts are looked at too.
    given = source.plain[start:end]
    if client.endless is not None:
        return client.endless.search(given) is None
    if client.timed is None and client.timed_in_file is None:
        return True
    if client.timed is not None and client.timed.search(given):
        return True
    return client.timed_in_file is not None and bool(client.timed_in_file.search(source.plain))


_WORDS = """
requests httpx aiohttp urlopen http fetch axios httpservice got superagent ky https
resttemplate okhttpclient httpclient webclient restclient feignclient registerrestclient
httpexchange reqwest httparty faraday net guzzlehttp curl_exec addhttpclient
"""

HTTP_CALLS = Look(frozenset(_WORDS.encode().split()), _find, languages=frozenset(CLIENTS))
"""Kinds: `http.call`, a call or a client that is made; `http.bare`, one that may never end."""
