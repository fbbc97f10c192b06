"""Pacing: how long a build may still take, where that can be told.

It can be told from the last build of the same kind: the same files, made for the same reasons. Of
that it is noted when each file was there. Where there was none, it is told from what is made
already, once that is enough. A guess that proves wrong is dropped, and none is given in its place.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from time import monotonic

from publish import artefacts
from publish.artefacts import State
from publish.pipeline.making import inputs
from publish.pipeline.making.wishes import Job
from publish.project import Project
from publish.renderers import FORMATS

_TELLING = 0.25  # of a build must be over before it tells how long the rest takes
_FEW = 2  # files that tell nothing yet of how long others like them take
_STRANGE = 3  # times as long as the last time: what was noted is of no use
_LONGEST = 1e6  # seconds; whoever noted more meant mischief


class Pace:
    """How many files of a build are made, and how long the others may take."""

    def __init__(
        self,
        jobs: Sequence[Job],
        former: Mapping[str, float] | None = None,
        kind: Sequence[bytes] = (),
        clock: Callable[[], float] = monotonic,
    ) -> None:
        slowest = min(jobs, key=lambda job: list(FORMATS).index(job.format)).format
        self.total = len(jobs)
        self.kind = kind
        self.moments: dict[str, float] = {}
        self._slowest = {job.name for job in jobs if job.format == slowest}
        self._former = dict(former or {})
        self._factor = 1.0
        self._clock = clock
        self._start = clock()

    @property
    def done(self) -> int:
        """How many files are made."""
        return len(self.moments)

    def made(self, job: Job) -> None:
        """A file is there."""
        moment = self.moments[job.name] = self._clock() - self._start
        former = self._former.get(job.name, 0)
        if former > _TELLING * max(self._former.values(), default=0):
            self._factor = moment / former
            if not 1 / _STRANGE < self._factor < _STRANGE:
                self._former = {}

    def rest(self) -> float | None:
        """About how many seconds there still are; None if that cannot be told."""
        whole = self._as_formerly() or self._as_until_now()
        rest = whole - (self._clock() - self._start)
        return rest if rest > 0 and self.done < self.total else None

    def _as_formerly(self) -> float:
        return self._factor * max(self._former.values(), default=0)

    def _as_until_now(self) -> float:
        """In all, if files of the format that takes longest go on to be made as they were."""
        done = [moment for name, moment in self.moments.items() if name in self._slowest]
        if len(done) < max(_FEW, _TELLING * len(self._slowest)):
            return 0
        return max(done) / len(done) * len(self._slowest)


class Series:
    """The same of a series of publications, of which those that were made tell of the others."""

    def __init__(self, total: int, clock: Callable[[], float] = monotonic) -> None:
        self.total = total
        self.done = 0
        self._clock = clock
        self._moments: list[float] = []

    def over(self, *, made: bool) -> None:
        """One is over; whether there was anything to make."""
        self.done += 1
        if made:
            self._moments.append(self._clock())

    def rest(self) -> float | None:
        """As `Pace.rest`: if all that are left have to be made."""
        count = len(self._moments) - 1
        if count < _FEW:
            return None
        each = (self._moments[-1] - self._moments[0]) / count
        rest = each * (self.total - self.done) - (self._clock() - self._moments[-1])
        return rest if rest > 0 else None


def of(project: Project, stale: Sequence[Job], state: State, means: str) -> Pace:
    """The pace of a build of what is stale; `means` is who makes it, in words."""
    kind = _kind(stale, state, means)
    noted = inputs.shelf(project).find(kind) or b""
    return Pace(stale, _read(noted, {job.name for job in stale}), kind)


def keep(project: Project, pace: Pace) -> None:
    """Note the pace of a build that is over, if all of it was made."""
    if pace.kind and pace.done == pace.total:
        inputs.shelf(project).keep(pace.kind, json.dumps(pace.moments).encode())


def _kind(stale: Sequence[Job], state: State, means: str) -> list[bytes]:
    """What builds have in common that take about as long."""
    lines = [f"{job.name}: {', '.join(state.changed(job.name, job.parts))}" for job in stale]
    return [b"pace", artefacts.digest("\n".join([means, *lines]).encode()).encode()]


def _read(noted: bytes, names: set[str]) -> dict[str, float]:
    """When each file was there; nothing if that is not what was noted, whoever wrote it."""
    with suppress(ValueError, TypeError, AttributeError, RecursionError):
        moments = {name: float(moment) for name, moment in json.loads(noted).items()}
        if moments.keys() == names and all(0 < moment < _LONGEST for moment in moments.values()):
            return moments
    return {}
