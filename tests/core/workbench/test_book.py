"""What a person wrote is there again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from be_tui.core.errors import InputError
from be_tui.core.sessions import Store, open_store
from be_tui.core.workbench import (
    Query,
    Source,
    book,
    draft,
    forget,
    history,
    keep_draft,
    note,
    save,
    saved,
    search,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as opened:
        yield opened


def texts(store: Store) -> list[str]:
    return [query.text for query in history(store)]


def test_the_history_has_the_latest_first_and_each_query_once(store: Store) -> None:
    for text in ("SELECT 1", "SELECT 2", " SELECT 1\n"):
        note(store, text, "sqlite")
    assert texts(store) == [" SELECT 1\n", "SELECT 2"]
    assert history(store)[0].engine == "sqlite"


def test_the_history_forgets_the_oldest(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "KEPT", 3)
    for number in range(5):
        note(store, f"SELECT {number}", "sqlite")
    assert texts(store) == ["SELECT 4", "SELECT 3", "SELECT 2"]


def test_nothing_and_too_much_are_not_kept(store: Store) -> None:
    note(store, "  \n", "sqlite")
    note(store, "x" * (book.LONGEST + 1), "sqlite")
    assert texts(store) == []


def test_a_saved_query_is_found_by_its_name_until_it_is_forgotten(store: Store) -> None:
    save(store, " posts  of a user ", "SELECT 1", "mysql")
    save(store, "Archive", "SELECT 2", "mysql")
    assert [query.name for query in saved(store)] == ["Archive", "posts of a user"]
    forget(store, "Archive")
    assert [query.name for query in saved(store)] == ["posts of a user"]
    save(store, "posts of a user", "SELECT 3", "mysql")
    assert [query.text for query in saved(store)] == ["SELECT 3"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (" ", "SELECT 1", "a name has"),
        ("n" * 81, "SELECT 1", "a name has"),
        ("n", " ", "nothing to save"),
        ("n", "x" * (book.LONGEST + 1), "longer than"),
    ],
)
def test_what_cannot_be_saved_is_refused(store: Store, name: str, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        save(store, name, text, "sqlite")


def test_every_word_of_a_search_stands_in_what_it_finds(store: Store) -> None:
    save(store, "posts", "SELECT * FROM p WHERE a = 1", "sqlite")
    save(store, "users", "SELECT * FROM u", "sqlite")
    assert [query.name for query in search(saved(store), "WHERE post")] == ["posts"]
    assert len(search(saved(store), "")) == 2
    assert search(saved(store), "nowhere") == ()


def test_a_query_is_titled_by_its_name_or_by_what_it_does(store: Store) -> None:
    note(store, "-- why\nSELECT a,\n   b", "sqlite")
    note(store, "-- only words", "sqlite")
    assert [query.title for query in history(store)] == ["-- only words", "SELECT a, b"]
    assert save(store, "n", "SELECT 1", "sqlite").title == "n"


def test_a_query_tells_when_it_was_kept(store: Store) -> None:
    note(store, "SELECT 1", "sqlite")
    (kept,) = history(store)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", kept.when)
    assert Query("SELECT 1", "sqlite").when == ""


def test_the_draft_comes_back_with_where_its_tables_are(store: Store) -> None:
    assert draft(store) is None
    keep_draft(store, "SELECT 1", "mariadb", Source("file", "/a.sql"))
    found = draft(store)
    assert found is not None
    assert (found[0].text, found[0].engine, found[1]) == (
        "SELECT 1",
        "mariadb",
        Source("file", "/a.sql"),
    )


def test_no_url_is_ever_kept(store: Store) -> None:
    keep_draft(store, "SELECT 1", "mysql", Source("url", "mysql://me:secret@db/shop"))
    found = draft(store)
    assert found is not None
    assert found[1] == Source()
    assert "secret" not in str(store.texts("draft"))


def test_what_cannot_be_read_is_passed_over(store: Store) -> None:
    for kind in ("query", "saved query", "draft"):
        store.keep_text(kind, "a", "{")
        store.keep_text(kind, "", '{"text": 3, "engine": "oracle", "source": []}')
    assert history(store) == saved(store) == ()
    found = draft(store)
    assert found is not None
    assert (found[0].text, found[0].engine, found[1]) == ("", "postgresql", Source())
