"""Makes the real plans of `real/` anew, on throwaway databases.

    python -m tests.core.plans.making

Each case is run on PostgreSQL 16 and 18 in the four forms, or on SQLite or MariaDB. Times differ
from run to run: a golden page made from them changes too.
"""

from __future__ import annotations

from pathlib import Path

from be_tui.core.databases import Session, open_sandbox

REAL = Path(__file__).parent / "real"

POSTGRES_SETUP = """
CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL, country text NOT NULL);
CREATE TABLE posts (id int PRIMARY KEY, user_id int NOT NULL REFERENCES users ON DELETE CASCADE,
  title text NOT NULL, status text NOT NULL, score int NOT NULL, created_at timestamp NOT NULL);
INSERT INTO users SELECT n, 'user' || n || '@example.org', (ARRAY['de','fr','it'])[n % 3 + 1]
  FROM generate_series(1, 5000) n;
INSERT INTO posts SELECT n, n % 5000 + 1, 'title ' || n, CASE WHEN n % 50 = 0 THEN 'draft' ELSE
  'published' END, n * 7919 % 1000, timestamp '2026-01-01' + n * interval '1 minute'
  FROM generate_series(1, 60000) n;
CREATE INDEX posts_score ON posts (score);
CREATE INDEX posts_created ON posts (created_at) INCLUDE (score);
CREATE TABLE pairs (a int, b int);
CREATE TABLE wide (score int, pad char(900));
INSERT INTO wide SELECT n * 7919 % 1000, 'x' FROM generate_series(1, 16000) n;
CREATE INDEX wide_score ON wide (score);
INSERT INTO pairs SELECT n % 100, n % 100 FROM generate_series(1, 20000) n;
"""

POSTGRES_CASES = {
    "filter": ("SELECT id FROM posts WHERE title = 'title 77'", ""),
    "sort-spill": ("SELECT * FROM posts ORDER BY title", "SET work_mem = '64kB'"),
    "hash-spill": (
        "SELECT count(*) FROM posts p JOIN posts q ON q.title = p.title",
        "SET work_mem = '64kB'; SET enable_mergejoin = off; SET enable_nestloop = off",
    ),
    "hash-aggregate-spill": (
        "SELECT title, count(*) FROM posts GROUP BY title",
        "SET work_mem = '64kB'; SET enable_sort = off",
    ),
    "lossy-bitmap": (
        "SELECT count(pad) FROM wide WHERE score BETWEEN 100 AND 600",
        "SET work_mem = '64kB'; SET enable_seqscan = off; SET enable_indexscan = off",
    ),
    "correlated": (
        (
            "SELECT u.id, (SELECT max(p.score) FROM posts p WHERE p.user_id = u.id)"
            " FROM users u WHERE u.id <= 40"
        ),
        "",
    ),
    "cte-twice": (
        (
            "WITH best AS MATERIALIZED"
            " (SELECT user_id, max(score) AS top FROM posts GROUP BY user_id)"
            " SELECT count(*) FROM best a JOIN best b ON a.top = b.top WHERE b.user_id < 100"
        ),
        "",
    ),
    "initplan": ("SELECT id FROM posts WHERE score > (SELECT 5 + avg(score) FROM posts)", ""),
    "parallel": (
        "SELECT country, count(*) FROM posts JOIN users ON users.id = user_id GROUP BY country",
        (
            "SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0;"
            " SET min_parallel_table_scan_size = 0; SET max_parallel_workers_per_gather = 2"
        ),
    ),
    "parallel-initplan": (
        "SELECT count(*) FROM posts WHERE score > (SELECT avg(id) / 100 FROM users)",
        (
            "SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0;"
            " SET min_parallel_table_scan_size = 0; SET max_parallel_workers_per_gather = 2"
        ),
    ),
    "trigger": ("DELETE FROM users WHERE id <= 30", ""),
    "heap-fetches": (
        "SELECT sum(score) FROM posts WHERE created_at < '2026-01-08'",
        (
            "UPDATE posts SET created_at = created_at - interval '1 second'"
            " WHERE created_at < '2026-01-08'; SET enable_bitmapscan = off;"
            " SET enable_seqscan = off"
        ),
    ),
    "memoize": (
        "SELECT count(*) FROM pairs JOIN users ON users.id = pairs.a WHERE pairs.b < 30",
        "SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_material = off",
    ),
    "estimate-off": ("SELECT * FROM pairs WHERE a = 1 AND b = 1 ORDER BY a", ""),
    "index-filter": (
        "SELECT id FROM posts WHERE score = 7 AND title LIKE '%77' LIMIT 5",
        "SET enable_bitmapscan = off; SET enable_seqscan = off",
    ),
    "never-executed": (
        "SELECT * FROM users u LEFT JOIN posts p ON p.user_id = u.id WHERE u.id = -1",
        "",
    ),
    "except-append": (
        (
            "SELECT id FROM users WHERE id < 10 EXCEPT (SELECT user_id FROM posts WHERE id < 20"
            " UNION ALL SELECT a FROM pairs WHERE b = 3)"
        ),
        "",
    ),
    "recursive-window": (
        (
            "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 50)"
            " SELECT n, sum(n) OVER (ORDER BY n DESC) FROM t"
        ),
        "",
    ),
    "anti-backward": (
        (
            "SELECT id FROM users u WHERE NOT EXISTS (SELECT FROM posts p WHERE p.user_id = u.id"
            " AND p.score > 990) ORDER BY id DESC LIMIT 3"
        ),
        "",
    ),
}

FORMS = {"text": "txt", "json": "json", "yaml": "yaml", "xml": "xml"}
MAJORS = ("16", "18")

SQLITE_SETUP = """
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, country TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INT, title TEXT, score INT);
CREATE INDEX posts_score ON posts (score);
"""

SQLITE_CASES = {
    "scan-sort": "SELECT id FROM posts WHERE title = 'x' ORDER BY user_id",
    "automatic": "SELECT count(*) FROM users u JOIN posts p ON p.user_id = u.id AND u.country > 'a'"
    " JOIN posts q ON q.title = u.email",
    "correlated": "SELECT id, (SELECT max(score) FROM posts p WHERE p.user_id = u.id) FROM users u",
    "compound": "SELECT id FROM posts WHERE score = 3 OR id = 4 UNION SELECT id FROM users"
    " ORDER BY 1",
}

MARIADB_SETUP = """
CREATE TABLE users (id INT PRIMARY KEY, email VARCHAR(50), country VARCHAR(2));
CREATE TABLE posts (id INT PRIMARY KEY, user_id INT, title VARCHAR(80), score INT,
  KEY posts_user (user_id));
INSERT INTO users SELECT seq, CONCAT('u', seq, '@example.org'), ELT(seq % 3 + 1, 'de', 'fr', 'it')
  FROM seq_1_to_2000;
INSERT INTO posts SELECT seq, seq % 2000 + 1, CONCAT('title ', seq), seq % 500
  FROM seq_1_to_50000;
ANALYZE TABLE users, posts;
"""

MARIADB_CASES = {
    "join-sort": "SELECT p.title FROM posts p JOIN users u ON u.id = p.user_id"
    " WHERE u.country = 'de' AND p.score = 7 ORDER BY p.title LIMIT 5",
    "group": "SELECT user_id, COUNT(*) c FROM posts WHERE score > 10 GROUP BY user_id"
    " ORDER BY c DESC LIMIT 3",
    "subquery": "SELECT u.email, (SELECT MAX(score) FROM posts p WHERE p.user_id = u.id)"
    " FROM users u WHERE u.country = 'it'",
    "join-buffer": "SELECT a.id FROM users a JOIN users b ON a.email = b.email",
    "sorted-scan": "SELECT title FROM posts ORDER BY title LIMIT 2 OFFSET 40000",
}


def main() -> None:
    """Make every plan."""
    for major in MAJORS:
        make_postgres(major, REAL / f"postgresql-{major}")
    make_sqlite(REAL / "sqlite")
    make_mariadb(REAL / "mariadb-10.11")


def run_all(session: Session, script: str) -> None:
    from be_tui.core.databases import split

    for statement in split(script, "sqlite"):
        session.run(statement.text)


def make_postgres(major: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with open_sandbox(f"postgresql:{major}") as sandbox, sandbox.session() as session:
        run_all(session, POSTGRES_SETUP)
        for table in ("users", "posts", "pairs", "wide"):
            session.run(f"VACUUM ANALYZE {table}")
        for name, (query, before) in POSTGRES_CASES.items():
            for form, end in FORMS.items():
                if "UPDATE" in before:
                    # What was undone still takes room, which the planner counts.
                    session.run("VACUUM FULL posts")
                    session.run("VACUUM posts")
                session.run("BEGIN")
                for each in filter(None, map(str.strip, before.split(";"))):
                    session.run(f"SET LOCAL{each[3:]}" if each.startswith("SET ") else each)
                asked = f"EXPLAIN (ANALYZE, BUFFERS, FORMAT {form}) {query}"
                rows = session.run(asked).rows
                session.run("ROLLBACK")
                told = "\n".join(row[0] or "" for row in rows)
                (folder / f"{name}.{end}").write_text(f"{told}\n", encoding="utf-8")


def make_sqlite(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with open_sandbox("sqlite") as sandbox, sandbox.session() as session:
        run_all(session, SQLITE_SETUP)
        for name, query in SQLITE_CASES.items():
            rows = session.run(f"EXPLAIN QUERY PLAN {query}").rows
            raw = "\n".join("|".join(cell or "" for cell in row) for row in rows)
            (folder / f"{name}.rows.txt").write_text(f"{raw}\n", encoding="utf-8")
            (folder / f"{name}.txt").write_text(f"{session.plan(query)}\n", encoding="utf-8")


def make_mariadb(folder: Path) -> None:
    from tests.mariadb import running_mariadb

    folder.mkdir(parents=True, exist_ok=True)
    with running_mariadb() as url, open_sandbox(url) as sandbox, sandbox.session() as session:
        run_all(session, MARIADB_SETUP)
        for name, query in MARIADB_CASES.items():
            analysed = session.run(f"ANALYZE FORMAT=JSON {query}").value or ""
            (folder / f"{name}.json").write_text(f"{analysed}\n", encoding="utf-8")
            rows = session.run(f"ANALYZE {query}")
            table = "\n".join(
                "\t".join(cell if cell is not None else "NULL" for cell in row)
                for row in (rows.columns, *rows.rows)
            )
            (folder / f"{name}.tsv").write_text(f"{table}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
