"""Problems as values: what is wrong, where, and what to do about it."""

# No `from __future__ import annotations` where there are named tuples: typing compiles each
# annotation that is text, and the first time that takes 3 ms.

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How bad a problem is: an error stops a release, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Location(NamedTuple):
    """A place in a file a person wrote: path relative to the publication, line from 1."""

    path: str
    line: int | None = None

    def __str__(self) -> str:
        return self.path if self.line is None else f"{self.path}:{self.line}"


class Problem(NamedTuple):
    """Something a person can put right.

    `code` names its kind, one kind a code, explained in docs/problems.md; `message` says
    what is wrong in one line, `hint` what to do.
    """

    code: str
    message: str
    location: Location
    severity: Severity = Severity.ERROR
    hint: str = ""

    def __str__(self) -> str:
        """Two lines, whatever words of a stranger are in them."""
        first = f"{self.location}: {self.severity} {self.code}: {self.message}"
        return "\n    ".join(" ".join(each.splitlines()) for each in (first, self.hint) if each)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems sorted by place, each once."""
    return sorted(
        dict.fromkeys(problems),
        key=lambda p: (p.location.path, p.location.line or 0, p.code, p.message),
    )


def short(text: str, most: int = 60) -> str:
    """The beginning of a text, in one line: enough to know a message by."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


class PublishError(Exception):
    """Problems that make going on pointless; caught in one place, `cli.main`."""

    def __init__(self, problem: Problem, *more: Problem) -> None:
        self.problems = (problem, *more)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type["PublishError"], tuple[Problem, ...]]:
        return type(self), self.problems  # so that it comes back whole from a worker process


class Collected:
    """Problems of several steps, collected so that all are shown and not only the first."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    @contextmanager
    def each(self) -> Iterator[None]:
        """A step that may fail while the next ones go on."""
        try:
            yield
        except PublishError as error:
            self.problems.extend(error.problems)

    def stop(self) -> None:
        """The end of the steps: raise what was wrong in any of them."""
        if self.problems:
            raise PublishError(*self.problems)
