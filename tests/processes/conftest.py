"""Processes that end with the test: servers of a role, and workers."""

import pytest

from tests.processes.serving import Server
from tests.processes.workers import Workers


@pytest.fixture
def workers(tmp_path, kafka_prefix):
    with Workers(tmp_path) as started:
        yield started


@pytest.fixture
def start():
    """Starts a role's server; one that the test has not stopped is stopped after it."""
    made: list[Server] = []

    def run(role) -> Server:
        made.append(Server(role))
        return made[-1]

    yield run
    for server in made:
        if server.process.poll() is None:
            server.stop()
