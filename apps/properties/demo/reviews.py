import datetime as dt
from random import Random

from apps.properties.demo.cities import words
from apps.properties.demo.listings import SOURCE, Demo
from apps.properties.imports.ids import stable_id
from apps.properties.nights import midnight
from apps.properties.rows import ReviewRow

NEW, MOST = 0.06, 60


def demo_reviews(demo: Demo, today: dt.date) -> list[ReviewRow]:
    """Makes a dozen, or many more where guests have come for years; a few listings are new and have
    none yet."""
    source_id = demo.source_id
    pick = Random(f"reviews {source_id}")  # noqa: S311 no secret
    count = 0 if pick.random() < NEW else min(MOST, 2 + int(pick.lognormvariate(1.9, 0.8)))
    return [_review(demo, f"{source_id}-{number}", pick, today) for number in range(count)]


def _review(demo: Demo, source_id: str, pick: Random, today: dt.date) -> ReviewRow:
    day = today - dt.timedelta(days=round(pick.triangular(5, 1100, 60)))
    return {
        "_id": stable_id(SOURCE, "review", source_id),
        "listing_id": demo.id,
        "author": pick.choice(words()["names"]["first"]),
        "date": midnight(day),
        "text": _text(demo, pick),
        "source_id": source_id,
    }


def _text(demo: Demo, pick: Random) -> str:
    parts = words()["reviews"]
    middles = pick.sample(parts["middles"], pick.choice((0, 1, 1, 2, 2, 3)))
    end = [pick.choice(parts["ends"])] if pick.random() < 0.8 or not middles else []  # noqa: PLR2004
    text = " ".join([pick.choice(parts["beginnings"]), *middles, *end])
    return text.format(host=demo.host_name, area=demo.area.name, city=demo.city)
