"""Long lists of links: one is marked, and followed."""

from __future__ import annotations

from be_tui.core.document import Document, Items, Paragraph, Span
from be_tui.tui.widgets.link_list import LinkList
from tests.tui.widgets.pages import Pages, look_of, shown


def links(count: int, note: str = "") -> Document:
    notes = (Span(f"\n{note}", "muted"),) if note else ()
    items = [(Paragraph((Span(f"Item {n}", "text", f"#{n}"), *notes)),) for n in range(count)]
    return Document((Items(tuple(items)),))


async def test_the_first_line_is_marked_unless_another_is_named() -> None:
    view = LinkList()
    app = Pages(view)
    async with app.run_test(size=(30, 6)) as pilot:
        await pilot.pause()
        assert view.marked == ""
        view.show_links(links(3))
        await pilot.pause()
        assert shown(app)[:3] == [" ▸ Item 0", "   Item 1", "   Item 2"]
        view.show_links(links(4), "#2")
        await pilot.pause()
        assert view.marked == "#2"
        assert shown(app)[2] == " ▸ Item 2"
        view.mark("#nowhere")
        assert view.marked == "#2"


async def test_the_mark_is_moved_by_keys_and_stays_in_view() -> None:
    view = LinkList()
    app = Pages(view)
    async with app.run_test(size=(30, 6)) as pilot:
        view.show_links(links(30))
        marks = []
        keys = "down", "j", "up", "k", "k", "pagedown", "space", "pageup", "end", "down", "home"
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
            marks.append(view.marked)
            assert f" ▸ Item {view.marked[1:]}" in shown(app)
        assert marks == ["#1", "#2", "#1", "#0", "#0", "#5", "#10", "#5", "#29", "#29", "#0"]


async def test_the_marked_line_is_followed_by_enter_and_any_by_a_click() -> None:
    view = LinkList()
    app = Pages(view)
    async with app.run_test(size=(30, 12)) as pilot:
        view.show_links(links(3, "a note"))
        await pilot.press("down", "enter")
        await pilot.click(view, offset=(20, 5))
        await pilot.pause()
        assert app.followed == ["#1", "#2"]
        assert view.marked == "#2"


async def test_a_list_that_is_not_seen_yet_keeps_its_mark_for_later() -> None:
    view = LinkList()
    view.show_links(links(3))
    view.mark("#1")
    async with Pages(view).run_test(size=(30, 6)) as pilot:
        await pilot.pause()
        assert view.marked == "#1"


async def test_an_empty_list_takes_every_key() -> None:
    view = LinkList()
    app = Pages(view)
    async with app.run_test(size=(30, 6)) as pilot:
        await pilot.press("down", "up", "pagedown", "enter", "home")
        await pilot.click(view, offset=(3, 3))
        view.show_links(Document((Paragraph((Span("Nothing."),)),)))
        await pilot.press("down", "enter", "pageup")
        await pilot.click(view, offset=(3, 0))
        assert app.followed == []
        assert view.marked == ""


async def test_the_marked_line_is_seen_without_colour() -> None:
    view = LinkList()
    app = Pages(view)
    async with app.run_test(size=(30, 6)) as pilot:
        view.show_links(links(2))
        await pilot.pause()
        assert "bold" in look_of(app, 0, "Item 0")
        assert "bold" not in look_of(app, 1, "Item 1")
