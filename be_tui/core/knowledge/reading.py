"""Open one item of the library: read its file, and refuse it in one line where it is broken."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from be_tui.core.errors import InputError
from be_tui.core.knowledge.decode.items import read_item
from be_tui.core.knowledge.decode.markdown import scan
from be_tui.core.knowledge.decode.references import read_front
from be_tui.core.knowledge.items import Chapter
from be_tui.core.knowledge.model import Reference
from be_tui.core.knowledge.packs import stamp_of
from be_tui.core.knowledge.survey import shown
from be_tui.core.yamlform import Faults

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.knowledge.decode.items import Value
    from be_tui.core.knowledge.items import Cover
    from be_tui.core.knowledge.model import Section
    from be_tui.core.knowledge.packs import PackFile


def read_value(file: PackFile) -> Value:
    """Read a file of a pack.

    Raises:
        InputError: It is broken; the first fault is given, with the number of all.
    """
    item = read_item(file, shown(file.path))
    _refuse(item.faults)
    return item.value


def read_reference(file: PackFile, indexed: tuple[Section, ...]) -> Reference:
    """Read a reference with its document.

    Args:
        file: Its file.
        indexed: Its sections, for the file as it was when it was indexed.

    Raises:
        InputError: It is broken.
    """
    from be_tui.core.document import parse_markdown

    faults = Faults(shown(file.path))
    front = read_front(file.path, faults)
    _refuse(faults)
    # To look for the headings takes as long as to read the whole document.
    same = indexed and stamp_of(file.path) == file.stamp
    sections = indexed if same else scan(front.body, front.offset).sections
    return Reference(
        id=front.id,
        title=front.title,
        summary=front.summary,
        document=parse_markdown(front.body, file.path),
        sections=sections,
        path=file.path,
        pack=file.pack,
    )


def read_bound(file: PackFile, chapters: Iterable[PackFile]) -> Reference:
    """Read a whole reference of items; a chapter that is broken is left out.

    Args:
        file: Its cover.
        chapters: The files of its chapters in reading order.

    Raises:
        InputError: The cover is broken.
    """
    from be_tui.core.knowledge.item_pages import whole_page

    cover, sound = cast("Cover", read_value(file)), read_chapters(chapters)
    return Reference(
        id=cover.id,
        title=cover.title,
        summary=cover.summary,
        document=whole_page(cover, sound),
        sections=tuple(section for chapter in sound for section in chapter.sections),
        path=file.path,
        pack=file.pack,
        chapters=sound,
    )


def read_chapters(files: Iterable[PackFile]) -> tuple[Chapter, ...]:
    """Read chapters; one that is broken is left out."""
    held = [read_item(file, shown(file.path)) for file in files]
    return tuple(each.value for each in held if isinstance(each.value, Chapter) and each.usable)


def _refuse(found: Faults) -> None:
    """Raise where a file is broken."""
    faults = [each for each in found.findings if each.severity == "error"]
    if not faults:
        return
    more = f" ({len(faults) - 1} more)" if len(faults) > 1 else ""
    raise InputError(
        f"{faults[0].message}{more}",
        where=str(faults[0].place),
        hint=f"`be-tui knowledge check {faults[0].place.path}` lists all",
    )
