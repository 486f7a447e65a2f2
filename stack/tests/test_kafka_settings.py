import pytest

from stack.services.kafka import KafkaNode, Listener

pytestmark = pytest.mark.unit


def settings(count: int, tmp_path):
    pairs = [Listener(9000 + n, 9500 + n) for n in range(count)]
    text = KafkaNode(1, pairs, tmp_path).settings()
    return dict(line.split("=", 1) for line in text.splitlines())


def test_one_broker_keeps_one_copy(tmp_path):
    found = settings(1, tmp_path)
    assert found["offsets.topic.replication.factor"] == "1"
    assert found["transaction.state.log.min.isr"] == "1"
    assert found["listeners"] == "PLAINTEXT://127.0.0.1:9000,CONTROLLER://127.0.0.1:9500"


def test_three_brokers_keep_three_copies_and_need_two(tmp_path):
    found = settings(3, tmp_path)
    assert found["default.replication.factor"] == "3"
    assert found["min.insync.replicas"] == "2"
    assert found["controller.quorum.voters"] == "1@127.0.0.1:9500,2@127.0.0.1:9501,3@127.0.0.1:9502"


def test_topics_are_made_by_us_alone(tmp_path):
    assert settings(1, tmp_path)["auto.create.topics.enable"] == "false"
