"""Finds in deployment files how often a service runs, and what watches over it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.project.looks.model import Look, mark
from be_tui.core.project.looks.source import CONFIGURATION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.project.looks.model import Sight
    from be_tui.core.project.looks.source import Source

_VERSIONED = re.compile(rb"^apiVersion:", re.MULTILINE)
_KIND = re.compile(rb"^kind:[ \t]*[\"']?(\w+)", re.MULTILINE)
_WORKLOADS = frozenset(
    {b"Deployment", b"StatefulSet", b"Rollout", b"ReplicaSet", b"DeploymentConfig"}
)
_SCALERS = frozenset({b"HorizontalPodAutoscaler", b"ScaledObject"})
_DOCUMENT = re.compile(rb"^---[^\n]*\n", re.MULTILINE)
_COMPOSE = re.compile(r"(?:^|/)(?:docker-)?compose[^/]*\.ya?ml$")
_WORKPLACES = re.compile(
    r"(?:^|/)(?:dev|development|tests?|testing|ci|local|e2e)/"
    r"|(?:^|/)(?:docker-)?compose[^/]*[._-](?:ci|tests?|e2e)(?:[._-][^/]*)?\.ya?ml$"
)
"""What sets up a workplace or a test tells nothing of how the service runs."""

_VALUES = re.compile(r"(?:^|/)values[^/]*\.ya?ml$")
_DOCKERFILE = re.compile(r"(?:^|/)Dockerfile[^/]*$")
_PLATFORM = re.compile(r"(?:^|/)(?:fly\.toml|render\.ya?ml|app\.ya?ml|railway\.(?:json|toml))$")

_REPLICAS = re.compile(rb"^[ \t]+replicas:[ \t]*[\"']?(\d+)", re.MULTILINE)
_SCALED = re.compile(rb"^[ \t]+(?:maxReplicas|maxReplicaCount):[ \t]*(\d+)", re.MULTILINE)
_COUNTED = re.compile(
    rb"^[ \t]*(?:replicaCount|replicas|scale|numInstances|max_instances|numReplicas"
    rb"|min_machines_running)[\"']?[ \t]*[:=][ \t]*[\"']?(\d+)",
    re.MULTILINE,
)
_CHECKS = re.compile(
    rb"^[ \t]*(?:liveness|readiness|startup)Probe:|^[ \t]+healthcheck:|^HEALTHCHECK[ \t]+(?!NONE)"
    rb"|^[ \t]*healthCheckPath:|^[ \t]*\[\[(?:http_service|services[.\w]*)\.?checks\]\]"
    rb"|[\"']?healthcheckPath[\"']?[ \t]*[:=]",
    re.MULTILINE,
)
_LIMITS = re.compile(
    rb"^[ \t]+limits:[ \t]*(?:\{[^}\n]*(?:cpu|memory)|\n[ \t]+(?:cpu|cpus|memory|pids)\b)"
    rb"|^[ \t]+(?:mem_limit|cpus):[ \t]*\S",
    re.MULTILINE,
)
_IMAGE = re.compile(rb"^[ \t]*(?:-[ \t]+)?image:[ \t]*[\"']?([^\s\"']+)", re.MULTILINE)


def _gateway(name: str, *others: str) -> re.Pattern[bytes]:
    """Make the pattern of a gateway: its image, its ingress class, and what else is its own."""
    image = rf"image:[ \t]*[\"']?(?:[\w./-]*/)?{name}\b"
    chosen = rf"(?:ingressClassName|ingress\.class|gatewayClassName)[\"']?:[ \t]*[\"']?{name}"
    return re.compile("|".join((image, chosen, *others)).encode(), re.MULTILINE)


GATEWAYS: dict[str, re.Pattern[bytes]] = {
    "istio": _gateway("istio", r"networking\.istio\.io/"),
    "traefik": _gateway("traefik", r"traefik\.(?:io|containo\.us)/", r"traefik\.http\."),
    "kong": _gateway("kong", r"konghq\.com/"),
    "envoy": _gateway("envoy", r"gatewayClassName:[ \t]*[\"']?eg\b", r"^static_resources:"),
    "nginx": _gateway("nginx", r"nginx\.ingress\.kubernetes\.io/", r"^[ \t]*proxy_pass[ \t]"),
}
"""By name; the first that a file shows is its gateway's."""


def _find(source: Source) -> Iterator[Sight]:
    if _WORKPLACES.search(source.path):
        return
    text = source.plain
    kubernetes = bool(_VERSIONED.search(text) and _KIND.search(text))
    compose = bool(_COMPOSE.search(source.path))
    values = bool(_VALUES.search(source.path))
    platform = bool(_PLATFORM.search(source.path))
    if kubernetes:
        yield from _documents(source, text)
    if compose or values or platform:
        for match in _COUNTED.finditer(text):
            yield source.sight("run.replicas", match.start(1), match[1].decode())
    if kubernetes or compose or values or platform or _DOCKERFILE.search(source.path):
        first = text.lstrip()[:1]
        if first:
            yield source.sight("run.file", len(text) - len(text.lstrip()))
        for kind, pattern in (("run.check", _CHECKS), ("run.limits", _LIMITS)):
            for match in pattern.finditer(text):
                yield source.sight(kind, match.start() + match[0].count(b"\n", 0, 1))
    yield from _gateways(source, text)


def _documents(source: Source, text: bytes) -> Iterator[Sight]:
    from be_tui.core.project.units import runs_foreign_images

    starts = [0, *(match.end() for match in _DOCUMENT.finditer(text))]
    for start, end in zip(starts, (*starts[1:], len(text)), strict=True):
        kind = _KIND.search(text, start, end)
        if kind is None:
            continue
        at = kind.start()
        if kind[1] in _SCALERS:
            scaled = _SCALED.search(text, start, end)
            if scaled:
                yield source.sight("run.replicas", scaled.start(1), scaled[1].decode())
        elif kind[1] in _WORKLOADS:
            yield source.sight("run.kubernetes", at)
            if not runs_foreign_images(text[start:end].decode("utf-8", "replace")):
                stated = _REPLICAS.search(text, start, end)
                # Without a number Kubernetes runs one.
                place, number = (stated.start(1), stated[1].decode()) if stated else (at, "1")
                yield source.sight("run.replicas", place, number)
        else:
            yield source.sight("run.kubernetes", at)


def _gateways(source: Source, text: bytes) -> Iterator[Sight]:
    for name, pattern in GATEWAYS.items():
        match = pattern.search(text)
        if match:
            yield source.sight(
                "run.gateway", match.start() + len(match[0]) - len(match[0].lstrip()), name
            )


DEPLOYMENT = Look(
    frozenset(
        b"kind services replicas replicacount from image proxy_pass static_resources traefik kong"
        b" http_service healthcheckpath numinstances".split()
    ),
    _find,
    languages=frozenset({CONFIGURATION}),
    configuration=True,
)
"""Kinds: `run.replicas`, `run.check`, `run.limits`, `run.gateway`, `run.kubernetes`, `run.file`."""

POOLS = mark(
    "run.pool",
    "pool_size poolsize setmaxopenconns setmaxconns maxconns max_connections connection_limit pool"
    " connectionlimit default_pool_size max_size maximum maximumpoolsize db_pool db_pool_size"
    " max_pool_size maxpoolsize poolmax",
    rb"(?:\bmaximum-?[pP]ool-?[sS]ize[\"']?\s*[:=]\s*|\bsetMaximumPoolSize\(\s*|\bpool_size[\"']?\s*[:=]\s*"
    rb"|\bSetMaxOpenConns\(\s*|\bMaxConns\s*[:=]\s*|\.max_connections\(\s*|\bconnection_limit=\s*"
    rb"|\bpoolSize[\"']?\s*[:=]\s*|\bconnectionLimit[\"']?\s*:\s*|\bdefault_pool_size\s*=\s*"
    rb"|\bnew Pool\(\{[^}]*\bmax:\s*|\bpool:\s*\{[^}]*\bmax:\s*|^[ \t]+pool:[ \t]*"
    rb"|\b(?:ConnectionPool|create_pool)\([^)]*\bmax_?size\s*=\s*|\bMax(?:imum)? ?Pool ?Size\s*=\s*"
    rb"|\bDB_POOL(?:_SIZE|_MAX)?\s*[:=]\s*[\"']?|\bmaxPoolSize[\"']?\s*[:=]\s*)(?P<value>\d{1,5})\b",
    strings=True,
    configuration=True,
)
"""Kind: `run.pool`; its value is the largest number of connections."""
