"""`publish bundle` and `publish key`: what a partner gets, and what it is signed with."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from publish import project
from publish.cli.talking import report, say, tell
from publish.problems import Location, Problem, PublishError

if TYPE_CHECKING:
    from publish.distribution.signatures import PublicKey, SecretKey
    from publish.pipeline.making.wishes import Job

_PASSWORD = "PUBLISH_KEY_PASSWORD"  # noqa: S105  # the variable's name


def add_bundle(parser: argparse.ArgumentParser) -> None:
    """Give `publish bundle` its options."""
    parser.add_argument(
        "edition", metavar="EDITION", nargs="*", help="such as ko+kips (default: all partners)"
    )
    add_signing(parser)
    parser.add_argument("--draft", action="store_true", help="even if something is not done yet")
    parser.add_argument("--no-judges", action="store_true", help="leave what was built unjudged")
    parser.add_argument(
        "--verify", default="", metavar="FILE", help="say what is wrong with a bundle that came"
    )
    add_public_key(parser)


def add_key(parser: argparse.ArgumentParser) -> None:
    """Give `publish key` its arguments."""
    parser.add_argument(
        "file", metavar="FILE", help="the secret key; the public one beside it ends in .pub"
    )
    parser.add_argument(
        "--no-password", action="store_true", help="unencrypted, for a machine that signs alone"
    )


def add_signing(parser: argparse.ArgumentParser) -> None:
    """How something is signed, or that it is not."""
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--key", default="", metavar="FILE", help="sign with this secret key")
    how.add_argument("--unsigned", action="store_true", help="do without a signature")


def add_public_key(parser: argparse.ArgumentParser) -> None:
    """Whose signature is believed."""
    parser.add_argument(
        "--public-key", default="", metavar="FILE", help="the sender's key, to verify with"
    )


def bundle(options: argparse.Namespace) -> int:
    """Make a bundle, or verify one; the exit status."""
    if options.verify:
        return _verify(options)
    from publish.pipeline.handover import bundling

    found = project.find(Path(options.project))
    key = signing_key(options, "bundle")
    manner = bundling.Manner(key, options.draft, not options.no_judges)
    paths, problems = bundling.bundle(found, options.edition, manner, _told)
    status = report(problems)
    by = f"signed with the key {key.public.name}" if key else "not signed"
    for path in paths:
        say(f"made {found.name(path)}, {by}")
    return 0 if options.draft else status


def _told(job: Job) -> None:
    say(f"rendered {job.name}")  # it is in build/ only once all are


def _verify(options: argparse.Namespace) -> int:
    from publish.pipeline.handover import returning

    file = Path(options.verify)
    status = report(returning.verify(file, public_key(options)))
    if not status:
        tell(f"{file.name}: whole{', and signed with that key' if options.public_key else ''}")
    return status


def key(options: argparse.Namespace) -> int:
    """Make a pair of keys; the exit status."""
    from publish.pipeline.handover import keys

    path = Path(options.file)
    keys.check(path, Path(options.project))
    password = "" if options.no_password else _new_password()
    made = keys.write(path, password)
    tell(f"{path}: keep it secret, and a copy of it in a safe place")
    tell(f"{keys.public_path(path)}: give it to everybody; its id is {made.name}")
    return 0


def signing_key(options: argparse.Namespace, what: str) -> SecretKey | None:
    """The key that was named; PublishError `signature-wanted` if nothing was said of it."""
    from publish.distribution import signatures
    from publish.pipeline.handover import keys

    if options.key:
        text = keys.text(Path(options.key))
        password = _password() if signatures.is_encrypted(text, options.key) else ""
        return signatures.secret(text, options.key, password)
    if not options.unsigned:
        hint = "Name a key with --key FILE (`publish key FILE` makes one), or say --unsigned."
        place = Location("--key")
        problem = Problem("signature-wanted", f"the {what} would not be signed", place, hint=hint)
        raise PublishError(problem)
    return None


def public_key(options: argparse.Namespace) -> PublicKey | None:
    """The public key that was named, if one was."""
    from publish.distribution import signatures
    from publish.pipeline.handover import keys

    if not options.public_key:
        return None
    return signatures.public(keys.text(Path(options.public_key)), options.public_key)


def _password() -> str:
    """The password of a key: from a person, or for a machine from the environment."""
    return os.environ.get(_PASSWORD) or _asked("Password of the key: ")


def _new_password() -> str:
    if given := os.environ.get(_PASSWORD):
        return given
    if not sys.stdin.isatty():
        what, place = "there is nobody to ask for a password", Location(_PASSWORD)
        hint = f"Set {_PASSWORD}, or say --no-password."
        raise PublishError(Problem("key-password", what, place, hint=hint))
    first = _asked("A password for the key: ")
    if first and first == _asked("The same once more: "):
        return first
    what, place = "the two passwords are not the same, or empty", Location(_PASSWORD)
    hint = "Try again; --no-password makes a key without one."
    raise PublishError(Problem("key-password", what, place, hint=hint))


def _asked(words: str) -> str:
    from getpass import getpass

    return getpass(words)
