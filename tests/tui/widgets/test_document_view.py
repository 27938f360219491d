"""A document is read on a screen."""

from __future__ import annotations

import pytest

from be_tui.core.document import Document, Lines, Span, parse_markdown
from be_tui.core.document.reading import Position
from be_tui.tui.filters import NoColour
from be_tui.tui.widgets.document_view import DocumentView
from tests.tui.widgets.pages import Pages, look_of, shown

TEXT = """\
# Handbook

Read [the first](#one), then [the web](https://x.y) or `code`.

## One

{filler}

```sql
SELECT id FROM orders WHERE total > 10 AND state = 'open' -- a long remark
```

## Two

{filler}

```python
a = 1
```

Last [link](guide#x).
""".replace("{filler}", "\n\n".join(f"Paragraph {n} of cache words." for n in range(12)))

LONG = parse_markdown(TEXT)


def view_of(document: Document = LONG) -> DocumentView:
    return DocumentView(document, id="page")


async def test_a_document_fills_the_view_and_scrolls_by_every_key() -> None:
    view = view_of()
    app = Pages(view)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        assert shown(app)[:3] == [" Handbook", " ────────", ""]
        tops = []
        keys = "down", "j", "k", "up", "pagedown", "space", "b", "pageup", "end", "home"
        for key in keys:
            await pilot.press(key)
            tops.append(view.scroll_offset.y)
        assert tops == [1, 2, 1, 0, 9, 18, 9, 0, view.max_scroll_y, 0]
        await pilot.press("up")
        assert view.scroll_offset.y == 0


async def test_a_page_that_fits_does_not_scroll() -> None:
    view = view_of(parse_markdown("short"))
    app = Pages(view)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("down", "end", "pagedown")
        assert view.scroll_offset.y == 0
        assert shown(app)[0] == " short"


async def test_a_page_stands_at_its_place_before_it_is_drawn() -> None:
    view = view_of()
    async with Pages(view).run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        view.show(parse_markdown(TEXT + "\nThe end."), anchor="two")
        assert view.position.slug == "two"
        assert view.scroll_offset.y > 0


async def test_the_heading_that_is_read_is_told_as_it_changes() -> None:
    view = view_of()
    app = Pages(view)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        assert view.jump("two")
        await pilot.pause()
        assert shown(app)[0] == " Two"
        await pilot.press("k", "k", "k", "k")
        await pilot.pause()
        assert app.headings == ["handbook", "two", "one"]
        assert not view.jump("nowhere")


async def test_a_heading_too_near_the_end_to_come_to_the_top_is_the_one_that_is_read() -> None:
    view = view_of(parse_markdown("# A\n\n" + "text\n\n" * 20 + "## B\n\nend\n"))
    app = Pages(view)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        view.jump("b")
        await pilot.pause()
        assert view.slug == "b"
        await pilot.press("up")
        assert view.slug == "a"


async def test_a_document_can_be_begun_at_a_heading_or_where_it_was_left() -> None:
    view = view_of(Document())
    app = Pages(view)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        assert view.position == Position()
        view.show(LONG, "two")
        await pilot.pause()
        assert shown(app)[0] == " Two"
        await pilot.press("j", "j")
        left = view.position
        view.show(parse_markdown("other"))
        view.show(LONG, position=left)
        await pilot.pause()
        assert view.position == left
        assert shown(app)[0] == " Paragraph 0 of cache words."
        view.show(LONG, "no-such-heading")
        assert view.scroll_offset.y == 0


async def test_what_is_shown_before_there_is_a_size_waits_for_it() -> None:
    view = view_of()
    assert view.reading is None
    view.show(LONG, position=Position(3, 0.0))
    assert view.position == Position(3, 0.0)
    assert not view.next_link()
    assert not view.jump("one")
    assert view.search("cache") == 0
    assert view.code_at_cursor() == ""
    view.next_match()
    view.show(LONG, "two")
    assert view.position == Position(slug="two")
    app = Pages(view)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        assert shown(app)[0] == " Two"


async def test_another_width_keeps_the_place() -> None:
    view = view_of()
    app = Pages(view)
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.pause()
        view.jump("two")
        await pilot.pause()
        await pilot.resize_terminal(24, 10)
        await pilot.pause()
        assert shown(app)[0] == " Two"
        await pilot.resize_terminal(24, 14)
        await pilot.pause()
        assert view.slug == "two"


async def test_links_are_gone_through_and_followed_by_keys() -> None:
    view = view_of()
    app = Pages(view)
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.pause()
        await pilot.press("enter")
        assert app.followed == []
        assert "reverse" in look_of(app, 3, "the first")
        await pilot.press("enter")
        assert view.next_link()
        await pilot.press("enter")
        assert view.next_link()
        await pilot.pause()
        assert any("Last link." in line for line in shown(app))
        await pilot.press("enter")
        await pilot.pause()
        assert app.followed == ["#one", "https://x.y", "guide#x"]
        assert not view.next_link()
        assert view.next_link(-1)


async def test_a_link_is_followed_by_the_mouse_and_shown_below_it() -> None:
    view = view_of()
    app = Pages(view)
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.pause()
        await pilot.hover(view, offset=(10, 3))
        await pilot.pause()
        assert " on #1d3a57" in look_of(app, 3, "the first")
        await pilot.hover(view, offset=(2, 5))
        await pilot.pause()
        assert " on #1d3a57" not in look_of(app, 3, "the first")
        await pilot.click(view, offset=(10, 3))
        await pilot.click(view, offset=(3, 3))
        await pilot.pause()
        assert app.followed == ["#one"]
        await pilot.hover(view, offset=(10, 3))
        view.on_leave()
        await pilot.pause()
        assert " on #1d3a57" not in look_of(app, 3, "the first")


async def test_words_are_found_marked_and_gone_through() -> None:
    view = view_of()
    app = Pages(view)
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.pause()
        assert view.search("CACHE words") == 24
        await pilot.pause()
        assert view.reading is not None
        assert view.reading.match == 0
        line = next(n for n, line in enumerate(shown(app)) if "Paragraph 0" in line)
        assert look_of(app, line, "cache words").startswith("bold reverse")
        view.next_match()
        view.next_match(-1)
        view.next_match(-1)
        await pilot.pause()
        assert view.reading.match == 23
        assert any("Paragraph 11" in line for line in shown(app))
        assert view.search("") == 0
        assert view.search("nowhere") == 0


async def test_words_beyond_the_edge_of_code_come_into_view() -> None:
    view = view_of()
    app = Pages(view)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        assert view.search("remark") == 1
        await pilot.pause()
        assert any("long remark" in line for line in shown(app))


async def test_long_lines_of_code_move_sideways_and_prose_does_not() -> None:
    digits = "0123456789" * 5
    view = view_of(parse_markdown(f"prose\n\n```\n{digits}\n```\n\n```\nshort\n```\n"))
    app = Pages(view)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        assert shown(app)[2] == f"   {digits[:34]}›"
        await pilot.press("right")
        assert shown(app)[0] == " prose"
        assert shown(app)[2] == f"   {digits[8:42]}›"
        assert shown(app)[4] == "   short"
        await pilot.press("right", "right")
        assert shown(app)[2] == f"   {digits[15:]}"
        await pilot.press("left", "left", "left")
        assert shown(app)[2] == f"   {digits[:34]}›"


async def test_a_map_moves_sideways_as_a_whole() -> None:
    digits = "0123456789" * 5
    lines = Lines(((Span(digits, "good"),), (Span("ab" * 5),)))
    app = Pages(view_of(Document((lines,))))
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("right")
        assert shown(app)[:2] == [f" {digits[8:44]}›", " ab"]


async def test_the_code_in_view_is_marked_to_be_copied_and_then_the_next() -> None:
    view = view_of(parse_markdown("```\n\ta = '\x1b'\n```\n\ntext\n\n```\nb\n```\n"))
    app = Pages(view)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        assert view.code_at_cursor() == "    a = '^['"
        await pilot.pause()
        assert shown(app)[0] == " │     a = '^['"
        assert view.code_at_cursor() == "b"
        await pilot.pause()
        assert [line[1] for line in (shown(app)[0], shown(app)[4])] == [" ", "│"]
        await pilot.click(view, offset=(5, 0))
        assert view.reading is not None
        assert view.reading.code == 0


async def test_a_page_without_code_gives_none() -> None:
    view = view_of(parse_markdown("text"))
    async with Pages(view).run_test() as pilot:
        await pilot.pause()
        assert view.code_at_cursor() == ""


async def test_roles_have_their_looks_and_keep_what_no_colour_can_show() -> None:
    app = Pages(
        view_of(parse_markdown("# Title\n\n**strong** [link](#x)\n\n```python\nreturn\n```\n"))
    )
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        assert look_of(app, 0, "Title") == "bold #84c8ff on #14171a"
        assert look_of(app, 3, "link") == "underline #84c8ff on #14171a"
        assert look_of(app, 5, "return") == "#c9a8ff on #191d21"
        app._filters.append(NoColour())
        app.refresh()
        await pilot.pause()
        assert look_of(app, 0, "Title") == "bold"
        assert look_of(app, 3, "link") == "underline"


async def test_another_theme_draws_everything_anew() -> None:
    app = Pages(view_of())
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        app.theme = "light"
        await pilot.pause()
        assert look_of(app, 0, "Handbook").endswith("on #fbfbf9")


async def test_text_that_the_mouse_selects_is_shown_and_given() -> None:
    view = view_of(parse_markdown("one two\n\nthree"))
    app = Pages(view)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        plain = look_of(app, 0, "one")
        await pilot.mouse_down(view, offset=(1, 0))
        await pilot.hover(view, offset=(6, 2))
        await pilot.mouse_up(view, offset=(6, 2))
        await pilot.pause()
        assert look_of(app, 0, "one") != plain
        assert app.screen.get_selected_text() == "one two\n\nthree"
        assert app.followed == []


@pytest.mark.parametrize("width", [5, 12, 20, 30])
async def test_any_width_can_be_drawn(width: int) -> None:
    app = Pages(view_of())
    async with app.run_test(size=(width, 8)) as pilot:
        await pilot.pause()
        assert all(len(line) <= width for line in shown(app))


async def test_a_view_of_automatic_height_is_as_high_as_its_document() -> None:
    view = DocumentView(parse_markdown("one\n\ntwo"))
    app = Pages(view)
    async with app.run_test(size=(40, 10)) as pilot:
        view.styles.height = "auto"
        await pilot.pause()
        assert view.outer_size.height == 3


async def test_pages_are_laid_out_once_for_each_width() -> None:
    view = view_of()
    app = Pages(view)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        assert view.reading is not None
        page = view.reading.page
        others = [parse_markdown(f"other {number}") for number in range(9)]
        view.show(others[0])
        view.show(LONG)
        assert view.reading is not None
        assert view.reading.page is page
        for other in others:
            view.show(other)
        view.show(LONG)
        assert view.reading is not None
        assert view.reading.page is not page
