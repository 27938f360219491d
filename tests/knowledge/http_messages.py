"""Reads HTTP messages as people write them in examples, strictly: RFC 9110, 9112 and 9457.

Several messages follow each other, an empty line between them. What is wrong with the form
is a fault in any of them; what breaks a rule of HTTP only where the message is to be right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from tests.knowledge.plain_json import parse_json

if TYPE_CHECKING:
    from datetime import datetime

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY")
NEWER_PHRASES = {413: "Content Too Large", 422: "Unprocessable Content"}
"""What RFC 9110 calls them; Python follows its predecessors."""

REPEATED = frozenset({"set-cookie", "link", "vary", "via", "warning", "cache-control"})
DATES = frozenset({"date", "last-modified", "expires", "sunset", "if-modified-since"})
WITHOUT_BODY = (204, 304)

_TOKEN = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_REQUEST = re.compile(rf"({_TOKEN}) (\S+) HTTP/(1\.1|2|3)")
_STATUS = re.compile(r"HTTP/(1\.1|2|3) (\d{3})(?: (.*))?")
_FIELD = re.compile(rf"({_TOKEN}):[ \t]*(.*?)[ \t]*")
_START = re.compile(rf"(?:{_TOKEN} \S+ HTTP/|HTTP/)[\d.]+(?:$| )", re.MULTILINE)
_ENTITY_TAG = re.compile(r'(?:W/)?"[^"\s]*"')
_MEDIA_TYPE = re.compile(rf"{_TOKEN}/{_TOKEN}(?:[ \t]*;.*)?")


@dataclass(slots=True)
class Message:
    """One request or response."""

    start: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    body: str = ""

    @property
    def status(self) -> int:
        """Give the status of a response; 0 for a request."""
        found = _STATUS.fullmatch(self.start)
        return int(found[2]) if found else 0

    def get(self, name: str) -> str | None:
        """Give a field's value, the first where there are several."""
        return next((value for own, value in self.fields if own.lower() == name), None)


def messages(text: str) -> list[Message]:
    """Take a text apart; raises ValueError where the form is wrong."""
    blocks: list[list[str]] = []
    before = ""
    for line in text.strip("\n").split("\n"):
        if not before.strip() and _START.match(line):
            blocks.append([])
        if not blocks:
            raise ValueError(f"expected a request line or a status line, found `{line}`")
        blocks[-1].append(line)
        before = line
    return [_message(block) for block in blocks]


def _message(lines: list[str]) -> Message:
    message = Message(lines[0])
    if not _STATUS.fullmatch(lines[0]) and not _REQUEST.fullmatch(lines[0]):
        raise ValueError(f"neither a request line nor a status line: `{lines[0]}`")
    for at, line in enumerate(lines[1:], start=2):
        if not line.strip():
            message.body = "\n".join(lines[at:]).strip()
            break
        found = _FIELD.fullmatch(line)
        if not found:
            raise ValueError(f"not a header: `{line}`")
        message.fields.append((found[1], found[2]))
    if message.body and "json" in (message.get("content-type") or ""):
        parse_json(message.body)
    return message


def faults(message: Message) -> Iterator[str]:
    """Say which rules of HTTP a message breaks."""
    yield from _response_faults(message) if message.status else _request_faults(message)
    names = [name.lower() for name, _ in message.fields]
    yield from (
        f"{name} stands there twice"
        for name in sorted(set(names) - REPEATED)
        if names.count(name) > 1
    )
    for name, value in message.fields:
        if trouble := _value_fault(name.lower(), value):
            yield f"{name}: {trouble}: `{value}`"
    length = message.get("content-length")
    if length is not None and message.body and int(length) != len(message.body.encode()):
        yield f"Content-Length is {length}, the body has {len(message.body.encode())} bytes"
    if message.body and message.get("content-type") is None:
        yield "a body without Content-Type"
    if (message.get("content-type") or "").startswith("application/problem+json"):
        yield from _problem_faults(message)


def _request_faults(message: Message) -> Iterator[str]:
    found = _REQUEST.fullmatch(message.start)
    assert found
    method, target, version = found.groups()
    if method not in METHODS:
        yield f"no such method: {method}"
    if not re.match(r"/|https?://|\*$", target) or "#" in target:
        yield f"no target of a request: {target}"
    if version == "1.1" and message.get("host") is None and target.startswith("/"):
        yield "a request without Host"


def _response_faults(message: Message) -> Iterator[str]:
    found = _STATUS.fullmatch(message.start)
    assert found
    status, phrase = int(found[2]), found[3] or ""
    try:
        known = HTTPStatus(status).phrase
    except ValueError:
        yield f"no such status: {status}"
        return
    if phrase not in ("", known, NEWER_PHRASES.get(status)):
        yield f"{status} is {NEWER_PHRASES.get(status, known)}, not {phrase}"
    if status in WITHOUT_BODY and message.body:
        yield f"{status} has no body"
    if status == HTTPStatus.METHOD_NOT_ALLOWED and message.get("allow") is None:
        yield "405 without Allow"
    if status == HTTPStatus.UNAUTHORIZED and message.get("www-authenticate") is None:
        yield "401 without WWW-Authenticate"


def _value_fault(name: str, value: str) -> str:
    """Tell what is wrong with the value of a field."""
    if not value:
        return "no value"
    if name in DATES or (name == "retry-after" and not value.isdigit()):
        return "" if _is_date(value) else "not a date of HTTP (or a wrong day of the week)"
    if name == "deprecation" and not re.fullmatch(r"@\d+", value):
        return "RFC 9745 writes a date as @seconds"
    if name == "etag" and not _ENTITY_TAG.fullmatch(value):
        return "an entity tag is quoted"
    if name in ("if-match", "if-none-match") and value != "*":
        tags = [tag.strip() for tag in value.split(",")]
        return "" if all(_ENTITY_TAG.fullmatch(tag) for tag in tags) else "an entity tag is quoted"
    if name == "content-type" and not _MEDIA_TYPE.fullmatch(value):
        return "no media type"
    if name == "content-length" and not value.isdigit():
        return "no number"
    return ""


def _is_date(value: str) -> bool:
    try:
        found: datetime = parsedate_to_datetime(value)
        return format_datetime(found, usegmt=True) == value
    except ValueError:
        return False


def _problem_faults(message: Message) -> Iterator[str]:
    if not message.status:
        yield "a request with a problem"
        return
    body = parse_json(message.body) if message.body else None
    if not isinstance(body, Mapping):
        yield "a problem is a JSON object"
        return
    for member in ("type", "title", "detail", "instance"):
        if member in body and not isinstance(body[member], str):
            yield f"the problem's `{member}` is no text"
    if body.get("status", message.status) != message.status:
        yield f"the problem says status {body['status']}, the response {message.status}"
