"""Claims about which index serves a statement, and what the planner makes of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from benchmarks.claims.bench import megabytes, milliseconds
from benchmarks.claims.model import Claim, Figure, Outcome

if TYPE_CHECKING:
    from benchmarks.claims.bench import Bench

DAY = 86_400


def _posts(bench: Bench) -> None:
    """Make posts of ten thousand users, one every eighty-six seconds, in seven states."""
    bench.run(
        "CREATE TABLE posts (id bigint PRIMARY KEY, user_id bigint NOT NULL, "
        "status bigint NOT NULL, created_at timestamp NOT NULL, score bigint, body text)",
        f"INSERT INTO posts SELECT n, (n * 7919) % {max(bench.rows // 100, 1)}, n % 7, "
        f"{_moment(bench, 'n * 86')}, (n * 7919) % 1000, {_words(bench)} FROM {bench.series()}",
    )
    bench.settle("posts")


def _moment(bench: Bench, seconds: str) -> str:
    """Give a time so many seconds after the beginning of 2020."""
    if bench.sqlite:
        return f"datetime('2020-01-01', ({seconds}) || ' seconds')"
    if bench.mariadb:
        return f"timestampadd(SECOND, {seconds}, '2020-01-01')"
    return f"timestamp '2020-01-01' + ({seconds}) * interval '1 second'"


def _words(bench: Bench) -> str:
    return "concat('post ', n)" if bench.mariadb else "'post ' || n"


def _touched(bench: Bench, statement: str) -> float:
    """Give the pages that a statement touches."""
    rows = bench.run(f"EXPLAIN (ANALYZE, BUFFERS, COSTS off, TIMING off) {statement}").rows
    first = next(str(line) for (line,) in rows if "Buffers:" in str(line))
    return float(sum(int(each) for each in re.findall(r"(?:hit|read)=(\d+)", first)))


def column_order(bench: Bench) -> Outcome:
    """Read one user's newest posts of a state by an index in either order."""
    _posts(bench)
    days = bench.rows * 86 // DAY // 2
    asked = (
        "SELECT id FROM posts WHERE user_id = 42 AND status = 3 AND created_at >= "
        f"timestamp '2020-01-01' + interval '{days} days' ORDER BY created_at"
    )
    found: dict[str, tuple[float, float]] = {}
    for columns in ("user_id, status, created_at", "created_at, user_id, status"):
        bench.run(f"CREATE INDEX tried ON posts ({columns})")
        bench.settle("posts")
        (time,) = bench.timed(asked)
        found[columns] = (_touched(bench, asked), time)
        bench.run("DROP INDEX tried")
    figures = tuple(
        Figure(f"pages by ({name})", pages, "pages") for name, (pages, _) in found.items()
    )
    figures += milliseconds(
        [f"by ({name})" for name in found], [time for _, time in found.values()]
    )
    (good, _), (bad, _) = found.values()
    so = f"equality first touches {good:,.0f} pages, the range first {bad:,.0f}"
    return Outcome(figures, bad > 3 * good, so)


def sargable(bench: Bench) -> Outcome:
    """Read one day by a function of the column, and by a range, with an index on the column."""
    _posts(bench)
    bench.run("CREATE INDEX posts_created ON posts (created_at)")
    bench.settle("posts")
    day = "2020-01-11"
    wrapped, ranged = bench.timed(
        f"SELECT count(*) FROM posts WHERE date(created_at) = '{day}'",
        f"SELECT count(*) FROM posts WHERE created_at >= '{day}' AND created_at < '2020-01-12'",
    )
    figures = milliseconds(
        ("date(created_at) = ...", "created_at >= ... AND < ..."), (wrapped, ranged)
    )
    so = f"the function takes {wrapped / ranged:,.0f} times as long as the range"
    return Outcome(figures, wrapped > 3 * ranged, so)


def mixed_types(bench: Bench) -> Outcome:
    """Compare a column with a value of another type: an index on the column cannot help."""
    _posts(bench)
    column, alien, own = ("id", "500::numeric", "500")
    if bench.mariadb:
        bench.run("ALTER TABLE posts ADD COLUMN code varchar(20)", "UPDATE posts SET code = id")
        bench.run("CREATE INDEX posts_code ON posts (code)")
        column, alien, own = ("code", "500", "'500'")
    other, same = bench.timed(
        f"SELECT user_id FROM posts WHERE {column} = {alien}",
        f"SELECT user_id FROM posts WHERE {column} = {own}",
    )
    what = "text = number" if bench.mariadb else "bigint = numeric"
    figures = milliseconds((what, "the same type"), (other, same))
    so = f"{what} takes {other / same:,.0f} times as long"
    return Outcome(figures, other > 3 * same, so)


def covering(bench: Bench) -> Outcome:
    """Read a column of many rows by an index that holds it, and by one that does not."""
    _posts(bench)
    group = "score BETWEEN 100 AND 109"
    bench.run("CREATE INDEX posts_score ON posts (score)")
    bench.settle("posts")
    asked = f"SELECT sum(user_id) FROM posts WHERE {group}"
    (bare,) = bench.timed(asked)
    included = "(score, user_id)" if bench.sqlite else "(score) INCLUDE (user_id)"
    bench.run("DROP INDEX posts_score", f"CREATE INDEX posts_score ON posts {included}")
    bench.settle("posts")
    held, star = bench.timed(asked, f"SELECT * FROM posts WHERE {group}")
    (few,) = bench.timed(f"SELECT user_id FROM posts WHERE {group}")
    names = ("index on the condition", "index that holds all", "SELECT *", "SELECT what it holds")
    so = (
        f"with all in the index it takes {bare / held:.1f} times less; "
        f"SELECT * takes {star / few:.1f} times as long as what the index holds"
    )
    return Outcome(milliseconds(names, (bare, held, star, few)), bare > held and star > few, so)


def brin(bench: Bench) -> Outcome:
    """Index a time by BRIN and by a B-tree, with rows in order of time."""
    _posts(bench)
    asked = (
        "SELECT count(*) FROM posts WHERE created_at >= '2020-01-11' AND created_at < '2020-01-12'"
    )
    sizes, times = [], []
    for kind in ("brin", "btree"):
        bench.run(f"CREATE INDEX tried ON posts USING {kind} (created_at)")
        bench.settle("posts")
        sizes.append(bench.size("tried"))
        times += bench.timed(asked)
        bench.run("DROP INDEX tried")
    figures = megabytes(("BRIN", "B-tree"), sizes) + milliseconds(("by BRIN", "by B-tree"), times)
    larger, faster = sizes[1] / sizes[0], times[0] / times[1]
    so = f"the B-tree is {larger:,.0f} times as large and {faster:.1f} times as fast"
    return Outcome(figures, sizes[1] > 10 * sizes[0], so)


def like_prefix(bench: Bench) -> Outcome:
    """Look for the beginning of a text with an index in a language's order, and by patterns."""
    _posts(bench)
    bench.run("CREATE INDEX posts_body ON posts (body)")
    bench.settle("posts")
    asked = f"SELECT id FROM posts WHERE body LIKE 'post {bench.rows}%'"
    (plain,) = bench.timed(asked)
    bench.run("CREATE INDEX posts_pattern ON posts (body text_pattern_ops)")
    bench.settle("posts")
    (suited,) = bench.timed(asked)
    figures = milliseconds(("plain index", "text_pattern_ops"), (plain, suited))
    so = f"the plain index takes {plain / suited:,.0f} times as long as text_pattern_ops"
    return Outcome(figures, plain > 3 * suited, so)


def jsonb_indexes(bench: Bench) -> Outcome:
    """Look into documents by each kind of index."""
    bench.run(
        "CREATE TABLE docs (id bigint PRIMARY KEY, doc jsonb NOT NULL)",
        "INSERT INTO docs SELECT n, jsonb_build_object('k', n % 10000, 'kind', n % 7, 'tags', "
        f"jsonb_build_array('t' || n % 100, 't' || n % 33)) FROM {bench.series()}",
    )
    tries = (
        ("jsonb_ops", "USING gin (doc)", "doc @> '{\"k\": 42}'"),
        ("jsonb_path_ops", "USING gin (doc jsonb_path_ops)", "doc @> '{\"k\": 42}'"),
        ("on (doc ->> 'k')", "((doc ->> 'k'))", "doc ->> 'k' = '42'"),
    )
    sizes, times = [], []
    for _, index, where in tries:
        bench.run(f"CREATE INDEX tried ON docs {index}")
        bench.settle("docs")
        sizes.append(bench.size("tried"))
        times += bench.timed(f"SELECT id FROM docs WHERE {where}")
        bench.run("DROP INDEX tried")
    names = [name for name, _, _ in tries]
    so = f"an index on one key has {100 * sizes[2] / sizes[0]:.0f} % of the bytes of jsonb_ops"
    return Outcome(
        megabytes(names, sizes) + milliseconds(names, times), sizes[0] > sizes[1] > sizes[2], so
    )


def skip_scan(bench: Bench) -> Outcome:
    """Ask for the second column of an index whose first has seven values."""
    _posts(bench)
    bench.run("CREATE INDEX posts_both ON posts (status, created_at)")
    bench.settle("posts")
    asked = (
        "SELECT count(*) FROM posts WHERE created_at >= '2020-01-11' AND created_at < '2020-01-12'"
    )
    pages = _touched(bench, asked)
    (skips,) = bench.timed(asked)
    for way in ("indexscan", "indexonlyscan", "bitmapscan"):
        bench.run(f"SET enable_{way} = off")
    whole = _touched(bench, asked)
    (scans,) = bench.timed(asked)
    figures = (
        *milliseconds(("by skipping", "by reading the table"), (skips, scans)),
        Figure("pages by skipping", pages, "pages"),
        Figure("pages of the table", whole, "pages"),
    )
    so = f"reading the table takes {scans / skips:,.0f} times as long as skipping through the index"
    return Outcome(figures, whole > 3 * pages, so)


def sequential_scan(bench: Bench) -> Outcome:
    """Sum most of a table by reading it, and by an index although the planner would not."""
    _posts(bench)
    bench.run("CREATE INDEX posts_score ON posts (score)")
    bench.settle("posts")
    asked = "SELECT sum(user_id) FROM posts WHERE score < 900"
    scan = _touched(bench, asked)
    (read,) = bench.timed(asked)
    bench.run("SET enable_seqscan = off", "SET enable_bitmapscan = off")
    jump = _touched(bench, asked)
    (jumped,) = bench.timed(asked, rounds=3)
    figures = (
        *milliseconds(("by reading all", "by the index"), (read, jumped)),
        Figure("pages by reading all", scan, "pages"),
        Figure("pages by the index", jump, "pages"),
    )
    so = f"for 90 % of the rows the index takes {jumped / read:.1f} times as long as the scan"
    return Outcome(figures, jump > 3 * scan, so)


def not_in(bench: Bench) -> Outcome:
    """Find rows without a partner by NOT IN and by NOT EXISTS; and whether any row is there."""
    bench.run(
        "CREATE TABLE a (id bigint PRIMARY KEY)",
        "CREATE TABLE b (id bigint PRIMARY KEY, a_id bigint)",
        f"INSERT INTO a SELECT n FROM {bench.series(bench.rows // 10)}",
        f"INSERT INTO b SELECT n, n % {bench.rows // 20} FROM {bench.series()}",
        "CREATE INDEX b_a ON b (a_id)",
    )
    bench.settle("a", "b")
    anti, any_row, counted = bench.timed(
        "SELECT count(*) FROM a WHERE NOT EXISTS (SELECT 1 FROM b WHERE b.a_id = a.id)",
        "SELECT EXISTS (SELECT 1 FROM b WHERE a_id > 0)",
        "SELECT count(*) > 0 FROM b WHERE a_id > 0",
    )
    (listed,) = bench.timed("SELECT count(*) FROM a WHERE id NOT IN (SELECT a_id FROM b)", rounds=3)
    names = ("NOT EXISTS", "EXISTS", "count(*) > 0", "NOT IN, the list fits in work_mem")
    figures = milliseconds(names, (anti, any_row, counted, listed))
    so = f"count(*) > 0 takes {counted / any_row:,.0f} times as long as EXISTS"
    if bench.sqlite:
        return Outcome(figures, counted > 3 * any_row, so)
    bench.run("SET work_mem = '64kB'")
    few = "SELECT count(*) FROM a WHERE id <= 500 AND"
    spilled, same = bench.timed(
        f"{few} id NOT IN (SELECT a_id FROM b)",
        f"{few} NOT EXISTS (SELECT 1 FROM b WHERE b.a_id = a.id)",
        rounds=3,
    )
    few_names = ("500 rows, NOT IN that does not fit", "500 rows, NOT EXISTS")
    figures += milliseconds(few_names, (spilled, same))
    so += f"; NOT IN of a list that does not fit {spilled / same:,.0f} times as NOT EXISTS"
    return Outcome(figures, counted > 3 * any_row and spilled > 2 * same, so)


def correlated(bench: Bench) -> Outcome:
    """Count each user's posts by a subquery a row, and by one join of counts."""
    _posts(bench)
    bench.run(
        "CREATE INDEX posts_user ON posts (user_id)",
        "CREATE TABLE users (id bigint PRIMARY KEY)",
        f"INSERT INTO users SELECT n - 1 FROM {bench.series(max(bench.rows // 100, 1))}",
    )
    bench.settle("posts", "users")
    each, joined = bench.timed(
        "SELECT sum(c) FROM (SELECT (SELECT count(body) FROM posts p WHERE p.user_id = u.id) AS c "
        "FROM users u) x",
        "SELECT sum(c) FROM (SELECT coalesce(p.c, 0) AS c FROM users u LEFT JOIN (SELECT user_id, "
        "count(body) AS c FROM posts GROUP BY user_id) p ON p.user_id = u.id) x",
        rounds=5,
    )
    ratio = each / joined
    so = f"a subquery a row takes {ratio:.1f} times the time of the join: measure on your engine"
    figures = milliseconds(("a subquery a row", "a join of counts"), (each, joined))
    return Outcome(figures, holds=True, so=so)


_ALL = ("postgresql", "sqlite", "mariadb")

CLAIMS = (
    Claim(
        "column-order",
        "Columns compared by = come before the range in an index",
        column_order,
        small=100_000,
    ),
    Claim(
        "sargable",
        "A function around a column keeps an index on it from being used",
        sargable,
        small=50_000,
        engines=_ALL,
    ),
    Claim(
        "mixed-types",
        "Compared with another type, a column's index is of no use",
        mixed_types,
        small=50_000,
        engines=("postgresql", "mariadb"),
    ),
    Claim(
        "covering",
        "An index that holds all that is asked for spares the table",
        covering,
        small=100_000,
        engines=("postgresql", "sqlite"),
    ),
    Claim("brin", "BRIN is tiny, and slower, where rows stand in order", brin, small=100_000),
    Claim(
        "like-prefix",
        "A prefix needs text_pattern_ops where texts have a language's order",
        like_prefix,
        small=50_000,
    ),
    Claim(
        "jsonb-indexes",
        "An index on one key of a document is a fraction of one on all",
        jsonb_indexes,
        rows=500_000,
    ),
    Claim(
        "skip-scan",
        "From 18 on PostgreSQL skips through an index without its first column",
        skip_scan,
        small=100_000,
    ),
    Claim(
        "sequential-scan",
        "For most of a table, reading it all is cheaper than an index",
        sequential_scan,
        small=50_000,
    ),
    Claim(
        "not-in",
        "Existence is asked by EXISTS",
        not_in,
        rows=200_000,
        engines=("postgresql", "sqlite"),
    ),
    Claim(
        "correlated",
        "A subquery a row against a join: it depends on the engine",
        correlated,
        rows=500_000,
        engines=("postgresql", "sqlite"),
    ),
)
