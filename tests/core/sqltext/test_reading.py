"""Files of SQL are read whatever their encoding, within bounds; engines are named or guessed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from be_tui.core.errors import InputError
from be_tui.core.sqltext import Target, decoded, guess, parse_target, read_sql
from be_tui.core.sqltext import reading as module

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "data",
    [
        "SELECT 'é';\r\nSELECT 2".encode(),
        "SELECT 'é';\r\nSELECT 2".encode("utf-8-sig"),
        "SELECT 'é';\r\nSELECT 2".encode("utf-16"),
        "SELECT 'é';\rSELECT 2".encode(),
        b"\xfe\xff" + "SELECT 'é';\nSELECT 2".encode("utf-16-be"),
    ],
)
def test_encodings_and_line_ends_are_evened_out(data: bytes) -> None:
    assert decoded(data, "x.sql") == "SELECT 'é';\nSELECT 2"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"SELECT 1;\nSELECT \x00", "x.sql:2: a NUL byte: this is no text"),
        ("SELECT 1".encode("utf-16-le"), "UTF-16 needs its byte order mark"),
        (b"SELECT\n'\xff'", "x.sql:2: byte 0xff is not UTF-8; save it as UTF-8"),
    ],
)
def test_what_is_no_text_is_told_in_one_line(data: bytes, said: str) -> None:
    with pytest.raises(InputError) as caught:
        decoded(data, "x.sql")
    assert said in str(caught.value)


def test_files_that_cannot_be_read_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InputError, match="this is a folder"):
        read_sql(str(tmp_path))
    with pytest.raises(InputError, match="No such file"):
        read_sql(str(tmp_path / "none.sql"))
    with pytest.raises(InputError, match="NUL"):
        read_sql("a\0b")
    with pytest.raises(InputError, match="no regular file"):
        read_sql("/dev/null")
    file = tmp_path / "x.sql"
    file.write_bytes(b"SELECT 1")
    assert read_sql(str(file)) == "SELECT 1"
    monkeypatch.setattr(module, "SIZE_LIMIT", 4)
    with pytest.raises(InputError, match="check it in parts"):
        read_sql(str(file))


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"SELECT 1\r\n")))
    assert read_sql("-") == "SELECT 1\n"


@pytest.mark.parametrize(
    ("text", "engine"),
    [
        ("CREATE TABLE a (id INT AUTO_INCREMENT)", "mysql"),
        ("SELECT `a` FROM b", "mysql"),
        ("-- Dump of MariaDB\nSELECT 1", "postgresql"),
        ("CREATE TABLE a (b int) ENGINE=Aria", "mariadb"),
        ("CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT)", "sqlite"),
        ("PRAGMA foreign_keys = ON", "sqlite"),
        ("SELECT '`a` AUTO_INCREMENT'", "postgresql"),
        ("", "postgresql"),
        ("CREATE TABLE t (a bigint /*! unsigned */)", "mysql"),
        ("SELECT 1 /*!50000 FROM t */ -- MariaDB", "mysql"),
        ("ALTER TABLE t ADD INDEX t_a (a)", "mysql"),
        ("ALTER TABLE t ADD COLUMN a LONGBLOB", "mysql"),
        ("DELIMITER //\nSELECT 1//", "mysql"),
        ("# a comment\nSELECT 1", "mysql"),
        ("COPY t FROM 'x'\nDELIMITER ','", "postgresql"),
        ("SELECT a #> '{b}' FROM t", "postgresql"),
        ("UPDATE OR IGNORE t SET a = 1", "sqlite"),
        ("SELECT bm25(t) FROM t WHERE t MATCH 'x'", "sqlite"),
        ("CREATE TABLE `t` (`id` integer PRIMARY KEY AUTOINCREMENT)", "sqlite"),
    ],
)
def test_an_engine_is_known_by_its_marks(text: str, engine: str) -> None:
    assert guess(text).engine == engine


def test_an_engine_is_named_with_its_version() -> None:
    assert parse_target("pg:18") == Target("postgresql", (18,))
    assert parse_target("MariaDB:11.4") == Target("mariadb", (11, 4))
    assert parse_target("mysql").is_mysql
    assert not Target("sqlite").since(3)
    assert Target("mariadb", (11, 4)).since(11, 1)
    for wrong in ("oracle", "mysql:", "mysql:eight", "mysql:8.0.36.1"):
        with pytest.raises(InputError, match="--dialect"):
            parse_target(wrong)
