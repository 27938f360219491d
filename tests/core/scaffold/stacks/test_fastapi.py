"""FastAPI's view: names that are free, texts that stay texts, values that the contract takes."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from be_tui.core.files import FileSet, NewFile
from be_tui.core.locations import knowledge_dir
from be_tui.core.scaffold import Service, parse_spec, sound_spec
from be_tui.core.scaffold.contract.wire import created
from be_tui.core.scaffold.manifests import read_stack
from be_tui.core.scaffold.rendering import render
from be_tui.core.scaffold.stacks.fastapi import view_of
from be_tui.core.scaffold.stacks.fastapi.importing import exploded, sorted_imports, with_imports
from be_tui.core.scaffold.stacks.fastapi.trying import choices, refused, taken, wire_sample
from be_tui.core.scaffold.stacks.fastapi.types import rust_pattern
from be_tui.core.scaffold.stacks.fastapi.view import among, package_name
from be_tui.core.scaffold.stacks.fastapi.wording import attribute, literal, prose, raw, said
from be_tui.core.scaffold.stacks.sampling import is_numbered, samples
from tests.core.scaffold.stacks.every_right import every_right

CORPUS = Path(__file__).parent.parent / "corpus"
SPECS = [*sorted(CORPUS.glob("*.yaml")), Path(knowledge_dir(), "specs", "shop.yaml")]
HOSTILE = [
    '"""',
    "\\",
    '"\\',
    "'''\n",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "\0\u2028\x85",
    "é☃𝒳",
    "${x}#{y}",
]


def generated(service: Service, *options: str) -> dict[str, str]:
    files = render(service, read_stack("fastapi"), frozenset(options))
    return {each.path: each.text for each in files}


def service_of(fields: str, *more: str) -> Service:
    lines = "\n".join(more)
    text = f"service: a\nresources:\n  thing:\n    fields: {{{fields}}}\n{lines}"
    read = parse_spec(text)
    assert read.sound, read.findings
    return read.service


@pytest.fixture(scope="module")
def shop() -> dict[str, str]:
    return generated(sound_spec(str(SPECS[-1])))


@pytest.mark.parametrize("options", [(), read_stack("fastapi").option_names])
@pytest.mark.parametrize("accounts", [True, False])
def test_ruff_has_nothing_to_say_whatever_may_be_done(
    tmp_path: Path, *, accounts: bool, options: tuple[str, ...]
) -> None:
    files = generated(parse_spec(every_right(accounts=accounts)).service, *options)
    write_files(tmp_path, files)
    ruff_holds(tmp_path)


@pytest.mark.parametrize("name", ["datetime", "everything"])
def test_ruff_has_nothing_to_say_of_long_names_and_few_fields(name: str, tmp_path: Path) -> None:
    service = sound_spec(str(CORPUS / f"{name}.yaml"))
    write_files(tmp_path, generated(service, *read_stack("fastapi").option_names))
    ruff_holds(tmp_path)


def ruff_holds(root: Path) -> None:
    for command in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--no-cache", "."],
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout


def write_files(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_all_that_is_generated_is_python_and_imports_what_it_names(path: Path) -> None:
    holds(generated(sound_spec(str(path))))


@pytest.mark.parametrize("name", ["manytomany", "reservedwords", "softdelete", "tenant"])
def test_so_it_is_with_all_options(name: str) -> None:
    service = sound_spec(str(CORPUS / f"{name}.yaml"))
    holds(generated(service, *read_stack("fastapi").option_names))


def holds(files: dict[str, str]) -> None:
    """Hold that modules can be read, and begin with what they need."""
    for name, text in files.items():
        if name.endswith(".py"):
            compile(text, name, "exec")
            assert not text.endswith("\n\n"), name
            assert max((len(line) for line in imports_of(text)), default=0) <= 100, name
    tomllib.loads(files["pyproject.toml"])


def test_no_two_files_are_in_each_others_way() -> None:
    service = service_of("name: {type: text}", "  aux: {plural: con, fields: {n: {type: text}}}")
    files = render(service, read_stack("fastapi"), frozenset())
    made = FileSet(tuple(NewFile(each.path, each.text) for each in files))
    assert "src/a/con_/models.py" in {each.path for each in made.files}


def imports_of(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(("import ", "from "))]


def test_the_same_spec_gives_the_same_bytes() -> None:
    service = sound_spec(str(SPECS[-1]))
    assert generated(service) == generated(service)


def test_a_package_a_domain(shop: dict[str, str]) -> None:
    layers = {"models", "schemas", "policy", "repository", "service", "router"}
    for domain in ("users", "orders", "order_lines", "products", "categories", "payments"):
        assert {f"src/shop_api/{domain}/{layer}.py" for layer in layers} <= set(shop)


def test_private_fields_stand_in_no_answer(shop: dict[str, str]) -> None:
    schemas = shop["src/shop_api/payments/schemas.py"]
    answer = schemas.partition("class PaymentAnswer")[2].partition("\nclass ")[0]
    assert "amount" in answer
    assert "reference" not in answer
    users = shop["src/shop_api/users/schemas.py"].partition("class UserAnswer")[2]
    assert "password" not in users.partition("\nclass ")[0]


def test_what_nobody_may_do_is_not_there(shop: dict[str, str]) -> None:
    router = shop["src/shop_api/payments/router.py"]
    assert "@router.post" in router
    assert not re.search(r"@router\.(put|patch|delete)", router)


def test_owners_lead_to_the_account_over_other_rows(shop: dict[str, str]) -> None:
    policy = shop["src/shop_api/order_lines/policy.py"]
    assert "sa.select(OrderRow.id).where(OrderRow.customer_id == caller.account_id)" in policy
    assert "OrderLineRow.order_id.in_(own_orders)" in policy


def test_what_forgets_a_row_has_a_new_version(shop: dict[str, str]) -> None:
    repository = shop["src/shop_api/categories/repository.py"]
    assert "version=ProductRow.version + 1" in repository
    assert '"version": CategoryRow.version + 1' in repository


def test_nobody_signs_in_where_there_are_no_accounts() -> None:
    files = generated(service_of("name: {type: text}"))
    assert not [path for path in files if "sessions" in path or "passwords" in path]
    assert "caller:" not in files["src/a/things/service.py"]
    assert "token_secret" not in files["src/a/core/config.py"]


@pytest.mark.parametrize(
    ("option", "words"),
    [("cache", "redis|CACHE_U|outdate"), ("jobs", "outbox|JOB_|[Ww]orker")],
)
def test_nothing_of_an_option_is_there_without_it(
    shop: dict[str, str], option: str, words: str
) -> None:
    with_it = generated(sound_spec(str(SPECS[-1])), option)
    assert not [path for path, text in shop.items() if re.search(words, path + text)]
    assert shop.keys() < with_it.keys()
    changed = {path for path, text in shop.items() if with_it[path] != text}
    assert {"compose.yaml", ".env.example", "README.md"} <= changed


def cached(service: Service) -> set[str]:
    """Give the resources whose rows a cache keeps."""
    view = view_of(service, frozenset({"cache"}))
    return {each.resource.name for each in view.resources if each.caching.holds}


def test_rows_that_are_read_are_kept_in_the_cache() -> None:
    assert cached(sound_spec(str(SPECS[-1]))) == {
        *("category", "order", "order_line", "payment", "product", "user")
    }


def test_rows_that_the_database_changes_by_itself_are_not_kept() -> None:
    chain = service_of(
        "name: {type: text}",
        "  part: {fields: {thing: {type: reference, to: thing, on_delete: cascade}}}",
        "  screw: {fields: {part: {type: reference, to: part, on_delete: cascade}}}",
        "  thread: {fields: {screw: {type: reference, to: screw, on_delete: cascade}}}",
        "  label:",
        "    fields:",
        "      part: {type: reference, to: part, nullable: true, on_delete: set-null}",
        "  box: {fields: {n: {type: text}}, links: {parts: {to: part}}}",
        "  note: {fields: {part: {type: reference, to: part, on_delete: restrict}}}",
    )
    assert cached(chain) == {"thing", "part", "note"}
    files = generated(chain, "cache")
    assert "_outdate_parts_thing_id(session, row.id)" in files["src/a/things/repository.py"]
    assert "Not from the cache" in files["src/a/screws/service.py"]
    assert "src/a/screws/cached.py" not in files


def test_rows_of_those_that_are_only_marked_are_kept() -> None:
    assert cached(sound_spec(str(CORPUS / "softdelete.yaml"))) == {"folder", "paper", "note"}
    assert cached(sound_spec(str(CORPUS / "tenant.yaml"))) == {"company", "user", "contact", "tag"}


def test_rows_have_another_place_in_the_cache_when_their_shape_changes() -> None:
    tags = {
        view_of(service_of(fields), frozenset()).resources[0].caching.tag
        for fields in ("name: {type: text}", "name: {type: integer}", "other: {type: text}")
    }
    assert len(tags) == 3


def test_who_may_read_is_told_by_the_row_or_asked_of_the_database() -> None:
    files = generated(sound_spec(str(SPECS[-1])), "cache")
    assert "row.customer_id == caller.account_id" in files["src/shop_api/orders/policy.py"]
    assert "def is_told_by_row" in files["src/shop_api/order_lines/policy.py"]
    assert "if not policy.is_told_by_row(caller)" in files["src/shop_api/order_lines/service.py"]
    assert "def is_told_by_row" not in files["src/shop_api/orders/policy.py"]


def test_each_way_to_write_tells_the_outbox() -> None:
    files = generated(sound_spec(str(SPECS[-1])), "jobs")
    for domain, told in {
        "orders": ["created", "updated", "deleted"],
        "payments": ["created"],
    }.items():
        repository = files[f"src/shop_api/{domain}/repository.py"]
        assert re.findall(r'tell\(session, "\w+", "(\w+)", row\)', repository) == told


def test_the_handlers_of_events_are_the_persons() -> None:
    files = render(sound_spec(str(SPECS[-1])), read_stack("fastapi"), frozenset({"jobs"}))
    owned = {each.path: each.owner for each in files if "/worker/" in each.path}
    assert owned == {
        "src/shop_api/worker/__init__.py": "generated",
        "src/shop_api/worker/__main__.py": "generated",
        "src/shop_api/worker/handlers.py": "yours",
        "src/shop_api/worker/loop.py": "generated",
    }


def test_a_resource_that_is_called_worker_stands_beside_the_worker() -> None:
    service = service_of(
        "name: {type: text}", "  hand: {plural: worker, fields: {n: {type: text}}}"
    )
    assert "src/a/worker_/models.py" in generated(service, "jobs")


def test_locks_have_what_an_option_needs_with_it_alone(shop: dict[str, str]) -> None:
    files = generated(sound_spec(str(SPECS[-1])), "cache")
    for name in ("requirements.lock", "requirements-dev.lock"):
        assert "\nredis==" in files[name]
        assert "\nredis==" not in shop[name]


def test_locks_name_each_version_with_its_digest(shop: dict[str, str]) -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        pinned = re.findall(r"^([a-z0-9-]+)(?:\[[a-z]+\])?==", shop[name], re.M)
        assert {"fastapi", "sqlalchemy", "asyncpg"} <= set(pinned)
        assert shop[name].count("--hash=sha256:") >= len(pinned)
        assert "://" not in shop[name]


@pytest.mark.parametrize("name", ["class", "async", "list", "date", "json", "model_x", "sa", "now"])
def test_a_taken_name_gets_another_attribute_and_keeps_its_own_on_the_wire(name: str) -> None:
    assert attribute(name) == f"{name}_"
    files = generated(service_of(f"{name}: {{type: text}}"))
    assert (
        f'{name}_: ThingX = Field(alias="{name}")'.replace("ThingX", "str")
        in files["src/a/things/schemas.py"]
    )


@pytest.mark.parametrize(
    ("name", "made"),
    [("shop-api", "shop_api"), ("calendar", "calendar_service"), ("fastapi", "fastapi_service")],
)
def test_a_service_hides_no_library(name: str, made: str) -> None:
    assert package_name(name) == made


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_comes_out_as_it_went_in(text: str) -> None:
    assert ast.literal_eval(literal(text)) == text
    assert ast.literal_eval(raw(text)) == text
    assert ast.literal_eval(f'"""{said(text)} end"""') == f"{said(text)} end"
    assert "{{" not in prose(text)


@pytest.mark.parametrize("text", [each for each in HOSTILE if "\0" not in each])
def test_a_text_of_a_spec_is_never_code(text: str) -> None:
    quoted = "\\".join(f"u{ord(each):04x}" if ord(each) < 65536 else "u2603" for each in text)
    described = f'name: {{type: text, default: x, description: "\\{quoted}"}}'
    for path, made in generated(service_of(described)).items():
        if path.endswith(".py"):
            compile(made, path, "exec")


@pytest.mark.parametrize(
    ("pattern", "read"),
    [(r"\d+", "[0-9]+"), (r"[\d-]\w", "[0-9-][A-Za-z0-9_]"), (r"\\d", r"\\d"), (r"\.", r"\.")],
)
def test_digits_and_letters_are_those_of_ascii(pattern: str, read: str) -> None:
    assert rust_pattern(pattern) == read


def test_imports_are_those_that_the_code_names_sorted() -> None:
    homes = {"UUID": "uuid", "Field": "pydantic", "Own": "me.core", "x_policy": "me.x:policy"}
    code = "\n\nclass Made(Own):\n    id: UUID = Field()\n    sa = x_policy\n\n\n"
    assert with_imports(code, homes, "me") == (
        "from uuid import UUID\n\nfrom pydantic import Field\n\n"
        "from me.core import Own\nfrom me.x import policy as x_policy\n\n\n"
        "class Made(Own):\n    id: UUID = Field()\n    sa = x_policy\n"
    )
    assert with_imports("X = 1\n", homes, "me") == "X = 1\n"
    assert with_imports("X = sa\n", homes, "me") == "import sqlalchemy as sa\n\nX = sa\n"
    assert (
        sorted_imports("\nfrom b import c\nfrom a import d\n") == "from a import d\nfrom b import c"
    )


def test_imports_that_are_too_long_stand_on_lines_of_their_own() -> None:
    names = [f"Name{number:020}" for number in range(4)]
    made = with_imports("\n".join(names), dict.fromkeys(names, "pydantic"), "me")
    assert made.startswith("from pydantic import (\n    Name")
    compile(made, "made", "exec")


def test_a_call_that_is_too_long_is_split() -> None:
    long = "a" * 90
    assert exploded(("int",)) == "int"
    assert exploded(("str", f'written(r"{long}")')) == (
        f'\n    str,\n    written(\n        r"{long}",\n    ),\n'
    )


def test_a_role_is_asked_for_by_its_name() -> None:
    assert among(("a",), "role") == 'role == "a"'
    assert among(("a",), "role", negated=True) == 'role != "a"'
    assert among(("b", "a"), "role") == 'role in {"a", "b"}'
    assert among(("b", "a"), "role", negated=True) == 'role not in {"a", "b"}'


PATTERNS = [
    ("[A-Z0-9-]+", 3, 32),
    (r"\w+-\d{2,4}", 0, 12),
    ("[A-Z]{1,2}", 1, 2),
    ("(?:ab|cd)*x?", 1, 9),
    ("[^a-z]{3}", 3, 3),
    (r"\S\s\D\W.", 5, 5),
    ("[^x]y", 2, 2),
    ("^a$", 1, 1),
]


@pytest.mark.parametrize(("pattern", "least", "most"), PATTERNS, ids=[each[0] for each in PATTERNS])
def test_samples_are_what_the_pattern_takes(pattern: str, least: int, most: int) -> None:
    found = samples(pattern, least, most)
    assert found
    assert all(re.fullmatch(pattern, each) and least <= len(each) <= most for each in found)


@pytest.mark.parametrize(
    "code", ["number", "text(number, 1, 2)", 'f"{number}"', "`a${number}`", '"a" + number + "b"']
)
def test_code_that_uses_the_number_is_told(code: str) -> None:
    assert is_numbered("1", code)


@pytest.mark.parametrize(
    "code", ["", '"number"', "'number'", '["number"]', '"a \\" number"', "numbers"]
)
def test_a_choice_that_is_called_number_is_no_use_of_it(code: str) -> None:
    assert not is_numbered(code)


def test_there_is_no_sample_where_nothing_fits() -> None:
    assert samples("a{9}", 1, 3) == ()


def usual(number: int) -> dict[str, object]:
    """Give what the code of samples may name, as `samples.py` has it."""
    module = generated(service_of("name: {type: text}"))["src/a/samples.py"]
    tree = ast.parse(module)
    kept = [each for each in tree.body if getattr(each, "name", "") in {"text", "pick", "amount"}]
    names: dict[str, object] = {"number": number}
    head = "from decimal import Decimal\nfrom datetime import UTC, date, datetime, timedelta\n"
    head += "from collections.abc import Sequence\nfrom uuid import UUID\n"
    exec(head + ast.unparse(ast.Module(kept, [])), names)
    return names


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_tries_are_values_that_the_contract_takes_or_refuses(path: Path) -> None:
    from jsonschema import Draft202012Validator

    from be_tui.core.scaffold.contract.schemas import member_schema

    service = sound_spec(str(path))
    names = usual(7)
    for resource in service.resources:
        for member in created(service, resource):
            field = member.field
            if field is None or field.kind in {"reference", "date", "datetime", "uuid"}:
                continue
            held = Draft202012Validator(member_schema(service, member))
            sample = eval(wire_sample(field, "VALUES"), {**names, "VALUES": choices(field)})
            assert held.is_valid(sample), (resource.name, field.name, sample)
            for each in taken(member.name, field):
                assert held.is_valid(eval(each.value)), each
            for each in refused(member.name, field):
                assert not held.is_valid(eval(each.value)), each


def test_the_chief_is_the_role_that_is_named_most() -> None:
    view = view_of(sound_spec(str(SPECS[-1])), frozenset())
    assert view.accounts is not None
    assert (view.accounts.chief, view.accounts.login) == ("admin", "email")


def test_who_may_not_is_tried_by_a_role_that_may_not() -> None:
    service = sound_spec(str(CORPUS / "everything.yaml"))
    trials = {each.resource.name: each.trials for each in view_of(service, frozenset()).resources}
    assert trials["organisation"].stranger("update") == ""
    assert trials["label"].stranger("update") == "admin"
    assert trials["class"].stranger("update") is None
    tests = generated(service)
    assert "not_theirs_to_change" not in tests["tests/classes/test_api.py"]
    assert 'world.person("admin", beside=person)' in tests["tests/labels/test_api.py"]
