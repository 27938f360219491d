"""Services in Spring Boot: names that are free, texts that stay quoted, imports that are needed."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.locations import knowledge_dir, templates_dir
from be_tui.core.scaffold import Service, parse_spec, sound_spec
from be_tui.core.scaffold.manifests import read_stack
from be_tui.core.scaffold.rendering import render
from be_tui.core.scaffold.stacks.spring import view_of
from be_tui.core.scaffold.stacks.spring.catalogue import LANGUAGE, libraries, own_classes
from be_tui.core.scaffold.stacks.spring.importing import imports
from be_tui.core.scaffold.stacks.spring.wording import (
    attribute,
    comment,
    constant,
    literal,
    package,
)

NO_OPTIONS: frozenset[str] = frozenset()
JAVA = "src/main/java/com/example"


@cache
def shipped(name: str) -> Service:
    return sound_spec(str(Path(knowledge_dir()) / "specs" / f"{name}.yaml"))


def files(service: Service) -> dict[str, str]:
    made = render(service, read_stack("spring"), NO_OPTIONS)
    return {each.path: each.text for each in made}


def service(text: str) -> Service:
    read = parse_spec(text)
    assert read.sound, read.findings
    return read.service


HOSTILE = """\
service: hostile
title: "`\\"{{ 7 * 7 }}\\n*/ public class Evil {} // \\\\u002a/"
resources:
  string:
    plural: classes
    description: "*/ static { System.exit(1); } /* {% raw %} @param x \\\\u002a/"
    fields:
      class: {type: text, description: "*/ int x; /*", filter: true, sort: true}
      switch: {type: integer, min: 1, max: 5000000000, default: 2, filter: true}
      select: {type: enum, values: [a, b, A], default: a}
      override: {type: enum, values: [x-y, x_y], default: x-y}
      a_1: {type: boolean, default: true}
      a1: {type: date, nullable: true, sort: true}
      hash_code: {type: text, default: "\\"; System.exit(1); //"}
      code: {type: text, pattern: "[\\"a-c]{1,3}"}
    allow: {read: anyone, write: anyone}
"""


@pytest.mark.parametrize("name", ["users", "shop"])
def test_the_same_spec_gives_the_same_bytes_twice(name: str) -> None:
    assert files(shipped(name)) == files(shipped(name))


def test_each_class_stands_in_a_file_of_its_name_in_the_package_of_its_folder() -> None:
    for path, text in files(shipped("shop")).items():
        if path.endswith(".java") and not path.endswith("package-info.java"):
            folder, _, name = path.removesuffix(".java").rpartition("/")
            here = folder.partition("/java/")[2].replace("/", ".")
            assert text.startswith(f"package {here};"), path
            assert re.search(rf"\b(class|record|interface|enum|@interface) {name}\b", text), path


def test_every_package_says_that_nothing_in_it_is_null_unless_it_says_so() -> None:
    made = files(shipped("shop"))
    folders = {path.rpartition("/")[0] for path in made if path.startswith(JAVA)}
    for folder in folders:
        assert "@NullMarked" in made[f"{folder}/package-info.java"]


def test_words_of_java_and_classes_of_libraries_are_no_names() -> None:
    made = files(service(HOSTILE))
    entity = made[f"{JAVA}/hostile/classes/StringRow.java"]
    assert "private String class_;" in entity
    assert "private long switch_;" in entity
    assert "private boolean a_1;" in entity
    assert "private @Nullable LocalDate a1;" in entity
    assert "public enum StringRowOverride {" in entity
    assert '@JsonProperty("switch")' in made[f"{JAVA}/hostile/classes/StringRowAnswer.java"]
    assert "hashCode_" in made[f"{JAVA}/hostile/classes/StringRowCreate.java"]


def test_values_that_differ_in_a_mark_or_in_capitals_are_constants_of_their_own() -> None:
    entity = files(service(HOSTILE))[f"{JAVA}/hostile/classes/StringRow.java"]
    assert 'A("a"),' in entity
    assert 'A_("A");' in entity
    assert 'X_Y("x-y"),' in entity
    assert 'X_Y_("x_y");' in entity


def test_texts_of_a_spec_end_no_comment_and_no_literal() -> None:
    for path, text in files(service(HOSTILE)).items():
        if path.endswith(".java"):
            bare = re.sub(r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"', "", text, flags=re.DOTALL)
            assert "System.exit" not in bare, path
            assert "Evil" not in bare, path
            assert "\\u002a" not in text, path


def test_nothing_of_a_spec_is_read_as_a_template() -> None:
    for path, text in files(service(HOSTILE)).items():
        if path.endswith(".java"):
            assert "49" not in re.sub(r'"[^"\n]*"', "", text), path


def test_no_name_of_a_library_is_called_by_a_class_of_a_service() -> None:
    taken = {*LANGUAGE, *libraries(), *own_classes("x")}
    for name in ("users", "shop"):
        for resource in view_of(shipped(name), NO_OPTIONS).resources:
            assert resource.type_name not in taken


def test_each_class_that_the_templates_import_is_known_once() -> None:
    assert not set(libraries()) & set(own_classes("x"))
    assert not LANGUAGE & set(libraries())


def test_resources_whose_names_come_together_are_kept_apart() -> None:
    text = """\
service: near
resources:
  a_b: {fields: {name: {type: text}}, allow: {read: anyone, write: anyone}}
  ab: {fields: {name: {type: text}}, allow: {read: anyone, write: anyone}}
  session: {plural: platform, fields: {name: {type: text}}, allow: {read: anyone, write: anyone}}
"""
    made = view_of(service(text), NO_OPTIONS).resources
    assert [each.package for each in made] == ["abs", "abs_", "platform_"]
    assert [each.type_name for each in made] == ["AB", "Ab", "SessionRow"]


def test_without_accounts_nobody_signs_in() -> None:
    made = files(service(HOSTILE))
    assert not any("/sessions/" in path or "/security/" in path for path in made)
    assert "security" not in made["pom.xml"]
    assert not any("Caller" in text for path, text in made.items() if path.endswith(".java"))


def test_who_may_do_what_is_said_in_one_place_a_resource() -> None:
    made = files(shipped("shop"))
    lines = made[f"{JAVA}/shopapi/orderlines/OrderLineAccess.java"]
    assert 'caller != null && (caller.hasRole("admin") || owns(caller, orderLine))' in lines
    assert 'if (!caller.hasRole("admin") && !parents.isOwnedBy(parent, caller)) {' in lines
    payments = made[f"{JAVA}/shopapi/payments/PaymentController.java"]
    assert "PatchMapping" not in payments
    assert "DeleteMapping" not in payments


def test_private_fields_are_in_no_answer() -> None:
    made = files(shipped("shop"))
    assert "reference" not in made[f"{JAVA}/shopapi/payments/PaymentAnswer.java"]
    assert "password" not in made[f"{JAVA}/shopapi/users/UserAnswer.java"].lower()


def test_rows_that_stay_when_they_are_deleted_are_asked_for_before_they_are_referred_to() -> None:
    made = files(shipped("shop"))
    lines = made[f"{JAVA}/shopapi/orderlines/OrderLineService.java"]
    assert "References.require(productRows, body.productId());" in lines
    assert '@SQLRestriction("deleted_at IS NULL")' in made[f"{JAVA}/shopapi/products/Product.java"]


def test_the_contract_stands_beside_the_code() -> None:
    assert "src/main/resources/openapi.json" in files(shipped("users"))


@given(st.text())
def test_a_literal_ends_where_it_should_and_says_nothing_that_is_not_printable(text: str) -> None:
    made = literal(text)
    assert re.fullmatch(r'"(?:\\(?:[tnr"\\]|[0-3][0-7]{2}|u[0-9a-f]{4})|[^"\\\n\r])*"', made)
    assert made[1:-1].isprintable()


@given(st.text())
def test_a_comment_ends_nothing(text: str) -> None:
    made = comment(text)
    assert "*/" not in made
    assert "\\" not in made
    assert "\n" not in made
    assert not re.search(r"[@{}<>]", made)


def test_names_are_in_the_form_of_java() -> None:
    assert [attribute(each) for each in ("order_line", "a_1", "class", "get_class")] == [
        "orderLine",
        "a_1",
        "class_",
        "getClass_",
    ]
    assert [package(each) for each in ("order_lines", "new")] == ["orderlines", "new_"]
    assert constant("in-transit") == "IN_TRANSIT"


def test_only_what_code_names_is_imported_and_nothing_that_a_comment_names() -> None:
    known = {"List": "java.util.List", "Map": "java.util.Map", "Near": "here.Near"}
    code = 'class A { /* Map */ List<Near> a = of("Map"); } // Map\n'
    assert imports(code, "here", known, {"of": "java.util.List.of"}) == (
        "import static java.util.List.of;\n\nimport java.util.List;\n\n"
    )


def test_every_file_of_the_stack_is_a_template_or_the_same_for_all() -> None:
    folder = Path(templates_dir()) / "spring" / "files"
    plain = {each.name for each in folder.rglob("*") if each.is_file() and each.suffix != ".j2"}
    assert "ServiceApplication.java" not in plain


def corpus(name: str) -> Service:
    return sound_spec(str(Path(__file__).parent.parent / "corpus" / f"{name}.yaml"))


def test_rows_of_a_tenant_are_read_changed_and_listed_by_who_is_of_it() -> None:
    made = files(corpus("tenant"))
    access = made[f"{JAVA}/crm/contacts/ContactAccess.java"]
    assert "return caller != null && shares(caller, contact);" in access
    assert 'shares(caller, contact) && (caller.hasRole("admin") || owns(caller, contact))' in access
    assert "return caller.tenant().equals(contact.getCompanyId());" in access
    assert "return ofTenant(caller.tenant());" in access
    assert ': builder.equal(row.get("companyId"), tenant);' in access


def test_a_row_refers_only_to_rows_of_its_makers_tenant() -> None:
    made = files(corpus("tenant"))
    ours = "ofTenant(Caller.tenantOf(caller))"
    contact = made[f"{JAVA}/crm/contacts/ContactService.java"]
    assert f"ifSent(it -> References.requireAll(tagRows, TagAccess.{ours}, it));" in contact
    assert "userRows" not in contact
    visit = made[f"{JAVA}/crm/visits/VisitService.java"]
    assert f"References.require(contactRows, ContactAccess.{ours}, body.contactId());" in visit
    assert "VisitMapper.made(body, caller.tenant(), clock)" in visit


def test_the_first_account_is_of_a_tenant_that_is_made_with_it() -> None:
    made = files(corpus("tenant"))
    first = made[f"{JAVA}/crm/companies/CompanyFirst.java"]
    assert 'builder.equal(row.get("name"), "Administrator")' in first
    administrator = made[f"{JAVA}/crm/users/UserAdministrator.java"]
    assert "first.setCompanyId(companyFirst.id());" in administrator
    assert not any(path.endswith("First.java") for path in files(shipped("shop")))


TEAMS = """\
service: near
accounts: {resource: user, login: email, password: password}
resources:
  firm:
    key: integer
    fields: {name: {type: text}}
    allow: {read: anyone, create: signed-in, update: nobody, delete: nobody}
  team:
    tenant: firm
    fields: {firm: {type: reference, to: firm}, name: {type: text}}
    allow: {read: anyone, write: anyone}
  user:
    owner: user
    tenant: firm
    fields:
      firm: {type: reference, to: firm}
      team: {type: reference, to: team, nullable: true}
      email: {type: email, unique: true}
      password: {type: password}
    allow: {create: anyone, read: owner, list: nobody, update: owner, delete: owner}
"""


def test_rows_of_a_tenant_are_for_nobody_without_a_token_though_anyone_may() -> None:
    made = files(service(TEAMS))
    access = made[f"{JAVA}/near/teams/TeamAccess.java"]
    assert access.count("return caller != null && shares(caller, team);") == 3
    security = made[f"{JAVA}/near/platform/security/SecurityConfiguration.java"]
    assert '"/api/v1/teams"' not in security
    assert 'requestMatchers(HttpMethod.POST, "/api/v1/users")' in security


def test_an_account_refers_to_rows_of_the_tenant_that_it_says_or_has() -> None:
    text = files(service(TEAMS))[f"{JAVA}/near/users/UserService.java"]
    assert "require(teamRows, TeamAccess.ofTenant(body.firmId()), body.teamId());" in text
    assert "TeamAccess.ofTenant(body.firmId().or(user.getFirmId())), it));" in text
    fixed = TEAMS.replace("to: firm}\n      team", "to: firm, fixed: true}\n      team")
    text = files(service(fixed))[f"{JAVA}/near/users/UserService.java"]
    assert text.count("TeamAccess.ofTenant(user.getFirmId())") == 2


def test_keys_that_are_numbers_are_numbers_in_bodies() -> None:
    trials = view_of(service(TEAMS), NO_OPTIONS).trials["user"]
    assert dict(trials.body())['"firm_id"'] == "Long.valueOf(actors.tenant())"
    assert trials.kept_apart() == (('"team_id"', 'others.factory().makeTeam(others.as("")).id()'),)


def test_a_row_moves_only_to_what_is_the_callers_own() -> None:
    text = """\
service: near
accounts: {resource: user, login: email, password: password}
resources:
  user:
    owner: user
    fields: {email: {type: email, unique: true}, password: {type: password}}
    allow: {create: anyone, read: owner, list: nobody, update: owner, delete: owner}
  box:
    owner: user
    fields: {user: {type: reference, to: user, fixed: true}, name: {type: text}}
    allow: {read: owner, write: owner}
  thing:
    owner: box
    fields: {box: {type: reference, to: box}, name: {type: text}}
    allow: {read: owner, write: owner}
"""
    made = files(service(text))[f"{JAVA}/near/things/ThingService.java"]
    assert "access.requireMove(caller, body.boxId());" in made
    assert "body.boxId().ifSent(it -> access.requireMove(caller, it));" in made


@pytest.mark.parametrize("name", ["users", "shop"])
def test_each_resource_that_can_be_made_is_tested(name: str) -> None:
    made = files(shipped(name))
    for resource in view_of(shipped(name), NO_OPTIONS).resources:
        where = f"src/test/java/com/example/{package(name + 'api')}/{resource.package}"
        text = made[f"{where}/{resource.type_name}ApiTest.java"]
        assert text.count("@Test") + text.count("@ParameterizedTest") >= 20
        assert "letsNobodyDoWhatTheyMayNot" in text


def test_tests_without_accounts_name_nobody_who_signs_in() -> None:
    text = """\
service: near
resources:
  box: {key: integer, fields: {name: {type: text}}, allow: {read: anyone, write: anyone}}
  thing: {fields: {box: {type: reference, to: box}}, allow: {read: anyone, write: anyone}}
"""
    made = files(service(text))
    factory = made["src/test/java/com/example/near/support/Factory.java"]
    assert 'body.put("box_id", Long.valueOf(makeBox(token).id()));' in factory
    assert not any("Actors" in each or "actors" in each for each in made.values())


def test_samples_are_what_their_fields_take() -> None:
    read = service(
        """\
service: near
resources:
  thing:
    fields:
      code: {type: text, pattern: "[A-Z]{2}-[0-9]{3}", unique: true}
      number: {type: text, min: 3, max: 8, pattern: "[0-9]+"}
      price: {type: decimal, digits: 5, scale: 2, min: -3, max: -1}
    allow: {read: anyone, write: anyone}
"""
    )
    trials = view_of(read, NO_OPTIONS).trials["thing"]
    said = dict(trials.body())
    assert re.search(r'"[A-Z]{2}-[0-9]{3}"', said['"code"'])
    assert said['"number"'] == "Samples.digits(3, 8, number)"
    assert 'new BigDecimal("-300")' in said['"price"']


def test_tenants_that_are_numbered_are_compared_as_objects() -> None:
    made = files(corpus("everything"))
    access = made[f"{JAVA}/hardapi/labels/LabelAccess.java"]
    assert "return caller.tenant().equals(label.getOrganisationId());" in access
    factory = next(text for path, text in made.items() if path.endswith("support/Factory.java"))
    body = factory.partition("labelBody(")[2].partition("return body;")[0]
    assert "long number" not in body


def test_columns_that_sql_has_words_for_are_quoted_wherever_they_stand() -> None:
    made = files(corpus("everything"))
    row = made[f"{JAVA}/hardapi/classes/ClassRow.java"]
    assert r'@Column(name = "\"default\"")' in row
    assert '@Column(name = "let")' in row
