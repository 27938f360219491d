"""Services in Spring Boot with an outbox and a worker: what writes events, and who handles them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from be_tui.core.scaffold.manifests import read_stack
from be_tui.core.scaffold.rendering import render
from tests.core.scaffold.stacks.test_spring import JAVA, service, shipped

if TYPE_CHECKING:
    from be_tui.core.scaffold import Service

JOBS = frozenset({"jobs"})


def files(of: Service, options: frozenset[str] = JOBS) -> dict[str, str]:
    return {each.path: each.text for each in render(of, read_stack("spring"), options)}


@pytest.mark.parametrize("name", ["users", "shop"])
def test_nothing_of_jobs_is_there_without_the_option(name: str) -> None:
    for path, text in files(shipped(name), frozenset()).items():
        assert "/jobs/" not in path
        assert not re.search(r"outbox|\bJob[A-Z]|--worker", text), path


@pytest.mark.parametrize("options", [JOBS, JOBS | {"cache"}])
def test_each_write_leaves_an_event_in_its_own_transaction(options: frozenset[str]) -> None:
    made = files(shipped("shop"), options)
    text = made[f"{JAVA}/shopapi/products/ProductService.java"]
    assert text.count('return changed(rows.saveAndFlush(product), "created");') == 1
    assert text.count('return changed(rows.saveAndFlush(product), "updated");') == 2
    assert 'outbox.add("product." + what, product.getId(), product.revision());' in text
    assert 'outbox.add("product.deleted", id, product.revision());' in text
    outbox = made[f"{JAVA}/shopapi/platform/jobs/Outbox.java"]
    assert "Propagation.MANDATORY" in outbox


def test_a_resource_that_nobody_writes_tells_of_nothing() -> None:
    text = """\
service: near
resources:
  thing:
    fields: {name: {type: text}}
    allow: {read: anyone, create: nobody, update: nobody, delete: nobody}
"""
    made = files(service(text))
    assert "outbox" not in made[f"{JAVA}/near/things/ThingService.java"]
    assert not any(path.endswith("ThingJobsTest.java") for path in made)


def test_who_handles_what_is_the_persons_own_file() -> None:
    made = {each.path: each for each in render(shipped("users"), read_stack("spring"), JOBS)}
    yours = [path for path, each in made.items() if each.owner == "yours" and "/jobs/" in path]
    assert yours == [f"{JAVA}/usersapi/platform/jobs/JobHandlers.java"]
    assert 'Map.of("user.created", JobHandlers::tell)' in made[yours[0]].text


def test_the_worker_is_the_same_jar_started_in_another_way() -> None:
    made = files(shipped("users"))
    main = made[f"{JAVA}/usersapi/ServiceApplication.java"]
    assert 'List.of(arguments).contains("--worker")' in main
    assert "command: [--worker]" in made["compose.yaml"]
    administrator = made[f"{JAVA}/usersapi/users/UserAdministrator.java"]
    assert '@Profile("!worker")' in administrator


def test_the_settings_of_the_worker_are_told_where_they_are_looked_for() -> None:
    made = files(shipped("users"))
    for name in ("JOB_SECONDS", "JOB_ATTEMPTS", "JOB_POLL_SECONDS", "JOB_RETENTION_DAYS"):
        assert f"{name}=" in made[".env.example"]
        assert f"${{{name}:" in made["src/main/resources/application.yml"]
        assert f"`{name}`" in made["README.md"]
