"""Where the tables come from."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from be_tui.core.errors import InputError
from be_tui.core.project import Cancel, Cancelled
from be_tui.core.workbench import Source, as_source, is_worked, read_source, worked, worked_names

if TYPE_CHECKING:
    from pathlib import Path

MODELS = """
from sqlalchemy.orm import mapped_column, Mapped

class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    placed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
"""


def test_a_path_is_taken_from_the_project_and_a_url_is_one(tmp_path: Path) -> None:
    assert as_source(" ", tmp_path) == Source()
    assert as_source("db/a.sql", tmp_path) == Source("file", str(tmp_path / "db/a.sql"))
    assert as_source("/a.sql", tmp_path) == Source("file", "/a.sql")
    assert as_source("postgresql://db/shop", tmp_path) == Source("url", "postgresql://db/shop")


def test_nothing_secret_of_a_url_is_shown() -> None:
    source = Source("url", "postgresql://me:secret@db:5432/shop?sslkey=k")
    assert source.shown == "postgresql://db:5432/shop"
    assert "secret" not in repr(source)
    assert Source("url", "oracle://me:secret@db").shown == "a database"


def test_without_a_source_there_are_no_tables(tmp_path: Path) -> None:
    found = read_source(Source(), tmp_path)
    assert found.schema.tables == ()
    assert found.engine is None


def test_the_sql_of_a_project_is_read_in_its_order(tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "V10__b.sql").write_text("ALTER TABLE a ADD COLUMN late int;")
    (folder / "V2__a.sql").write_text("CREATE TABLE a (id int PRIMARY KEY)")
    found = read_source(Source("project"), tmp_path)
    (table,) = found.schema.tables
    assert [column.name.text for column in table.columns] == ["id", "late"]
    assert found.said == "1 table of this project, from SQL"
    assert table.complete


def test_classes_are_read_as_tables_that_may_have_more(tmp_path: Path) -> None:
    (tmp_path / "models.py").write_text(MODELS)
    found = read_source(Source("project"), tmp_path)
    (table,) = found.schema.tables
    types = {column.name.text: str(column.type) for column in table.columns}
    assert types == {"id": "int", "user_id": "int", "placed_at": "timestamptz"}
    assert table.primary_key is not None
    assert table.leads("user_id")
    assert not table.complete
    assert found.engine == "postgresql"


def test_a_project_without_tables_says_so(tmp_path: Path) -> None:
    assert "no tables" in read_source(Source("project"), tmp_path).said


def test_reading_a_project_can_be_stopped(tmp_path: Path) -> None:
    (tmp_path / "models.py").write_text(MODELS)
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        read_source(Source("project"), tmp_path, cancel)


def test_a_file_of_ddl_tells_its_engine_and_what_could_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "tables.sql"
    path.write_text("CREATE TABLE a (id int AUTO_INCREMENT PRIMARY KEY);\nCREATE TABLE b (;\n")
    found = read_source(Source("file", str(path)), tmp_path)
    assert found.engine == "mysql"
    assert found.said == "1 table of tables.sql"
    assert found.trouble == "tables.sql:2 not read"


def test_what_cannot_be_read_is_told_by_its_file_and_its_own_line(tmp_path: Path) -> None:
    folder = tmp_path / "migrations-of-the-shop" / "in-their-order"
    folder.mkdir(parents=True)
    (folder / "V1__a.sql").write_text("CREATE TABLE a (\n  id int PRIMARY KEY\n);\n")
    (folder / "V2__b.sql").write_text("CREATE TABLE b (id int);\nCREATE TABLE c (;\n")
    (folder / "V3__c.sql").write_text("CREATE TABLE d (;\n")
    found = read_source(Source("project"), tmp_path)
    assert found.trouble.endswith("V2__b.sql:2 not read (+1)")
    assert found.trouble.startswith("…")
    assert len(found.trouble) <= 36


def test_a_database_of_sqlite_is_read(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE a (id INTEGER PRIMARY KEY)")
    found = read_source(Source("file", str(path)), tmp_path)
    assert (found.engine, len(found.schema.tables)) == ("sqlite", 1)


def test_a_database_is_read_by_its_url_and_shown_without_it(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE a (id INTEGER PRIMARY KEY)")
    source = Source("url", f"sqlite://{path}")
    found = read_source(source, tmp_path)
    assert found.said == "1 table of a database"
    assert (found.engine, found.trouble) == ("sqlite", "")
    with pytest.raises(InputError) as refused:
        read_source(Source("url", "postgresql://me:secret@127.0.0.1:1/shop"), tmp_path)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("content", [b"SELECT 1", b"", b"\xff\xfe\x00"])
def test_a_file_without_tables_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.sql"
    path.write_bytes(content)
    with pytest.raises(InputError):
        read_source(Source("file", str(path)), tmp_path)


def test_each_worked_example_has_a_query_over_its_tables(tmp_path: Path) -> None:
    assert worked().name in worked_names()
    for name in worked_names():
        example = worked(name)
        tables = read_source(Source("file", str(example.tables)), tmp_path)
        assert tables.trouble == ""
        assert any(table.name.text in example.text for table in tables.schema.tables)
        assert is_worked(str(example.tables))
    assert not is_worked("/tables.sql")
    with pytest.raises(InputError, match="there is user-posts"):
        worked("nothing")
