"""A night is never sold twice, and a booking never changed twice at once: processes of their own
race through the API. Each race has a twin that breaks once its guard is off."""

import pytest

from faults import racing
from faults.crew import Crew, CrewError
from faults.races import RACES

pytestmark = pytest.mark.slow

ATTEMPTS = 1_008
TWIN_ATTEMPTS = 400
SEED = 20261123


@pytest.fixture(scope="module")
def crew(database):
    with Crew(4) as crew:
        yield crew


@pytest.mark.parametrize("name", RACES)
def test_race(crew, name):
    verdict = racing.run(crew, name, -(-ATTEMPTS // len(RACES)), seed=SEED)
    assert verdict.problems == []
    assert set(verdict.outcomes) >= RACES[name].seen


@pytest.mark.parametrize("name", RACES)
def test_twin_without_its_guard(crew, name):
    verdict = racing.run(crew, name, TWIN_ATTEMPTS, seed=SEED, guarded=False)
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


def test_a_member_that_fails_is_told_and_the_crew_goes_on(crew):
    with pytest.raises(CrewError, match="ZeroDivisionError"):
        crew.do(divide, 0)
    assert crew.do(divide, 2) == [0, 0.5, 1, 1.5]


def divide(member, number):
    member.meet()
    return member.place / number
