"""What a project says of its tables, as DDL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.project import declared_tables
from be_tui.core.schema import read_schema
from be_tui.core.sqltext import Target

if TYPE_CHECKING:
    from pathlib import Path

PRISMA = """
datasource db { provider = "postgresql" }
model Order {
  id      String   @id @default(uuid())
  email   String   @unique
  placed  DateTime
  total   Decimal
  tags    Odd
  @@index([placed, total])
}
"""


def test_a_project_without_tables_declares_none(tmp_path: Path) -> None:
    assert declared_tables(tmp_path) is None


def test_the_models_of_a_project_become_ddl_that_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "schema.prisma").write_text(PRISMA)
    found = declared_tables(tmp_path)
    assert found is not None
    assert (found.kind, found.tables, found.whole) == ("Prisma", 1, False)
    read = read_schema(found.ddl, Target("postgresql"))
    assert read.unread == ()
    (table,) = read.schema.tables
    types = {column.name.text: str(column.type) for column in table.columns}
    assert (types["id"], types["email"]) == ("uuid", "text")
    assert table.primary_key is not None
    assert table.leads("email")
    assert table.leads("placed")


def test_sql_files_are_given_as_they_stand_and_dumps_of_data_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text("CREATE TABLE a (id int)")
    (tmp_path / "b.sql").write_text("INSERT INTO a VALUES (1);\n" * 200_000)
    found = declared_tables(tmp_path)
    assert found is not None
    assert found.whole
    assert found.ddl == "-- a.sql\nCREATE TABLE a (id int)\n;"
