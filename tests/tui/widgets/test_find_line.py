"""Words are typed below a document and found in it."""

from __future__ import annotations

from textual.widgets import Input

from be_tui.core.document import parse_markdown
from be_tui.tui.widgets.document_view import DocumentView
from be_tui.tui.widgets.find_line import FindLine
from tests.tui.widgets.pages import Pages, shown


async def test_a_line_is_opened_typed_into_and_closed() -> None:
    view = DocumentView(parse_markdown("cache\n\nother\n\ncaching\n"))
    line = FindLine(view)
    app = Pages(view, line)
    async with app.run_test(size=(60, 10)) as pilot:
        view.styles.height = 8
        await pilot.pause()
        line.seek()
        assert not line.is_open
        line.open()
        await pilot.press(*"cach")
        await pilot.pause()
        assert "1 of 2   n next  N previous" in shown(app)[-2]
        await pilot.press("enter")
        assert app.focused is view
        line.step(1)
        await pilot.pause()
        assert "2 of 2" in shown(app)[-2]
        line.close()
        await pilot.pause()
        assert view.reading is not None
        assert view.reading.matches == ()
        assert not any("find" in each for each in shown(app))


async def test_words_that_are_not_there_are_said_not_to_be() -> None:
    view = DocumentView(parse_markdown("text"))
    line = FindLine(view)
    app = Pages(view, line)
    async with app.run_test(size=(60, 10)) as pilot:
        view.styles.height = 8
        line.open()
        await pilot.press(*"zz")
        await pilot.pause()
        assert "not on this page" in shown(app)[-2]
        line.query_one(Input).value = ""
        await pilot.pause()
        assert "not on this page" not in shown(app)[-2]
