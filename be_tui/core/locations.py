"""Where things stand: the knowledge that ships with be-tui, and the user's own folders.

The only module that knows whether be-tui runs from a wheel, an editable install or a
checkout. It imports nothing heavy, because the first frame is painted through it.
"""

from __future__ import annotations

import os
import sys

_APP = "be-tui"
_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def knowledge_dir() -> str:
    """Give the folder of the bundled trees, references, checklists, rules and examples.

    A checkout and an editable install read the one at the top of the checkout; a wheel
    carries it inside the package.
    """
    return _bundled("knowledge")


def templates_dir() -> str:
    """Give the folder of the stacks that services are generated in."""
    return _bundled("templates")


def _bundled(name: str) -> str:
    packaged = os.path.join(_PACKAGE, name)
    if os.path.isdir(packaged):
        return packaged
    return os.path.join(os.path.dirname(_PACKAGE), name)


def is_packaged() -> bool:
    """Tell whether be-tui runs from a wheel, not from a checkout or an editable install."""
    return os.path.isdir(os.path.join(_PACKAGE, "knowledge"))


def config_dir() -> str:
    """Give the user's configuration folder; it may not exist yet."""
    return _user_dir("config", "XDG_CONFIG_HOME", ".config")


def state_dir() -> str:
    """Give the user's state folder, where sessions are kept; it may not exist yet."""
    return _user_dir("state", "XDG_STATE_HOME", ".local/state")


def cache_dir() -> str:
    """Give the user's cache folder; all in it can be made again."""
    return _user_dir("cache", "XDG_CACHE_HOME", ".cache")


def _user_dir(kind: str, variable: str, default: str) -> str:
    # platformdirs says the same on Linux, but its import alone costs as much as a bare
    # interpreter, before the first frame; tests hold the two together.
    if sys.platform.startswith("linux"):
        base = os.environ.get(variable, "")
        if not os.path.isabs(base):
            base = os.path.join(os.path.expanduser("~"), default)
        return os.path.join(base, _APP)
    import platformdirs

    return str(getattr(platformdirs, f"user_{kind}_dir")(_APP, appauthor=False))
