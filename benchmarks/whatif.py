"""Holds a clone's plans, costs and sizes against a database of TPC-H, on PostgreSQL 18 and 16.

    python -m benchmarks.whatif [--scale F] [--data DIR] [--major 18|16]... [--json]

The clone is made of what a role that may only read can tell: `pg_dump --no-data --statistics`. A
plan is the same if each step is, with its table, index and place. Data and queries come from
DuckDB's generator, which is asked for if it is installed (`pip install duckdb==1.5.5
duckdb-extension-tpch==1.5.5`), or are read from a folder: a CSV a table, `q01.sql` to `q22.sql`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from be_tui.core.databases import PostgresSession, WheelSandbox, open_sandbox
from be_tui.core.findings import Place
from be_tui.core.schema import Index, IndexPart, Schema, read_schema
from be_tui.core.sqltext import Target, split
from be_tui.core.whatif import IndexSketch, Judged
from be_tui.core.whatif.clone import CloneJudge
from be_tui.core.whatif.originals import from_url

ERROR_BOUND = 0.001
"""How far a cost may be from the database's own."""

SIZE_BOUND = 0.15
"""How far the size of an index may be from that of the one that is then built."""

_RUNS = 5

DDL = """
CREATE TABLE region (r_regionkey int PRIMARY KEY, r_name char(25) NOT NULL,
  r_comment varchar(152));
CREATE TABLE nation (n_nationkey int PRIMARY KEY, n_name char(25) NOT NULL,
  n_regionkey int NOT NULL, n_comment varchar(152));
CREATE TABLE supplier (s_suppkey bigint PRIMARY KEY, s_name char(25) NOT NULL,
  s_address varchar(40) NOT NULL, s_nationkey int NOT NULL, s_phone char(15) NOT NULL,
  s_acctbal numeric(15, 2) NOT NULL, s_comment varchar(101) NOT NULL);
CREATE TABLE customer (c_custkey bigint PRIMARY KEY, c_name varchar(25) NOT NULL,
  c_address varchar(40) NOT NULL, c_nationkey int NOT NULL, c_phone char(15) NOT NULL,
  c_acctbal numeric(15, 2) NOT NULL, c_mktsegment char(10) NOT NULL,
  c_comment varchar(117) NOT NULL);
CREATE TABLE part (p_partkey bigint PRIMARY KEY, p_name varchar(55) NOT NULL,
  p_mfgr char(25) NOT NULL, p_brand char(10) NOT NULL, p_type varchar(25) NOT NULL,
  p_size int NOT NULL, p_container char(10) NOT NULL, p_retailprice numeric(15, 2) NOT NULL,
  p_comment varchar(23) NOT NULL);
CREATE TABLE partsupp (ps_partkey bigint NOT NULL, ps_suppkey bigint NOT NULL,
  ps_availqty bigint NOT NULL, ps_supplycost numeric(15, 2) NOT NULL,
  ps_comment varchar(199) NOT NULL, PRIMARY KEY (ps_partkey, ps_suppkey));
CREATE TABLE orders (o_orderkey bigint PRIMARY KEY, o_custkey bigint NOT NULL,
  o_orderstatus char(1) NOT NULL, o_totalprice numeric(15, 2) NOT NULL, o_orderdate date NOT NULL,
  o_orderpriority char(15) NOT NULL, o_clerk char(15) NOT NULL, o_shippriority int NOT NULL,
  o_comment varchar(79) NOT NULL);
CREATE TABLE lineitem (l_orderkey bigint NOT NULL, l_partkey bigint NOT NULL,
  l_suppkey bigint NOT NULL, l_linenumber bigint NOT NULL, l_quantity numeric(15, 2) NOT NULL,
  l_extendedprice numeric(15, 2) NOT NULL, l_discount numeric(15, 2) NOT NULL,
  l_tax numeric(15, 2) NOT NULL, l_returnflag char(1) NOT NULL, l_linestatus char(1) NOT NULL,
  l_shipdate date NOT NULL, l_commitdate date NOT NULL, l_receiptdate date NOT NULL,
  l_shipinstruct char(25) NOT NULL, l_shipmode char(10) NOT NULL, l_comment varchar(44) NOT NULL,
  PRIMARY KEY (l_orderkey, l_linenumber));
"""
INDEXES = """
CREATE INDEX l_part ON lineitem (l_partkey, l_suppkey);
CREATE INDEX l_ship ON lineitem (l_shipdate);
CREATE INDEX l_returned ON lineitem (l_returnflag, l_receiptdate);
CREATE INDEX o_customer ON orders (o_custkey);
CREATE INDEX o_date ON orders (o_orderdate);
CREATE INDEX ps_supplier ON partsupp (ps_suppkey);
CREATE INDEX p_brand ON part (p_brand, p_container);
"""
SIZED = (
    ("lineitem", "l_shipdate"),
    ("lineitem", "l_partkey"),
    ("lineitem", "l_shipmode"),
    ("lineitem", "l_extendedprice"),
    ("lineitem", "l_comment"),
    ("lineitem", "l_suppkey", "l_shipdate"),
    ("orders", "o_custkey", "o_orderdate"),
    ("orders", "o_clerk"),
    ("orders", "o_totalprice"),
    ("customer", "c_mktsegment"),
    ("customer", "c_phone"),
    ("part", "p_type", "p_size"),
    ("part", "p_name"),
    ("partsupp", "ps_supplycost"),
)
"""Tables and columns of the indexes whose sizes are told and then measured."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What one major gave."""

    version: str
    queries: int
    same_plans: int
    same_costs: int
    worst_error: float
    make_ms: float
    judge_ms: float
    """Of one query, on average."""

    what_if_ms: float
    """The same with an index that is not there."""

    sizes: tuple[tuple[str, float], ...]
    """Told size by measured size, for each index."""


def main() -> int:
    """Measure each major; tell whether every bound was kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.whatif")
    parser.add_argument("--scale", type=float, default=0.1)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--major", action="append", choices=("18", "16"))
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = given.data or _generated(Path(folder), given.scale)
        figures = [_measured(major, data) for major in given.major or ("18", "16")]
    if given.json:
        print(json.dumps([asdict(each) for each in figures], indent=2))
    else:
        for each in figures:
            _tell(each)
    return int(any(_missed(each) for each in figures))


def _generated(folder: Path, scale: float) -> Path:
    try:
        duckdb = import_module("duckdb")
        tpch = import_module("duckdb_extension_tpch")
    except ImportError:
        sys.exit("give --data, or: pip install duckdb==1.5.5 duckdb-extension-tpch==1.5.5")
    (extension,) = Path(str(tpch.__file__)).parent.glob("extensions/*/*")
    db: Any = duckdb.connect(config={"allow_unsigned_extensions": "true"})
    db.execute(f"LOAD '{extension}'")
    db.execute(f"CALL dbgen(sf={scale})")
    for (name,) in db.execute("SELECT table_name FROM information_schema.tables").fetchall():
        db.execute(f"COPY {name} TO '{folder / name}.csv' (HEADER false)")
    for number, query in db.execute("SELECT query_nr, query FROM tpch_queries()").fetchall():
        (folder / f"q{number:02}.sql").write_text(query, encoding="utf-8")
    return folder


def _measured(major: str, data: Path) -> Figures:
    texts = [each.read_text(encoding="utf-8") for each in sorted(data.glob("q[0-9][0-9].sql"))]
    queries = [text.rstrip().rstrip(";") for text in texts]
    with open_sandbox(f"postgresql:{major}", roomy=True) as sandbox:
        assert isinstance(sandbox, WheelSandbox)
        session = sandbox.session()
        _run(session, DDL)
        for path in sorted(data.glob("*.csv")):
            statement = f"COPY {path.stem} FROM STDIN (FORMAT csv)"
            session.load(statement, iter([path.read_bytes()]))
        _run(session, INDEXES)
        session.run("VACUUM ANALYZE")
        folder = sandbox.superuser().run("SHOW unix_socket_directories").value
        url = f"postgresql://{sandbox.name}@/{sandbox.name}?host={folder}"
        start = time.perf_counter()
        with CloneJudge(from_url(url)) as judge:
            made = time.perf_counter() - start
            return _compared(session, judge, queries, made)


def _compared(
    session: PostgresSession, judge: CloneJudge, queries: list[str], made: float
) -> Figures:
    same = exact = 0
    worst = 0.0
    for number, query in enumerate(queries, 1):
        real = session.run(f"EXPLAIN (FORMAT JSON) {query}").value or ""
        found = judge.cost(query)
        cost = json.loads(real)[0]["Plan"]["Total Cost"]
        error = abs(found.cost / cost - 1.0)
        worst = max(worst, error)
        exact += error == 0.0
        if _steps(found.plan) == _steps(real):
            same += 1
        else:
            print(f"query {number}: another plan, {cost} by the database, {found.cost} here")
    sizes = tuple(_sized(session, judge, *each) for each in SIZED)
    wanted = _sketch("lineitem", "l_shipmode")
    judge.size(wanted)
    return Figures(
        version=session.version,
        queries=len(queries),
        same_plans=same,
        same_costs=exact,
        worst_error=worst,
        make_ms=made * 1000,
        judge_ms=_each(judge, queries),
        what_if_ms=_each(judge, queries, wanted),
        sizes=sizes,
    )


def _each(judge: CloneJudge, queries: list[str], *sketches: IndexSketch) -> float:
    """Give the best time of one query in milliseconds."""
    best = float("inf")
    for _ in range(_RUNS):
        start = time.perf_counter()
        found = judge.costs(queries, sketches)
        best = min(best, time.perf_counter() - start)
        assert all(isinstance(each, Judged) for each in found)
    return best * 1000 / len(queries)


def _sized(
    session: PostgresSession, judge: CloneJudge, table: str, *columns: str
) -> tuple[str, float]:
    wanted = _sketch(table, *columns)
    session.run(wanted.ddl("postgresql"))
    real = float(session.run(f"SELECT pg_relation_size('{wanted.name}')").value or 1)
    session.run(f"DROP INDEX {wanted.name}")
    return wanted.name, judge.size(wanted) / real


def _sketch(table: str, *columns: str) -> IndexSketch:
    found = _schema().table(table)
    assert found is not None
    parts = tuple(IndexPart(column, column) for column in columns)
    return IndexSketch(found, Index("", parts, Place("tpch.sql")))


def _schema() -> Schema:
    return read_schema(DDL, Target("postgresql"), "tpch.sql").schema


def _run(session: PostgresSession, script: str) -> None:
    for statement in split(script, "postgresql"):
        session.run(statement.text)


def _steps(plan: str) -> list[tuple[object, ...]]:
    """Give what each step is, and on what: the plan's tree without its figures."""
    waiting, found = [json.loads(plan)[0]["Plan"]], []
    while waiting:
        node = waiting.pop()
        names = ("Node Type", "Relation Name", "Alias", "Index Name", "Join Type", "Strategy")
        below = node.get("Plans", [])
        found.append((*(node.get(name) for name in names), len(below)))
        waiting += below
    return found


def _missed(figures: Figures) -> bool:
    wrong = [each for _, each in figures.sizes if abs(each - 1.0) > SIZE_BOUND]
    plans = figures.same_plans == figures.queries
    return not plans or figures.worst_error >= ERROR_BOUND or len(wrong) > len(SIZED) // 5


def _tell(figures: Figures) -> None:
    print(
        f"PostgreSQL {figures.version}: {figures.same_plans} of {figures.queries} plans as on the"
        f" database, {figures.same_costs} costs to the last digit, the worst"
        f" {figures.worst_error:.4%} off\n"
        f"  made in {figures.make_ms:.0f} ms; a query {figures.judge_ms:.2f} ms,"
        f" with an index that is not there {figures.what_if_ms:.2f} ms"
    )
    for name, ratio in figures.sizes:
        print(f"  {name:45} {ratio:.3f} of its size")


if __name__ == "__main__":
    sys.exit(main())
