"""Services in Go: names that are free, texts that stay quoted, code as gofmt and sqlc leave it."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest

from be_tui.core.locations import knowledge_dir
from be_tui.core.scaffold import Service, parse_spec, sound_spec
from be_tui.core.scaffold.manifests import read_stack
from be_tui.core.scaffold.rendering import render
from be_tui.core.scaffold.stacks.go import view_of
from be_tui.core.scaffold.stacks.go.layout import Packages, aligned, laid_out
from be_tui.core.scaffold.stacks.go.names import (
    comment,
    expression,
    go_name,
    literal,
    package_name,
    unexported,
)

NO_OPTIONS: frozenset[str] = frozenset()


@cache
def shipped(name: str) -> Service:
    return sound_spec(str(Path(knowledge_dir()) / "specs" / f"{name}.yaml"))


def files(service: Service) -> dict[str, str]:
    made = render(service, read_stack("go"), NO_OPTIONS)
    return {each.path: each.text for each in made}


def service(text: str) -> Service:
    read = parse_spec(text)
    assert read.sound, read.findings
    return read.service


CORPUS = sorted((Path(__file__).parent.parent / "corpus").glob("*.yaml"))
HOSTILE = """\
service: hostile
title: "`\\"{{ 7 * 7 }}\\n*/ import \\"os/exec\\""
resources:
  type:
    plural: errors
    description: "*/ func init() { panic(1) } // {% raw %}"
    fields:
      func: {type: text, description: "`; panic(1) //", filter: true, sort: true}
      range: {type: integer, min: 1, max: 5000000000, default: 2, filter: true}
      select: {type: enum, values: [a, b], default: a}
      a_1: {type: boolean, default: true}
      a1: {type: date, nullable: true, sort: true}
      code: {type: text, pattern: "[\\"`a-c]{1,3}\\\\u0041"}
    allow: {read: anyone, write: anyone}
  counter:
    key: integer
    fields: {up: {type: integer, default: 0}}
    allow: {read: anyone, write: anyone}
"""


@pytest.mark.parametrize("spec", CORPUS, ids=lambda path: path.stem)
def test_each_kind_of_spec_gives_a_whole_service(spec: Path) -> None:
    made = files(sound_spec(str(spec)))
    contract = json.loads(made["internal/contract/openapi.json"])
    routes = "".join(text for path, text in made.items() if path.endswith("/handler.go"))
    for path, item in contract["paths"].items():
        if "/sessions" not in path:
            methods = {method.title() for method in item if method != "parameters"}
            base = path.removesuffix("/{id}")
            found = next(text for text in made.values() if f'Path = "{base}"' in text)
            assert all(f"http.Method{method}, Path" in found for method in methods)
    assert routes
    queries = [path for path in made if path.startswith("schema/queries/")]
    assert len(queries) == len([path for path in made if path.endswith(".sql.go")])


def test_the_same_spec_gives_the_same_bytes() -> None:
    assert files(shipped("shop")) == files(shipped("shop"))


def test_a_package_a_resource_holds_its_layers() -> None:
    made = files(shipped("shop"))
    layers = {"handler", "list", "orderlines", "promised_test", "service"}
    found = {Path(path).stem for path in made if path.startswith("internal/orderlines/")}
    assert found == layers
    assert "internal/products/links.go" in made
    assert "internal/orderlines/links.go" not in made


def test_without_accounts_nothing_of_signing_in_is_there() -> None:
    made = files(service(HOSTILE))
    assert not [path for path in made if path.startswith(("internal/auth", "internal/sessions"))]
    assert "TOKEN_SECRET" not in "".join(made.values())


def test_no_text_of_a_spec_becomes_code() -> None:
    made = files(service(HOSTILE))
    code = "\n".join(text for path, text in made.items() if path.endswith(".go"))
    bare = re.sub(r'"(?:\\.|[^"\\\n])*"|`[^`]*`|//[^\n]*', "", code)
    assert "panic(1)" not in bare
    assert "os/exec" not in bare
    assert "49" not in made["README.md"]


def test_reserved_words_become_names_that_are_free() -> None:
    view = view_of(service(HOSTILE), NO_OPTIONS)
    assert view.resources[0].package == "errorssvc"
    made = files(service(HOSTILE))["internal/db/models.go"]
    assert re.search(r"^type Type struct", made, re.MULTILINE)
    assert re.search(r"^\tA_1 +bool$", made, re.MULTILINE)
    assert re.search(r"^\tA1 +\*time\.Time$", made, re.MULTILINE)
    assert ("a_1", "A_1") in view.renamed


@pytest.mark.parametrize(
    ("name", "exported", "own"),
    [
        ("customer_id", "CustomerID", "customerID"),
        ("url", "URL", "url"),
        ("api_url_2", "APIURL_2", "apiURL_2"),
        ("type", "Type", "type"),
    ],
)
def test_names_have_the_forms_of_go(name: str, exported: str, own: str) -> None:
    assert (go_name(name), unexported(name)) == (exported, own)


def test_packages_never_share_a_name() -> None:
    taken: set[str] = set()
    assert package_name("order_lines", taken) == "orderlines"
    assert package_name("orderlines", taken) == "orderlines2"
    assert package_name("strings", taken) == "stringssvc"
    assert package_name("unit_test", taken) == "unittestsvc"
    assert package_name("values", taken) == "valuessvc"


def test_texts_come_out_quoted() -> None:
    assert (
        literal('a"\\\n\t\r\x00\U0001f600\U000e0001') == '"a\\"\\\\\\n\\t\\r\\u0000😀\\U000e0001"'
    )
    assert comment("a\n*/\tb\u2028c") == "a */ b c"


def test_expressions_come_out_as_go_reads_them() -> None:
    assert expression("^[a-z]$") == "`^[a-z]$`"
    assert expression("^\\u0041`$") == '"^\\\\x{0041}`$"'


def test_imports_are_those_that_the_code_uses() -> None:
    code = 'package x\n\nvar a = fmt.Sprint("os.Exit", `net.Dial`) // time.Now()\nvar b = own.B\n'
    made = laid_out(code, Packages({"own": "example.com/x/internal/own"}))
    assert made.startswith(
        'package x\n\nimport (\n\t"fmt"\n\n\t"example.com/x/internal/own"\n)\n\nvar a'
    )
    assert laid_out("package x\n\nvar a = b.fmt.C\n", Packages({})).count("import") == 0
    assert 'import "os"' in laid_out("package x\n\nvar a = os.Args\n", Packages({}))
    assert laid_out("# no code", Packages({})) == "# no code"


def test_columns_stand_in_line_as_gofmt_has_them() -> None:
    code = "\n".join(
        [
            "type A struct {",
            "\tB int",
            "\tLong, Longer string `json:\"b\"`",
            "\t// About.",
            "\tC int",
            "}",
            "var (",
            "\ta = 1",
            "\tlonger = 2",
            ")",
            "var x = map[string]int{",
            '\t"a": 1,',
            '\t"longer": 2,',
            f'\t"{"x" * 60}": 3,',
            "\t`raw",
            "\ta: 1,",
            "\t`: 4,",
            "}",
            "type C struct {",
            "\t// `",
            "\tD int // it's",
            "\tLonger string",
            "}",
        ]
    )  # fmt: skip
    assert aligned(code).split("\n") == [
        "type A struct {",
        "\tB            int",
        '\tLong, Longer string `json:"b"`',
        "\t// About.",
        "\tC int",
        "}",
        "var (",
        "\ta      = 1",
        "\tlonger = 2",
        ")",
        "var x = map[string]int{",
        '\t"a":      1,',
        '\t"longer": 2,',
        f'\t"{"x" * 60}": 3,',
        "\t`raw",
        "\ta: 1,",
        "\t`: 4,",
        "}",
        "type C struct {",
        "\t// `",
        "\tD      int // it's",
        "\tLonger string",
        "}",
    ]


KINDS = """\
service: kinds
resources:
  thing:
    key: integer
    fields:
      a: {type: float, min: -1.5, max: 2, default: 0.5}
      b: {type: float, nullable: true, default: 0.5}
      c: {type: integer, nullable: true, default: 3}
      d: {type: integer, min: 0, max: 9000000000, nullable: true, default: 4}
      e: {type: decimal, digits: 4, scale: 2, default: 1.5, sort: true, filter: true}
      f: {type: decimal, digits: 30, scale: 2, max: -1000000000000000000000, nullable: true}
      g: {type: date, default: now, filter: true}
      h: {type: date, default: 2026-05-01}
      i: {type: datetime, default: now}
      j: {type: url, max: 100}
      k: {type: json}
      l: {type: json, nullable: true}
      m: {type: uuid}
      n: {type: boolean, filter: true, nullable: true}
      o: {type: reference, to: thing, nullable: true, filter: true}
    links: {others: {to: thing}}
    allow: {read: anyone, write: anyone}
"""


@pytest.mark.parametrize(
    "read",
    [
        'wire.Default(o, "a", wire.Float(-1.5, 2), 0.5)',
        "wire.Nullable(wire.Float(-1000000000000000, 1000000000000000)), new(float64(0.5)))",
        'wire.Default(o, "c", wire.Nullable(wire.Int32(-2147483648, 2147483647)), new(int32(3)))',
        'wire.Default(o, "d", wire.Nullable(wire.Int64(0, 9000000000)), new(int64(4)))',
        'wire.Default(o, "e", wire.Decimal(eForm), decimal.RequireFromString("1.5"))',
        'wire.Default(o, "f", wire.Nullable(wire.Decimal(fForm)), nil)',
        'wire.Default(o, "g", wire.Date(), wire.Today())',
        'wire.Default(o, "h", wire.Date(), time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC))',
        'wire.Default(o, "i", wire.Moment(), wire.Now())',
        'wire.Required(o, "j", wire.URL(100))',
        'wire.Required(o, "k", wire.Flat())',
        'wire.Default(o, "l", wire.NullableFlat(wire.Flat()), nil)',
        'wire.Default(o, "o_id", wire.Nullable(wire.Int64(1, 9223372036854775807)), nil)',
        'wire.Default(o, "other_ids", wire.Keys(wire.Int64(1, 9223372036854775807)), nil)',
    ],
)
def test_each_kind_of_field_is_read_by_its_rule(read: str) -> None:
    made = files(service(KINDS))["internal/things/things.go"]
    assert re.sub(r":  +", ": ", made).count(read) >= 1


def test_values_of_tests_are_within_the_bounds_of_their_fields() -> None:
    made = files(service(KINDS))["internal/factory/things.go"]
    assert 'decimal.RequireFromString("-' in made
    assert "float64(-1.5)" in made
    assert "int64(0 + number%1000000000)" in made


def test_without_roles_all_accounts_are_alike() -> None:
    text = (
        HOSTILE.replace("resources:", "accounts: {resource: user}\nresources:", 1)
        + """\
  user:
    owner: user
    fields: {email: {type: email, unique: true}, password: {type: password}}
    allow: {read: owner, create: anyone, update: nobody, delete: owner}
"""
    )
    view = view_of(service(text), NO_OPTIONS)
    assert view.accounts is not None
    assert (view.accounts.roles, view.accounts.usual, view.accounts.highest) == ((), "", "")
    assert "Role:" not in files(service(text))["internal/auth/auth.go"]


def test_private_fields_are_in_no_answer() -> None:
    made = files(shipped("shop"))["internal/payments/payments.go"]
    answer = made[made.index("type Answer struct") : made.index("func answerOf")]
    assert "reference" not in answer
    assert "Hash" not in files(shipped("users"))["internal/users/users.go"]


def test_rows_of_others_are_found_through_what_they_belong_to() -> None:
    shop = view_of(shipped("shop"), NO_OPTIONS)
    lines = next(each for each in shop.resources if each.package == "orderlines")
    found = "order_id IN (SELECT id FROM orders WHERE customer_id = ?)"
    assert lines.own_condition == found
    assert found in files(shipped("shop"))["internal/orderlines/list.go"]
