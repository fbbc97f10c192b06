"""How a long series of publications spreads over a cluster: a simulation of discrete events.

What it assumes: every publication is like the one that was measured; the client (`publish build
--all --cluster`) connects once, has a core for itself and one for each process that reads for it;
one of these makes the editions of a publication, then the client submits their work; as long as
more work is under way than three times what the workers do at a time, only two publications more
than there are readers are, as publish does it; workers are alike, take work in the order it came
and never fail; the scheduler sees to one task after the other, and all that a task costs beside its
rendering is counted as the scheduler's, the worst case; what travels takes its time on a link of
1 Gbit/s.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

LINK = 125e6  # bytes a second
AHEAD = 3  # times as much work under way as is being done
BUSY = 0.9  # of the workers' time: more readers would help little


@dataclass(frozen=True)
class Task:
    """What a worker is given: a reader's time before it is ready, its own, bytes both ways."""

    ready: float
    seconds: float
    sent: int
    returned: int


NOTHING = Task(0, 0, 0, 0)


@dataclass(frozen=True)
class Costs:
    """What a series costs: the client connecting once, the scheduler for each task, the tasks.

    `rest` is what a publication takes of the client's time beside making its editions ready.
    """

    connect: float
    dispatch: float
    tasks: Sequence[Task]
    rest: float = 0


@dataclass(frozen=True)
class Outcome:
    """How long a series took, and the share of their time that workers rendered."""

    workers: int
    readers: int
    seconds: float
    busy: float


def simulated(publications: int, workers: int, readers: int, costs: Costs) -> Outcome:
    """A series on so many workers, read by so many processes side by side."""
    cluster = Cluster(publications, workers, readers, costs)
    end = cluster.run()
    work = publications * sum(task.seconds for task in costs.tasks)
    return Outcome(workers, readers, end, work / (workers * end))


def enough(publications: int, workers: int, costs: Costs) -> Outcome:
    """With twice the readers until the workers are busy, or more readers make no difference."""
    best = simulated(publications, workers, 1, costs)
    while best.busy < BUSY:
        more = simulated(publications, workers, 2 * best.readers, costs)
        if more.seconds > best.seconds * 0.98:
            return best
        best = more
    return best


class Cluster:
    """The state of a simulation: events to come, who is free, work that waits for a worker."""

    def __init__(self, publications: int, workers: int, readers: int, costs: Costs) -> None:
        self.left, self.free, self.idle, self.costs = publications, workers, readers, costs
        self.few, self.publications = readers + 2, 0  # how many may be under way anyhow, and are
        self.events: list[tuple[float, int, str, Task]] = []
        self.order: Iterator[int] = count()
        self.waiting: deque[Task] = deque()
        self.most = AHEAD * workers
        self.open = 0  # tasks under way, those of publications that are being read among them
        self.client = self.scheduler = 0.0  # when they have time again
        self.after(costs.connect, "connected")

    def run(self) -> float:
        """All events in their order; when the last one was."""
        now = 0.0
        while self.events:
            now = self.step()
        return now

    def step(self) -> float:
        """The next event; when it is."""
        now, _, kind, task = heapq.heappop(self.events)
        getattr(self, kind)(now, task)
        return now

    def after(self, when: float, kind: str, task: Task = NOTHING) -> None:
        heapq.heappush(self.events, (when, next(self.order), kind, task))

    def connected(self, now: float, _: Task) -> None:
        self.begin(now)

    def begin(self, now: float) -> None:
        """The next publications, if there are any, and not too much is under way."""
        while self.left and self.idle and self.has_room():
            self.left -= 1
            self.publications += 1
            self.idle -= 1
            self.open += len(self.costs.tasks)
            self.after(now + max(task.ready for task in self.costs.tasks), "read")

    def has_room(self) -> bool:
        return self.open <= self.most or self.publications < self.few

    def read(self, now: float, _: Task) -> None:
        """A reader has made the editions of a publication, and turns to the next one."""
        self.client = max(now, self.client) + self.costs.rest
        for task in self.costs.tasks:
            self.after(self.client, "submitted", task)
        self.idle += 1
        self.begin(now)

    def submitted(self, now: float, task: Task) -> None:
        self.scheduler = max(now, self.scheduler) + self.costs.dispatch
        self.after(self.scheduler + task.sent / LINK, "arrived", task)

    def arrived(self, now: float, task: Task) -> None:
        self.waiting.append(task)
        self.assign(now)

    def rendered(self, now: float, task: Task) -> None:
        self.free += 1
        self.after(now + task.returned / LINK, "returned", task)
        self.assign(now)

    def returned(self, now: float, _: Task) -> None:
        self.open -= 1
        self.publications = -(-self.open // len(self.costs.tasks))  # as they go out in their order
        self.begin(now)

    def assign(self, now: float) -> None:
        if self.free and self.waiting:
            task = self.waiting.popleft()
            self.free -= 1
            self.after(now + task.seconds, "rendered", task)
