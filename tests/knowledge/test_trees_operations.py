"""The trees about changing, testing and running a service as people walk them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.knowledge.walking import PROOFS, ending, supported

if TYPE_CHECKING:
    from collections.abc import Callable

    from be_tui.core.evidence import Value

STORIES: dict[str, dict[str, tuple[str, str]]] = {
    "migrations": {
        "the ORM makes the tables when the program starts": ("by-hand", "tool-first"),
        "an index on the forty rows of a settings table": ("files checks moment", "direct"),
        "a column for a phone number that users will fill in": ("files adds lost", "forward"),
        "a flag with a constant default, worked out each night": ("files adds nothing", "direct"),
        "a foreign key on sixty million orders": ("files checks long slow-form", "online-build"),
        "the same in MySQL, with its checks on": ("files checks long copies", "online-tool"),
        "`name` becomes `full_name`, four copies running": (
            "files changes runs-on ours",
            "expand-contract",
        ),
        "the same, in an office tool at night": ("files changes pause", "window"),
        "a key that runs out, written by three teams": (
            "files changes runs-on others",
            "online-tool",
        ),
        "a column that nobody should need": ("files removes", "retire"),
        "thirty million rows without a country": ("files data long", "batches"),
        "ninety wrong prices": ("files data moment lost", "forward"),
    },
    "testing": {
        "every build is started twice": ("ignored", "mend-suite"),
        "discounts that are a cent off": ("believed rules apart", "unit"),
        "the same, computed half in SQL": ("believed rules mixed", "integration"),
        "a query that PostgreSQL took otherwise than SQLite": ("believed storage", "integration"),
        "the team next door renamed a field": ("believed border ours", "contract"),
        "the payment provider sends a new state": ("believed border vendor", "recorded"),
        "nobody could sign up for a night": ("believed journey vital", "end-to-end"),
        "a page of settings lost its button": ("believed journey other", "integration"),
        "the first customer with a million rows": ("believed load", "load"),
        "a prototype that became a product": ("none nowhere", "ratchet"),
        "no tests, and amounts that are wrong": ("none rules apart", "unit"),
        "ninety per cent, and bugs are rare": ("believed nowhere fair", "try-the-tests"),
        "forty per cent, and nobody counts bugs": ("believed nowhere low", "ratchet"),
    },
    "messaging": {
        "reload your copy of the settings": ("hint", "fleeting"),
        "the welcome mail of a shop": ("job low shared", "job-table"),
        "what our search and our mailer do when an order is paid": (
            "news low shared",
            "event-table",
        ),
        "reports that another team's workers render, RabbitMQ well run": (
            "job low others broker",
            "keep",
        ),
        "the same for a team of three on one cloud": (
            "job low others nothing cloud",
            "cloud-queue",
        ),
        "the same in a bank's own rooms": ("job low others nothing us", "broker"),
        "five teams listen to orders, analysts want last year too": (
            "news low others replay",
            "log",
        ),
        "two teams listen, once": ("news low others live nothing cloud", "cloud-queue"),
        "two teams listen, and Kafka is there": ("news low others live log", "log"),
        "a million clicks a minute, five times that at noon": ("news flood", "log"),
        "ten thousand stock updates a second, in order for each shelf, Kafka is there": (
            "job high log even",
            "log-as-queue",
        ),
        "video to convert, Kafka is there": ("job high log uneven cloud", "cloud-queue"),
    },
    "pool-size": {
        "a hundred was in the example": ("inherited over few", "formula"),
        "two copies with ten each, and nothing waits": ("inherited below", "leave"),
        "a new service in four copies": ("new 4", "formula"),
        "functions that grow to three hundred at noon": ("refused 300", "pooler"),
        "all cores at work, and somebody wants two hundred connections": (
            "waits full",
            "lighten",
        ),
        "a payment is called within the transaction": ("waits idle outside", "shorten"),
        "the month's export stops the shop": ("waits idle long", "own-pool"),
        "twenty requests at once, and all hang for ever": ("waits idle two", "one-each"),
        "after two days nothing is free, at night neither": ("waits idle lost", "give-back"),
        "the same, and the export runs at night as well": ("waits idle long,lost", "give-back"),
        "a pool of two, two milliseconds each, a database that sleeps": (
            "waits idle none",
            "raise",
        ),
    },
    "layering": {
        "an address book for the office, to be written": ("new plain", "script"),
        "forty tables, and nothing but forms": ("apart plain nothing", "script"),
        "the same with six layers from a template": ("apart plain hollow", "flatten"),
        "orders and users import each other": ("knotted", "untangle"),
        "three states of an order, decided in the route": ("apart some handlers", "extract"),
        "a new shop on Django": ("new some orm", "service-functions"),
        "a ledger in Go with SQL of its own": ("apart some own sql", "repositories"),
        "tariffs of an energy supplier": ("new many alike", "ports"),
        "bookings that every dashboard joins with everything": (
            "apart many unlike",
            "read-models",
        ),
    },
    "secrets": {
        "the payment key was in the first commit": ("seen", "rotate"),
        "a bucket in the cloud that we run in": ("clean platform", "workload-identity"),
        "the pipeline that releases to it": ("clean platform", "workload-identity"),
        "health data to be encrypted by column": ("clean own-data", "key-service"),
        "the database in a container on my laptop": ("clean foreign laptop", "local-file"),
        "the mail vendor's key, four people, one cloud": (
            "clean foreign running manager env",
            "injected",
        ),
        "the acquirer's key at a payment company": (
            "clean foreign running manager no-env",
            "fetched",
        ),
        "the same key in a cluster that only Git describes": (
            "clean foreign running git",
            "sealed-files",
        ),
        "the club's web server": ("clean foreign running host", "host-file"),
    },
    "gateway-and-discovery": {
        "one service, and a talk about gateways": ("outside nothing one", "load-balancer"),
        "orders, stock and invoices on one host name": (
            "outside nothing several alike",
            "gateway",
        ),
        "a phone that makes nine calls for its start page": (
            "outside nothing several unlike",
            "bff",
        ),
        "nginx in front of a Django": ("outside there coarse one", "keep-door"),
        "Traefik in front of five, and somebody wants Kong": (
            "outside there coarse several alike",
            "keep-door",
        ),
        "a script in Kong that decides who sees an invoice": ("outside there rules", "thin-door"),
        "four services in one cluster": ("finding names", "platform-dns"),
        "two clusters, a mainframe and forty machines": ("finding mixed", "registry"),
        "three services in Go that want TLS": ("between few", "library"),
        "sixty services in five languages, with a platform team": ("between lots team", "mesh"),
        "the same number, and eight people": ("between lots nobody", "library"),
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
        (
            "migrations kept",
            {"stack.migrations": "none", "stack.database": "PostgreSQL"},
            "by-hand",
        ),
        ("migrations kept", {"stack.migrations": "none", "stack.database": "none"}, ""),
        ("migrations kept", {"stack.migrations": "Flyway"}, "files"),
        ("migrations kept", {}, ""),
        ("migrations live", {"stack.database": "PostgreSQL"}, "slow-form"),
        ("migrations live", {"stack.database": "MySQL"}, ""),
        ("migrations stop", {"runtime.replicas": 3.0}, "runs-on"),
        ("migrations stop", {"runtime.replicas": 1.0}, ""),
        ("testing trust", {"tests.functions": 0.0}, "none"),
        ("testing trust", {"test_run.tests": 40.0, "test_run.failed": 1.0}, "ignored"),
        ("testing trust", {"test_run.tests": 40.0, "test_run.failed": 0.0}, ""),
        ("testing apart", {"layers.handlers_with_sql": 2.0}, "mixed"),
        ("testing apart", {"layers.handlers_with_sql": 0.0}, ""),
        ("testing covered", {"coverage.lines": 72.0}, "fair"),
        ("messaging stock", {"messaging.broker": "kafka"}, "log"),
        ("messaging stock", {"messaging.broker": "redis"}, ""),
        ("messaging stock", {"messaging.broker": ""}, "nothing"),
        ("messaging reach", {"messaging.broker": "database"}, "shared"),
        ("messaging rate", {"profile.requests_per_second": 900.0}, ""),
        ("pool-size fits", {"runtime.replicas": 2.0, "runtime.pool": 50.0}, "over"),
        ("pool-size fits", {"runtime.replicas": 4.0, "runtime.pool": 10.0}, "below"),
        ("pool-size fits", {"runtime.replicas": 6.0, "runtime.pool": 20.0}, ""),
        ("pool-size copies", {"runtime.replicas": 12.0}, "many"),
        ("pool-size held", {"io_in_transaction.suspects": 1.0}, "outside"),
        ("layering knots", {"layers.cycles": 2.0}, "knotted"),
        ("layering knots", {"layers.cycles": 0.0}, "apart"),
        (
            "layering place",
            {"layers.handlers_with_sql": 0.0, "layers.largest_handler": 90.0},
            "handlers",
        ),
        (
            "layering place",
            {"layers.handlers_with_sql": 0.0, "layers.largest_handler": 30.0},
            "own",
        ),
        ("layering stores", {"stack.orm": "SQLAlchemy"}, "orm"),
        ("secrets leaked", {"secrets.suspects": 0.0, "secrets.env_tracked": True}, "seen"),
        ("secrets leaked", {"secrets.suspects": 0.0, "secrets.env_tracked": False}, ""),
        ("secrets store", {"secrets.manager": True}, "manager"),
        ("secrets store", {"secrets.manager": False}, ""),
        ("gateway-and-discovery door", {"runtime.gateway": "traefik"}, "there"),
        ("gateway-and-discovery door", {"runtime.gateway": ""}, ""),
        ("gateway-and-discovery services", {"deploy.units": 1.0}, "one"),
        ("gateway-and-discovery platform", {"runtime.kubernetes": True}, "names"),
        ("gateway-and-discovery many", {"deploy.units": 14.0}, ""),
    ],
)
def test_what_is_measured_answers_what_it_can_tell(
    question: str, measures: dict[str, Value], answer: str
) -> None:
    assert supported(question, measures) == ({answer} if answer else set())
