"""Finds what looks like a secret: well-known forms of keys, and passwords given as texts."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING

from be_tui.core.project.looks.masking import FORMATS, URL_PASSWORD, hidden
from be_tui.core.project.looks.model import Look
from be_tui.core.project.looks.source import CONFIGURATION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.project.looks.model import Sight
    from be_tui.core.project.looks.source import Source

MOST_SUSPECTS = 50
"""Suspects of one file."""

LEAST_ENTROPY = 3.0
"""Bits per character below which a text is a word or a placeholder (a rule of thumb)."""

_LEAST_LENGTH = 8

_FORMS = tuple(
    (each.name, tuple(sign.encode() for sign in each.signs), re.compile(each.form.encode()))
    for each in (*FORMATS, URL_PASSWORD)
)
_KEYS = (
    b"password", b"passwd", b"secret", b"api_key", b"apikey", b"api-key", b"access_key",
    b"accesskey", b"access-key", b"auth_token", b"authtoken", b"access_token", b"accesstoken",
    b"private_key", b"privatekey",
)  # fmt: skip
"""What the names of secrets hold, in lower case."""

_IN_CODE = re.compile(
    rb"(?P<rest>[\w-]{0,40})[\"']?\]?\s{0,20}(?::\s{0,3}\w{1,40}\s{0,3})?(?:=>|:=|=|:)\s{0,20}[frb]?[\"']"
    rb"(?P<value>[^\"'\n]{6,200})[\"']"
)
_IN_CONFIGURATION = re.compile(
    rb"(?P<rest>[\w-]{0,40})[\"']?[ \t]*[:=][ \t]*[\"']?"
    rb"(?P<value>[^\s\"'#,]{6,200})[\"']?,?[ \t]*(?:\r?\n|\Z)"
)
_BEFORE = re.compile(rb"[\w.-]{0,60}\Z")
_PLACEHOLDER = re.compile(
    rb"change|example|placeholder|dummy|sample|your|xxx|\*\*\*|\.\.\.|<|>|\{|\}|\$|%|\(|test|fake"
    rb"|todo|redact|none|null|true|false|insert|secret$|^secret|password|passwd|foo|bar|local|dev"
    rb"|default|env|vault|ref\+|arn:|/|\s|demo|postgres$|12345|abcdef",
    re.IGNORECASE,
)
_NOT_A_VALUE = re.compile(
    rb"(?:_?name|_?path|_?file|_?field|_?header|_?url|_?id|_?hash|_?length|_?key_?name|_?type"
    rb"|_?policy|_?label|_?hint|_?error|_?message|_?reset\w*|_?regex|_?pattern|_?param|_?ref"
    rb"|_?expir\w*|_?ttl|_?algorithm|_?min\w*|_?max\w*|_?column|_?env|_?var)$",
    re.IGNORECASE,
)


def _find(source: Source) -> Iterator[Sight]:
    if _is_sample(source.path):
        return
    seen: set[int] = set()
    for at, name, secret in _by_form(source.data):
        line = source.line(at)
        if line not in seen:
            seen.add(line)
            shown = "****" if name == URL_PASSWORD.name else hidden(secret)
            yield source.sight("secret", at, name, f"{name}: {shown}")
        if len(seen) >= MOST_SUSPECTS:
            return
    yield from _assigned(source, seen)


def _by_form(data: bytes) -> Iterator[tuple[int, str, str]]:
    for name, signs, form in _FORMS:
        if not any(sign in data for sign in signs):
            continue
        for match in form.finditer(data):
            if name == URL_PASSWORD.name:
                real = _is_password(match[0].partition(b":")[2])
            else:
                real = not _is_repeated(match[0])
            if real:
                yield match.start(), name, match[0].decode("utf-8", "replace")


def _assigned(source: Source, seen: set[int]) -> Iterator[Sight]:
    for at, name, value in _named(source):
        line = source.line(at)
        if line in seen or source.plain[at : at + 1] != source.data[at : at + 1]:
            continue
        if not _NOT_A_VALUE.search(name) and _is_password(value):
            seen.add(line)
            shown = name.decode("utf-8", "replace")
            yield source.sight("secret", at, shown, f"{shown} = ****")
        if len(seen) >= MOST_SUSPECTS:
            return


def _named(source: Source) -> Iterator[tuple[int, bytes, bytes]]:
    """Give the texts that are given to a name of a secret: where, to which name, and the text."""
    data = source.data
    lower = data.lower()
    given = _IN_CONFIGURATION if source.language == CONFIGURATION else _IN_CODE
    for key in _KEYS:
        at = lower.find(key)
        while at >= 0:
            match = given.match(data, at + len(key))
            if match:
                before = _BEFORE.search(data, max(0, at - 60), at)
                name = (before[0] if before else b"") + data[at : match.end("rest")]
                yield match.start("value"), name, match["value"]
            at = lower.find(key, at + len(key))


def _is_sample(path: str) -> bool:
    name = path.rpartition("/")[2].lower()
    return any(part in name for part in ("example", "sample", "template", ".dist", "fixture"))


def _is_password(value: bytes) -> bool:
    """Tell a real password from a placeholder, a word, or the name of a variable."""
    if len(value) < _LEAST_LENGTH or _PLACEHOLDER.search(value):
        return False
    digits = any(48 <= each <= 57 for each in value)  # noqa: PLR2004 (ASCII digits)
    letters = any(chr(each).isalpha() for each in value)
    return digits and letters and entropy(value) >= LEAST_ENTROPY


def _is_repeated(secret: bytes) -> bool:
    """Tell a made-up key: the examples of documentation, or one letter again and again."""
    return b"EXAMPLE" in secret or (b"BEGIN" not in secret and len(set(secret[-12:])) <= 3)  # noqa: PLR2004 (a rule of thumb)


def entropy(value: bytes) -> float:
    """Give Shannon's entropy in bits per byte."""
    counts = Counter(value)
    return -sum(n / len(value) * math.log2(n / len(value)) for n in counts.values())


_SIGNS = (sign for each in FORMATS for sign in each.signs)
SECRETS = Look(
    # The beginning of a URL that may hold a password.
    frozenset(
        b"http https postgres postgresql mysql mariadb mongodb redis rediss amqp amqps smtp ftp"
        b" sqlserver mssql clickhouse".split()
    ),
    _find,
    stems=(
        *dict.fromkeys(
            b" " + re.split(r"\W+", sign.lower().strip("-"))[0].encode() for sign in _SIGNS
        ),
        *(b"password", b"passwd", b"secret", b"api_key", b"apikey", b"api", b"access_key"),
        *(b"accesskey", b"token", b"private_key", b"privatekey"),
    ),
    configuration=True,
    browser=True,
    beside=True,
)
"""Kind: `secret`; its value says of which form, its text never holds it."""
