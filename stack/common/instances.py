"""An instance is one copy of the stack: its ports, its database and its folder below `.local/`."""

from dataclasses import dataclass, field
from pathlib import Path

from stack.common.paths import LOCAL


@dataclass(frozen=True)
class Ports:
    """All on 127.0.0.1. `split` is the first of one port per web role in the split shape."""

    web: int
    split: int
    mongo: int
    kafka: int
    kafka_controller: int
    redis: int


@dataclass(frozen=True)
class Instance:
    name: str
    ports: Ports
    database: str = "airbnb"
    django_env: str = "development"
    redis_database: int = 0
    kafka_prefix: str = ""
    borrows_services: bool = False
    base: Path = field(default=LOCAL)

    @property
    def directory(self) -> Path:
        return self.base / self.name

    @property
    def logs(self) -> Path:
        return self.directory / "logs"

    @property
    def run(self) -> Path:
        """Pid, heartbeat and configuration files: worth nothing once the instance is down."""
        return self.directory / "run"

    @property
    def data(self) -> Path:
        return self.directory / "data"

    def make_directories(self) -> None:
        for folder in (self.logs, self.run, self.data):
            folder.mkdir(parents=True, exist_ok=True)


UP = Instance("up", Ports(8000, 8101, 27117, 9192, 9193, 6479))
TEST_PORTS = Ports(18000, 18101, 27217, 9292, 9293, 6579)
TEST = Instance("test", TEST_PORTS, database="airbnb_test", django_env="test")
E2E = Instance("e2e", TEST_PORTS, database="airbnb_e2e", redis_database=1, borrows_services=True)
INSTANCES = {instance.name: instance for instance in (UP, TEST, E2E)}
