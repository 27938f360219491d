"""The three references together tell every concept that a senior back-end engineer asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.knowledge import Library, open_library

if TYPE_CHECKING:
    from collections.abc import Iterator

DATABASE = """\
identity columns; timestamptz; uuidv7; surrogate vs natural key; normal forms 3NF/BCNF;
denormalis; composite index order; partial index; covering index; gin/brin; redundant/unused index;
fk index; EXPLAIN BUFFERS; pg_stat_statements; n+1; keyset; lock_timeout; create index concurrently;
NOT VALID/validate; expand/contract; batched backfill; isolation levels; optimistic locking;
skip locked; row level security; partitioning; sharding; replication lag; connection pool sizing;
pgbouncer/transaction pooling; soft delete; jsonb; outbox; cdc; point-in-time recovery;
restore test"""
API = """\
problem+json 9457/7807; idempotency key; etag/if-match; 429+retry-after; ratelimit headers;
deprecation/sunset header; breaking change rules; openapi; cursor opaque; max page size;
field mask/sparse; long running ops 202; bulk/batch 207; webhook signature; BOLA; mass assignment;
ssrf; PKCE; jwt alg allowlist; jwt revocation; refresh rotation; argon2id params;
password length not composition; cors; graphql depth/cost; grpc deadline; content negotiation;
http caching; hateoas; filtering grammar; pagination total count; QUERY method;
event schema/asyncapi; versioning"""
SCALE = """\
little's law; USL; queueing/utilisation; error budget; burn rate; slo/sli; tail latency/fan-out;
retry budget; jitter; backoff; timeouts; circuit breaker; bulkhead; load shedding; backpressure;
hedged requests; cache stampede/single-flight; cache-aside; write-behind;
ttl jitter/negative caching; cdn; graceful shutdown; readiness vs liveness; autoscaling;
consistent hashing; leader election; cap/pacelc; saga; cqrs; event sourcing; dead letter queue;
exactly-once/idempotent consumer; rate limit algorithms; multi-region/failover; rpo/rto;
chaos/game day; capacity planning; tracing/otel; structured logs/request id; feature flag/canary;
runbook/on-call; cost"""
CONCEPTS = {
    "database-patterns": DATABASE,
    "api-best-practices": API,
    "scalability-checklist": SCALE,
}


def names(text: str) -> set[str]:
    return {" ".join(name.split()) for name in text.split(";")}


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    with open_library() as opened:
        yield opened


def test_there_are_as_many_as_were_counted() -> None:
    assert [len(names(text)) for text in CONCEPTS.values()] == [36, 34, 42]


@pytest.mark.parametrize("reference", CONCEPTS)
def test_a_reference_lists_its_concepts_and_an_item_tells_each(
    library: Library, reference: str
) -> None:
    cover, chapters = library.bound(reference)
    assert set(cover.concepts) == names(CONCEPTS[reference])
    told = {each for chapter in chapters for item in chapter.items for each in item.concepts}
    assert set(cover.concepts) <= told
