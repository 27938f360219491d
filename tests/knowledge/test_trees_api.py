"""The trees about APIs, access and the way data is kept as people walk them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.knowledge.walking import PROOFS, ending

if TYPE_CHECKING:
    from collections.abc import Callable

STORIES: dict[str, dict[str, tuple[str, str]]] = {
    "api-versioning": {
        "a page of ours needs another field": ("together adds", "evolve"),
        "the page and its server rename a field in one commit": ("together breaks", "in-step"),
        "a new service for the team next door": ("teams new", "evolve"),
        "a customer's field gets a better name": ("outside breaks beside", "side-by-side"),
        "amounts become text everywhere, and there is a /v1": (
            "outside breaks everywhere said",
            "same-way",
        ),
        "a first public API, called by generated libraries": (
            "outside new unsaid months built",
            "path-version",
        ),
        "a catalogue whose links stand in other people's databases": (
            "outside new unsaid months kept",
            "media-type",
        ),
        "a payment API that shops build against once": ("outside new unsaid years", "pinned"),
        "phones with last year's app, and every call changes": (
            "installed breaks everywhere unsaid built",
            "path-version",
        ),
        "an export that we believe nobody uses": ("teams retires somebody", "sunset"),
        "an endpoint without a call in the last quarter": ("outside retires nobody", "remove"),
    },
    "authentication": {
        "a shop with its own sign-up, in Django": ("web ours slow one", "session"),
        "an old forum with MD5 in its table": ("web ours fast", "rehash"),
        "an intranet behind the company's identity provider": ("web provider one", "session"),
        "five services behind one edge": ("web provider several minutes", "token-inside"),
        "the same in a hospital, where the dismissed are out at once": (
            "web provider several at-once",
            "opaque",
        ),
        "an app for cyclists": ("app provider minutes", "app-code"),
        "an app for a bank's traders": ("app ours slow at-once", "opaque"),
        "a calendar that reads our users' appointments": ("program user", "delegate"),
        "a shop's script that asks for postage": ("program account little", "api-key"),
        "a partner that starts payments": ("program account much", "signed-client"),
        "our invoices ask our customers service, on Kubernetes": (
            "program itself gives",
            "workload-identity",
        ),
        "our job in one data centre calls our API in another": (
            "program itself none",
            "signed-client",
        ),
    },
    "authorisation": {
        "invoices by number, for whoever is signed in": ("unchecked", "check-objects"),
        "a back office of clerks, accountants and chiefs": ("checked duty few", "role-list"),
        "sixty roles, one for each branch": ("checked duty many us", "policy-module"),
        "a to-do list for everybody": ("checked owner bearable", "owner-in-query"),
        "payroll for four hundred companies in one database": (
            "checked owner breach",
            "second-wall",
        ),
        "folders and documents shared with colleagues": ("checked shared one", "grants-table"),
        "mail, files and calendar that share with the same groups": (
            "checked shared across",
            "relations-service",
        ),
        "refunds up to 500, by the shift leader, in opening hours": (
            "checked circumstances us",
            "policy-module",
        ),
        "the same, and auditors sign each change": (
            "checked circumstances others",
            "policy-engine",
        ),
    },
    "normalise-or-denormalise": {
        "the price on an order's line": ("moment", "own-fact"),
        "the customer's name on each order, to save a join": ("copy untried", "index-first"),
        "a ranking over ten tables, indexed, four seconds": (
            "copy slow minutes",
            "materialised-view",
        ),
        "the number of unread messages, for each page": ("copy slow now same", "kept-column"),
        "stock of the warehouse service in the shop's list": (
            "copy slow now elsewhere",
            "read-model",
        ),
        "e-mail in lower case, to search by": ("row", "generated-column"),
        "phone_1, phone_2 and phone_3": ("list apart", "child-table"),
        "the settings of one dashboard": ("list together", "document"),
        "revenue by month from four million orders": ("reports few", "materialised-view"),
        "two billion clicks, cut by whatever marketing asks": ("reports many", "star"),
    },
    "add-an-index": {
        "a reviewer asks for an index on each column of a filter": ("column", "none"),
        "a report once a month takes nine seconds": ("statement little", "none"),
        "the newest twenty posts of a user, of two million": (
            "statement much discarded bare any no bearable",
            "composite",
        ),
        "the same, and there is an index on the user alone": (
            "statement much discarded bare any yes",
            "widen",
        ),
        "jobs that wait, among forty million that are done": (
            "statement much discarded bare rare",
            "partial",
        ),
        "a day out of a log of ten years": ("statement much discarded bare range", "special"),
        "articles with a word in the middle of the title": (
            "statement much discarded inside",
            "special",
        ),
        "orders of one day, by date(created_at)": ("statement much discarded wrapped", "rewrite"),
        "two hundred quick statements for one page": ("statement much loop", "rewrite"),
        "the plan thought of ten rows and met ten thousand": (
            "statement much wrong",
            "statistics",
        ),
        "a table of four hundred countries, read whole": ("statement much needed", "none"),
        "measurements at 5,000 a second, with seven indexes": (
            "statement much discarded bare any no heavy",
            "drop",
        ),
        "deleting a customer takes a minute": ("key yes", "foreign-key"),
        "the currency of an amount; currencies stay": ("key no", "none"),
    },
    "api-style": {
        "a first API for customers": ("nothing strangers", "rest"),
        "REST that works, and a talk about GraphQL": ("fine", "keep"),
        "a list without pages is slow, so somebody wants gRPC": ("hurts craft", "keep"),
        "a form and a list for one web page": ("nothing screens plain", "rest"),
        "a newspaper's app and its web pages": ("nothing screens mixed public", "bff"),
        "dashboards of twenty kinds, and a team that has run GraphQL": (
            "hurts style screens mixed personal yes",
            "graphql",
        ),
        "the same, and three people": ("hurts style screens mixed personal no", "bff"),
        "four services, some calls a second": ("nothing services ordinary", "rest"),
        "prices as a stream between Go and Java": ("nothing services tight no", "grpc"),
        "the same, and partners read along": ("nothing services tight yes", "grpc-and-http"),
        "accounting wants to hear of each order": ("nothing listeners", "events"),
    },
    "error-format": {
        "a new public API": ("http none standard", "problem-json"),
        "the ninth API of a company with an envelope": ("http none own", "house-envelope"),
        "Django's debug page, seen by a customer": ("http some inside", "close-leaks"),
        "everything is 200, with ok: false inside": ("http some codes", "honest-codes"),
        "an envelope of ten years, the same everywhere": ("http some neither one", "keep"),
        "each of four teams has an envelope": ("http some neither several", "converge"),
        "a sign-up form over GraphQL": ("graphql yes", "typed-errors"),
        "a dashboard over GraphQL with one banner": ("graphql no", "error-codes"),
        "calls between services by gRPC": ("grpc", "grpc-status"),
    },
    "rate-limiting": {
        "a list that gives a million rows to whoever asks": ("others no", "caps-first"),
        "every sale day the service falls over": ("machine yes", "concurrency"),
        "one customer's script takes nine tenths": ("others yes alike yes", "gateway-limit"),
        "the same, with one process and no gateway": (
            "others yes alike no rough",
            "local-bucket",
        ),
        "a public API that promises 100 a minute, in six copies": (
            "others yes alike no exact",
            "shared-bucket",
        ),
        "a GraphQL API, and a customer with deep queries": ("others yes differ", "cost-budget"),
        "passwords are tried from ten thousand addresses": ("accounts", "sign-in-guard"),
        "text messages cost us nine thousand in a night": ("money ours", "cost-budget"),
        "plans of 10,000 calls a month": ("money plan", "quota"),
    },
    "resilience": {
        "fetch() as it comes": ("no", "deadline"),
        "postage answers 503 once in a thousand": ("yes blip yes one", "retry-budget"),
        "the same; client, gateway and mesh all try again": ("yes blip yes several", "one-layer"),
        "a payment that timed out": ("yes blip no", "idempotency-key"),
        "search: 20 ms, and now and then two seconds": ("yes tail reads", "hedge"),
        "recommendations are down for an hour": ("yes outage something", "degrade"),
        "sign-in is down, and pages without it hang as well": (
            "yes outage nothing us",
            "breaker",
        ),
        "stock falls over again each time it comes up": ("yes outage nothing them", "throttle"),
        "a new partner, no failure yet": ("yes never", "rehearse"),
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
