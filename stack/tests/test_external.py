import os

import pytest

from stack.common.errors import StackError
from stack.services.external import CHECKS, require_answers

NOBODY = {
    "MONGODB_URI": "mongodb://127.0.0.1:1/?connectTimeoutMS=200&serverSelectionTimeoutMS=200",
    "KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1,127.0.0.1:2",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}


def test_services_that_answer_are_used():
    require_answers({name: os.environ[name] for name in CHECKS})


def test_nothing_given_is_nothing_to_check():
    require_answers({})


@pytest.mark.parametrize("name", NOBODY)
def test_a_server_that_does_not_answer_is_named(name, monkeypatch):
    monkeypatch.setattr("stack.services.external.SECONDS", 0.3)
    with pytest.raises(StackError) as error:
        require_answers({name: NOBODY[name]})
    assert f"the server that {name} names: no answer" in str(error.value)
    assert f"unset {name}" in error.value.fix
