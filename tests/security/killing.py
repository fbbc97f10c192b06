"""The program, killed just before its Nth change of a file: `python killing.py N COMMAND …`.

Without one so late it says at the end how many there are, on a line of its own in standard output.
Python's audit events (PEP 578) tell of each change before it is made.
"""

from __future__ import annotations

import os
import signal
import sys

CHANGES = {
    "os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink",
    "os.truncate", "os.utime",
}  # fmt: skip
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Counter:
    """Counts changes of files, and ends the process at one of them."""

    def __init__(self, last: int) -> None:
        self.last = last
        self.count = 0

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        writing = event == "open" and bool(arguments[2]) and int(str(arguments[2])) & WRITING
        if writing or event in CHANGES:
            self.count += 1
            if self.count == self.last:
                os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    counter = Counter(int(sys.argv.pop(1)))
    sys.addaudithook(counter)
    from publish import cli

    try:
        cli.entry()
    finally:
        sys.stdout.write(f"\n{counter.count}\n")
