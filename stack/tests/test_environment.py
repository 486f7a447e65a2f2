from dataclasses import replace
from pathlib import Path

import pytest

from stack import services
from stack.common.instances import E2E, UP
from stack.processes.environment import instance_environment, write_environment
from stack.processes.keys import key_files

GIVEN = {
    "MONGODB_URI": "mongodb://db.example:27017/?replicaSet=rs0",
    "KAFKA_BOOTSTRAP_SERVERS": "broker.example:9092",
    "REDIS_URL": "redis://cache.example:6379/0",
}


@pytest.fixture
def instance(tmp_path):
    return replace(UP, base=tmp_path)


@pytest.mark.unit
def test_services_that_the_environment_names_are_used_and_not_started(instance):
    assert services.addresses(instance, GIVEN) == GIVEN
    assert services.programs(instance, GIVEN) == []


def test_by_default_all_services_are_ours(instance):
    assert services.addresses(instance, {}) == {
        "MONGODB_URI": "mongodb://127.0.0.1:27117/?replicaSet=rs0",
        "KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:9192",
        "REDIS_URL": "redis://127.0.0.1:6479/0",
    }
    names = [program.name for program in services.programs(instance, {})]
    assert names == ["mongod", "kafka", "redis"]


@pytest.mark.unit
def test_end_to_end_tests_borrow_services_but_keep_to_a_redis_database_of_their_own(tmp_path):
    found = services.addresses(replace(E2E, base=tmp_path), GIVEN)
    assert found == {**GIVEN, "REDIS_URL": "redis://cache.example:6379/1"}


@pytest.mark.unit
def test_keys_are_made_once_and_only_for_their_owner(instance):
    first = {name: Path(path).read_text() for name, path in key_files(instance).items()}
    again = {name: Path(path).read_text() for name, path in key_files(instance).items()}
    assert first == again
    # pragma: allowlist nextline secret
    assert first["JWT_SECRET_KEY_FILE"].startswith("-----BEGIN PRIVATE KEY-----")
    folder = instance.directory / "keys"
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


@pytest.mark.unit
def test_the_env_file_can_be_read_by_a_shell(instance):
    path = write_environment(instance, instance_environment(instance, {}))
    assert "MONGODB_URI='mongodb://127.0.0.1:27117/?replicaSet=rs0'\n" in path.read_text()
