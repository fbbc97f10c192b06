"""Options that several commands have."""

from __future__ import annotations

import argparse


def add_language(parser: argparse.ArgumentParser) -> None:
    """Let a command name editions."""
    parser.add_argument(
        "-l",
        "--language",
        action="append",
        default=[],
        metavar="LANG",
        help="an edition; may be repeated (default: all)",
    )
