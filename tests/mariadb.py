"""A MariaDB for the tests: the one that BE_TUI_MARIADB_URL names, else one of our own.

Ours is the machine's program on a new data folder, without a network, for this process.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

URL = os.environ.get("BE_TUI_MARIADB_URL", "")

_PATH = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"))
_SETTINGS = (
    *("--no-defaults", "--skip-networking", "--innodb-flush-log-at-trx-commit=0"),
    *("--innodb-buffer-pool-size=64M", "--innodb-log-file-size=16M", "--skip-log-bin"),
    # Nothing of it is to outlive the machine.
    *("--innodb-flush-method=nosync", "--sync-frm=0"),
)
_PATIENCE = 120.0


def server_program() -> str | None:
    """Give the server's program, if it is installed."""
    return shutil.which("mariadbd", path=_PATH)


@contextmanager
def running_mariadb() -> Iterator[str]:
    """Give the URL of a server; ours runs for the length of the block."""
    if URL:
        yield URL
        return
    program = server_program()
    assert program, "mariadbd is not installed"
    owner = ["--user=mysql"] if os.geteuid() == 0 else []
    # Short, for the socket; the folder of a test is not.
    with tempfile.TemporaryDirectory(prefix="be-tui-m", dir="/tmp") as name:
        folder = Path(name)
        if owner:
            shutil.chown(folder, "mysql")
        data, socket = f"--datadir={folder / 'data'}", folder / "s"
        # Whichever server starts clears the temporary tables of all that share its folder.
        around = {**os.environ, "TMPDIR": name}
        installer = shutil.which("mariadb-install-db", path=_PATH) or "mariadb-install-db"
        made = ["--auth-root-authentication-method=normal", "--skip-test-db"]
        subprocess.run(
            [installer, "--no-defaults", *owner, data, *made],
            env=around,
            check=True,
            capture_output=True,
        )
        places = [data, f"--socket={socket}", f"--pid-file={folder / 'pid'}"]
        server = subprocess.Popen(
            [program, *_SETTINGS, *owner, *places],
            env=around,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            deadline = time.monotonic() + _PATIENCE
            while not socket.exists() and server.poll() is None and time.monotonic() < deadline:
                time.sleep(0.05)
            assert socket.exists(), "mariadbd did not start"
            yield f"mariadb://root@localhost/?unix_socket={socket}"
        finally:
            server.terminate()
            server.wait()
