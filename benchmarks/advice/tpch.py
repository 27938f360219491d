"""Advice on the 22 queries of TPC-H, measured: CPU time of PostgreSQL before and after.

    python -m benchmarks.advice.tpch DATA [--budget MB] [--runs N]

DATA is a folder of `lineitem.csv` and so on, without headers, and `queries.sql`, each query below
`-- name: q1`. DuckDB's extension makes them: `CALL dbgen(sf=0.5)`, `COPY ... TO` and
`tpch_queries()`. Needs the extra `postgres`, and the disk for the rows.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.databases import Bounds, StatementError, open_sandbox
from be_tui.core.indexes import Limits, Question, advise
from be_tui.core.schema import read_schema
from be_tui.core.statistics import read_dump
from be_tui.core.whatif.clone import CloneJudge
from be_tui.core.whatif.cloning import Original
from be_tui.core.workloads import workload_of
from benchmarks.advice.shop import TARGET, dumped

if TYPE_CHECKING:
    from be_tui.core.databases import Session
    from be_tui.core.indexes import Report

DDL = """
CREATE TABLE region (r_regionkey int PRIMARY KEY, r_name text NOT NULL, r_comment text);
CREATE TABLE nation (n_nationkey int PRIMARY KEY, n_name text NOT NULL,
  n_regionkey int NOT NULL REFERENCES region, n_comment text);
CREATE TABLE supplier (s_suppkey bigint PRIMARY KEY, s_name text NOT NULL, s_address text NOT NULL,
  s_nationkey int NOT NULL REFERENCES nation, s_phone text NOT NULL, s_acctbal numeric(15,2) NOT NULL,
  s_comment text NOT NULL);
CREATE TABLE customer (c_custkey bigint PRIMARY KEY, c_name text NOT NULL, c_address text NOT NULL,
  c_nationkey int NOT NULL REFERENCES nation, c_phone text NOT NULL, c_acctbal numeric(15,2) NOT NULL,
  c_mktsegment text NOT NULL, c_comment text NOT NULL);
CREATE TABLE part (p_partkey bigint PRIMARY KEY, p_name text NOT NULL, p_mfgr text NOT NULL,
  p_brand text NOT NULL, p_type text NOT NULL, p_size int NOT NULL, p_container text NOT NULL,
  p_retailprice numeric(15,2) NOT NULL, p_comment text NOT NULL);
CREATE TABLE partsupp (ps_partkey bigint NOT NULL REFERENCES part,
  ps_suppkey bigint NOT NULL REFERENCES supplier, ps_availqty bigint NOT NULL,
  ps_supplycost numeric(15,2) NOT NULL, ps_comment text NOT NULL,
  PRIMARY KEY (ps_partkey, ps_suppkey));
CREATE TABLE orders (o_orderkey bigint PRIMARY KEY, o_custkey bigint NOT NULL REFERENCES customer,
  o_orderstatus text NOT NULL, o_totalprice numeric(15,2) NOT NULL, o_orderdate date NOT NULL,
  o_orderpriority text NOT NULL, o_clerk text NOT NULL, o_shippriority int NOT NULL,
  o_comment text NOT NULL);
CREATE TABLE lineitem (l_orderkey bigint NOT NULL REFERENCES orders, l_partkey bigint NOT NULL,
  l_suppkey bigint NOT NULL, l_linenumber bigint NOT NULL, l_quantity numeric(15,2) NOT NULL,
  l_extendedprice numeric(15,2) NOT NULL, l_discount numeric(15,2) NOT NULL,
  l_tax numeric(15,2) NOT NULL, l_returnflag text NOT NULL, l_linestatus text NOT NULL,
  l_shipdate date NOT NULL, l_commitdate date NOT NULL, l_receiptdate date NOT NULL,
  l_shipinstruct text NOT NULL, l_shipmode text NOT NULL, l_comment text NOT NULL,
  PRIMARY KEY (l_orderkey, l_linenumber));
"""  # noqa: E501 (tables)

TABLES = ("region", "nation", "supplier", "customer", "part", "partsupp", "orders", "lineitem")

SETTINGS = (("max_parallel_workers_per_gather", "0"), ("jit", "off"))
"""One process: its CPU time is the query's."""

CAP = 60.0
"""Seconds after which a query is stopped; it counts as so many."""

SLOWER, SEEN = 1.1, 0.05
"""How many times slower counts, and from how many seconds on."""

_BOUNDS = Bounds(seconds=900)


def main() -> int:
    """Load, advise, measure; give the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.advice.tpch")
    parser.add_argument("data", type=Path)
    parser.add_argument("--budget", type=float, default=150.0)
    parser.add_argument("--runs", type=int, default=2)
    given = parser.parse_args()
    text = (given.data / "queries.sql").read_text(encoding="utf-8")
    workload = workload_of(text, "queries.sql", TARGET)
    where = "postgresql:18"
    with open_sandbox(where, superuser=True, roomy=True) as sandbox, sandbox.session() as session:
        _load(session, given.data)
        schema = read_schema(DDL, TARGET).schema
        known = read_dump(dumped(session), "TPC-H")
        question = Question(workload, schema, TARGET, known, Limits(int(given.budget * 1e6)))
        with CloneJudge(Original(DDL, known, SETTINGS)) as judge:
            report = advise(question, judge)
        print(f"{len(report.advice)} indexes, {report.size / 1e6:.0f} MB estimated, {report.judge}")
        for advice in report.advice:
            print(f"  {advice.size / 1e6:>6.1f} MB  {advice.sketch.shape}")
        queries = {work.name: work.text for work in workload.works}
        old = {name: _plan(session, sql) for name, sql in queries.items()}
        before = {name: _cpu(session, sql, given.runs) for name, sql in queries.items()}
        made = _make(session, report)
        after = {name: _cpu(session, sql, given.runs) for name, sql in queries.items()}
        new = {name: _plan(session, sql) for name, sql in queries.items()}
    foreseen = {report.queries[each.query].name for each in report.slower}
    return _tell(before, after, made, {name for name in old if old[name] == new[name]}, foreseen)


def _load(session: Session, data: Path) -> None:
    for statement in DDL.split(";"):
        if statement.strip():
            session.run(statement, _BOUNDS)
    for name in TABLES:
        path = (data / f"{name}.csv").resolve()
        session.run(f"COPY {name} FROM '{path}' (FORMAT csv)", _BOUNDS)
    session.run("VACUUM (FREEZE, ANALYZE)", _BOUNDS)
    session.run("VACUUM ANALYZE", _BOUNDS)
    for name, value in SETTINGS:
        session.run(f"SET {name} = {value}")


def _make(session: Session, report: Report) -> float:
    """Make the indexes; give their megabytes."""
    size = 0.0
    for advice in report.advice:
        session.run(advice.sketch.ddl("postgresql"), _BOUNDS)
        asked = f"SELECT pg_relation_size('\"{advice.sketch.name}\"')"
        size += float(session.run(asked).value or 0) / 1e6
    session.run("VACUUM ANALYZE", _BOUNDS)
    return size


def _cpu(session: Session, sql: str, runs: int) -> float:
    """Give the least CPU seconds of the server's process for a query."""
    process = int(session.run("SELECT pg_backend_pid()").value or 0)
    spent: list[float] = []
    for _ in range(runs):
        began = _seconds(process)
        try:
            session.run(sql, Bounds(seconds=CAP))
        except StatementError as error:
            if error.trouble != "late":
                raise
            return CAP
        spent.append(_seconds(process) - began)
    return min(spent)


def _seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _plan(session: Session, sql: str) -> str:
    rows = session.run(f"EXPLAIN (COSTS OFF) {sql}").rows
    return "\n".join(str(row[0]) for row in rows)


def _tell(
    before: dict[str, float],
    after: dict[str, float],
    made: float,
    same: set[str],
    foreseen: set[str],
) -> int:
    """Print the figures; give 1 where a query got slower by another plan, and nobody said so."""
    unseen = []
    for name, old in before.items():
        now = after[name]
        told = "the same plan" if name in same else ""
        if name not in same and now > old * SLOWER and now >= SEEN:
            told = "SLOWER, as foreseen" if name in foreseen else "SLOWER"
            unseen += [name] * (name not in foreseen)
        print(f"{name:<4} {old:>7.2f} → {now:>6.2f} s  {told}")
    print(f"all {sum(before.values()):>7.2f} → {sum(after.values()):>6.2f} s CPU, {made:.0f} MB")
    print(f"told to get dearer: {', '.join(sorted(foreseen)) or 'none'}")
    print(f"slower and not foreseen: {', '.join(unseen) or 'none'}")
    return int(bool(unseen))


if __name__ == "__main__":
    sys.exit(main())
