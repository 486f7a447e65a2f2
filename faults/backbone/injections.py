"""kill -9 and SIGSTOP, one after the other, of processes and of MongoDB's primary."""

import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from faults.backbone.processes import Restarter
from stack.services.clusters import ReplicaSet

PRIMARY = "mongodb"
KILL, STOP = "kill -9", "SIGSTOP"
DOWN_SECONDS = 1.5
# Of a consumer's session timeout and a relay's lease some are shorter and some are longer.
STOPPED_SECONDS = (0.5, 14.0)
PRIMARY_STOPPED_SECONDS = (0.5, 6.0)


class Injector:
    """Of the thread that started the nodes: they end with it. `done` counts by target and kind."""

    def __init__(self, restarter: Restarter, nodes: ReplicaSet, *, seed: int) -> None:
        self.restarter, self.nodes = restarter, nodes
        self.rng = random.Random(seed)  # noqa: S311
        self.done: Counter[tuple[str, str]] = Counter()
        self._due: list[tuple[float, str, Callable[[], object]]] = []

    def run(self, targets: Sequence[str], *, count: int, seconds: float) -> None:
        """`count` injections, spread over `seconds`; a target that is not there is passed over."""
        began = time.monotonic()
        for target, kind in self._plan(targets, count):
            self._wait(max(began + seconds * self.done.total() / count, time.monotonic() + 0.1))
            if self._inject(target, kind):
                self.done[target, kind] += 1
        while self._due:
            self._wait(min(at for at, _, _ in self._due))
            self._heal()

    def _plan(self, targets: Sequence[str], count: int) -> Iterator[tuple[str, str]]:
        """Every target and kind comes up before one comes again; stops as long as it takes."""
        pairs: list[tuple[str, str]] = []
        while self.done.total() < count:
            if not pairs:
                pairs = [(target, kind) for target in targets for kind in (KILL, STOP)]
                self.rng.shuffle(pairs)
            yield pairs.pop()

    def _wait(self, until: float) -> None:
        while (left := until - time.monotonic()) > 0:
            self._heal()
            time.sleep(min(left, 0.1))
        self._heal()

    def _heal(self) -> None:
        now = time.monotonic()
        for item in [item for item in self._due if item[0] <= now]:
            self._due.remove(item)
            item[2]()

    def _inject(self, target: str, kind: str) -> bool:
        if target == PRIMARY:
            return self._inject_primary(kind)
        process = self.restarter[target]
        if self._is_down(target) or not process.is_alive:
            return False
        if kind == KILL:
            return process.send(signal.SIGKILL)
        seconds = self.rng.uniform(*STOPPED_SECONDS)
        self._later(seconds, target, lambda: process.send(signal.SIGCONT))
        return process.send(signal.SIGSTOP)

    def _inject_primary(self, kind: str) -> bool:
        """One node at a time, or there is no majority."""
        if self._is_down(PRIMARY):
            return False
        place = self.nodes.primary()
        if kind == KILL:
            self.nodes.kill(place)
            self._later(DOWN_SECONDS, PRIMARY, lambda: self.nodes.start_node(place))
        else:
            node, seconds = self.nodes.processes[place], self.rng.uniform(*PRIMARY_STOPPED_SECONDS)
            node.send_signal(signal.SIGSTOP)
            self._later(seconds, PRIMARY, lambda: node.send_signal(signal.SIGCONT))
        return True

    def _later(self, seconds: float, target: str, heal: Callable[[], object]) -> None:
        self._due.append((time.monotonic() + seconds, target, heal))

    def _is_down(self, target: str) -> bool:
        return any(name == target for _, name, _ in self._due)
