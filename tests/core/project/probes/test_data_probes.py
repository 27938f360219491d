"""The probes that look at how data is kept and asked for."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from tests.core.project.probes.conftest import values

if TYPE_CHECKING:
    from tests.core.project.probes.conftest import Ask


# queries


def test_sql_in_texts_is_counted_by_what_it_does(ask: Ask) -> None:
    evidence = ask(
        "queries",
        {
            "a.py": dedent('''
                ONE = "SELECT * FROM orders"
                TWO = """
                    SELECT o.id, c.name FROM orders o JOIN customers c ON c.id = o.customer_id
                """
                THREE = ("SELECT id "
                         "FROM customers c JOIN x ON 1=1 "
                         "WHERE name ILIKE '%a%'")
                FOUR = text("insert into orders (id) values (1)")
                FIVE = "update orders set open = false"
                SIX = "DELETE FROM orders WHERE id = 1"
                def search(q):
                    return Order.name.like(f"%{q}%")
            '''),
        },
    )
    assert values(evidence) == {
        "raw_sql": 6,
        "joins": 33.3,
        "infix_like": 2,
        "select_star": 1,
    }
    assert evidence.how == "heuristic"
    assert "a.py:2" in [fact.place for fact in evidence.facts]
    assert evidence.found.startswith("6 SQL statements in the code, 33.3 % with a join")


@pytest.mark.parametrize(
    "text",
    [
        "Select a file from the list",
        "select one from your list",
        "select an item from a menu",
        "Update the order and set it free",
        "delete from time to time",
        "with love as ever",
        "insert into the slot",
        "selection from",
    ],
)
def test_prose_that_begins_like_sql_is_none(ask: Ask, text: str) -> None:
    evidence = ask("queries", {"a.py": f'x = "{text}"\n# "SELECT * FROM orders"\n'})
    assert values(evidence) == {"raw_sql": 0, "infix_like": 0, "select_star": 0}
    assert evidence.found == "no SQL written as text"


def test_a_docstring_and_a_migration_hold_no_query(ask: Ask) -> None:
    doc = 'def f():\n    """\n    SELECT * FROM orders\n    """\n'
    files = {"a.py": doc, "app/migrations/0001_x.py": 'x = "SELECT * FROM orders"\n'}
    assert values(ask("queries", files))["raw_sql"] == 0


def test_named_queries_in_sql_files_count_and_migrations_do_not(ask: Ask) -> None:
    files = {
        "db/queries/a.sql": "-- name: ListOrders :many\nselect * from orders;\nselect a from b;\n",
        "db/schema.sql": "create view v as select * from orders;\n",
    }
    assert values(ask("queries", files)) == {"raw_sql": 2, "infix_like": 0, "select_star": 1}


def test_an_orm_searches_within_texts_too(ask: Ask) -> None:
    files = {
        "a.py": "Order.objects.filter(name__icontains=q)\n",
        "b.ts": "prisma.order.findMany({ where: { name: { contains: q } } })\n",
        "C.java": "interface C { List<X> findByNameContaining(String q); }\n",
    }
    evidence = ask("queries", files)
    assert values(evidence)["infix_like"] == 3
    assert evidence.found == "no SQL written as text; 3 searches within a text"


# paging


def test_paging_by_offset_and_by_cursor_is_told_apart(ask: Ask) -> None:
    evidence = ask(
        "paging",
        {
            "a.py": 'q = "SELECT id FROM orders ORDER BY id LIMIT 10 OFFSET :skip"\n'
            "rows = query.offset(20).limit(10)\n"
            "page = Paginator(rows, 10)\n",
            "b.ts": "prisma.order.findMany({ skip: 20, take: 10 })\n",
            "c.py": 'q = "SELECT id FROM orders WHERE id > :last ORDER BY id LIMIT 10"\n'
            'r = "SELECT id FROM o WHERE (a, b) < (:a, :b) ORDER BY a, b LIMIT 10"\n',
            "d.py": "next_cursor = rows[-1].id\nreturn next_cursor\n",
            "e.ts": "const [rows, n] = await repo.findAndCount(where);\n",
            "f.py": 'q = "SELECT id, COUNT(*) OVER () FROM orders"\n',
        },
    )
    assert values(evidence) == {"offset": 4, "cursor": 2, "total_counts": 3}
    assert evidence.found == (
        "4 places that page by OFFSET, 2 files by cursor, 3 counts of all rows"
    )


@pytest.mark.parametrize(
    ("path", "code", "measure"),
    [
        ("a.go", 'q += " OFFSET " + strconv.Itoa(n)\n', "offset"),
        ("a.go", 'q += fmt.Sprintf(" OFFSET %d", n)\n', "offset"),
        ("a.py", "connection(pageinfo_type=graphene.relay.PageInfo)\n", "cursor"),
    ],
)
def test_paging_shows_in_pieces_of_a_statement_and_in_relay(
    ask: Ask, path: str, code: str, measure: str
) -> None:
    found = {name for name, value in values(ask("paging", {path: code})).items() if value}
    assert found == {measure}


@pytest.mark.parametrize("page", ["angular.json", "index.html"])
def test_code_that_runs_in_a_browser_pages_nothing(ask: Ask, page: str) -> None:
    code = "const tour = { offset: 12 };\n"
    apart = {"src-ui/package.json": "{}", f"src-ui/{page}": "", "src-ui/src/tour.ts": code}
    assert values(ask("paging", apart))["offset"] == 0
    assert values(ask("paging", {"package.json": "{}", page: "", "a.ts": code}))["offset"] == 1


def test_what_only_reads_like_paging_is_none(ask: Ask) -> None:
    files = {
        "a.py": "# offset(3)\nskip: int = 0\noffset = 3\ncursor = db.cursor()\ncursor.execute(q)\n",
        "b.go": "var s = strings.Skip\nfile.Seek(offset, 0)\n",
    }
    evidence = ask("paging", files)
    assert values(evidence) == {"offset": 0, "cursor": 0, "total_counts": 0}
    assert evidence.found == "no paging found in the code"
    assert evidence.confidence == "low"


# cache-use


@pytest.mark.parametrize(
    ("path", "code", "bare"),
    [
        ("a.py", "redis.set('k', v)\n", 1),
        ("a.py", "self.redis_client.set('k', v, ex=60)\n", 0),
        ("a.py", "redis.hset('k', 'f', v)\n", 1),
        ("a.py", "redis.hset('k', 'f', v)\nredis.expire('k', 60)\n", 0),
        ("a.py", "redis.setex('k', 60, v)\n", 0),
        ("a.py", "cache.set('k', v)\n", 0),
        ("a.py", "cache.set('k', v, None)\n", 1),
        ("a.py", "cache.set('k', v, timeout=None)\n", 1),
        ("a.py", "@cache_page(60)\ndef f(request): ...\n", 0),
        ("a.ts", "await this.redis.set('k', v);\n", 1),
        ("a.ts", "await redisClient.set('k', v, { EX: 60 });\n", 0),
        ("a.ts", "await redis.set('k', v, 'EX', 60);\n", 0),
        ("a.go", "rdb.Set(ctx, key, value, 0)\n", 1),
        ("a.go", "rdb.Set(ctx, key, value, time.Hour)\n", 0),
        ("a.go", "rdb.Set(ctx, key, value, ttlOf(key))\n", 0),
        ("A.java", 'redisTemplate.opsForValue().set("k", v);\n', 1),
        ("A.java", 'redisTemplate.opsForValue().set("k", v, Duration.ofHours(1));\n', 0),
        ("A.java", '    @Cacheable("vets")\n    public List<Vet> all() {}\n', 1),
        ("a.php", "Cache::rememberForever('k', fn() => 1);\n", 1),
        ("a.php", "Cache::put('k', 1, 60);\n", 0),
    ],
)
def test_a_cached_value_ends_or_stays(ask: Ask, path: str, code: str, bare: int) -> None:
    evidence = ask("cache-use", {path: code})
    assert values(evidence) == {"uses": 1, "without_ttl": bare}
    assert evidence.facts[0].path == path


def test_a_time_to_live_in_the_configuration_counts_for_annotations(ask: Ask) -> None:
    files = {
        "A.java": '    @Cacheable("vets")\n    public List<Vet> all() {}\n',
        "application.yml": "spring:\n  cache:\n    redis:\n      time-to-live: 10m\n",
    }
    assert values(ask("cache-use", files)) == {"uses": 1, "without_ttl": 0}


def test_memoising_a_function_and_a_set_are_no_cache(ask: Ask) -> None:
    code = "@lru_cache\ndef f(): ...\n@functools.cache\ndef g(): ...\n# redis.set('k', v)\n"
    code += "s = 'redis.set(k, v)'\nsettings.set('k', v)\n"
    evidence = ask("cache-use", {"a.py": code})
    assert values(evidence) == {"uses": 0, "without_ttl": 0}
    assert evidence.found == "no write to a cache found in the code"


# io-in-transaction


@pytest.mark.parametrize(
    ("path", "code", "line"),
    [
        ("a.py", "with transaction.atomic():\n    o.save()\n    requests.post(url)\nx()\n", 3),
        ("a.py", "async with session.begin():\n    await client.post(url)\n    send_mail(x)\n", 3),
        ("a.py", "@transaction.atomic\n@other\ndef f():\n    time.sleep(1)\n", 4),
        ("a.ts", "await prisma.$transaction(async (tx) => {\n  await fetch(url);\n});\n", 2),
        (
            "A.java",
            (
                "class A {\n  @Transactional\n  public void f() {\n"
                "    restTemplate.getForObject(u);\n  }\n}\n"
            ),
            4,
        ),
        (
            "a.go",
            (
                "func f() {\n\ttx, err := db.BeginTx(ctx, nil)\n"
                "\thttp.Post(u, t, b)\n\ttx.Commit()\n}\n"
            ),
            3,
        ),
        ("a.rb", "Order.transaction do\n  Net::HTTP.get(uri)\nend\n", 2),
        ("a.php", "<?php\nDB::transaction(function () {\n    Http::post($u);\n});\n", 3),
        (
            "a.cs",
            (
                "{\n    using var t = db.BeginTransaction();\n"
                "    _httpClient.PostAsync(u);\n    t.Commit();\n}\n"
            ),
            3,
        ),
    ],
)
def test_a_call_that_waits_in_a_transaction_is_a_suspect(
    ask: Ask, path: str, code: str, line: int
) -> None:
    evidence = ask("io-in-transaction", {path: code})
    assert values(evidence) == {"suspects": 1}
    assert [fact.place for fact in evidence.facts] == [f"{path}:{line}"]
    assert evidence.confidence == "low"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("a.py", "with transaction.atomic():\n    o.save()\nrequests.post(url)\n"),
        ("a.py", "with transaction.atomic():\n    transaction.on_commit(lambda: send_mail(x))\n"),
        ("a.py", "with transaction.atomic():\n    send_mail.delay(x)  # requests.post(url)\n"),
        ("a.py", "with transaction.atomic():\n    log('requests.post(url)')\n"),
        ("a.py", "with transaction.atomic():\n    async def send_mail(x):\n        pass\n"),
        (
            "a.ts",
            "await db.transaction(async (tx) => {\n  await tx.save(x);\n});\nawait fetch(u);\n",
        ),
        (
            "A.java",
            (
                "class A {\n  @Transactional\n  public void f() {\n  }\n"
                "  void g() {\n    restTemplate.get(u);\n  }\n}\n"
            ),
        ),
        ("a.go", "func f() {\n\ttx, err := db.Begin()\n\ttx.Commit()\n\thttp.Get(u)\n}\n"),
    ],
)
def test_a_call_beside_a_transaction_is_none(ask: Ask, path: str, code: str) -> None:
    evidence = ask("io-in-transaction", {path: code})
    assert values(evidence) == {"suspects": 0}
    assert evidence.found == "no call that waits outside in 1 transaction block, by its shape"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("a.py", "x = 1\n"),
        ("a.go", "func f() {\n\ttx, err := db.Begin()\n\tuse(tx)\n}\nfunc g() {}\n"),
        ("A.java", "@Transactional"),
    ],
)
def test_without_a_transaction_there_is_no_answer(ask: Ask, path: str, code: str) -> None:
    evidence = ask("io-in-transaction", {path: code})
    assert evidence.trouble == "no transaction found whose block could be read"


@pytest.mark.parametrize(
    "probe",
    ["queries", "paging", "cache-use", "io-in-transaction", "slow-in-request", "http-clients"],
)
def test_without_source_code_there_is_no_answer(ask: Ask, probe: str) -> None:
    evidence = ask(probe, {"README.md": "SELECT * FROM orders\n", "tests/test_a.py": "x\n"})
    assert evidence.trouble == "no source code in a language that this probe reads"
    assert not evidence.measures


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("a.py", "@transaction.atomic\n@other"),
        ("a.go", "func f() {\n\ttx, err := db.Begin()"),
        ("a.rs", "db.transaction(x);\n"),
    ],
)
def test_what_opens_no_block_gives_no_answer(ask: Ask, path: str, code: str) -> None:
    assert ask("io-in-transaction", {path: code}).trouble
