import dataclasses
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.accounts.enums import Pace
from apps.ai.enums import INDOORS, Category, PartOfDay
from apps.ai.planner.embedded import EmbeddedPlanner
from apps.ai.planner.port import ActivityOption, Brief, Day, StayOption
from apps.common.geo import distance_km

pytestmark = pytest.mark.unit

CENTRE = (103.85, 1.29)
FIRST = dt.date(2027, 3, 3)


def activity(number, category, *, east=0.0, north=0.0, **fields):
    return ActivityOption(
        id=f"a{number:03d}",
        name=fields.pop("name", f"Thing {number}"),
        category=category,
        point=(CENTRE[0] + east, CENTRE[1] + north),
        indoors=category in INDOORS,
        **fields,
    )


def stay(name, **fields):
    values = {"point": CENTRE, "total": 50_000, "currency": "SGD", "property_type": "apartment"}
    return StayOption(id=name, title=name, **{**values, **fields})


def brief(*, days=2, wet=(), **fields):
    values = {
        "destination": "Singapore",
        "centre": CENTRE,
        "days": tuple(Day(date=FIRST + dt.timedelta(days=n), is_wet=n in wet) for n in range(days)),
        "guests": 2,
        "stays": (),
        "activities": tuple(
            activity(n, list(Category)[n % len(Category)], east=n / 300) for n in range(60)
        ),
    }
    return Brief(**{**values, **fields})


def planned(found):
    return [item.id for day in found.days for item in day.activities]


@pytest.mark.parametrize(
    ("pace", "parts"),
    [
        (Pace.RELAXED, ["afternoon", "evening"]),
        (Pace.BALANCED, ["morning", "afternoon", "evening"]),
        (Pace.PACKED, ["morning", "morning", "afternoon", "afternoon", "evening"]),
    ],
)
def test_the_pace_says_how_much(pace, parts):
    found = EmbeddedPlanner().plan(brief(days=3, pace=pace))
    assert [[item.part.value for item in day.activities] for day in found.days] == [parts] * 3


def test_a_wet_day_is_spent_indoors_and_a_dry_one_need_not():
    outdoors = [activity(n, Category.NATURE, east=0.0001 * n) for n in range(10)]
    indoors = [activity(50 + n, Category.MUSEUM, east=0.02) for n in range(10)]
    found = EmbeddedPlanner().plan(
        brief(days=2, wet={1}, activities=(*outdoors, *indoors), pace=Pace.BALANCED)
    )
    dry, wet = ([item.id for item in day.activities] for day in found.days)
    assert set(dry) <= {option.id for option in outdoors}
    assert set(wet) <= {option.id for option in indoors}
    assert found.days[0].note == ""
    assert "Rain is likely" in found.days[1].note


def test_a_day_keeps_to_one_part_of_town():
    west = [activity(n, Category.HERITAGE, east=-0.06 + n / 5000) for n in range(4)]
    east = [activity(20 + n, Category.HERITAGE, east=0.06 + n / 5000) for n in range(4)]
    found = EmbeddedPlanner().plan(brief(days=2, activities=(*west, *east), pace=Pace.PACKED))
    points = {option.id: option.point for option in (*west, *east)}
    for day in found.days:
        near = [points[item.id] for item in day.activities]
        assert len(near) == 4
        assert max(distance_km(a, b) for a in near for b in near) < 1


def test_interests_come_first():
    near = [activity(n, Category.HERITAGE, east=n / 5000) for n in range(10)]
    far = [activity(20 + n, Category.WILDLIFE, east=0.05 + n / 5000) for n in range(4)]
    found = EmbeddedPlanner().plan(
        brief(days=2, activities=(*near, *far), interests=("animals",), pace=Pace.BALANCED)
    )
    assert set(planned(found)) == {option.id for option in far}


def test_places_listed_twice_are_visited_once():
    doubles = [activity(n, Category.NATURE, name="Gardens by the Bay") for n in range(3)]
    found = EmbeddedPlanner().plan(brief(days=3, activities=tuple(doubles)))
    assert len(planned(found)) == 1
    assert found.days[2].note.startswith("No more activities are listed")


def test_supper_is_in_the_evening():
    food = [activity(n, Category.FOOD, east=n / 5000) for n in range(6)]
    found = EmbeddedPlanner().plan(brief(days=2, activities=tuple(food), pace=Pace.PACKED))
    parts = {item.part for day in found.days for item in day.activities}
    assert parts == {PartOfDay.EVENING}


def test_the_best_stay_is_rated_near_and_fair():
    good = stay("good", rating=4.9, reviews=50)
    stays = (
        stay("poor", rating=3.1, reviews=50),
        stay("far", rating=4.9, reviews=50, point=(103.99, 1.36)),
        stay("dear", rating=4.9, reviews=50, total=90_000),
        good,
    )
    found = EmbeddedPlanner().plan(brief(stays=stays, activities=()))
    assert found.stay_ids[0] == "good"
    assert set(found.stay_ids) == {"poor", "far", "dear", "good"}


def test_likes_decide_between_equals():
    plain, pool = stay("a-plain"), stay("b-pool", amenities=("Pool", "Wifi"))
    house = stay("c-house", property_type="house")
    equal = brief(stays=(plain, pool, house), activities=())
    assert EmbeddedPlanner().plan(equal).stay_ids[0] == "a-plain"
    likes_pools = dataclasses.replace(equal, liked_amenities=("pool",))
    assert EmbeddedPlanner().plan(likes_pools).stay_ids[0] == "b-pool"
    likes_houses = dataclasses.replace(equal, liked_types=("house",))
    assert EmbeddedPlanner().plan(likes_houses).stay_ids[0] == "c-house"


@st.composite
def briefs(draw):
    count = draw(st.integers(0, 40))
    activities = tuple(
        activity(
            n,
            draw(st.sampled_from(list(Category))),
            east=draw(st.floats(-0.2, 0.2)),
            north=draw(st.floats(-0.2, 0.2)),
        )
        for n in range(count)
    )
    stays = tuple(
        stay(f"s{n}", total=draw(st.integers(1, 10**7)), rating=draw(st.none() | st.floats(0, 5)))
        for n in range(draw(st.integers(0, 5)))
    )
    days = draw(st.integers(1, 14))
    wet = draw(st.sets(st.integers(0, 13)))
    pace = draw(st.sampled_from(list(Pace)))
    return brief(days=days, wet=wet, activities=activities, stays=stays, pace=pace)


@given(briefs())
@settings(max_examples=60)
def test_every_plan_keeps_to_its_brief(requested):
    found = EmbeddedPlanner().plan(requested)
    ids = planned(found)
    assert len(ids) == len(set(ids))
    assert set(ids) <= {option.id for option in requested.activities}
    assert sorted(found.stay_ids) == sorted(option.id for option in requested.stays)
    assert [day.date for day in found.days] == [day.date for day in requested.days]
    assert found == EmbeddedPlanner().plan(requested)
