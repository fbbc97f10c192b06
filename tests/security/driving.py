"""What runs under the watcher: several publications, one after the other, in one process."""

from __future__ import annotations

import sys
import traceback
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from publish import cli


def commands(folder: Path) -> list[list[str]]:
    """A delivery is let in, what is `printed` is built in all formats, all else as a web page."""
    if deliveries := [*folder.glob("delivery.*")]:
        return [["exchange", "import", str(path)] for path in deliveries]
    if folder.name.endswith("printed"):
        return [["build", "-l", "en"]]
    return [["build", "-f", "html"], ["update"]]


def drive(folder: Path) -> None:
    """Every command in a publication; what is said goes into a file beside it."""
    Path(f"/watched/{folder.name}").exists()  # so that the trace tells whose turn it is
    with folder.with_suffix(".said").open("w") as said:
        for command in commands(folder):
            with redirect_stdout(said), redirect_stderr(said):
                try:
                    cli.main(["--project", str(folder), *command])
                except Exception:  # noqa: BLE001  # what the test looks for
                    traceback.print_exc()


if __name__ == "__main__":
    for name in sys.argv[1:]:
        drive(Path(name))
