"""Places of live streams: who gets one, and that none is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from bson import ObjectId

from apps.common.errors import AppError
from apps.notifications.streams.places import (
    StreamPlaces,
    TooManyOwnStreamsError,
    TooManyStreamsError,
)

pytestmark = pytest.mark.unit

ANN, BOB, CAT = ObjectId(), ObjectId(), ObjectId()


def test_an_account_has_its_bound_and_the_process_another():
    places = StreamPlaces(a_process=3, an_account=2)
    mine = [places.take(ANN), places.take(ANN)]
    with pytest.raises(TooManyOwnStreamsError):
        places.take(ANN)
    theirs = places.take(BOB)
    with pytest.raises(TooManyStreamsError):
        places.take(CAT)
    mine[0].leave()
    mine[0].leave()
    assert places.take(CAT)
    theirs.leave()


def test_a_forgotten_place_is_free_again():
    places = StreamPlaces(a_process=1, an_account=1)
    places.take(ANN)
    assert places.take(ANN)


def test_streams_opened_at_once_do_not_pass_the_bounds():
    places = StreamPlaces(a_process=50, an_account=10)

    def take(number):
        try:
            return places.take((ANN, BOB)[number % 2])
        except AppError:
            return None

    with ThreadPoolExecutor(8) as pool:
        taken = [place for place in pool.map(take, range(200)) if place]
    assert len(taken) == 20
