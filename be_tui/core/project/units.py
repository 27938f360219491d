"""What is deployed: read from Kubernetes, compose, Docker and platform files.

Each reader gives the units that it sees, by a key under which two files mean the same one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.evidence import Fact
from be_tui.core.project.manifests import own_paths
from be_tui.core.project.markers import load_markers, name_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.project.checkout import Checkout

MOST_FILES = 500
"""YAML files that are looked into for Kubernetes workloads."""

_LARGEST = 256 << 10
_WORKLOAD = re.compile(
    r"^kind:[ \t]*[\"']?(Deployment|StatefulSet|DaemonSet|CronJob|Job|Rollout|DeploymentConfig)\b",
    re.MULTILINE,
)
_NAME = re.compile(
    r"^metadata:[ \t]*\n(?:[ \t]+.*\n)*?[ \t]+name:[ \t]*[\"']?([^\s\"']+)", re.MULTILINE
)
_IMAGE = re.compile(r"^[ \t]*(?:-[ \t]+)?image:[ \t]*[\"']?([^\s\"']+)", re.MULTILINE)
_IMAGE_NAME = re.compile(r"^.*/|[:@].*$")
"""What stands around the last name of an image."""

_COMPOSE = ("docker-compose*.yml", "docker-compose*.yaml", "compose*.yml", "compose*.yaml")
_DOCKERFILES = ("Dockerfile", "Dockerfile.*", "*.Dockerfile", "*.dockerfile", "Containerfile")
_NOT_DEPLOYED = re.compile(
    r"(?:^|[._-])(?:dev|development|tests?|ci|local|debug|base|builder|dockerignore|e2e|playwright|cypress)(?:[._-]|$)"
)
_AIDS = frozenset(
    {
        "adminer", "alertmanager", "caddy", "consul", "cypress", "elasticsearch", "envoy",
        "fluentd", "grafana", "haproxy", "jaeger", "kafka", "keycloak", "kibana", "localstack",
        "loki", "mailcatcher", "mailhog", "mailpit", "mariadb", "memcached", "minio", "mongo",
        "mongodb", "mysql", "nats", "nginx", "otel", "pgadmin", "pgbouncer", "playwright",
        "postgres", "postgresql", "prometheus", "proxy", "rabbitmq", "redis", "registry",
        "selenium", "smtp", "sonarqube", "tempo", "traefik", "valkey", "vault", "wiremock",
        "zipkin", "zookeeper",
    }
)  # fmt: skip
"""What stands around a service, and is deployed by taking it off the shelf."""

_SUFFIXES = frozenset({"server", "service", "db", "database", "ui", "web", "admin", "exporter"})
_WORKPLACES = re.compile(r"(?:^|/)(?:dev|development|tests?|testing|ci|local|e2e)/")
"""Folders whose files set up a workplace or a test."""

_VARIANTS = frozenset(
    {
        "alpine", "amd64", "arm", "arm64", "armv7", "build", "bun", "chromium", "containers",
        "cuda", "debian", "deploy", "distroless", "docker", "dockerfile", "gpu", "image", "images",
        "multi", "nightly", "npm", "packaging", "pnpm", "prod", "production", "release", "rpm",
        "slim", "ubuntu", "windows", "yarn",
    }
)  # fmt: skip
"""What a Dockerfile or its folder is called that makes the same thing in another way."""

_PLATFORM = (
    "Procfile", "fly.toml", "render.yaml", "app.yaml", "serverless.yml", "serverless.yaml",
    "samconfig.toml", "vercel.json", "railway.json", "railway.toml",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that is deployed on its own."""

    key: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Composed:
    """What compose files start."""

    services: tuple[str, ...]
    built: tuple[Unit, ...]
    """The services that are built here, one for each image that is built."""

    trouble: tuple[Fact, ...] = ()


def is_aid(name: str) -> bool:
    """Tell whether a thing is called after what stands around a service: `prometheus-server`."""
    words = set(re.split(r"[-_./]+", name.lower())) - _SUFFIXES - {""}
    return bool(words) and words <= _AIDS


def workloads(checkout: Checkout) -> tuple[Unit, ...]:
    """Give the workloads of Kubernetes manifests, databases and the like left out."""
    found: dict[str, Unit] = {}
    for path in _yaml_paths(checkout):
        checkout.cancel.check()
        text = checkout.text(path, _LARGEST)
        if text is None or "kind:" not in text:
            continue
        start = 0
        for document in re.split(r"(?m)^---", text):
            kind = _WORKLOAD.search(document)
            if kind and not runs_foreign_images(document):
                name = _NAME.search(document)
                key = name[1] if name else path
                line = text.count("\n", 0, start + kind.start()) + 1
                found.setdefault(key, Unit(key, Fact(f"{kind[1]} {key}", path, line)))
            start += len(document) + 3
    return tuple(found.values())


def compose_files(checkout: Checkout, parts: Iterable[str] = ()) -> Composed:
    """Give what the compose files start, and what of it is made here.

    Args:
        checkout: The files.
        parts: The names of the project's own parts; an image of such a name is made here too,
            whatever builds it.
    """
    from be_tui.core.project.composefiles import read_services

    services: set[str] = set()
    built: dict[str, Unit] = {}
    trouble: list[Fact] = []
    own = set(parts)
    paths = _deployed(checkout, _COMPOSE)
    for path in [each for each in paths if not _WORKPLACES.search(each)] or paths:
        text = checkout.text(path, _LARGEST)
        if text is None:
            continue
        folder = path.rpartition("/")[0]
        try:
            stated = read_services(text)
        except ValueError as error:
            trouble.append(Fact(f"not read: {error}", path))
            continue
        for service in stated:
            services.add(f"{folder}/{service.name}")
            image = _IMAGE_NAME.sub("", service.image)
            if (service.build or image in own) and not is_aid(service.name):
                key = f"{folder}/{service.build or image}"
                what = "builds" if service.build else "runs this project's"
                fact = Fact(f"compose {what} {service.name}", path, service.line)
                built.setdefault(key, Unit(key, fact))
    return Composed(tuple(sorted(services)), tuple(built.values()), tuple(trouble))


def dockerfiles(checkout: Checkout) -> tuple[Unit, ...]:
    """Give the Dockerfiles, one of variants, those for development and tests left out."""
    found: dict[str, Unit] = {}
    for path in _deployed(checkout, _DOCKERFILES):
        apart = _NOT_DEPLOYED.search(path.rpartition("/")[2]) or _WORKPLACES.search(path)
        aid = is_aid(path.rpartition("/")[0].rpartition("/")[2])
        if not apart and not aid and checkout.exists(path):
            found.setdefault(_built(path), Unit(path, Fact("builds an image", path)))
    return tuple(found.values())


def _built(path: str) -> str:
    """Name what a Dockerfile builds: the words of its path that tell of no variant."""
    words = (word for part in path.split("/") for word in re.split(r"[._]", part))
    return "/".join(word for word in words if word.lower() not in _VARIANTS | {"containerfile"})


def platform_files(checkout: Checkout) -> tuple[Unit, ...]:
    """Give the files that deploy a folder to a platform, one a folder."""
    found: dict[str, Unit] = {}
    for path in _deployed(checkout, _PLATFORM):
        folder = path.rpartition("/")[0]
        found.setdefault(folder, Unit(folder, Fact("deploys this folder to a platform", path)))
    return tuple(found.values())


def _yaml_paths(checkout: Checkout) -> tuple[str, ...]:
    paths = (path for path in checkout.files if path.endswith((".yaml", ".yml")))
    return own_paths(paths)[:MOST_FILES]


def runs_foreign_images(document: str) -> bool:
    """Tell whether a workload runs nothing but well-known images: a database, for one."""
    known = {image for marker in load_markers().all for image in marker.images}
    images = [re.sub(r"[:@][^/]*$", "", image) for image in _IMAGE.findall(document)]
    return bool(images) and all(image in known for image in images)


def _deployed(checkout: Checkout, globs: tuple[str, ...]) -> tuple[str, ...]:
    """Give the files of these names; a hidden folder sets up a workplace (.devcontainer)."""
    return tuple(path for path in own_paths(_named(checkout, globs)) if not path.startswith("."))


def _named(checkout: Checkout, globs: tuple[str, ...]) -> Iterator[str]:
    names = name_pattern(globs)
    for name, paths in checkout.by_name.items():
        if names.fullmatch(name):
            yield from paths
