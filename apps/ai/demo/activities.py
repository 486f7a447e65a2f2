"""Made-up activities for the demo cities: the same ones at every run."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

from apps.ai.enums import INDOORS
from apps.ai.rows import ActivityRow
from apps.common.text import name_key
from apps.properties.demo.cities import Area, City, cities

SOURCE = "demo"
ATTRIBUTION = "Made up for the demo"
THINGS = Path(__file__).with_name("activities.toml")
# The nth neighbourhood of a city gets every third thing, starting with the nth.
APART = 3
SPREAD = 0.004


def demo_activities() -> Iterator[ActivityRow]:
    with THINGS.open("rb") as file:
        things = tomllib.load(file)["things"]
    for city in cities():
        for number, area in enumerate(city.areas):
            for thing in things[number % APART :: APART]:
                yield _activity(city, area, thing)


def _activity(city: City, area: Area, thing: Mapping[str, str]) -> ActivityRow:
    names = {"area": area.name, "city": city.name}
    name = thing["name"].format(**names)
    key = f"{city.place.slug}:{name_key(name).replace(' ', '-')}"
    pick = Random(f"activity {key}")  # noqa: S311 no secret
    spread = min(area.spread, SPREAD)
    lng = round(area.longitude + pick.uniform(-spread, spread), 5)
    lat = round(area.latitude + pick.uniform(-spread, spread), 5)
    return {
        "_id": f"{SOURCE}:{key}",
        "source": SOURCE,
        "name": name,
        "category": thing["category"],
        "indoors": thing["category"] in INDOORS,
        "description": f"{ATTRIBUTION}. {thing['text'].format(**names)}",
        "address": area.name,
        "city": city.place.city,
        "city_key": name_key(city.place.city),
        "country": city.place.country,
        "coordinates": {"type": "Point", "coordinates": [lng, lat]},
        "url": "",
        "opening_hours": thing["hours"],
        "attribution": ATTRIBUTION,
    }
