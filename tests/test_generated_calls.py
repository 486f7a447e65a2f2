"""schemathesis makes calls out of the API's description, some that fit it and some that do not. No
reply is a failure of ours or one that the description lacks, and nothing that it forbids is
accepted. The calls follow from the description alone: the same in every run."""

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from apps.common.api_document import document, operations
from tests.world import world_made

pytestmark = [
    pytest.mark.keeps_data,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:Do not use the `random` module inside strategies"),
]
CALLS = {GenerationMode.POSITIVE: 6, GenerationMode.NEGATIVE: 5}
# A password costs a quarter of a second on purpose.
CALLS_THAT_HASH = 2
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
    checks.negative_data_rejection,
]
# It never ends; apps/notifications has tests of it.
STREAM = "/api/notifications/stream"
OPERATIONS = [one for one in operations(document()) if one[0] != STREAM]


@pytest.fixture(scope="module")
def world(database):
    with world_made() as made:
        yield made


@pytest.fixture(scope="module")
def described(database) -> schemathesis.BaseSchema:
    made = schemathesis.openapi.from_dict(document())
    made.app = get_wsgi_application()
    return made


def _takes_something(described) -> bool:
    return "requestBody" in described or bool(described.get("parameters"))


TRIED = [
    pytest.param(*one, mode, id=f"{one[1]} {one[0]} {mode}")
    for one in OPERATIONS
    for mode in CALLS
    if mode == GenerationMode.POSITIVE or _takes_something(one[2])
]


@pytest.mark.parametrize(("path", "method", "of_description", "mode"), TRIED)
def test_calls(world, described, path, method, of_description, mode):
    world.renew()
    client = world.client(of_description)
    own = {name: value for name, value in world.own.items() if f"{{{name}}}" in path}
    fixed = own if mode == GenerationMode.POSITIVE else None
    strategy = described[path][method].as_strategy(generation_mode=mode, path_parameters=fixed)
    token = client.defaults.get("HTTP_AUTHORIZATION")

    @settings(
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=CALLS_THAT_HASH if "/auth/" in path else CALLS[mode],
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def call(case):
        reply = case.call(headers={"Authorization": token} if token else {})
        case.validate_response(reply, checks=CHECKS)

    call()
