"""Measures the claims that are named, or all; prints the figures."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from be_tui.core.databases import open_sandbox
from be_tui.core.errors import BeTuiError
from be_tui.core.knowledge.trying import MARIADB_VARIABLE
from benchmarks.claims import indexes, keys, locks, paging, plans, traffic
from benchmarks.claims.bench import Bench
from benchmarks.claims.model import Claim, Measured

CLAIMS = {
    claim.name: claim
    for module in (paging, keys, indexes, plans, traffic, locks)
    for claim in module.CLAIMS
}

RESULTS = Path(__file__).with_name("results.json")


def measure(claim: Claim, engine: str, rows: int) -> Measured:
    """Measure one claim in a database of its own."""
    with open_sandbox(engine, roomy=True) as sandbox, sandbox.session() as session:
        outcome = claim.measure(Bench(sandbox, session, rows))
        return Measured(
            claim=claim.name,
            says=claim.says,
            engine=f"{sandbox.engine} {sandbox.version}",
            rows=rows,
            date=datetime.now(UTC).date().isoformat(),
            command=f"python -m benchmarks.claims {claim.name}",
            so=outcome.so,
            holds=outcome.holds,
            figures=outcome.figures,
        )


def wanted(given: argparse.Namespace) -> list[tuple[Claim, str, int]]:
    """Give what is to be measured: claims, each on its engines, with the number of rows."""
    found = []
    for name in given.names or CLAIMS:
        if name not in CLAIMS:
            sys.exit(f"claims: no {name!r}; there are {', '.join(CLAIMS)}")
        claim = CLAIMS[name]
        rows = given.rows or (claim.small if given.small else claim.rows)
        engines = claim.engines
        if given.engine:
            engines = (given.engine,) if given.engine.partition(":")[0] in engines else ()
        found += [(claim, engine, rows) for engine in map(_place, engines) if engine]
    return found


def _place(engine: str) -> str:
    """Give where to measure; MariaDB is measured where a server is named."""
    return os.environ.get(MARIADB_VARIABLE, "") if engine == "mariadb" else engine


def show(measured: Measured) -> None:
    """Print one."""
    print(f"\n{measured.claim}: {measured.says}")
    print(f"  {measured.engine}, {measured.rows:,} rows, {measured.date}")
    for figure in measured.figures:
        print(f"    {figure.what:<42} {figure!s:>14}")
    print(f"  {'so' if measured.holds else 'NOT SO'}: {measured.so}", flush=True)


def keep(measured: list[Measured]) -> None:
    """Write the figures to those that are kept, in place of older ones."""
    kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else []
    fresh = {(each.claim, each.engine) for each in measured}
    kept = [each for each in kept if (each["claim"], each["engine"]) not in fresh]
    kept += [dataclasses.asdict(each) for each in measured]
    kept.sort(key=lambda each: (each["claim"], each["engine"]))
    RESULTS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    """Read the call, measure, print; 1 where a claim does not hold."""
    about, _, _ = (__doc__ or "").partition("\n")
    parser = argparse.ArgumentParser(prog="python -m benchmarks.claims", description=about)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--engine", default="", help="sqlite, postgresql, postgresql:16")
    parser.add_argument("--rows", type=int, default=0)
    parser.add_argument("--small", action="store_true", help="few rows: only the direction")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--write", action="store_true", help=f"keep the figures in {RESULTS.name}")
    given = parser.parse_args()
    if given.list:
        for claim in CLAIMS.values():
            print(f"{claim.name:<18} {claim.says}")
        return 0
    measured = []
    for claim, engine, rows in wanted(given):
        measured.append(measure(claim, engine, rows))
        if given.write:
            keep(measured)
        if not given.json:
            show(measured[-1])
    if given.json:
        print(json.dumps([dataclasses.asdict(each) for each in measured], indent=1))
    return 0 if all(each.holds for each in measured) else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BeTuiError as trouble:
        sys.exit(str(trouble))
