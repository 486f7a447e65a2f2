import datetime as dt
from typing import Any

import pytest

from apps.properties.rank import RankFacts, rank_parts

pytestmark = pytest.mark.unit
NOW = dt.datetime(2027, 3, 1, tzinfo=dt.UTC)


def facts(**changed: Any) -> RankFacts:
    """A good listing of half a year ago."""
    known: dict[str, Any] = {
        "stars": 4.8,
        "reviews": 40,
        "photos": 8,
        "letters": 600,
        "price": 100_00,
        "usual_price": 100_00,
        "free_share": 0.6,
        "created_at": NOW - dt.timedelta(days=180),
        "updated_at": NOW - dt.timedelta(days=20),
    }
    return RankFacts(**{**known, **changed})


def new(**changed: Any) -> RankFacts:
    return facts(stars=None, reviews=0, created_at=NOW, updated_at=NOW, **changed)


def score(known: RankFacts) -> float:
    return rank_parts(known, now=NOW).score


def test_the_parts_add_up_and_none_is_above_its_most() -> None:
    parts = rank_parts(facts(), now=NOW)
    assert parts.quality == pytest.approx(45 * (4.7666 - 3.5) / 1.5, abs=0.02)
    assert parts.price == 7.5
    assert parts.photos == 15
    assert parts.availability == 10
    assert parts.freshness == pytest.approx(10 * 0.5 ** (20 / 90), abs=0.01)
    assert parts.newness == 0
    assert parts.limit == 100
    assert score(facts()) == pytest.approx(sum(parts[:-1]), abs=0.01)
    best = facts(stars=5, reviews=10**6, price=1, updated_at=NOW, created_at=NOW)
    assert score(best) == pytest.approx(100, abs=0.1)


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ({"stars": 5.0, "reviews": 1}, {"stars": 4.9, "reviews": 100}),
        ({"stars": 4.2}, {"stars": 4.6}),
        ({"price": 200_00}, {"price": 100_00}),
        ({"photos": 1}, {"photos": 5}),
        ({"free_share": 0.0}, {"free_share": 0.2}),
        ({"updated_at": NOW - dt.timedelta(days=400)}, {}),
        ({"letters": 10}, {}),
    ],
)
def test_each_part_moves_a_listing(worse: dict[str, Any], better: dict[str, Any]) -> None:
    assert score(facts(**worse)) < score(facts(**better))


def test_one_bad_rating_does_not_bury_a_listing() -> None:
    assert rank_parts(facts(stars=1.0, reviews=1), now=NOW).quality > 15


def test_without_a_photo_it_stands_behind_all_who_have_one() -> None:
    poor = facts(
        stars=1.0, reviews=500, photos=1, letters=0, price=400_00, free_share=0.5,
        updated_at=NOW - dt.timedelta(days=300),
    )  # fmt: skip
    unseen = score(facts(stars=5.0, reviews=900, photos=0, price=1))
    assert unseen == 20
    assert score(facts(stars=3.9, reviews=500, photos=1)) > unseen
    assert score(poor) < unseen


def test_a_new_one_gets_its_chance_and_does_not_lead() -> None:
    fresh, later = new(), facts(stars=None, reviews=0)
    usual = facts(stars=4.4, reviews=20, price=130_00, photos=4)
    assert score(usual) < score(fresh) < score(facts())
    assert score(new(price=1)) == 65
    assert score(later) <= score(fresh)
    assert score(new(photos=0)) == 20


def test_what_is_not_known_is_neither_good_nor_bad() -> None:
    assert rank_parts(facts(usual_price=None), now=NOW).price == 7.5
    assert rank_parts(facts(price=0), now=NOW).price == 7.5
    assert rank_parts(facts(stars=None), now=NOW).quality == rank_parts(new(), now=NOW).quality
    ahead = facts(updated_at=NOW + dt.timedelta(days=3), created_at=NOW + dt.timedelta(days=3))
    assert score(ahead) <= 100
