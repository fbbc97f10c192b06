"""`python -m publish`, and the program `publish`."""

import gc
import sys

_INTERRUPTED = 130  # as shells have it: 128, and the number of SIGINT
_MANY = 100_000  # new things after which garbage is looked for; an import makes 700 that stay


def run() -> None:
    """Run a command; who stops it while it is still being imported gets no traceback either."""
    gc.set_threshold(_MANY)
    try:
        from publish.cli import entry

        entry()
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    finally:
        gc.freeze()  # the end takes all of it at once, and need not look for circles first


if __name__ == "__main__":
    run()
