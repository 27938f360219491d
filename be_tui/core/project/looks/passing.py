"""One pass of all looks over files: each file's words decide which looks are worth their cost."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from be_tui.core.project.looks.model import Sights
from be_tui.core.project.looks.source import CONFIGURATION, Source
from be_tui.core.project.manifests import own_paths

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.project.checkout import Checkout
    from be_tui.core.project.looks.model import Look

LARGEST = 256 << 10
"""Bytes of a file that is looked into; nobody writes a larger one by hand."""

LONGEST_LINES = 500
"""Bytes of a source file's line on average; beyond that a program wrote it."""

MOST_CONFIGURATION = 600

_WORDS = bytes(
    ord(chr(each).lower()) if each < 128 and (chr(each).isalnum() or each == 95) else 32  # noqa: PLR2004 (ASCII)
    for each in range(256)
)
"""Turns a file into its words: lower case, letters, digits and `_`; a space for the rest."""

_CONFIGURED = (
    ".yml", ".yaml", ".json", ".properties", ".toml", ".ini", ".cfg", ".conf", ".config", ".xml",
    ".tpl", ".prisma",
)  # fmt: skip
_NOT_CONFIGURED = (
    "package-lock.json", "composer.lock", "pnpm-lock.yaml", "yarn.lock", "poetry.lock",
    "package.json", "tsconfig.json", "pom.xml", ".min.json", ".snap",
)  # fmt: skip
_BROWSER = re.compile(
    r"\.(?:tsx|jsx|vue|svelte|component\.ts)$"
    r"|(?:^|/)(?:frontend|front-end|client-app|static|public|webapp|www)/.*\.[jt]s$"
)
_PAGES = ("angular.json", "index.html")
"""Beside a `package.json` they make of its folder what runs in a browser."""

_NAMED = ("Procfile", "Caddyfile", "Dockerfile")


class Pass:
    """The looks of one pass, and what they find."""

    def __init__(self, looks: Iterable[Look]) -> None:
        """Put the looks in order by their words."""
        self.sights = Sights()
        self._apart: tuple[str, ...] = ()
        self._looks = tuple(dict.fromkeys(looks))
        by_word: defaultdict[bytes, list[int]] = defaultdict(list)
        by_stem: defaultdict[bytes, list[int]] = defaultdict(list)
        for place, look in enumerate(self._looks):
            for word in look.words:
                by_word[word].append(place)
            for stem in look.stems:
                by_stem[stem].append(place)
        self._by_word = dict(by_word)
        self._by_stem = tuple(by_stem.items())
        self._known = frozenset(by_word)
        self._at_all = frozenset(
            place for place, look in enumerate(self._looks) if not look.words and not look.stems
        )

    def begin(self, checkout: Checkout) -> None:
        """Tell the folders of a project whose code runs in a browser."""
        self._apart = tuple(
            f"{folder}/"
            for folder, names in checkout.by_folder.items()
            # A page at the top may be anything: a service's greeting, a site of its documents.
            if folder and "package.json" in names and any(each in names for each in _PAGES)
        )

    def look(self, path: str, language: str, data: bytes, *, beside: bool = False) -> None:
        """Look into one file; what is kept beside the source holds little that counts."""
        if not self._looks or len(data) > LARGEST:
            return
        if language != CONFIGURATION and len(data) > LONGEST_LINES * (data.count(b"\n") + 4):
            return
        places = self._worth(data)
        if not places:
            return
        source = Source(path, language, data)
        browser = _BROWSER.search(path) is not None or path.startswith(self._apart)
        for place in sorted(places):
            look = self._looks[place]
            if language == CONFIGURATION:
                wanted = look.configuration
            else:
                wanted = not look.languages or language in look.languages
            if wanted and (look.browser or not browser) and (look.beside or not beside):
                self.sights.add(look.find(source))

    def _worth(self, data: bytes) -> set[int]:
        words = set(data.translate(_WORDS).split())
        places = set(self._at_all)
        for word in words & self._known:
            places.update(self._by_word[word])
        if self._by_stem:
            joined = b" " + b" ".join(words)
            for stem, those in self._by_stem:
                if stem in joined:
                    places.update(those)
        return places

    def configuration(self, checkout: Checkout) -> None:
        """Look into the configuration files of a project."""
        if not any(look.configuration for look in self._looks):
            return
        for path in configuration_paths(checkout):
            checkout.cancel.check()
            data = checkout.read(path, LARGEST)
            if data is not None:
                self.look(path, CONFIGURATION, data)


def configuration_paths(checkout: Checkout) -> tuple[str, ...]:
    """Give the files that configure the project, those nearest to the top first."""
    paths = [
        path
        for name, all_paths in checkout.by_name.items()
        if (name.endswith(_CONFIGURED) or name.startswith((".env", *_NAMED)))
        and not name.endswith(_NOT_CONFIGURED)
        for path in own_paths(all_paths)
    ]
    paths.sort(key=lambda path: (path.count("/"), path))
    return tuple(paths[:MOST_CONFIGURATION])
