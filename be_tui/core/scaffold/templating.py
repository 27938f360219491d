"""Jinja as templates of services are read by it; compiled ones are kept for the next run."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import DictLoader, Environment, FileSystemBytecodeCache, StrictUndefined

from be_tui.core.locations import cache_dir

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2.bccache import Bucket


def environment(texts: Mapping[str, str], name: str) -> Environment:
    """Give what renders templates.

    Args:
        texts: The templates by their names.
        name: What they are kept under, compiled.
    """
    return Environment(  # noqa: S701 (what is made is code, quoted by the filters of its language)
        loader=DictLoader(dict(texts)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=-1,
        auto_reload=False,
        bytecode_cache=_kept(name),
    )


class _Kept(FileSystemBytecodeCache):
    """Compiled templates in the person's cache folder, each told by what it was made from."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep one; where there is no room it is compiled again the next time."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def _kept(name: str) -> FileSystemBytecodeCache | None:
    folder = Path(cache_dir()) / "templates" / name
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return _Kept(str(folder)) if os.access(folder, os.W_OK) else None
