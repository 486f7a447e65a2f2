"""How busy the machine is while JMeter runs, apart from JMeter itself."""

import os
import statistics
import threading
from pathlib import Path

PERIOD_SECONDS = 2.0


class Watch:
    """Samples processor and memory in percent until `stop`; JMeter's own share is subtracted."""

    def __init__(self, jmeter_pid: int) -> None:
        self.jmeter_pid = jmeter_pid
        self.cpu: list[float] = []
        self.cpu_of_jmeter: list[float] = []
        self.memory: list[float] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def mean(self, values: list[float]) -> float:
        return statistics.fmean(values) if values else 0.0

    def _run(self) -> None:
        before = _times(), _of(self.jmeter_pid)
        while not self._stop.wait(PERIOD_SECONDS):
            now = _times(), _of(self.jmeter_pid)
            total = sum(now[0]) - sum(before[0])
            idle = sum(now[0][3:5]) - sum(before[0][3:5])
            own = now[1] - before[1]
            if total > 0 and own >= 0:
                self.cpu.append(100 * (total - idle - own) / total)
                self.cpu_of_jmeter.append(100 * own / total)
            self.memory.append(_memory())
            before = now


def _times() -> list[int]:
    """user, nice, system, idle, iowait, ... in ticks since boot, of all processors."""
    return [int(word) for word in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]


def _of(pid: int) -> int:
    """Ticks of one process; 0 when it is gone."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(words[11]) + int(words[12])


def _memory() -> float:
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    lines = Path("/proc/meminfo").read_text().splitlines()
    free = next(int(line.split()[1]) for line in lines if line.startswith("MemAvailable"))
    return 100 * (1 - free * 1024 / pages)
