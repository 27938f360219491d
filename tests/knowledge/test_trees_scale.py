"""The trees about scale, search, tenants, agreement and stacks as people walk them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.knowledge.walking import PROOFS, ending, supported

if TYPE_CHECKING:
    from collections.abc import Callable

    from be_tui.core.evidence import Value

STORIES: dict[str, dict[str, tuple[str, str]]] = {
    "scale-the-database": {
        "next year ten times the users, and 9 % load today": ("nothing", "tune"),
        "a busy processor, and nobody has read a plan": ("reads untouched", "tune"),
        "a busy processor on a machine of four cores": ("reads mended fits", "bigger"),
        "reports on the largest machine there is": ("reads mended outgrown behind", "replicas"),
        "stock checks on the largest machine there is, by customer": (
            "reads mended outgrown fresh even owner",
            "shard",
        ),
        "two terabytes of readings, of which this month is looked at": (
            "space history",
            "partition",
        ),
        "writes, four fifths of them the audit trail": (
            "writes mended outgrown area",
            "split",
        ),
        "a social graph that has outgrown the largest machine": (
            "writes mended outgrown even across",
            "distributed",
        ),
        "forty processes with a pool of twenty each": ("connections", "pool"),
        "the last ticket for a concert": ("rows", "spread"),
    },
    "search": {
        "an order by its number": ("fields", "lookup-index"),
        "40,000 articles by LIKE, and nobody has tried a text index": (
            "words product untried",
            "full-text",
        ),
        "recipes by what is in them": ("words none", "full-text"),
        "spare parts by a piece of their number": ("words typing", "trigrams"),
        "a shop of 200,000 articles where people filter and mistype": (
            "words typing,product short seconds one",
            "small-engine",
        ),
        "a marketplace where ranking is the product": (
            "words product short seconds many",
            "search-cluster",
        ),
        "free rooms tonight, and found must mean free": (
            "words product short never",
            "full-text",
        ),
        "tickets that are like this one": ("meaning one", "vectors"),
        "why was it slow last night?": ("logs", "log-store"),
    },
    "multi-tenancy": {
        "a planner for small firms, on PostgreSQL, not begun": (
            "nobody even there policies",
            "shared-policies",
        ),
        "the same on MySQL": ("nobody even there code", "shared-checked"),
        "made for one customer, and the second has signed": ("nobody even missing", "add-column"),
        "a retailer larger than all the others together": ("nobody giant", "bridge"),
        "two banks among four hundred shops": ("few there", "bridge"),
        "the same, but half the tables do not name the owner": ("few missing", "add-column"),
        "forty hospitals, each with its own key": ("all tens", "database-each"),
        "three thousand practices, by country": ("all more", "cells"),
        "a mail service with millions of mailboxes": ("nobody outgrown", "cells"),
    },
    "consistency-across-services": {
        "an order and its lines": ("rows", "transaction"),
        "an order and the mail about it": ("message", "outbox"),
        "a card payment for an order": ("foreign", "intent"),
        "paid here, invoiced there": ("services yes never", "outbox"),
        "an order that the store may refuse": ("services yes undo few", "saga-events"),
        "a journey of flight, hotel and car, and people ask": (
            "services yes undo many",
            "saga-led",
        ),
        "a letter goes out before the check, and nothing can be held": (
            "services yes final no",
            "saga-led",
        ),
        "the last seat in a plane that another company flies": (
            "services no other yes",
            "reserve",
        ),
        "an account and its balance in two services of one team": ("services no same", "merge"),
        "two ledgers of two teams that an auditor compares at every moment": (
            "services no other no",
            "two-phase",
        ),
    },
    "stack-python": {
        "Flask 3 on Python 3.13, and a colleague likes FastAPI": ("one nothing supported", "stay"),
        "Django 4.2 on Python 3.10": ("one nothing ending", "upgrade"),
        "a first product with staff who keep its catalogue": ("none wanted", "django"),
        "an API for a phone, with a database beside it": (
            "none api objects own",
            "fastapi-threads",
        ),
        "a gateway to five language models, with PostgreSQL": (
            "none api objects others all",
            "fastapi-async",
        ),
        "the same on SQL Server": ("none api objects others gaps", "fastapi-threads"),
        "reports for controllers": ("none api sql", "sql-first"),
    },
    "stack-node": {
        "Express 5 on Node 24, and a benchmark of Hono": ("one nothing supported", "stay"),
        "Express 4 on Node 20": ("one nothing ending", "upgrade"),
        "an API on Workers": ("none edge", "edge"),
        "thirty people in four teams": ("none process many", "nest"),
        "three people and a shop": ("none process few objects", "small-objects"),
        "three people and a dashboard": ("none process few sql", "small-sql"),
        "Express, and twelve people who each cut modules their own way": (
            "one named process many",
            "nest",
        ),
    },
    "stack-go": {
        "Gin for six years, and somebody has read of the new router": ("one nothing", "stay"),
        "a first service on PostgreSQL": ("none public fixed postgresql", "sqlc-pgx"),
        "a tool that customers install on MySQL or SQLite": (
            "none public fixed other",
            "sqlc-std",
        ),
        "a list of orders with twenty filters": ("none public filters", "pgx-builder"),
        "assets, owners, rooms and permissions, walked in all directions": (
            "none public web",
            "ent",
        ),
        "twelve services that call each other": ("none services", "contract"),
        "Fiber, and the tracing middleware does not fit it": (
            "one named public fixed postgresql",
            "sqlc-pgx",
        ),
    },
    "stack-jvm": {
        "Boot 4.1 on Java 25, and a talk about Quarkus": ("one nothing supported", "stay"),
        "Boot 3.5, whose free support is over": ("one nothing ending", "upgrade"),
        "orders, with rules in each step": ("none stays common objects", "spring-jpa"),
        "figures for controllers": ("none stays common sql", "spring-sql"),
        "functions that wake for one request": ("none often", "quarkus"),
        "three people, Kotlin, one small service": ("none stays kotlin", "ktor"),
        "an application server whose maker is gone": (
            "one named stays common objects",
            "spring-jpa",
        ),
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
        ("scale-the-database tuned", {"n_plus_one.suspects": 4.0}, "untouched"),
        (
            "scale-the-database tuned",
            {"n_plus_one.suspects": 0.0, "schema.foreign_keys_without_index": 0.0},
            "",
        ),
        (
            "scale-the-database larger",
            {"profile.requests_per_second": 300.0, "profile.data_gb": 80.0},
            "fits",
        ),
        ("scale-the-database key", {"schema.tenant_share": 91.0}, "owner"),
        ("search what", {"queries.infix_like": 3.0}, "words"),
        ("search tried", {"stack.search": True, "queries.infix_like": 0.0}, "short"),
        ("multi-tenancy column", {"schema.tenant_share": 12.0, "schema.tables": 30.0}, "missing"),
        ("multi-tenancy guard", {"stack.database": "PostgreSQL"}, "policies"),
        ("multi-tenancy apart", {"profile.sensitivity": "regulated"}, ""),
        ("consistency-across-services spans", {"io_in_transaction.suspects": 1.0}, "foreign"),
        (
            "consistency-across-services spans",
            {"deploy.units": 1.0, "clients.calls": 0.0, "messaging.broker": ""},
            "rows",
        ),
        (
            "consistency-across-services spans",
            {"deploy.units": 1.0, "clients.calls": 0.0, "messaging.broker": "kafka"},
            "",
        ),
        ("consistency-across-services border", {"coupling.top": 34.0}, "same"),
        ("stack-jvm runs", {"stack.framework": "Quarkus"}, "one"),
        ("stack-jvm starts", {"runtime.replicas": 3.0}, "stays"),
        ("stack-jvm rows", {"stack.orm": "Hibernate"}, "objects"),
        ("stack-jvm rows", {"stack.orm": "jOOQ"}, "sql"),
        ("stack-go runs", {"stack.framework": "chi"}, "one"),
        ("stack-go callers", {"api.grpc": True, "api.documents": 1.0}, "services"),
        ("stack-go engine", {"stack.database": "SQLite"}, "other"),
        ("stack-go statements", {"stack.orm": "sqlc"}, "fixed"),
        ("stack-node runs", {"stack.framework": "Express"}, "one"),
        ("stack-node place", {"runtime.kubernetes": True}, "process"),
        ("stack-node people", {"profile.people": 4.0}, "few"),
        ("stack-node people", {"authors.active_90d": 11.0}, "many"),
        ("stack-node rows", {"stack.orm": "Kysely"}, "sql"),
        ("stack-python runs", {"stack.framework": "Django"}, "one"),
        ("stack-python runs", {"stack.framework": "NestJS"}, ""),
        ("stack-python waits", {"clients.calls": 14.0}, "others"),
        ("stack-python driver", {"stack.database": "SQL Server"}, "gaps"),
        ("stack-python rows", {"queries.raw_sql": 40.0, "queries.joins": 62.0}, "sql"),
    ],
)
def test_what_is_measured_answers_what_it_can_tell(
    question: str, measures: dict[str, Value], answer: str
) -> None:
    assert supported(question, measures) == ({answer} if answer else set())
