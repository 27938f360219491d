from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.project.checkout import Checkout
from be_tui.core.project.composefiles import read_services
from be_tui.core.project.units import compose_files, dockerfiles, platform_files, workloads

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.core.project.conftest import Repo

    MakeFolder = Callable[..., Path]

COMPOSE = """\
x-base: &base
  build: {context: ., target: run}
services:
  api:
    <<: *base
    ports: ["80:80"]
  worker:
    <<: *base
    command: work
  admin:
    build: ./admin
  db:
    image: postgres:16
"""


def test_compose_services_are_read_through_merge_keys() -> None:
    assert [(each.name, each.line, each.build) for each in read_services(COMPOSE)] == [
        ("api", 4, ".:run"),
        ("worker", 7, ".:run"),
        ("admin", 10, "./admin"),
        ("db", 12, ""),
    ]


@pytest.mark.parametrize("text", ["", "- a\n", "services: 1\n", "services:\n  ? [a]\n  : {}\n"])
def test_a_compose_file_without_services_has_none(text: str) -> None:
    assert read_services(text) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [("a: [", "not YAML"), ("[" * 250_000, "nests deeper"), ("a: \x01", "not YAML")],
)
def test_a_compose_file_that_is_no_yaml_is_told(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_services(text)


def test_several_are_merged_the_first_first() -> None:
    text = (
        "a: &a {build: one}\nb: &b {build: two}\nservices:\n"
        "  api:\n    <<: [*a, *b]\n  own:\n    <<: *a\n    build: three\n"
    )
    assert [each.build for each in read_services(text)] == ["one", "three"]


def test_merge_keys_that_go_round_are_followed_no_further() -> None:
    text = "services:\n  api: &a\n    <<: &b [*a, *b]\n    image: x\n"
    assert [(each.name, each.build) for each in read_services(text)] == [("api", "")]


def test_services_built_from_one_image_are_one_unit(folder: MakeFolder) -> None:
    found = compose_files(Checkout(folder({"compose.yaml": COMPOSE})))
    assert found.services == ("/admin", "/api", "/db", "/worker")
    assert [unit.fact.text for unit in found.built] == [
        "compose builds api",
        "compose builds admin",
    ]
    assert found.built[0].fact.place == "compose.yaml:4"


def test_an_image_named_as_a_part_of_the_project_is_made_here(folder: MakeFolder) -> None:
    text = (
        "services:\n  orders:\n    image: registry.example:5000/team/orders:${TAG:-1}\n"
        "  db:\n    image: postgres:16\n"
    )
    found = compose_files(Checkout(folder({"compose.yaml": text})), ["orders", "postgres-init"])
    assert [unit.fact.text for unit in found.built] == ["compose runs this project's orders"]


@pytest.mark.parametrize("name", ["prometheus", "grafana-server", "postgres_db", "nginx-proxy"])
def test_what_stands_around_a_service_is_no_unit(folder: MakeFolder, name: str) -> None:
    files = {"compose.yaml": f"services:\n  {name}:\n    build: .\n", f"{name}/Dockerfile": "x"}
    checkout = Checkout(folder(files))
    assert compose_files(checkout).built == ()
    assert dockerfiles(checkout) == ()


@pytest.mark.parametrize("name", ["kafka-consumer", "server", "web", "api-gateway", "admin"])
def test_a_service_that_works_with_them_is_one(folder: MakeFolder, name: str) -> None:
    files = {"compose.yaml": f"services:\n  {name}:\n    build: .\n"}
    assert len(compose_files(Checkout(folder(files))).built) == 1


def test_a_workplace_in_a_container_is_no_unit(repo: Repo) -> None:
    repo.write(".devcontainer/Dockerfile", "x")
    repo.write(".devcontainer/compose.yml", COMPOSE)
    checkout = Checkout(repo.root)
    assert len(checkout.files) == 2
    assert dockerfiles(checkout) == ()
    assert compose_files(checkout).services == ()


def test_an_override_adds_no_units_and_a_broken_file_is_told(folder: MakeFolder) -> None:
    root = folder(
        {
            "compose.yaml": "services:\n  api:\n    build: .\n",
            "compose.override.yaml": "services:\n  api:\n    build: .\n",
            "docker-compose.bad.yml": "a: [",
            "compose.large.yml": "a: b\n" * 100_000,
        }
    )
    found = compose_files(Checkout(root))
    assert len(found.built) == 1
    assert [fact.path for fact in found.trouble] == ["docker-compose.bad.yml"]


KUBERNETES = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  labels: {app: api}
  name: api
spec:
  template:
    spec:
      containers:
        - image: registry.example:5000/api:1.2
---
apiVersion: v1
kind: Service
metadata:
  name: api
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec: {template: {spec: {containers: [{name: db}]}}}
      # as helm writes it
      image: postgres:16
---
kind: CronJob
metadata:
  name: nightly
"""


def test_workloads_are_told_but_for_databases_and_the_like(folder: MakeFolder) -> None:
    root = folder(
        {
            "k8s/base/all.yaml": KUBERNETES,
            "k8s/prod/api.yaml": "kind: Deployment\nmetadata:\n  name: api\n",
            "k8s/nameless.yml": "kind: Job\n",
            "other.yaml": "a: b\n",
        }
    )
    units = workloads(Checkout(root))
    assert [(unit.key, unit.fact.place) for unit in units] == [
        ("api", "k8s/base/all.yaml:2"),
        ("nightly", "k8s/base/all.yaml:25"),
        ("k8s/nameless.yml", "k8s/nameless.yml:1"),
    ]


def test_dockerfiles_for_development_and_tests_are_no_units(folder: MakeFolder) -> None:
    paths = [
        "Dockerfile", "Dockerfile.worker", "admin/Dockerfile", "Dockerfile.dev", "test.Dockerfile",
        "Dockerfile.dockerignore", "tests/Dockerfile",
    ]  # fmt: skip
    units = dockerfiles(Checkout(folder(dict.fromkeys(paths, "FROM a\n"))))
    assert {unit.key for unit in units} == {"Dockerfile", "Dockerfile.worker", "admin/Dockerfile"}


def test_variants_of_a_dockerfile_build_one_thing(folder: MakeFolder) -> None:
    paths = [
        "packaging/docker/alpine/Dockerfile", "packaging/docker/distroless/Dockerfile",
        "packaging/debian/Dockerfile", "docker/Dockerfile.chromium", "docker/dev/Dockerfile.mail",
        "api/Dockerfile.bun", "api/Dockerfile.pnpm",
    ]  # fmt: skip
    units = dockerfiles(Checkout(folder(dict.fromkeys(paths, "FROM a\n"))))
    assert {unit.key for unit in units} == {"api/Dockerfile.bun", "docker/Dockerfile.chromium"}


def test_compose_files_of_a_workplace_count_where_there_are_no_others(folder: MakeFolder) -> None:
    build = "services:\n  {0}:\n    build: ./{0}\n"
    files = {"docker/testing/compose.yml": build.format("probe")}
    alone = compose_files(Checkout(folder(files)))
    assert [unit.key for unit in alone.built] == ["docker/testing/./probe"]
    both = compose_files(Checkout(folder({**files, "compose.yml": build.format("api")})))
    assert [unit.key for unit in both.built] == ["/./api"]


def test_a_folder_is_deployed_to_a_platform_once(folder: MakeFolder) -> None:
    root = folder({"Procfile": "web: x\n", "app.yaml": "", "fn/serverless.yml": ""})
    assert sorted(unit.key for unit in platform_files(Checkout(root))) == ["", "fn"]
