"""A spec becomes files in memory, and a changed one becomes what is changed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from be_tui.core.errors import InputError, WriteError
from be_tui.core.locations import knowledge_dir
from be_tui.core.migrations.diff import Rename
from be_tui.core.scaffold.generating import Wish, generate, open_questions, tables_before, write
from be_tui.core.scaffold.manifests import read_stack, stack_names
from tests.core.scaffold.stack_at_hand import plain_stack

if TYPE_CHECKING:
    from be_tui.core.scaffold.generating import Generated

__all__ = ["plain_stack"]

pytestmark = pytest.mark.usefixtures("plain_stack")

SPEC = """\
service: small-shop
description: Says {{ 7 * 7 }} and {% raise %}.
resources:
  article:
    fields:
      name: {type: text, max: 80}
    allow: {read: anyone, write: anyone}
"""
LATER = datetime(2026, 5, 1, 12, tzinfo=UTC)


def made(root: Path, spec: str = SPEC, **said: object) -> Generated:
    """Generate, and write what is written unless a person says otherwise."""
    wish = Wish(spec, "plain", **said)  # type: ignore[arg-type]
    generated = generate(wish, root, LATER)
    write(generated.settlement, root, generated.settlement.chosen)
    return generated


def states(generated: Generated) -> dict[str, str]:
    return {each.path: each.state for each in generated.settlement.files}


def test_a_tree_is_made_with_the_names_of_the_service(tmp_path: Path) -> None:
    found = made(tmp_path / "out")
    assert {path for path in states(found) if "migrations" not in path} == {
        "README.md",
        "small_shop/articles.txt",
        "small_shop/openapi.json",
    }
    assert (tmp_path / "out/README.md").read_text() == "# SMALL SHOP\n"
    assert (tmp_path / "out/small_shop/articles.txt").read_text() == "article: name\n"


def test_what_a_spec_says_is_never_read_as_a_template(tmp_path: Path) -> None:
    made(tmp_path)
    assert "{{ 7 * 7 }} and {% raise %}" in (tmp_path / "small_shop/openapi.json").read_text()


def test_the_same_spec_gives_the_same_bytes(tmp_path: Path) -> None:
    made(tmp_path / "a")
    made(tmp_path / "b")
    files = [path for path in (tmp_path / "a").rglob("*") if path.is_file()]
    assert len(files) == 5
    for path in files:
        assert (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes() == path.read_bytes()


def test_nothing_is_kept_where_nothing_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cache").write_text("a file where the folder would be")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    made(tmp_path / "out")
    assert (tmp_path / "out/README.md").read_text() == "# SMALL SHOP\n"


def test_files_of_an_option_are_there_once_it_is_chosen(tmp_path: Path) -> None:
    found = made(tmp_path, options=frozenset({"cache"}))
    assert "small_shop/cache/store.txt" in states(found)
    assert "small_shop/cache/store.txt" in states(made(tmp_path, options=None)), "and stay"


def test_an_option_that_a_stack_lacks_is_refused() -> None:
    stack = read_stack("plain")
    with pytest.raises(InputError, match="plain has no option jobs"):
        generate(Wish(SPEC, "plain", frozenset({"jobs"})), stack.folder / "none", LATER)


def test_the_first_migration_makes_the_tables(tmp_path: Path) -> None:
    found = made(tmp_path)
    (path,) = (path for path in states(found) if path.startswith("migrations/"))
    assert path == "migrations/20260101000000_make_the_tables.sql"
    text = (tmp_path / path).read_text()
    assert text.startswith("-- +goose Up")
    assert "CREATE TABLE articles" in text
    assert "DROP TABLE idempotency_keys, articles;" in text


def test_a_changed_spec_gives_a_new_migration_and_edits_none(tmp_path: Path) -> None:
    made(tmp_path)
    (first,) = (tmp_path / "migrations").iterdir()
    stood = first.read_text()
    more = SPEC.replace("max: 80}", "max: 80}\n      price: {type: integer, default: 0}")
    found = made(tmp_path, more)
    assert first.read_text() == stood
    new = [path for path, state in states(found).items() if path.startswith("migrations/2026050")]
    assert new
    assert "ADD COLUMN price" in "".join((tmp_path / path).read_text() for path in new)
    again = states(made(tmp_path, more))
    assert set(again.values()) == {"same"}, "and nothing more is to be done"


def test_a_table_of_an_option_comes_and_goes_with_it(plain_stack: Path, tmp_path: Path) -> None:
    manifest = plain_stack / "stack.yaml"
    more = "options:\n  - {name: jobs, about: Does things later}\n"
    manifest.write_text(manifest.read_text().replace("options:\n", more))
    made(tmp_path)
    (first,) = (tmp_path / "migrations").iterdir()
    jobs = frozenset({"jobs"})
    came = new_text(made(tmp_path, options=jobs), tmp_path)
    assert "CREATE TABLE outbox_events" in came
    assert "WHERE done_at IS NULL AND failed_at IS NULL" in came
    assert tables_before(tmp_path).table("outbox_events")
    assert not open_questions(Wish(SPEC, "plain"), tmp_path)
    assert set(states(made(tmp_path, options=None)).values()) == {"same"}, "it is there already"
    gone = generate(Wish(SPEC, "plain", frozenset()), tmp_path, LATER.replace(month=6))
    write(gone.settlement, tmp_path, gone.settlement.chosen)
    assert "DROP TABLE outbox_events" in new_text(gone, tmp_path)
    assert "outbox_events" not in first.read_text(), "and no migration was edited"


def new_text(generated: Generated, root: Path) -> str:
    """Give the text of the migrations that are new."""
    new = [path for path, state in states(generated).items() if state == "new"]
    assert all(path.startswith("migrations/") for path in new)
    return "".join((root / path).read_text() for path in new)


def test_nothing_is_written_that_nobody_generated(tmp_path: Path) -> None:
    settlement = generate(Wish(SPEC, "plain"), tmp_path, LATER).settlement
    with pytest.raises(InputError, match="is no file that would be written"):
        write(settlement, tmp_path, ["../elsewhere"])
    assert not list(tmp_path.glob("*.md"))


def test_nothing_is_written_where_the_base_cannot_stand(tmp_path: Path) -> None:
    elsewhere, root = tmp_path / "elsewhere", tmp_path / "shop"
    elsewhere.mkdir()
    root.mkdir()
    (root / ".be-tui").symlink_to(elsewhere)
    settlement = generate(Wish(SPEC, "plain"), root, LATER).settlement
    with pytest.raises(WriteError, match="nothing was written"):
        write(settlement, root, settlement.chosen)
    assert not list(elsewhere.iterdir())
    assert not list(root.glob("*.md"))


def test_the_tables_of_the_last_time_are_known(tmp_path: Path) -> None:
    assert not tables_before(tmp_path).tables
    made(tmp_path)
    assert tables_before(tmp_path).table("articles")


def test_what_may_be_a_rename_is_asked(tmp_path: Path) -> None:
    made(tmp_path)
    renamed = SPEC.replace("name: {type: text", "title: {type: text")
    with pytest.raises(InputError, match="probable renames are open"):
        made(tmp_path, renamed)
    found = made(tmp_path, renamed, renames=(Rename("articles", "name", "title"),))
    assert any("RENAME" in each.text for each in found.settlement.files)


def test_a_folder_keeps_its_stack(tmp_path: Path) -> None:
    made(tmp_path)
    assert generate(Wish(SPEC), tmp_path, LATER).stack.name == "plain"
    with pytest.raises(InputError, match="holds a service in plain"):
        generate(Wish(SPEC, "other"), tmp_path, LATER)
    with pytest.raises(InputError, match="no stack is named"):
        generate(Wish(SPEC), tmp_path / "new", LATER)


def test_a_fault_of_the_spec_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        made(tmp_path / "out", SPEC.replace("max: 80", "max: eighty"))
    assert str(raised.value).startswith("spec.yaml:6")
    assert not (tmp_path / "out").exists()


def test_a_manifest_is_read_whole() -> None:
    stack = read_stack("plain")
    assert stack_names() == ("plain",)
    assert stack.proof[0].needs_database
    assert stack.start is not None
    assert stack.start.before[0].run == ("goose", "up")
    assert stack.start.environment == (("KEY", "k"),)


def test_a_fault_of_a_manifest_is_told_with_its_line(plain_stack: Path) -> None:
    manifest = plain_stack / "stack.yaml"
    manifest.write_text(manifest.read_text().replace("title: Plain", "titel: Plain"))
    with pytest.raises(InputError, match=r"stack\.yaml:1"):
        read_stack("plain")


def test_sessions_are_there_only_where_somebody_signs_in(tmp_path: Path) -> None:
    users = Path(knowledge_dir(), "specs", "users.yaml").read_text()
    assert "users_api/sessions.txt" in states(made(tmp_path / "users", users))
    assert "small_shop/sessions.txt" not in states(made(tmp_path / "shop"))
    sessions = tmp_path / "users/users_api/sessions.txt"
    assert sessions.read_text() == "sessions of {{ nobody }}\n", "what is no template is copied"
