"""Names and literals of Go."""

from __future__ import annotations

from be_tui.core.scaffold.stacks.go.layout import OTHERS, OWN, STANDARD

KEYWORDS = frozenset(
    {
        *("break", "case", "chan", "const", "continue", "default", "defer", "else", "fallthrough"),
        *("for", "func", "go", "goto", "if", "import", "interface", "map", "package", "range"),
        *("return", "select", "struct", "switch", "type", "var"),
    }
)

_PREDECLARED = frozenset(
    {
        *("any", "append", "bool", "byte", "cap", "clear", "close", "comparable", "complex"),
        *("complex64", "complex128", "copy", "delete", "error", "false", "float32", "float64"),
        *("imag", "int", "int8", "int16", "int32", "int64", "iota", "len", "make", "max", "min"),
        *("new", "nil", "panic", "print", "println", "real", "recover", "rune", "string", "true"),
        *("uint", "uint8", "uint16", "uint32", "uint64", "uintptr"),
    }
)

_LOCAL = frozenset(
    {
        *("internal", "main", "vendor", "testdata", "schema", "init", "service", "handler"),
        *("pool", "cfg", "ctx", "router", "signer", "once", "guard", "mux", "now", "err", "req"),
        *("got", "want", "kit", "sdkmetric", "sdktrace"),
        # Files that stand beside those of the resources.
        *("kept", "links", "list", "own", "values"),
        # What the code says before a dot besides packages.
        *("a", "about", "absent", "account", "address", "again", "all", "answer", "arg"),
        *("argument", "asked", "at", "before", "by", "c", "caller", "change", "changed"),
        *("closer", "conn", "count", "counted", "data", "day", "decoder", "dice", "doc", "e"),
        *("each", "edge", "entry", "env", "event", "expression", "failure", "field", "first"),
        *("form", "formed", "found", "fs", "g", "get", "given", "gone", "graph", "h"),
        *("handled", "hashing", "header", "i", "in", "k", "kind", "l", "lead"),
        *("lease", "level", "limit", "listener", "log", "lost", "m", "made"),
        *("malformed", "may", "meter", "metrics", "moment", "next", "number", "o", "of"),
        *("op", "options", "order", "other", "otherwise", "over", "p", "page", "pair"),
        *("params", "parsed", "part", "pipe", "point", "post", "prefix", "problem"),
        *("promised", "provider", "put", "q", "queries", "query", "r", "read", "reader"),
        *("readers", "record", "recorder", "refused", "request", "result", "row", "rows"),
        *("rule", "s", "said", "same", "scope", "seen", "sent", "served", "server"),
        *("settings", "slow", "span", "stale", "store", "sum", "syntax", "t", "text"),
        *("thing", "ticker", "tidying", "to", "told", "traces", "tx", "unknown", "value"),
        *("w", "wanted", "whole", "wide", "worker", "working", "wrong"),
    }
)
"""Names that the templates give to something of their own."""

INITIALISMS = frozenset({"api", "html", "http", "id", "ip", "json", "sql", "uri", "url", "uuid"})
"""Words that Go writes in capitals; `sqlc.yaml` names the same."""


def go_name(name: str) -> str:
    """Give the exported name of something: `CustomerID` for `customer_id`.

    A `_` before a digit stays, so that `a_1` and `a1` are not the same.
    """
    made = ""
    for part in name.split("_"):
        bar = "_" if part[:1].isdigit() and made else ""
        made += bar + (part.upper() if part in INITIALISMS else part[:1].upper() + part[1:])
    return made


def unexported(name: str) -> str:
    """Give the name that only a package knows something by: `customerID`."""
    first, bar, rest = name.partition("_")
    return f"{first}_{rest}" if rest[:1].isdigit() else first + (go_name(rest) if bar else "")


def sqlc_name(name: str) -> str:
    """Give what sqlc calls a column unless it is told another name."""
    return "".join(
        part.upper() if part in INITIALISMS else part[:1].upper() + part[1:]
        for part in name.split("_")
    )


def package_name(name: str, taken: set[str]) -> str:
    """Give a package's name: short and of small letters, free of what code says otherwise."""
    made = name.replace("_", "")
    refused = KEYWORDS | _PREDECLARED | _LOCAL | STANDARD.keys() | OTHERS.keys() | set(OWN)
    if made in refused or made.endswith("test"):
        made = f"{made}svc"
    number = 2
    while made in taken:
        made = f"{name.replace('_', '')}{number}"
        number += 1
    taken.add(made)
    return made


def literal(text: str) -> str:
    """Give a text as Go writes it, between double quotes."""
    return f'"{"".join(_escaped(character) for character in text)}"'


_SHORT = 0xFFFF
"""The last character that four digits write."""


def _escaped(character: str) -> str:
    short = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    if character in short:
        return short[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= _SHORT else f"\\U{code:08x}"


def comment(text: str) -> str:
    """Give a text as one line that a comment can hold."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def expression(pattern: str) -> str:
    """Give a regular expression as Go writes it: raw where that can be."""
    import re

    made = re.sub(r"\\u([0-9a-fA-F]{4})", r"\\x{\1}", pattern)
    return f"`{made}`" if "`" not in made and made.isprintable() else literal(made)
