"""What manifests, images, files and configuration give away, each with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.project import stack as stacks
from be_tui.core.project.checkout import Checkout
from be_tui.core.project.stack import read_stack

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from be_tui.core.project import Trait
    from be_tui.core.project.stack import Stack
    from tests.core.project.conftest import Repo

    Stacked = Callable[[Mapping[str, str]], Stack]


@pytest.fixture
def stack(folder: Callable[..., Path]) -> Stacked:
    """Read the stack of a folder of files."""
    return lambda files: read_stack(Checkout(folder(files)))


def _names(traits: tuple[Trait, ...]) -> list[str]:
    return [f"{trait.name} {trait.detail}".strip() for trait in traits]


@pytest.mark.parametrize(
    ("path", "content", "told"),
    [
        (
            "pyproject.toml",
            '[project]\ndependencies = ["django>=5", "psycopg[binary]", "redis", "celery"]\n',
            {"framework": ["Django 5"], "orm": ["Django ORM 5"], "database": ["PostgreSQL"],
             "cache": ["Redis"], "queue": ["Celery"]},
        ),
        (
            "package.json",
            """{"dependencies": {"@nestjs/core": "^10.3.0", "express": "4", "typeorm": "0.3",
            "mysql2": "3", "@opentelemetry/api": "1"}, "devDependencies": {"jest": "29"}}""",
            {"framework": ["NestJS 10.3.0", "Express 4"], "orm": ["TypeORM 0.3"],
             "database": ["MySQL"], "tracing": ["OpenTelemetry"], "tests": ["Jest 29"]},
        ),
        (
            "build.gradle.kts",
            """
            implementation("org.springframework.boot:spring-boot-starter-data-jpa:3.3.0")
            runtimeOnly("org.postgresql:postgresql")
            implementation("org.flywaydb:flyway-core")
            """,
            {"framework": ["Spring Boot 3.3.0"], "orm": ["Hibernate"],
             "database": ["PostgreSQL"], "migrations": ["Flyway"]},
        ),
        (
            "go.mod",
            """
            require github.com/go-chi/chi/v5 v5.1.0
            require github.com/jackc/pgx/v5 v5.6.0
            require go.opentelemetry.io/otel v1.2.3
            """,
            {"framework": ["chi 5.1.0"], "database": ["PostgreSQL"], "tracing": ["OpenTelemetry"]},
        ),
        (
            "Cargo.toml",
            '[dependencies]\naxum = "0.7"\nsqlx = "0.8"\n',
            {"framework": ["Axum 0.7"], "orm": ["sqlx 0.8"]},
        ),
        (
            "Gemfile",
            'gem "rails", "~> 7.1"\ngem "pg"\ngem "sidekiq"\n',
            {"framework": ["Ruby on Rails 7.1"], "orm": ["Active Record"],
             "database": ["PostgreSQL"], "queue": ["Sidekiq"]},
        ),
        (
            "composer.json",
            '{"require": {"laravel/framework": "^11.0"}}',
            {"framework": ["Laravel 11.0"], "orm": ["Eloquent 11.0"]},
        ),
        (
            "Shop.csproj",
            """<Project Sdk="Microsoft.NET.Sdk.Web">
            <PackageReference Include="Npgsql.EntityFrameworkCore.PostgreSQL" Version="8.0"/>
            </Project>""",
            {"framework": ["ASP.NET Core"], "orm": ["Entity Framework Core"],
             "database": ["PostgreSQL"]},
        ),
        (
            "mix.exs",
            '{:phoenix, "~> 1.7"}\n{:ecto_sql, "~> 3.11"}\n{:postgrex, ">= 0.0.0"}\n',
            {"framework": ["Phoenix 1.7"], "orm": ["Ecto 3.11"], "database": ["PostgreSQL"]},
        ),
    ],
)  # fmt: skip
def test_dependencies_tell_what_a_project_is_made_with(
    stack: Stacked, path: str, content: str, told: dict[str, list[str]]
) -> None:
    found = stack({path: content})
    kinds = {trait.kind for trait in found.traits}
    assert {kind: _names(found.of(kind)) for kind in kinds} == told


def test_the_fact_names_the_line_that_asks_for_it(stack: Stacked) -> None:
    found = stack({"api/requirements.txt": "# web\nfastapi>=0.115\n"})
    (trait,) = found.of("framework")
    assert [(fact.text, fact.place) for fact in trait.facts] == [
        ("asks for fastapi >=0.115", "api/requirements.txt:2")
    ]


def test_the_locked_version_is_told_rather_than_the_range(stack: Stacked) -> None:
    files = {
        "pyproject.toml": '[project]\ndependencies = ["fastapi>=0.100"]\n',
        "uv.lock": 'name = "fastapi"\nversion = "0.115.6"\n',
    }
    assert _names(stack(files).of("framework")) == ["FastAPI 0.115.6"]


@pytest.mark.parametrize(
    ("path", "line", "told"),
    [
        ("compose.yaml", "    image: postgres:16.2-alpine", ["PostgreSQL 16.2"]),
        ("docker-compose.dev.yml", '    image: "postgis/postgis:15-3.4"', ["PostgreSQL 15"]),
        ("compose.yml", "    image: docker.io/library/mysql:8.4@sha256:ab12", ["MySQL 8.4"]),
        ("compose.yml", "    image: public.ecr.aws/docker/library/mongo:7", ["MongoDB 7"]),
        ("compose.yml", "    image: postgres:${PG:-15}", ["PostgreSQL 15"]),
        ("compose.yml", "    image: mariadb:latest  # newest", ["MariaDB"]),
        (".github/workflows/ci.yml", "        image: postgres:14", ["PostgreSQL 14"]),
        (".gitlab-ci.yml", "  - postgres:13", ["PostgreSQL 13"]),
        (".circleci/config.yml", "      - image: mysql:8.0", ["MySQL 8.0"]),
        ("deploy/k8s/db/db.yaml", "        image: postgres:12", ["PostgreSQL 12"]),
        ("compose.yml", "    image: someone/postgres-like:9", []),
        ("readme.yml", "    image: postgres:9", []),
    ],
)
def test_images_tell_the_database_and_its_version(
    stack: Stacked, path: str, line: str, told: list[str]
) -> None:
    assert _names(stack({path: f"services:\n{line}\n"}).of("database")) == told


def test_the_version_of_what_brings_a_thing_along_is_not_its_own(stack: Stacked) -> None:
    found = stack({"requirements.txt": "sqlmodel==0.0.39\nflask==3.0\n"})
    assert _names(found.of("orm")) == ["SQLAlchemy"]
    assert found.ecosystem == "pypi"
    assert stack({"requirements.txt": "x\n"}).ecosystem == ""


def test_how_a_workplace_is_set_up_is_not_how_it_is_deployed(repo: Repo) -> None:
    repo.write(".devcontainer/compose.yml", "    image: postgres:16\n")
    found = read_stack(Checkout(repo.root))
    assert found.of("deploy") == ()
    assert _names(found.of("database")) == ["PostgreSQL 16"]


def test_a_driver_s_version_is_not_its_database_s(stack: Stacked) -> None:
    assert _names(stack({"requirements.txt": "psycopg==3.2.3\n"}).of("database")) == ["PostgreSQL"]


def test_the_first_place_told_is_the_one_that_says_the_version(stack: Stacked) -> None:
    found = stack(
        {
            "go.mod": "require github.com/lib/pq v1.12.3\n",
            ".github/workflows/tests.yml": "    image: postgres:11\n",
        }
    )
    (trait,) = found.of("database")
    assert trait.detail == "11"
    assert [fact.path for fact in trait.facts] == [".github/workflows/tests.yml", "go.mod"]


@pytest.mark.parametrize(
    ("path", "content", "kind", "told"),
    [
        ("alembic.ini", "", "migrations", ["Alembic"]),
        ("shop/orders/migrations/0001_initial.py", "", "migrations", ["Django migrations"]),
        ("src/main/resources/db/migration/V1__users.sql", "", "migrations", ["Flyway"]),
        ("db/migrate/20240101_users.rb", "", "migrations", ["Active Record migrations"]),
        ("internal/database/migrations.go", "", "migrations", ["Own migrations"]),
        ("db/migrations/001_users.sql", "", "migrations", ["Own migrations"]),
        ("prisma/migrations/20240101_users/migration.sql", "", "migrations", []),
        ("contrib/compose.yml", "", "deploy", []),
        ("Jenkinsfile", "", "ci", ["Jenkins"]),
        (".github/workflows/test.yaml", "", "ci", ["GitHub Actions"]),
        (".gitlab-ci.yml", "", "ci", ["GitLab CI"]),
        ("azure-pipelines.yml", "", "ci", ["Azure Pipelines"]),
        (".buildkite/pipeline.yml", "", "ci", ["Buildkite"]),
        ("Dockerfile.worker", "", "deploy", ["Docker"]),
        ("k8s/base/api.yaml", "", "deploy", ["Kubernetes"]),
        ("charts/shop/Chart.yaml", "", "deploy", ["Helm"]),
        ("infra/main.tf", "", "deploy", ["Terraform"]),
        ("tests/Dockerfile", "", "deploy", []),
    ],
)
def test_files_tell_by_their_names(
    stack: Stacked, path: str, content: str, kind: str, told: list[str]
) -> None:
    traits = stack({path: content}).traits
    assert [trait.name for trait in traits if trait.kind == kind] == told


@pytest.mark.parametrize(
    ("path", "line", "told"),
    [
        ("settings.py", "'ENGINE': 'django.db.backends.postgresql',", ["PostgreSQL"]),
        ("prisma/schema.prisma", '  provider = "mysql"', ["MySQL"]),
        ("config/database.yml", "  adapter: sqlite3", ["SQLite"]),
        ("application-prod.yml", "    url: jdbc:mariadb://db/shop", ["MariaDB"]),
        (".env.example", "URL=mongodb+srv://u:p@h/db", ["MongoDB"]),
        (".env.example", "# URL=mysql://u:p@h/db", []),
        ("notes.txt", "mysql://u:p@h/db", []),
    ],
)
def test_configuration_tells_by_its_lines(
    stack: Stacked, path: str, line: str, told: list[str]
) -> None:
    assert [trait.name for trait in stack({path: f"\n{line}\n"}).of("database")] == told


def test_a_password_in_a_configuration_is_never_told(stack: Stacked) -> None:
    found = stack({".env.example": "DATABASE_URL=postgresql://shop:s3cret@db/shop\n"})
    (trait,) = found.of("database")
    assert [(fact.text, fact.place) for fact in trait.facts] == [
        ("says postgresql://", ".env.example:1")
    ]


def test_what_more_evidence_speaks_for_is_told_first(stack: Stacked) -> None:
    found = stack(
        {
            "requirements.txt": "aiosqlite\nmysqlclient\n",
            "requirements-dev.txt": "psycopg\n",
            "compose.yaml": "    image: mysql:8\n",
        }
    )
    assert _names(found.of("database")) == ["MySQL 8", "SQLite", "PostgreSQL"]


def test_only_a_few_facts_are_kept_of_one_trait(stack: Stacked) -> None:
    files = {f"part{number}/requirements.txt": "flask\n" for number in range(9)}
    (trait,) = stack(files).of("framework")
    assert len(trait.facts) == stacks.MOST_FACTS


def test_the_top_manifest_names_the_project(stack: Stacked) -> None:
    files = {
        "web/package.json": '{"name": "web"}',
        "requirements.txt": "flask\n",
        "setup.cfg": "[metadata]\nname = shop\n",
    }
    assert stack(files).name == "shop"
    assert stack(files).trouble == ()


def test_manifests_that_cannot_be_read_are_told(stack: Stacked) -> None:
    assert stack({"package.json": "{"}).trouble[0].startswith("package.json: it is not JSON")


def test_a_tracked_file_that_is_gone_gives_nothing_away(
    folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = folder({"alembic.ini": ""})
    checkout = Checkout(root)
    assert checkout.files == ("alembic.ini",)
    (root / "alembic.ini").unlink()
    monkeypatch.setattr(stacks, "MOST_FILES", 1)
    assert read_stack(checkout).traits == ()
