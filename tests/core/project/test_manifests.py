"""Each kind of manifest: what it asks for, with the line that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.project import manifests
from be_tui.core.project.checkout import Checkout
from be_tui.core.project.manifests import read_manifests, version_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from be_tui.core.project.manifests import Manifest

    Read = Callable[[str, str], Manifest]


@pytest.fixture
def read(folder: Callable[..., Path]) -> Read:
    """Read one manifest."""

    def reading(path: str, content: str) -> Manifest:
        (manifest,) = read_manifests(Checkout(folder({path: content})))
        return manifest

    return reading


def _told(manifest: Manifest) -> dict[str, tuple[str, int, bool]]:
    return {each.name: (each.spec, each.line, each.for_tests) for each in manifest.dependencies}


def test_pyproject_in_the_standard_form(read: Read) -> None:
    manifest = read(
        "pyproject.toml",
        """\
[project]
name = "shop"
dependencies = [
  "FastAPI[standard] >=0.115,<1",
  "psycopg_binary==3.2.3 ; python_version > '3.8'",
  "local @ file:///x",
]
[project.optional-dependencies]
test = ["pytest>=8"]
s3 = ["boto3"]
[dependency-groups]
dev = ["ruff", {include-group = "test"}]
[tool.uv]
dev-dependencies = ["mypy"]
[tool.pdm.dev-dependencies]
lint = ["black"]
""",
    )
    assert manifest.name == "shop"
    assert _told(manifest) == {
        "fastapi": (">=0.115,<1", 4, False),
        "psycopg-binary": ("==3.2.3", 5, False),
        "local": ("", 6, False),
        "pytest": (">=8", 9, True),
        "boto3": ("", 10, False),
        "ruff": ("", 12, True),
        "mypy": ("", 14, True),
        "black": ("", 16, True),
    }


def test_pyproject_in_poetry_s_form(read: Read) -> None:
    manifest = read(
        "pyproject.toml",
        """\
[tool.poetry]
name = "shop"
[tool.poetry.dependencies]
python = "^3.11"
django = "^5.0"
celery = {version = "5.4", extras = ["redis"]}
local = {path = "../local"}
[tool.poetry.dev-dependencies]
black = "*"
[tool.poetry.group.test.dependencies]
pytest = "^8"
""",
    )
    assert manifest.name == "shop"
    assert _told(manifest) == {
        "django": ("^5.0", 5, False),
        "celery": ("5.4", 6, False),
        "local": ("", 7, False),
        "black": ("*", 9, True),
        "pytest": ("^8", 11, True),
    }


def test_requirements(read: Read) -> None:
    manifest = read(
        "requirements.txt",
        """\
# comment
-r base.txt
--index-url https://example.org/simple
flask==3.0.0 \\
    --hash=sha256:abc
SQLAlchemy[asyncio] >= 2 ; python_version > "3.8"
https://example.org/x.whl
pkg @ https://example.org/x.whl
""",
    )
    assert _told(manifest) == {
        "flask": ("==3.0.0", 4, False),
        "sqlalchemy": (">= 2", 6, False),
        "pkg": ("", 8, False),
    }


@pytest.mark.parametrize("path", ["requirements-dev.txt", "requirements/test.txt"])
def test_requirements_named_for_tests_are_for_tests(read: Read, path: str) -> None:
    assert _told(read(path, "pytest\n")) == {"pytest": ("", 1, True)}


def test_setup_cfg(read: Read) -> None:
    manifest = read(
        "setup.cfg",
        """\
[metadata]
name = shop
[options]
install_requires =
    flask>=3
[options.extras_require]
test =
    pytest
""",
    )
    assert manifest.name == "shop"
    assert _told(manifest) == {"flask": (">=3", 5, False), "pytest": ("", 8, True)}


def test_setup_py_is_read_but_never_run(read: Read, tmp_path: Path) -> None:
    manifest = read(
        "setup.py",
        f"""\
open({str(tmp_path / "ran")!r}, "w").close()
from setuptools import setup
setup(
    name="shop",
    install_requires=["flask>=3", *more],
    tests_require=("pytest",),
    packages=find_packages(),
    **rest,
)
""",
    )
    assert manifest.name == "shop"
    assert _told(manifest) == {"flask": (">=3", 5, False), "pytest": ("", 6, True)}
    assert not (tmp_path / "ran").exists()


def test_pipfile(read: Read) -> None:
    manifest = read("Pipfile", '[packages]\nflask = "==3.0"\n[dev-packages]\npytest = "*"\n')
    assert _told(manifest) == {"flask": ("==3.0", 2, False), "pytest": ("*", 4, True)}


def test_package_json(read: Read) -> None:
    manifest = read(
        "package.json",
        """\
{
  "name": "shop",
  "dependencies": {
    "express": "^4.19.2",
    "@prisma/client": "5.1.0"
  },
  "devDependencies": {
    "jest": "29.7.0"
  }
}
""",
    )
    assert manifest.name == "shop"
    assert _told(manifest) == {
        "express": ("^4.19.2", 4, False),
        "@prisma/client": ("5.1.0", 5, False),
        "jest": ("29.7.0", 8, True),
    }


def test_pom(read: Read) -> None:
    manifest = read(
        "pom.xml",
        """\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <parent>
    <groupId>org.springframework.boot</groupId>
    <artifactId>spring-boot-starter-parent</artifactId>
    <version>3.3.0</version>
  </parent>
  <artifactId>shop</artifactId>
  <properties><pg.version>42.7.3</pg.version></properties>
  <dependencies>
    <dependency>
      <groupId>org.postgresql</groupId><artifactId>postgresql</artifactId>
      <version>${pg.version}</version>
    </dependency>
    <dependency>
      <groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId>
      <scope>test</scope>
    </dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>maven-jar-plugin</artifactId></plugin></plugins></build>
</project>
""",
    )
    assert manifest.name == "shop"
    assert _told(manifest) == {
        "org.springframework.boot:spring-boot-starter-parent": ("3.3.0", 2, False),
        "org.postgresql:postgresql": ("42.7.3", 10, False),
        "org.junit.jupiter:junit-jupiter": ("", 14, True),
        "org.apache.maven.plugins:maven-jar-plugin": ("", 19, False),
    }


def test_a_pom_without_properties_or_parent(read: Read) -> None:
    assert read("pom.xml", "<project><artifactId>a</artifactId></project>").dependencies == ()


@pytest.mark.parametrize("name", ["build.gradle", "build.gradle.kts"])
def test_gradle(read: Read, name: str) -> None:
    manifest = read(
        name,
        """\
plugins {
    id("org.springframework.boot") version "3.3.0"
}
dependencies {
    implementation("io.ktor:ktor-server-core:2.3.0")
    implementation(platform("org.junit:junit-bom:5.10.0"))
    testImplementation 'org.testcontainers:postgresql'
    runtimeOnly group: 'org.postgresql', name: 'postgresql', version: '42.7.3'
    implementation(project(":core"))
    implementation(libs.jackson)
}
""",
    )
    assert _told(manifest) == {
        "org.springframework.boot": ("3.3.0", 2, False),
        "io.ktor:ktor-server-core": ("2.3.0", 5, False),
        "org.junit:junit-bom": ("5.10.0", 6, False),
        "org.testcontainers:postgresql": ("", 7, True),
        "org.postgresql:postgresql": ("42.7.3", 8, False),
    }


def test_gradle_settings_name_the_build(read: Read) -> None:
    assert read("settings.gradle.kts", 'rootProject.name = "shop"\n').name == "shop"


def test_a_version_catalogue(read: Read) -> None:
    manifest = read(
        "gradle/libs.versions.toml",
        """\
[versions]
ktor = "2.3.0"
[libraries]
ktor-core = { module = "io.ktor:ktor-server-core", version.ref = "ktor" }
pg = "org.postgresql:postgresql:42.7.3"
kotest-test = { group = "io.kotest", name = "kotest", version = "5.9" }
[plugins]
boot = { id = "org.springframework.boot", version = "3.3.0" }
short = "me.champeau.jmh:0.7"
""",
    )
    assert _told(manifest) == {
        "io.ktor:ktor-server-core": ("2.3.0", 4, False),
        "org.postgresql:postgresql": ("42.7.3", 5, False),
        "io.kotest:kotest": ("5.9", 6, True),
        "org.springframework.boot": ("3.3.0", 8, False),
        "me.champeau.jmh": ("0.7", 9, False),
    }


def test_go_mod(read: Read) -> None:
    manifest = read(
        "go.mod",
        """\
module example.org/team/shop/v2

go 1.23

require github.com/go-chi/chi/v5 v5.1.0
require (
\tgithub.com/jackc/pgx/v5 v5.6.0
\tgolang.org/x/sys v0.1.0 // indirect
)
replace example.org/a v1.0.0 => ../a
""",
    )
    assert manifest.name == "shop"
    assert _told(manifest) == {
        "github.com/go-chi/chi/v5": ("v5.1.0", 5, False),
        "github.com/jackc/pgx/v5": ("v5.6.0", 7, False),
    }


def test_cargo(read: Read) -> None:
    manifest = read(
        "Cargo.toml",
        """\
[package]
name = "shop"
[dependencies]
axum = "0.7"
database = { package = "sqlx", version = "0.8", features = ["postgres"] }
[dev-dependencies]
testcontainers = "0.20"
[workspace.dependencies]
tokio = "1"
[target.'cfg(unix)'.dependencies]
nix = "0.29"
""",
    )
    assert manifest.name == "shop"
    assert _told(manifest) == {
        "axum": ("0.7", 4, False),
        "sqlx": ("0.8", 5, False),
        "testcontainers": ("0.20", 7, True),
        "tokio": ("1", 9, False),
        "nix": ("0.29", 11, False),
    }


def test_gemfile(read: Read) -> None:
    manifest = read(
        "Gemfile",
        """\
source "https://example.org"
gem "rails", "~> 7.1"
gem 'debug', group: :development
group :development, :test do
  gem "rspec-rails"
end
gem "pg"
""",
    )
    assert _told(manifest) == {
        "rails": ("~> 7.1", 2, False),
        "debug": ("", 3, True),
        "rspec-rails": ("", 5, True),
        "pg": ("", 7, False),
    }


def test_composer(read: Read) -> None:
    manifest = read(
        "composer.json",
        '{"name": "acme/shop",\n"require": {"php": ">=8.2", "ext-json": "*",\n'
        '"laravel/framework": "^11.0"},\n"require-dev": {"phpunit/phpunit": "^11"}}',
    )
    assert manifest.name == "shop"
    assert _told(manifest) == {
        "laravel/framework": ("^11.0", 3, False),
        "phpunit/phpunit": ("^11", 4, True),
    }


def test_dotnet(read: Read) -> None:
    manifest = read(
        "src/Shop.Api/Shop.Api.csproj",
        """\
<Project Sdk="Microsoft.NET.Sdk.Web">
  <ItemGroup>
    <PackageReference Include="Dapper" Version="2.1.35" />
    <PackageReference Include="Npgsql"><Version>8.0.3</Version></PackageReference>
  </ItemGroup>
</Project>
""",
    )
    assert manifest.name == "Shop.Api"
    assert _told(manifest) == {
        "microsoft.net.sdk.web": ("", 1, False),
        "dapper": ("2.1.35", 3, False),
        "npgsql": ("8.0.3", 4, False),
    }


def test_versions_that_a_solution_keeps_in_one_place(read: Read) -> None:
    content = (
        '<Project><ItemGroup><PackageVersion Include="Dapper" Version="2"/></ItemGroup></Project>'
    )
    assert _told(read("Directory.Packages.props", content)) == {"dapper": ("2", 1, False)}


def test_mix(read: Read) -> None:
    manifest = read(
        "mix.exs",
        """\
  def project, do: [app: :shop]
  {:phoenix, "~> 1.7"},
  {:mox, "~> 1.1", only: :test}
""",
    )
    assert manifest.name == "shop"
    assert _told(manifest) == {"phoenix": ("~> 1.7", 2, False), "mox": ("~> 1.1", 3, True)}


@pytest.mark.parametrize(
    ("path", "content", "trouble"),
    [
        ("pyproject.toml", "[project", "it is not TOML"),
        ("Pipfile", "]", "it is not TOML"),
        ("setup.cfg", "no section", "File contains no section headers"),
        ("setup.py", "def (", "it is not Python"),
        ("setup.py", "x\0", "it is not Python"),
        ("package.json", "{", "it is not JSON"),
        ("package.json", "[]", "it is JSON, but no object"),
        ("package.json", "[" * 100_000, "it is not JSON"),
        ("composer.json", "nope", "it is not JSON"),
        ("pom.xml", "<project>", "it is not XML"),
        ("a.csproj", "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "it declares entities"),
        ("Cargo.toml", "= 1", "it is not TOML"),
        ("libs.versions.toml", "= 1", "it is not TOML"),
    ],
)
def test_a_manifest_that_cannot_be_read_says_why_and_stops_nothing(
    read: Read, path: str, content: str, trouble: str
) -> None:
    manifest = read(path, content)
    assert manifest.trouble.startswith(trouble)
    assert manifest.dependencies == ()


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("pyproject.toml", 'project = 1\ntool = "x"\n[dependency-groups]\na = 1\nb = [1]\n'),
        ("package.json", '{"name": 1, "dependencies": ["a"], "devDependencies": {"a": 1}}'),
        ("Cargo.toml", "package = 1\ntarget = {a = 1}\n[dependencies]\na = 1\n"),
        ("libs.versions.toml", '[libraries]\na = 1\nb = {version = 1}\nc = ""\n'),
        ("composer.json", '{"require": 1}'),
    ],
)
def test_values_of_the_wrong_type_are_passed_over(read: Read, path: str, content: str) -> None:
    assert read(path, content).trouble == ""


def _paths(files: Mapping[str, str], folder: Callable[..., Path]) -> list[str]:
    return [manifest.path for manifest in read_manifests(Checkout(folder(files)))]


def test_manifests_below_the_top_count_to_a_depth_those_at_the_top_first(
    folder: Callable[..., Path],
) -> None:
    files = dict.fromkeys(
        ["a/b/go.mod", "pyproject.toml", "a/package.json", "1/2/3/4/5/6/go.mod"], ""
    )
    assert _paths(files, folder) == ["pyproject.toml", "a/package.json", "a/b/go.mod"]


def test_manifests_of_fixtures_and_examples_tell_nothing(folder: Callable[..., Path]) -> None:
    files = dict.fromkeys(
        ["tests/fixtures/package.json", "examples/x/go.mod", "docs/requirements.txt"], ""
    )
    assert _paths(files, folder) == []


def test_only_so_many_manifests_are_read(
    folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifests, "MOST", 1)
    assert _paths({"go.mod": "", "a/go.mod": ""}, folder) == ["go.mod"]


def test_a_manifest_too_large_to_read_is_passed_over(folder: Callable[..., Path]) -> None:
    assert _paths({"package.json": " " * (2 << 20)}, folder) == []


@pytest.mark.parametrize(
    ("spec", "version"),
    [
        (">=0.115,<1", "0.115"),
        ("^4.18.2", "4.18.2"),
        ("v5.1.0", "5.1.0"),
        ("*", ""),
        ("2.0rc1", "2.0rc1"),
    ],
)
def test_the_first_version_of_a_requirement(spec: str, version: str) -> None:
    assert version_in(spec) == version
