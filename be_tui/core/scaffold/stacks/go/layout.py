"""Go code as gofmt and goimports leave it: the imports that are used, and columns in line.

Templates write neither imports nor padding. What is done here is what gofmt does with the code
that they write; that nothing is left for it to do is proved with gofmt itself.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

STANDARD = {
    each.rpartition("/")[2]: each
    for each in (
        *("bytes", "cmp", "context", "crypto/hmac", "crypto/rand", "crypto/sha256"),
        *("crypto/subtle", "embed", "encoding/base64", "encoding/hex", "encoding/json"),
        *("errors", "flag", "fmt", "io", "log/slog", "maps", "math", "mime", "net", "net/http"),
        *("net/http/httptest", "net/netip", "net/url", "os", "os/signal", "regexp", "runtime"),
        *("runtime/debug", "slices", "strconv", "strings", "sync", "sync/atomic", "syscall"),
        *("path", "reflect", "testing", "testing/synctest", "time", "unicode/utf8"),
    )
}
"""Packages of the standard library by the names that code says."""

OTHERS = {
    "argon2": "golang.org/x/crypto/argon2",
    "attribute": "go.opentelemetry.io/otel/attribute",
    "decimal": "github.com/shopspring/decimal",
    "goose": "github.com/pressly/goose/v3",
    "jwt": "github.com/golang-jwt/jwt/v5",
    "lock": "github.com/pressly/goose/v3/lock",
    "otel": "go.opentelemetry.io/otel",
    "otelhttp": "go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp",
    "otelpgx": "github.com/exaring/otelpgx",
    "otlptracehttp": "go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp",
    "pgconn": "github.com/jackc/pgx/v5/pgconn",
    "pgtype": "github.com/jackc/pgx/v5/pgtype",
    "pgx": "github.com/jackc/pgx/v5",
    "pgxpool": "github.com/jackc/pgx/v5/pgxpool",
    "prometheus": "go.opentelemetry.io/otel/exporters/prometheus",
    "promhttp": "github.com/prometheus/client_golang/prometheus/promhttp",
    "propagation": "go.opentelemetry.io/otel/propagation",
    "resource": "go.opentelemetry.io/otel/sdk/resource",
    "semaphore": "golang.org/x/sync/semaphore",
    "singleflight": "golang.org/x/sync/singleflight",
    "stdlib": "github.com/jackc/pgx/v5/stdlib",
    "trace": "go.opentelemetry.io/otel/trace",
    "uuid": "github.com/google/uuid",
}

OWN = (
    *(
        "app",
        "auth",
        "config",
        "contract",
        "db",
        "factory",
        "httpapi",
        "idempotency",
        "paging",
        "policy",
    ),
    *("postgres", "seed", "sessions", "telemetry", "testkit", "wire"),
)
"""Packages that each service has under `internal/`."""


@dataclass(frozen=True, slots=True)
class Extra:
    """Packages that are there only with an option; without it their names are anybody's."""

    own: tuple[str, ...]
    others: Mapping[str, str]
    standard: Mapping[str, str]
    """Of the standard library, under another name than their own where that is taken."""


EXTRAS = {
    "cache": Extra(
        ("cache",),
        {
            "maintnotifications": "github.com/redis/go-redis/v9/maintnotifications",
            "metric": "go.opentelemetry.io/otel/metric",
            "metricdata": "go.opentelemetry.io/otel/sdk/metric/metricdata",
            "redis": "github.com/redis/go-redis/v9",
        },
        {"mathrand": "math/rand/v2"},
    ),
    "graphql": Extra(
        ("graphql",),
        {
            "ast": "github.com/vektah/gqlparser/v2/ast",
            "gqlerror": "github.com/vektah/gqlparser/v2/gqlerror",
            "gqlparser": "github.com/vektah/gqlparser/v2",
            "metric": "go.opentelemetry.io/otel/metric",
            "parser": "github.com/vektah/gqlparser/v2/parser",
            "rules": "github.com/vektah/gqlparser/v2/validator/rules",
            "validator": "github.com/vektah/gqlparser/v2/validator",
        },
        {},
    ),
    "jobs": Extra(
        ("jobs",),
        {
            "metric": "go.opentelemetry.io/otel/metric",
            "metricdata": "go.opentelemetry.io/otel/sdk/metric/metricdata",
        },
        {"mathrand": "math/rand/v2"},
    ),
}
"""What the options bring along."""

_NAMED = {
    "sdkmetric": "go.opentelemetry.io/otel/sdk/metric",
    "sdktrace": "go.opentelemetry.io/otel/sdk/trace",
    "semconv": "go.opentelemetry.io/otel/semconv/v1.43.0",
}
"""Packages that are imported under another name than their own."""

_USED = re.compile(r"(?<![\w.])([a-z][a-z0-9]*)\.(?=[A-Za-z_])")
_PACKAGE = re.compile(r"^package (\w+)\n", re.MULTILINE)
_TEXTS = re.compile(r'"(?:\\.|[^"\\\n])*"|`[^`]*`|\'(?:\\.|[^\'\\\n])+\'|//[^\n]*')


@dataclass(frozen=True, slots=True)
class Packages:
    """What the names of packages in a service's code stand for."""

    own: Mapping[str, str]
    """The service's packages by their names."""

    others: Mapping[str, str] = field(default_factory=dict)
    """What options bring along, by the names that code says."""

    standard: Mapping[str, str] = field(default_factory=dict)
    """The same of the standard library."""

    def imports(self, code: str, *, grouped: bool = False) -> str:
        """Give the imports of a file by what its code uses: the library's first, in order."""
        bare = _TEXTS.sub("", code)
        used = set(_USED.findall(bare))
        standard = [(STANDARD[name], f'"{STANDARD[name]}"') for name in used & STANDARD.keys()]
        named = self.standard
        standard += [(named[name], f'{name} "{named[name]}"') for name in used & named.keys()]
        known = {**OTHERS, **self.others, **self.own}
        found = [(known[name], f'"{known[name]}"') for name in used & known.keys()]
        found += [(_NAMED[name], f'{name} "{_NAMED[name]}"') for name in used & _NAMED.keys()]
        groups = [[line for _, line in sorted(group)] for group in (standard, found)]
        blocks = ["\n".join(f"\t{line}" for line in group) for group in groups if group]
        if not blocks:
            return ""
        if len(standard) + len(found) == 1 and not grouped:
            return f"import {blocks[0].strip()}\n\n"
        return "import (\n" + "\n\n".join(blocks) + "\n)\n\n"


def laid_out(code: str, packages: Packages, *, grouped: bool = False) -> str:
    """Give a file with its imports written and its columns in line.

    Args:
        code: The file without either.
        packages: What stands for what.
        grouped: Whether a single import stands in brackets too, as sqlc has it.
    """
    found = _PACKAGE.search(code)
    if found is None:
        return code
    head, rest = code[: found.end()], code[found.end() :].lstrip("\n")
    rest = re.sub(r"\n{3,}", "\n\n", rest.rstrip("\n"))
    rest = re.sub(r"([{(])\n\n", r"\1\n", rest)
    rest = re.sub(r"\n\n([ \t]*[})])", r"\n\1", rest)
    if not rest:
        return head
    return f"{head}\n{packages.imports(rest, grouped=grouped)}{aligned(rest)}\n"


def aligned(code: str) -> str:
    """Give code whose struct fields and keyed values stand in columns."""
    return "\n".join(_aligned(code.split("\n")))


_FIELD = re.compile(r"^(\t+)([A-Za-z_]\w*(?:, [A-Za-z_]\w*)*) +(\S.*)$")
_NAMED_VALUE = re.compile(r"^(\t)([A-Za-z_]\w*) += (\S.*)$")
_KEYED = re.compile(r'^(\t+)("(?:\\.|[^"\\])*"|[A-Za-z_][\w.]*): *(\S.*)$')
_TAGGED = re.compile(r"^(.*?) +(`[^`]*`)$")


def _aligned(lines: list[str]) -> Iterator[str]:
    """Walk through lines, keeping out of raw strings; runs of like lines are padded together."""
    run: list[tuple[str, ...]] = []
    structs: list[str] = []
    raw = values = False
    for line in lines:
        cells = None if raw else _cells(line, in_struct=bool(structs), in_values=values)
        if cells is None or (run and run[0][0] != cells[0]):
            yield from _padded(run)
            run = []
        if cells:
            run.append(cells)
        else:
            yield line
        raw = _ends_raw(line, raw=raw)
        if raw:
            continue
        values = line in {"const (", "var ("} or (values and line != ")")
        if line.endswith("struct {"):
            structs.append(line[: len(line) - len(line.lstrip("\t"))])
        elif structs and line.startswith(f"{structs[-1]}}}"):
            structs.pop()
    yield from _padded(run)


_RAW = re.compile(r"[^`]*`")
_NOT_RAW = re.compile(r'(?:[^`"\'/]|/(?!/)|"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])+\')*`')


def _ends_raw(line: str, *, raw: bool) -> bool:
    """Tell whether a raw string is open at the end of a line."""
    at = 0
    while found := (_RAW if raw else _NOT_RAW).match(line, at):
        raw, at = not raw, found.end()
    return raw


def _cells(line: str, *, in_struct: bool, in_values: bool) -> tuple[str, ...] | None:
    """Give what of a line stands in columns: the kind with its indent first; None where nothing."""
    if _ends_raw(line, raw=False) or line.endswith(("{", "(")):
        return None
    if in_struct:
        found = _FIELD.match(line)
        if found is None:
            return None
        indent, name, rest = found.groups()
        tagged = _TAGGED.match(rest)
        return (f"{indent}|", name, *(tagged.groups() if tagged else (rest,)))
    if in_values:
        found = _NAMED_VALUE.match(line)
        return (f"{found[1]}=", found[2], f"= {found[3]}") if found else None
    found = _KEYED.match(line)
    if found is None or not line.endswith(","):
        return None
    indent, name, rest = found.groups()
    return (f"{indent}:", f"{name}:", rest)


def _padded(run: list[tuple[str, ...]]) -> Iterator[str]:
    """Give a run of lines, in the sections that gofmt makes of it."""
    for section in _sections(run):
        kind = section[0][0]
        widths = [max(len(row[1]) for row in section)]
        tagged = [row for row in section if len(row) > len((kind, *widths, ""))]
        if tagged:
            widths.append(max(len(row[2]) for row in section))
        for row in section:
            cells = [cell.ljust(width) for cell, width in zip(row[1:], widths, strict=False)]
            cells += row[len(cells) + 1 :]
            yield f"{kind[:-1]}{' '.join(cells)}".rstrip()


_SMALL = 40
_RATIO = 2.5


def _sections(run: list[tuple[str, ...]]) -> Iterable[list[tuple[str, ...]]]:
    """Part keyed values where gofmt does: at a key that is far longer or shorter than before."""
    section: list[tuple[str, ...]] = []
    logs = 0.0
    for row in run:
        size = max(len(row[1]) - 1, 1)
        if section and row[0].endswith(":"):
            before = len(section[-1][1]) - 1
            ratio = size / math.exp(logs / len(section))
            small = size <= _SMALL and before <= _SMALL
            if not small and (_RATIO * ratio <= 1 or ratio >= _RATIO):
                yield section
                section, logs = [], 0.0
        section.append(row)
        logs += math.log(size)
    if section:
        yield section
