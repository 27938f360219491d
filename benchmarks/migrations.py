"""How fast migrations are checked: `python -m benchmarks.migrations [--margin F]`.

A folder of 2,800 migrations such as services have, made here from patterns: each is read against
the schema that those before it leave. Beside it squawk on the same files, where it is installed;
it knows no schema. And one file by itself, from the shell and back.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.bounds import Bounds, add_margin
from benchmarks.checks import program

FILES = 2_800

ONE_MS = 300.0
"""CPU milliseconds that one file may take, the start of be-tui counted."""

EACH_MS = 2.5
"""CPU milliseconds that each of many files may take."""

_PATTERNS = (
    """\
CREATE TABLE t{n} (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name varchar(100) NOT NULL,
  owner_id bigint NOT NULL, state text NOT NULL DEFAULT 'new',
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX t{n}_owner ON t{n} (owner_id);
COMMENT ON TABLE t{n} IS 'rows of t{n}';
INSERT INTO t{n} (name, owner_id) VALUES ('a', 1), ('b', 2);
""",
    """\
ALTER TABLE t{n} ADD COLUMN extra jsonb, ADD COLUMN flag boolean NOT NULL DEFAULT false;
CREATE INDEX CONCURRENTLY t{n}_state ON t{n} (state);
ALTER TABLE t{n} ADD CONSTRAINT t{n}_c CHECK (owner_id > 0) NOT VALID;
ALTER TABLE t{n} VALIDATE CONSTRAINT t{n}_c;
""",
    """\
ALTER TABLE t{n} ALTER COLUMN name TYPE varchar(200);
UPDATE t{n} SET state = 'old' WHERE id < 100;
ALTER TABLE t{n} ALTER COLUMN state SET DEFAULT 'x';
CREATE OR REPLACE VIEW t{n}_v AS SELECT id, name FROM t{n};
""",
    """\
ALTER TABLE t{n} ADD CONSTRAINT t{n}_f FOREIGN KEY (owner_id) REFERENCES t0 (id) NOT VALID;
ALTER TABLE t{n} DROP COLUMN flag;
CREATE FUNCTION t{n}_fn() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN NEW.state := 'x'; RETURN NEW; END $$;
CREATE TRIGGER t{n}_t BEFORE UPDATE ON t{n} FOR EACH ROW EXECUTE FUNCTION t{n}_fn();
""",
)


def write(folder: Path, count: int) -> list[str]:
    """Write migrations; give their paths."""
    paths = []
    for number in range(count):
        pattern = _PATTERNS[number % len(_PATTERNS)]
        path = folder / f"{number + 1:06d}_change.up.sql"
        path.write_text(pattern.format(n=number // len(_PATTERNS)))
        paths.append(str(path))
    return paths


def main() -> int:
    """Measure, print, and tell by the exit code whether the bounds hold."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.migrations")
    add_margin(parser)
    bounds = Bounds(parser.parse_args().margin)
    with tempfile.TemporaryDirectory() as made, tempfile.TemporaryDirectory() as lone:
        paths = write(Path(made), FILES)
        (one,) = write(Path(lone), 1)
        check = (sys.executable, "-m", "be_tui", "migrate", "check")
        alone = min(_spent((*check, one)) for _ in range(5))
        print(f"one file: {alone:.0f} ms of CPU (at most {bounds.of(ONE_MS):.0f})")
        many = _spent((*check, made, "--json"))
        each = many / FILES
        print(f"{FILES:,} files: {many / 1000:.2f} s of CPU, {each:.2f} ms each", end=" ")
        print(f"(at most {bounds.of(EACH_MS):.2f})")
        squawk = program(("squawk", "--reporter", "Json", *paths))
        if squawk is not None:
            times = many / squawk
            print(f"squawk: {squawk / 1000:.2f} s; be-tui takes {times:.1f} times that")
    return int(alone > bounds.of(ONE_MS) or each > bounds.of(EACH_MS))


def _spent(command: tuple[str, ...]) -> float:
    return program(command) or 0.0


if __name__ == "__main__":
    sys.exit(main())
