"""How a long series of publications spreads over a cluster: a simulation of discrete events.

What it assumes: every publication is like the one that was measured; a client (one `publish build
--all --cluster`) has a core of its own, prepares a publication, submits each edition's work when
it is ready and begins the next publication when all of it has come back, as publish does; workers
are alike, take work in the order it came and never fail; the scheduler sees to one task after the
other, and all that a task costs beside its rendering is counted as the scheduler's, the worst
case; what travels takes its time on a link of 1 Gbit/s.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

LINK = 125e6  # bytes a second
BUSY = 0.9  # of the workers' time: more clients would help little


@dataclass(frozen=True)
class Task:
    """What a worker is given: the client's time before it is ready, its own, bytes both ways."""

    ready: float
    seconds: float
    sent: int
    returned: int


@dataclass(frozen=True)
class Costs:
    """What a publication costs: connecting for it, its tasks, and the scheduler for each."""

    connect: float
    dispatch: float
    tasks: Sequence[Task]


@dataclass(frozen=True)
class Outcome:
    """How long a series took, and the share of their time that workers rendered."""

    workers: int
    clients: int
    seconds: float
    busy: float


def simulated(publications: int, workers: int, clients: int, costs: Costs) -> Outcome:
    """A series on so many workers, asked for by so many clients side by side."""
    cluster = Cluster(publications, workers, costs)
    for client in range(clients):
        cluster.begin(client, 0)
    end = cluster.run()
    work = publications * sum(task.seconds for task in costs.tasks)
    return Outcome(workers, clients, end, work / (workers * end))


def enough(publications: int, workers: int, costs: Costs) -> Outcome:
    """With twice the clients until the workers are busy, or more clients make no difference."""
    best = simulated(publications, workers, 1, costs)
    while best.busy < BUSY:
        more = simulated(publications, workers, 2 * best.clients, costs)
        if more.seconds > best.seconds * 0.98:
            return best
        best = more
    return best


class Cluster:
    """The state of a simulation: events to come, free workers, work that waits for one."""

    def __init__(self, publications: int, workers: int, costs: Costs) -> None:
        self.left, self.free, self.costs = publications, workers, costs
        self.events: list[tuple[float, int, str, int, Task]] = []
        self.order: Iterator[int] = count()
        self.waiting: deque[tuple[int, Task]] = deque()
        self.open: dict[int, int] = {}
        self.scheduler = 0.0  # when it has time again

    def run(self) -> float:
        """All events in their order; when the last one was."""
        now = 0.0
        while self.events:
            now, _, kind, client, task = heapq.heappop(self.events)
            getattr(self, kind)(client, now, task)
        return now

    def after(self, when: float, kind: str, client: int, task: Task) -> None:
        heapq.heappush(self.events, (when, next(self.order), kind, client, task))

    def begin(self, client: int, now: float) -> None:
        """A client turns to the next publication, if there is one."""
        if not self.left:
            return
        self.left -= 1
        self.open[client] = len(self.costs.tasks)
        for task in self.costs.tasks:
            self.after(now + self.costs.connect + task.ready, "submitted", client, task)

    def submitted(self, client: int, now: float, task: Task) -> None:
        self.scheduler = max(now, self.scheduler) + self.costs.dispatch
        self.after(self.scheduler + task.sent / LINK, "arrived", client, task)

    def arrived(self, client: int, now: float, task: Task) -> None:
        self.waiting.append((client, task))
        self.assign(now)

    def rendered(self, client: int, now: float, task: Task) -> None:
        self.free += 1
        self.after(now + task.returned / LINK, "returned", client, task)
        self.assign(now)

    def returned(self, client: int, now: float, _: Task) -> None:
        self.open[client] -= 1
        if not self.open[client]:
            self.begin(client, now)

    def assign(self, now: float) -> None:
        if self.free and self.waiting:
            client, task = self.waiting.popleft()
            self.free -= 1
            self.after(now + task.seconds, "rendered", client, task)
