"""A schema, and queries resolved against it."""

from __future__ import annotations

from be_tui.core.queries import Condition, Query, Scope, resolve
from be_tui.core.schema import Schema, read_schema
from be_tui.core.sqltext import Engine, Parsed, Target, parse, split

DDL = """
CREATE TABLE users (
  id bigint PRIMARY KEY, email text NOT NULL UNIQUE, name text,
  manager_id bigint REFERENCES users (id)
);
CREATE TABLE posts (
  id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users (id), title text,
  created_at timestamptz NOT NULL, data jsonb
);
CREATE VIEW people AS SELECT id, name FROM users;
"""


def schema() -> Schema:
    """Give the schema of the tests."""
    return read_schema(DDL, Target("postgresql")).schema


def asked(sql: str, engine: Engine = "postgresql", *, known: bool = True) -> Query:
    """Resolve one statement, with the schema or without."""
    parsed = parse(next(split(sql, engine)), engine)
    assert isinstance(parsed, Parsed), parsed
    return resolve(parsed, schema() if known else None, Target(engine))


def root(sql: str, engine: Engine = "postgresql", *, known: bool = True) -> Scope:
    """Give the outermost scope of a statement."""
    scope = asked(sql, engine, known=known).root
    assert scope is not None
    return scope


def where(sql: str, engine: Engine = "postgresql") -> tuple[Condition, ...]:
    """Give the conditions of `SELECT * FROM users u JOIN posts p ... WHERE` with these words."""
    joined = "SELECT u.id FROM users u JOIN posts p ON p.user_id = u.id WHERE "
    return root(joined + sql, engine).where


def told(query: Query, condition: Condition) -> tuple[str, str, tuple[str, ...]]:
    """Give what a condition compares: column, operator, the other sides' texts."""
    name = condition.left.column.name if condition.left and condition.left.column else ""
    operator = f"not {condition.operator}" if condition.negated else condition.operator
    return name, operator, tuple(query.text(side.span) for side in condition.right)
