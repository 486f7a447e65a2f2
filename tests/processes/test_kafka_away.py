"""The only broker is killed and comes back: who goes on, who ends, and that nothing is lost."""

import time

import pytest

from apps.events.relay.loop import pending
from apps.events.rows import inbox_messages
from apps.events.tests.waiting import wait_for
from stack.services import kafka
from stack.services.clusters import KafkaCluster, free_ports
from stack.services.kafka import KafkaNode, Listener
from tests.processes.test_relay_processes import add
from tests.processes.workers import Workers

pytestmark = pytest.mark.slow

# Of the relay's watchdog: it gives up after 30 s without an acknowledgement.
WATCHDOG_SECONDS = 60


@pytest.fixture
def broker(tmp_path, settings):
    from django.core.management import call_command

    kafka.fetch_jars()
    node = KafkaNode(1, [Listener(*free_ports(2))], tmp_path / "kafka")
    node.prepare(kafka.new_cluster_id())
    with KafkaCluster([node], tmp_path) as cluster:
        settings.KAFKA_BOOTSTRAP_SERVERS = [cluster.bootstrap_servers]
        call_command("create_topics", verbosity=0)
        yield cluster


def handled(event_id):
    return inbox_messages.find_one({"_id": f"travelers:booking-updates:{event_id}"})


def beats(path):
    return time.time() - path.stat().st_mtime < 10


def test_consumers_wait_for_kafka_and_the_relay_starts_anew(broker, tmp_path):
    beat = {name: tmp_path / f"beat-{name}" for name in ("relay", "consumer", "late")}
    given = {"KAFKA_BOOTSTRAP_SERVERS": broker.bootstrap_servers}

    def start(workers, name, *command):
        return workers.start(*command, name=name, HEARTBEAT_FILE=str(beat[name]), **given)

    consume = ("manage.py", "consume_bookings", "--group", "travelers")
    with Workers(tmp_path) as workers:
        relay = start(workers, "relay", "manage.py", "relay_outbox")
        consumer = start(workers, "consumer", *consume)
        first = add("b1", 1)
        wait_for(lambda: handled(first), "the first event")

        broker.kill(0)
        second = add("b1", 2)
        assert relay.process.wait(WATCHDOG_SECONDS) == 1
        assert "KafkaTimeoutError" in relay.said("worker.fatal")[0]["exc_info"]
        late = start(workers, "late", "manage.py", "relay_outbox")
        late.wait_said("kafka.away", 2)
        assert beats(beat["late"])
        assert beats(beat["consumer"])
        assert len(pending()) == 1

        broker.start_node(0)
        wait_for(lambda: handled(second), "the second event")
        assert pending() == []
        assert consumer.process.poll() is None
        assert (late.end(), consumer.end()) == (0, 0)
