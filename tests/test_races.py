"""A night is never sold twice, and a booking never changed twice at once: processes of their own
race through the API. Each race has a negative control that breaks once its guard is off."""

import pytest

from faults import racing
from faults.races import RACES
from faults.workers import Workers, WorkersError

pytestmark = pytest.mark.slow

ATTEMPTS = 1_008
CONTROL_ATTEMPTS = 400
SEED = 20261123


@pytest.fixture(scope="module")
def workers(database):
    with Workers(4) as workers:
        yield workers


@pytest.mark.parametrize("name", RACES)
def test_race(workers, name):
    verdict = racing.run(workers, name, -(-ATTEMPTS // len(RACES)), seed=SEED)
    assert verdict.problems == []
    assert set(verdict.outcomes) >= RACES[name].seen


@pytest.mark.parametrize("name", RACES)
def test_negative_control_without_its_guard(workers, name):
    verdict = racing.run(workers, name, CONTROL_ATTEMPTS, seed=SEED, guarded=False)
    assert verdict.breaches


def test_every_race_of_the_list_is_run():
    assert set(RACES) >= {
        "same nights",
        "overlapping ranges",
        "hold against hold",
        "accept against guest cancel against expiry",
        "alteration against booking",
        "owner block against booking",
        "import against booking",
    }
    assert ATTEMPTS >= 1_000


def test_a_member_that_fails_is_reported_and_the_others_go_on(workers):
    with pytest.raises(WorkersError, match="ZeroDivisionError"):
        workers.do(divide, 0)
    assert workers.do(divide, 2) == [0, 0.5, 1, 1.5]


def divide(member, number):
    member.meet()
    return member.place / number
