"""How test functions look in each language."""

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
