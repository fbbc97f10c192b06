"""Runs a program, and ends it and all that it started once nobody waits for it any more.

Who is killed (kill -9) cannot end what it has started.

`python guard.py HANDLE PROGRAM …`: the handle is the end of a pipe whose other end only the one
who waits has open.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from threading import Thread


def follow(handle: int) -> None:
    """End this group of processes when the other end of a pipe is closed."""
    os.read(handle, 1)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    with subprocess.Popen(sys.argv[2:]) as process:
        Thread(target=follow, args=(int(sys.argv[1]),), daemon=True).start()
        status = process.wait()
    os._exit(status if status >= 0 else 128 - status)
