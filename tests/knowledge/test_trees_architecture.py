"""The trees about architecture and data as people walk them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.knowledge.walking import PROOFS, ending, supported

if TYPE_CHECKING:
    from collections.abc import Callable

    from be_tui.core.evidence import Value

STORIES: dict[str, dict[str, tuple[str, str]]] = {
    "monolith-or-microservices": {
        "a start-up of four builds its first product, since everybody has services": (
            "new one none years",
            "modular-monolith",
        ),
        "a tool for one summer": ("new one none short", "monolith"),
        "one team, one deployable, all is well, and a conference talk": (
            "one one none",
            "monolith",
        ),
        "one team waits a week for its own release": ("one one queue", "faster-releases"),
        "three teams queue for the release; billing has kept still for years": (
            "one 3 queue still apart ready",
            "extract-one",
        ),
        "the same, deployed by hand": ("one 3 queue still apart lacking", "prerequisites"),
        "the same, but an order and its invoice must agree": (
            "one 3 queue still together",
            "modular-monolith",
        ),
        "seven teams on a platform that hands out services in an hour": (
            "one 7 queue still apart ready",
            "microservices",
        ),
        "seven teams in a domain that nobody knows yet": (
            "new 7 queue moving",
            "modular-monolith",
        ),
        "video needs graphics cards, the rest does not": (
            "one one unlike still apart ready",
            "extract-one",
        ),
        "six services that are always released on one evening": (
            "several together",
            "merge-back",
        ),
        "twelve services and four people": ("several alone too-many", "merge-back"),
        "ten teams with two services each": ("several alone cared", "keep-services"),
    },
    "sql-or-nosql": {
        "a shop: orders, customers, stock, and reports to come": ("open one fixed", "relational"),
        "the same, with fields that each merchant defines": ("open one varied", "relational-json"),
        "a bank's ledger on three continents": ("open beyond", "distributed-sql"),
        "profiles by user id, ten thousand of them, beside PostgreSQL": (
            "key none nothing",
            "relational",
        ),
        "a hundred thousand sensor writes a second, read by device": (
            "key none against",
            "key-value",
        ),
        "user names by key, but each only once": ("key span one fixed", "relational"),
        "a prototype in MongoDB because the schema is not known": (
            "whole none bounded nothing",
            "relational-json",
        ),
        "form drafts in the document store that the team has run for years": (
            "whole none bounded against",
            "document",
        ),
        "a chat room as one document": ("whole none growing", "relational"),
        "product search by LIKE": ("other untried", "inside"),
        "product search with ranking that PostgreSQL did not get right": (
            "other little",
            "beside",
        ),
    },
    "database-selection": {
        "a new web service, nothing special": ("original none served ordinary", "postgresql"),
        "a shop finder with a map": ("original none served special", "postgresql-extended"),
        "a team that has run MySQL for ten years": ("original other nothing", "stay"),
        "the same, but it needs exclusion constraints now": (
            "original other named ordinary",
            "postgresql",
        ),
        "a desktop tool": ("original none embedded", "sqlite"),
        "page fragments and rate limits": ("passing lost", "memory"),
        "shopping baskets in Redis that people miss": (
            "passing kept none served ordinary",
            "postgresql",
        ),
        "search by LIKE over 40,000 articles": ("search untried", "postgresql-extended"),
        "a marketplace where ranking is the product": ("search little", "search-engine"),
        "a dashboard over two billion events": ("sums many", "columnar"),
        "device state for millions, all of it on one cloud": ("spread bound", "cloud-store"),
        "the same, installed at customers": ("spread free", "portable-store"),
    },
    "synchronous-or-asynchronous": {
        "read an order": ("now quick own", "synchronous"),
        "a price from a partner, for the basket page": ("now quick others", "sync-bounded"),
        "a report that takes a minute": ("now long", "status-resource"),
        "the welcome mail, a few hundred a day": ("later minutes step light", "db-queue"),
        "a driver's position, worthless after ten seconds": ("later seconds", "sync-bounded"),
        "thumbnails, with RabbitMQ well run": (
            "later minutes step broker apart",
            "broker-queue",
        ),
        "an invoice for each paid order, by Kafka": (
            "later minutes step broker together",
            "outbox-relay",
        ),
        "a loan application with a week's wait for papers": ("later minutes course", "workflow"),
        "five teams want to hear of paid orders": ("known many", "stream"),
        "customers' shops want to hear of shipments": ("known outside", "webhook"),
        "one other service wants to hear of new users": ("known few light", "db-queue"),
    },
    "build-or-buy": {
        "an admin page for three refunds a month": ("nothing", "neither"),
        "the matching that the company is known for": ("harm core can", "build"),
        "the same, and its one author has given notice": ("harm core cannot", "buy-behind"),
        "login for a start-up": ("harm primitive may buying-less deep", "buy-behind"),
        "login in a hospital that lets no data out": ("harm primitive never can", "adopt"),
        "sending mail": ("harm common fits may buying-less shallow", "buy"),
        "analytics at a price for each of a billion events": (
            "harm common fits may buying-more can",
            "adopt",
        ),
        "a tariff calculator for a law of one canton": ("harm common none can", "build"),
        "the same, with nobody to keep it": ("harm common none cannot", "neither"),
        "no vendor is allowed, no project exists, two people are free": (
            "harm common fits never cannot can",
            "build",
        ),
    },
    "caching": {
        "somebody has read that Redis is fast": ("nothing", "no-cache"),
        "a list that asks the database for each row": ("reads poor", "mend-source"),
        "the price at checkout": ("reads good latest", "no-cache"),
        "a search of which no two are alike": ("reads good while seldom", "no-cache"),
        "the front page of a newspaper": ("reads good while often everybody", "http-cache"),
        "images named by their hash": ("reads good constant everybody", "http-cache"),
        "exchange rates for the pricing code": (
            "reads good while often some survives small",
            "in-process",
        ),
        "user profiles that only we change": (
            "reads good while often some survives large us",
            "aside-delete",
        ),
        "products that a nightly import changes as well": (
            "reads good while often some survives large others",
            "aside-expiry",
        ),
        "rankings that take a minute each": ("reads good while often some falls", "precompute"),
        "views of a video": ("writes bearable", "write-behind"),
        "uses of a paid coupon": ("writes never", "append"),
    },
    "primary-key": {
        "a log of jobs that nobody outside sees": ("new none database inside", "bigint"),
        "orders, whose number is a trade secret": (
            "new none database outside time light",
            "uuidv7",
        ),
        "the same in MySQL": ("new none database outside time heavy", "public-id"),
        "patient records": ("new none database outside nothing", "public-id"),
        "articles of a newspaper": ("new none database outside all", "bigint"),
        "notes written on a phone without a connection": ("new none clients open", "uuidv7"),
        "invitations that must not tell when they were made": (
            "new none clients secret",
            "uuidv4",
        ),
        "events from forty shards, thousands of millions of them": (
            "new none servers open heavy",
            "snowflake",
        ),
        "which user has which role": ("new always", "natural-key"),
        "a serial key at 61 per cent": ("narrow soon", "widen"),
        "a serial key with nine thousand rows": ("narrow never", "keep"),
        "UUIDv4 that has never hurt": ("sound none", "keep"),
    },
    "pagination": {
        "the roles of a user": ("new few", "whole-list"),
        "a feed on a phone": ("new many next fixed none", "keyset"),
        "orders with filters, and how many there are": (
            "new many next fixed shown",
            "keyset-total",
        ),
        "an admin table that sorts by every column": ("new many next free", "capped-offset"),
        "a small catalogue with page numbers": ("new many jump shallow harmless", "capped-offset"),
        "payments to approve, with page numbers": ("new many jump shallow harm", "seek"),
        "a log of two years with page numbers": ("new many jump deep", "seek"),
        "hits of a search": ("new many next score", "search-after"),
        "a partner who fetches everything each night": ("new many all", "export"),
        "a public list without pages since 2019": ("whole others", "add-beside"),
        "the same for our own web page only": ("whole ours many next fixed none", "keyset"),
        "page numbers that nobody complains of": ("offset unhurt", "capped-offset"),
        "page 5,000 takes a second": ("offset hurt next fixed none", "keyset"),
    },
}


@pytest.mark.parametrize(
    ("tree_id", "story"),
    [(tree_id, story) for tree_id, stories in STORIES.items() for story in stories],
)
def test_a_story_ends_where_a_senior_engineer_would_end(tree_id: str, story: str) -> None:
    answers, outcome = STORIES[tree_id][story]
    assert ending(tree_id, answers) == outcome


@pytest.mark.parametrize("tree_id", STORIES)
@pytest.mark.parametrize("prove", PROOFS)
def test_the_tree_is_sound(prove: Callable[[str], None], tree_id: str) -> None:
    prove(tree_id)


@pytest.mark.parametrize(
    ("question", "measures", "answer"),
    [
        ("monolith-or-microservices stands", {"deploy.units": 4.0}, "several"),
        ("monolith-or-microservices stands", {"deploy.units": 2.0}, ""),
        ("monolith-or-microservices teams", {"profile.teams": 3.0}, "few"),
        ("monolith-or-microservices borders", {"coupling.top": 34.0}, "moving"),
        (
            "monolith-or-microservices borders",
            {"coupling.top": 8.0, "coupling.pairs": 0.0},
            "still",
        ),
        ("monolith-or-microservices alone", {"coupling.top": 34.0, "deploy.units": 1.0}, ""),
        (
            "monolith-or-microservices owners",
            {"deploy.units": 9.0, "profile.people": 4.0},
            "too-many",
        ),
        ("sql-or-nosql access", {"queries.joins": 31.0}, "open"),
        ("sql-or-nosql pull", {"stack.database": "MongoDB"}, "against"),
        ("sql-or-nosql pull", {"stack.database": "PostgreSQL"}, ""),
        (
            "sql-or-nosql pull",
            {"stack.database": "PostgreSQL", "profile.requests_per_second": 80.0},
            "nothing",
        ),
        (
            "sql-or-nosql fits",
            {
                "profile.requests_per_second": 80.0,
                "profile.data_gb": 20.0,
                "profile.horizon": 3.0,
            },
            "one",
        ),
        ("database-selection runs", {"stack.database": "MySQL"}, "other"),
        ("database-selection place", {"runtime.replicas": 3.0}, "served"),
        ("database-selection place", {"stack.database": "SQLite"}, "embedded"),
        ("synchronous-or-asynchronous load", {"messaging.broker": ""}, "light"),
        ("synchronous-or-asynchronous load", {"messaging.broker": "kafka"}, "broker"),
        ("synchronous-or-asynchronous load", {"messaging.broker": "redis"}, ""),
        ("synchronous-or-asynchronous reach", {"clients.calls": 0.0}, "own"),
        ("build-or-buy bond", {"vendors.sdks": 2.0, "vendors.top_spread": 14.0}, "deep"),
        ("build-or-buy bond", {"vendors.sdks": 0.0, "vendors.top_spread": 0.0}, ""),
        ("caching source", {"n_plus_one.suspects": 2.0}, "poor"),
        ("caching size", {"runtime.replicas": 1.0}, "small"),
        ("primary-key makers", {"stack.database": "PostgreSQL"}, "database"),
        ("primary-key weight", {"stack.database": "MariaDB"}, "heavy"),
        ("pagination stands", {"api.lists_without_page": 2.0}, "whole"),
        ("pagination total", {"paging.total_counts": 1.0}, "shown"),
    ],
)
def test_what_is_measured_answers_what_it_can_tell(
    question: str, measures: dict[str, Value], answer: str
) -> None:
    assert supported(question, measures) == ({answer} if answer else set())
