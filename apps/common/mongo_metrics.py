"""MongoDB as this process meets it: how long commands take, and the state of the pool."""

from prometheus_client import Counter, Gauge, Histogram
from pymongo import monitoring

from apps.common.metrics import SECONDS

COMMANDS = Histogram(
    "mongodb_command_seconds",
    "Commands that MongoDB answered.",
    ["command", "outcome"],
    buckets=SECONDS,
)
CONNECTIONS = Gauge("mongodb_pool_connections", "Open connections.", multiprocess_mode="livesum")
IN_USE = Gauge(
    "mongodb_pool_in_use", "Connections that a thread holds.", multiprocess_mode="livesum"
)
FAILURES = Counter(
    "mongodb_connection_failures_total",
    "Connections that could not be had, pools that were emptied, and heartbeats without an answer.",
    ["kind"],
)
COMMANDS_SHOWN = frozenset(
    {"find", "aggregate", "insert", "update", "delete", "count", "findAndModify", "distinct"}
    | {"commitTransaction", "abortTransaction", "getMore"}
)


class _Commands(monitoring.CommandListener):
    def started(self, event: monitoring.CommandStartedEvent) -> None:
        pass

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        _observe(event.command_name, "ok", event.duration_micros)

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        _observe(event.command_name, "error", event.duration_micros)


def _observe(command: str, outcome: str, microseconds: int) -> None:
    name = command if command in COMMANDS_SHOWN else "other"
    COMMANDS.labels(name, outcome).observe(microseconds / 1e6)


class _Pool(monitoring.ConnectionPoolListener):
    def connection_created(self, event: monitoring.ConnectionCreatedEvent) -> None:
        CONNECTIONS.inc()

    def connection_closed(self, event: monitoring.ConnectionClosedEvent) -> None:
        CONNECTIONS.dec()

    def connection_checked_out(self, event: monitoring.ConnectionCheckedOutEvent) -> None:
        IN_USE.inc()

    def connection_checked_in(self, event: monitoring.ConnectionCheckedInEvent) -> None:
        IN_USE.dec()

    def connection_check_out_failed(self, event: monitoring.ConnectionCheckOutFailedEvent) -> None:
        FAILURES.labels("check_out").inc()

    def pool_cleared(self, event: monitoring.PoolClearedEvent) -> None:
        FAILURES.labels("pool_cleared").inc()

    def pool_created(self, event: monitoring.PoolCreatedEvent) -> None:
        pass

    def pool_ready(self, event: monitoring.PoolReadyEvent) -> None:
        pass

    def pool_closed(self, event: monitoring.PoolClosedEvent) -> None:
        pass

    def connection_ready(self, event: monitoring.ConnectionReadyEvent) -> None:
        pass

    def connection_check_out_started(
        self, event: monitoring.ConnectionCheckOutStartedEvent
    ) -> None:
        pass


class _Heartbeats(monitoring.ServerHeartbeatListener):
    def started(self, event: monitoring.ServerHeartbeatStartedEvent) -> None:
        pass

    def succeeded(self, event: monitoring.ServerHeartbeatSucceededEvent) -> None:
        pass

    def failed(self, event: monitoring.ServerHeartbeatFailedEvent) -> None:
        FAILURES.labels("heartbeat").inc()


def register() -> None:
    """For all clients that are made after it."""
    for listener in (_Commands(), _Pool(), _Heartbeats()):
        monitoring.register(listener)
