"""How a long series of publications spreads over a cluster: a simulation of discrete events.

What it assumes: every publication is like the one that was measured; a client (one `publish build
--all --cluster`) has a core of its own, connects once, prepares one publication after the other,
submits each edition's work when it is ready, and begins no other as long as more work is under way
than twice what the workers do at a time, as publish does; workers are alike, take work in the order
it came and never fail; the scheduler sees to one task after the other, and all that a task costs
beside its rendering is counted as the scheduler's, the worst case; what travels takes its time on a
link of 1 Gbit/s.
"""

from __future__ import annotations

import heapq
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

LINK = 125e6  # bytes a second
AHEAD = 2  # times as much work under way as is being done
BUSY = 0.9  # of the workers' time: more clients would help little


@dataclass(frozen=True)
class Task:
    """What a worker is given: the client's time before it is ready, its own, bytes both ways."""

    ready: float
    seconds: float
    sent: int
    returned: int


NOTHING = Task(0, 0, 0, 0)


@dataclass(frozen=True)
class Costs:
    """What a series costs: a client connecting once, the scheduler for each task, the tasks.

    `rest` is what a publication takes of a client's time beside making its editions ready.
    """

    connect: float
    dispatch: float
    tasks: Sequence[Task]
    rest: float = 0


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
        cluster.after(costs.connect, "prepared", client)
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
        self.most = AHEAD * workers
        self.open: Counter[int] = Counter()  # tasks under way, by client
        self.idle: set[int] = set()  # clients that prepare nothing now
        self.scheduler = 0.0  # when it has time again

    def run(self) -> float:
        """All events in their order; when the last file was there."""
        end = 0.0
        while self.events:
            now, _, kind, client, task = heapq.heappop(self.events)
            getattr(self, kind)(client, now, task)
            end = now if kind == "returned" else end
        return end

    def after(self, when: float, kind: str, client: int, task: Task = NOTHING) -> None:
        heapq.heappush(self.events, (when, next(self.order), kind, client, task))

    def prepared(self, client: int, now: float, _: Task) -> None:
        """A client has all of a publication under way, and turns to the next one."""
        self.idle.add(client)
        self.begin(client, now)

    def begin(self, client: int, now: float) -> None:
        """The next publication, if there is one, and not too much is under way."""
        if not self.left or client not in self.idle or self.open[client] > self.most:
            return
        self.left -= 1
        self.idle.remove(client)
        self.open[client] += len(self.costs.tasks)
        for task in self.costs.tasks:
            self.after(now + task.ready, "submitted", client, task)
        busy = max(task.ready for task in self.costs.tasks) + self.costs.rest
        self.after(now + busy, "prepared", client)

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
        self.begin(client, now)

    def assign(self, now: float) -> None:
        if self.free and self.waiting:
            client, task = self.waiting.popleft()
            self.free -= 1
            self.after(now + task.seconds, "rendered", client, task)
