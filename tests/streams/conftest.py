import pytest

from tests.streams.serving import Server


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
