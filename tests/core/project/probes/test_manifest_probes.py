"""The probes that read manifests and deployment files."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from be_tui.core.project.manifests.model import Dependency
from be_tui.core.project.probes.dependencies import is_exact
from tests.core.project.probes.conftest import values

if TYPE_CHECKING:
    from be_tui.core.project.manifests.model import Ecosystem
    from tests.core.project.probes.conftest import Ask


def test_the_stack_is_told_by_name_and_by_what_is_there(ask: Ask) -> None:
    evidence = ask(
        "stack",
        {
            "requirements.txt": "flask==3.0\nsqlalchemy\npsycopg\nredis\nopentelemetry-sdk\n",
            "compose.yaml": "services:\n  db:\n    image: postgres:16\n",
            "package.json": "{",
        },
    )
    assert values(evidence) == {
        "framework": "Flask",
        "orm": "SQLAlchemy",
        "database": "PostgreSQL",
        "migrations": "none",
        "cache": True,
        "queue": False,
        "search": False,
        "tracing": True,
        "metrics": True,
        "profiler": False,
    }
    assert evidence.found.startswith("Flask 3.0, SQLAlchemy, PostgreSQL 16, Redis")
    assert evidence.facts[0].place == "requirements.txt:1"
    assert evidence.facts[-1].text.startswith("not read: package.json: it is not JSON")
    assert (evidence.how, evidence.confidence) == ("parsed", "high")


def test_a_manifest_of_unknown_packages_is_an_answer(ask: Ask) -> None:
    evidence = ask("stack", {"requirements.txt": "leftpad\n"})
    assert evidence.found == "no framework, database or ORM that be-tui knows"


def test_files_without_a_manifest_are_trusted_less(ask: Ask) -> None:
    assert ask("stack", {"compose.yaml": "    image: mysql:8\n"}).confidence == "medium"


def test_a_project_without_manifests_has_no_stack(ask: Ask) -> None:
    assert ask("stack", {"a.py": ""}).trouble == "no manifest, compose or CI file that be-tui reads"


def test_dependencies_are_counted_with_how_firmly_they_are_fixed(ask: Ask) -> None:
    evidence = ask(
        "dependencies",
        {
            "package.json": '{"dependencies": {"a": "1.2.3", "b": "^1", "c": "*"}}',
            "package-lock.json": '    "node_modules/b": {\n "version": "1.5"',
            "web/package.json": '{"dependencies": {"a": "^1"}}',
            "tools/requirements.txt": "d\n",
        },
    )
    assert evidence.found == "4 direct dependencies, 50 % fixed to one version"
    assert values(evidence) == {"count": 4, "pinned": 50.0}
    told = [fact.text for fact in evidence.facts]
    assert "c * is not fixed" in told
    assert "d of any version is not fixed" in told
    assert "no lock file states when its versions were published" in told


def test_parts_of_the_project_itself_are_no_dependencies(ask: Ask) -> None:
    beside = "v0.0.0-00010101000000-000000000000"
    evidence = ask(
        "dependencies",
        {
            "package.json": '{"dependencies": {"@shop/db": "*", "a": "1.0.0"}}',
            "db/package.json": '{"name": "@shop/db", "dependencies": {}}',
            "go.mod": f"require example.org/shop/common {beside}\n"
            "require example.org/jwt v3.2.0+incompatible\n",
        },
    )
    assert values(evidence) == {"count": 2, "pinned": 100.0}


def _stamp(days: int, form: str) -> str:
    return time.strftime(form, time.gmtime(time.time() - days * 86_400 - 60))


def test_the_oldest_version_is_dated_where_lock_files_state_it(ask: Ask) -> None:
    uv = (
        f'[[package]]\nname = "a"\nversion = "1"\nupload-time = "{_stamp(40, "%Y-%m-%dT%TZ")}"\n'
        '[[package]]\nname = "b"\nversion = "1"\nupload-time = "2024-99-99T00:00:00Z"\n'
    )
    evidence = ask(
        "dependencies",
        {
            "pyproject.toml": '[project]\ndependencies = ["a", "b"]\n',
            "uv.lock": uv,
            "go.mod": f"require example.org/x v0.0.0-{_stamp(90, '%Y%m%d%H%M%S')}-0123456789ab\n",
            "composer.json": '{"require": {"c/d": "^1"}}',
            "composer.lock": (
                '{"packages": [{"name": "c/d", "version": "1", "time": "'
                f'{_stamp(60, "%Y-%m-%dT%T+00:00")}"}}]}}'
            ),
        },
    )
    assert values(evidence) == {"count": 4, "pinned": 100.0, "oldest_days": 90}
    assert evidence.found.endswith("the oldest from 90 days ago")
    assert [fact.text.split(" is ")[1] for fact in evidence.facts[:3]] == [
        "90 days old",
        "60 days old",
        "40 days old",
    ]


def test_a_project_without_dependencies_has_none(ask: Ask) -> None:
    assert ask("dependencies", {"a.py": ""}).trouble == "no manifest names a dependency"


@pytest.mark.parametrize(
    ("ecosystem", "spec", "exact"),
    [
        ("pypi", "==1.2", True),
        ("pypi", "==1.*", False),
        ("pypi", ">=1", False),
        ("pypi", "1.2", False),
        ("npm", "1.2.3", True),
        ("npm", "^1.2.3", False),
        ("npm", "latest", False),
        ("maven", "1.2", True),
        ("maven", "", True),
        ("maven", "[1,2)", False),
        ("maven", "1.0-SNAPSHOT", False),
        ("go", "v1.2.3", True),
        ("cargo", "1.2.3", False),
        ("cargo", "=1.2.3", True),
        ("gem", "~> 7.1", False),
        ("gem", "7.1.2", True),
        ("nuget", "8.*", False),
        ("hex", "== 1.0", True),
    ],
)
def test_what_leaves_only_one_version(
    ecosystem: Ecosystem,
    spec: str,
    exact: bool,  # noqa: FBT001
) -> None:
    assert is_exact(Dependency(ecosystem, "a", spec, "x", 1)) is exact


_API = "services:\n  api:\n    build: .\n  db:\n    image: postgres\n"


def test_deployable_parts_are_counted_where_they_stand_nearest_to_production(ask: Ask) -> None:
    evidence = ask(
        "deploy-units",
        {
            "compose.yaml": _API,
            "Dockerfile": "FROM x\n",
            "k8s/api.yaml": "kind: Deployment\nmetadata:\n  name: api\n",
            "k8s/job.yaml": "kind: CronJob\nmetadata:\n  name: job\n",
        },
    )
    assert evidence.found == "2 deployable parts: 2 Kubernetes workloads"
    assert values(evidence) == {"units": 2, "composed": 2}
    assert [fact.text for fact in evidence.facts] == [
        "Deployment api",
        "CronJob job",
        "counted otherwise: service of this project in compose: 1",
        "counted otherwise: Dockerfile: 1",
    ]
    assert evidence.confidence == "medium"


def test_files_that_agree_are_trusted(ask: Ask) -> None:
    evidence = ask("deploy-units", {"compose.yaml": _API, "Dockerfile": "FROM x\n"})
    assert evidence.found == "1 deployable part: 1 service of this project in compose"
    assert evidence.confidence == "high"


def test_a_project_without_deployment_files_has_no_answer(ask: Ask) -> None:
    assert ask("deploy-units", {"a.py": ""}).trouble == (
        "no Dockerfile, compose file, Kubernetes manifest or platform file"
    )
