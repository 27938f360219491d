"""What the probes that read source code share: what there is to read, and how it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.project.probe import NoAnswer

if TYPE_CHECKING:
    from collections.abc import Container

    from be_tui.core.project.gathering import Gathering
    from be_tui.core.project.scan import Scanned


def need_source(gathering: Gathering, languages: Container[str] | None = None) -> list[Scanned]:
    """Give the source files that are no tests.

    Args:
        gathering: The files.
        languages: The languages that the probe knows; None for all that services are
            written in.

    Raises:
        NoAnswer: There is none.
    """
    found = [file for file in gathering.scan.files if not file.is_test and _known(file, languages)]
    if not found:
        raise NoAnswer("no source code in a language that this probe reads")
    return found


def _known(file: Scanned, languages: Container[str] | None) -> bool:
    if languages is None:
        return not file.language.helper or file.language.name == "SQL"
    return file.language.name in languages
