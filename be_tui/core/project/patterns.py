"""What the scan looks for in each language: test functions, loops and queries in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern for bytes, with plain texts of which one must be there for it to match at all.

    Looking for a plain text costs a tenth of what a pattern costs.
    """

    signs: tuple[bytes, ...]
    expression: bytes

    def count(self, data: bytes) -> int:
        """Count the matches."""
        if not any(sign in data for sign in self.signs):
            return 0
        return sum(1 for _ in _compiled(self.expression).finditer(data))


@cache
def _compiled(expression: bytes) -> re.Pattern[bytes]:
    return re.compile(expression, re.MULTILINE)


_JS_TESTS = Pattern(
    (b"it(", b"test(", b"it.", b"test."),
    rb"^[ \t]*(?:it|test)(?:\.(?!skip|todo|describe|use|extend|step)\w+)*"
    rb"(?:\([^\n()]*\))?\s*[(`]\s*['\"`$\w(]",
)
_JVM_TESTS = Pattern(
    (b"@Test", b"@ParameterizedTest", b"@RepeatedTest", b"@Property", b"@TestFactory", b"should(",
     b"test(", b"it(", b"def "),
    rb"^[ \t]*(?:@(?:Test|ParameterizedTest|RepeatedTest|TestFactory|Property)\b"
    rb"|(?:should|test|it|scenario)\(\"|(?:def|void) [\"'])",
)  # fmt: skip
_DOTNET_TESTS = Pattern(
    (b"[Fact", b"[Theory", b"[Test", b"[TestMethod", b"[TestCase"),
    rb"\[(?:<)?(?:Fact|Theory|Test|TestMethod|TestCase)\b",
)

TESTS: dict[str, Pattern] = {
    "Python": Pattern((b"def test",), rb"^[ \t]*(?:async[ \t]+)?def[ \t]+test\w*[ \t]*\("),
    "JavaScript": _JS_TESTS,
    "TypeScript": _JS_TESTS,
    "Java": _JVM_TESTS,
    "Kotlin": _JVM_TESTS,
    "Groovy": _JVM_TESTS,
    "Scala": Pattern(
        (b"test(", b"should", b"must", b" in "),
        rb"^[ \t]*(?:test\(\"|it should |\"[^\"\n]+\" (?:should|must|in)\b)",
    ),
    "Go": Pattern(
        (b"func Test", b"func Fuzz", b"func Example"), rb"^func (?:Test|Fuzz|Example)\w*\("
    ),
    "Rust": Pattern(
        (b"test]", b"test(", b"test_case"), rb"^[ \t]*#\[(?:\w+::)*(?:test|rstest|test_case)\b"
    ),
    "Ruby": Pattern(
        (b"it ", b"specify", b"scenario", b"test"),
        rb"^[ \t]*(?:(?:it|specify|scenario|example|test)[ (]+['\"]|def test_|it \{)",
    ),
    "PHP": Pattern(
        (b"function test", b"@test", b"#[Test]", b"it(", b"test("),
        rb"^[ \t]*(?:public )?(?:function test\w*\(|(?:it|test)\(['\"])|@test\b|#\[Test\]",
    ),
    "C#": _DOTNET_TESTS,
    "F#": _DOTNET_TESTS,
    "Elixir": Pattern((b"test ", b"property "), rb"^[ \t]*(?:test|property)[ (]+\""),
    "Clojure": Pattern((b"(deftest",), rb"^\(deftest\b"),
    "Dart": Pattern((b"test(", b"testWidgets("), rb"^[ \t]*test(?:Widgets)?\(\s*['\"]"),
    "Swift": Pattern((b"func test", b"@Test"), rb"^[ \t]*(?:func test\w*\(|@Test\b)"),
    "C++": Pattern((b"TEST", b"TEST_CASE"), rb"^[ \t]*TEST(?:_F|_P|_CASE)?\("),
    "Lua": Pattern((b"it(",), rb"^[ \t]*it\(['\"]"),
}  # fmt: skip
"""Test functions, by language; a language without a pattern counts its test files only."""

INLINE_TESTS = frozenset({"Rust"})
"""Languages whose tests stand in the files that they test."""

MARKERS = (b"todo", b"fixme", b"hack", b"xxx")
"""Words that mark unfinished work, in lower case."""

LEFT_OPEN = re.compile(
    rb"(?:#|//|/\*|^[ \t]*\*|--|<!--|;;)[ \t*!@\[]{0,4}((?:"
    + b"|".join(MARKERS)
    + rb")\b[^\n]{0,200})",
    re.IGNORECASE | re.MULTILINE,
)
"""A comment that begins with such a word."""

_FOR = rb"^[ \t]*(?:\}[ \t]*)?(?:async[ \t]+)?"
LOOPS: dict[str, bytes] = {
    "Python": rb"^[ \t]*(?:async[ \t]+)?for\b[^\n]*:[ \t]*(?:#.*)?$",
    "JavaScript": _FOR
    + rb"for\b.*\{|\.(?:forEach|map|flatMap|reduce)\((?:async\b)?[^\n]*(?:=>|function)",
    "Java": _FOR + rb"for\s*\(|\.(?:forEach|map|flatMap|peek)\(",
    "Kotlin": _FOR + rb"for\s*\(|\.(?:forEach|map|flatMap|onEach)\w*\s*[({]",
    "Go": rb"^[ \t]*for\b.*\{",
    "Rust": rb"^[ \t]*for\b.*\{",
    "Ruby": rb"\.(?:each|map|flat_map|find_each|each_with_index)\b.*(?:do\b|\{)",
    "PHP": _FOR + rb"foreach\s*\(",
    "C#": _FOR + rb"(?:await[ \t]+)?foreach\s*\(|\.(?:Select|ForEach)\(.*=>",
}
LOOPS["TypeScript"] = LOOPS["JavaScript"]
"""The first line of a loop over things; what stands deeper below it is its body."""

_STORE = rb"(?:\w*[Rr]epo(?:sitory|sitories)?|\w*[Dd]ao|\w*_repo(?:sitory)?)"
QUERIES: dict[str, Pattern] = {
    "Python": Pattern(
        (b"session", b".objects", b"cursor", b"conn", b"db.", b"repo", b".query"),
        rb"\b(?:self\.)?_?(?:\w*session|db|cursor|cur|conn|connection|engine)"
        rb"\.(?:execute|scalars?|query|get|get_one|fetch(?:row|val|one|all)?|refresh|merge)\("
        rb"|\.objects\.(?:get|filter|exclude|all|create|get_or_create|count)\("
        rb"|\.query\.(?:get|filter|filter_by)\("
        rb"|\b_?" + _STORE + rb"\.(?:get|find|load|fetch|by|list|count|exists|search)\w*\(",
    ),
    "JavaScript": Pattern(
        (b"prisma", b"find", b"query", b"knex", b"db.", b"epo"),
        rb"\bprisma\.\w+\.(?:find|count|aggregate|create|update|delete|upsert)\w*\("
        rb"|\.(?:findOne|findByPk|findById|findUnique|findFirst|findAll|findMany|findOneBy|findBy)\w*\("
        rb"|\b(?:knex|db|pool|client|conn|connection|trx|tx)\.(?:query|execute|select|one|oneOrNone|any)\("
        rb"|\b" + _STORE + rb"\.(?:get|find|load|fetch|query|count|exists|save)\w*\(",
    ),
    "Java": Pattern(
        (b"epo", b"ao.", b"entityManager", b"em.", b"emplate", b"session."),
        rb"\b" + _STORE + rb"\.(?:find|get|load|query|select|count|exists|save|delete|fetch)\w*\("
        rb"|\b(?:entityManager|em)\.(?:find|createQuery|createNativeQuery|persist|merge)\("
        rb"|\b\w*[jJ]dbcTemplate\.(?:query|update)\w*\(|\bsession\.(?:get|load|createQuery)\(",
    ),
    "Go": Pattern(
        (b"db.", b"DB.", b"tx.", b"pool.", b"conn.", b"queries.", b"q.", b"epo", b"tore."),
        rb"\b(?:\w+\.)?(?:db|DB|tx|pool|conn|queries|q|\w*[Rr]epo(?:sitory)?|\w*[Ss]tore)"
        rb"\.(?:Query|QueryRow|QueryContext|QueryRowContext|Exec|ExecContext|Get|Select|Find|First|"
        rb"List|Load|Fetch|Count|Where)\w*\(",
    ),
    "Rust": Pattern(
        (b"query", b"find", b".load"),
        rb"\bsqlx::query\w*!?\(|\.fetch_(?:one|all|optional)\(|::find(?:_by_id)?\(|\.load::<",
    ),
    "Ruby": Pattern(
        (b".find", b".where", b".count", b".exists?", b".pluck"),
        rb"\b[A-Z]\w*\.(?:find|find_by!?|where|exists\?|pluck|find_or_create_by!?)\b",
    ),
    "PHP": Pattern(
        (b"::find", b"::where", b"->find", b"->query", b"->prepare", b"epository"),
        rb"\b[A-Z]\w*::(?:find|findOrFail|where|firstWhere|first)\("
        rb"|->(?:find|findBy|findOneBy|query|prepare|executeQuery)\(",
    ),
    "C#": Pattern(
        (b"ontext", b"_db", b"db.", b"epository", b"connection."),
        rb"\b_?(?:\w*[cC]ontext|db|dbContext)\.\w+[^\n;]*\.(?:First|Single|Find|ToList|Any|Count)\w*\("
        rb"|\b_?(?:\w*[cC]ontext|db|dbContext)\.\w+\.(?:FindAsync|Find)\("
        rb"|\b_?\w*[rR]epository\.(?:Get|Find|Load|Query|Count|Exists)\w*\("
        rb"|\b_?connection\.(?:Query|Execute)\w*\(",
    ),
}  # fmt: skip
QUERIES["TypeScript"] = QUERIES["JavaScript"]
QUERIES["Kotlin"] = QUERIES["Java"]
"""Calls that look like a query, by language: by the custom of its ORMs and drivers."""

ONE_LINE_BEFORE: dict[str, bytes] = {
    "JavaScript": rb"\.(?:forEach|map|flatMap)\([^\n]*=>",
    "Java": rb"\.(?:forEach|map|flatMap)\(\s*\(?\w+\)?\s*->",
    "Kotlin": rb"\.(?:forEach|map|flatMap)\w*\s*\{",
    "Ruby": rb"\.(?:each|map|flat_map)\b\s*(?:\{|do\b)",
    "C#": rb"\.Select\([^\n]*=>",
}
ONE_LINE_BEFORE["TypeScript"] = ONE_LINE_BEFORE["JavaScript"]
ONE_LINE_AFTER: dict[str, bytes] = {
    "Python": rb"[^\n]*(?:\n[ \t]*)?\bfor\s+[^\n:]+\s+in\b[^\n:]*$",
}
"""What stands before or after a query when the loop is on its own line: a comprehension."""


def loop(language: str) -> re.Pattern[bytes] | None:
    """Give the pattern of a loop's first line."""
    expression = LOOPS.get(language)
    return None if expression is None else _compiled(expression)


def query(language: str) -> re.Pattern[bytes]:
    """Give the pattern of a call that looks like a query."""
    return _compiled(QUERIES[language].expression)


def one_line(language: str, data: bytes, line_start: int, call: re.Match[bytes]) -> bool:
    """Tell whether a query stands in a loop that is written in one line."""
    before = ONE_LINE_BEFORE.get(language)
    if before and _compiled(before).search(data, line_start, call.start()):
        return True
    after = ONE_LINE_AFTER.get(language)
    return bool(after and _compiled(after).match(data, call.end()))
