"""The marks of one listing's exact place, and the search for them in whatever leaves the system."""

import re
from typing import Any

from bson import ObjectId

from apps.properties.rows import listings
from tests.world import World

STREET, INSTRUCTIONS = "4711 Sentinel Row", "Knock at the sentinel's door."
LNG, LAT = 103.851234, 1.298765
# Degrees to four decimals, cut off or rounded, with a point or a comma.
MARKS = {
    "the street": re.compile(r"sentinel\W{0,3}row", re.IGNORECASE),
    "how to get in": re.compile(r"sentinel\W{0,3}s?\W{0,3}door", re.IGNORECASE),
    "the longitude": re.compile(r"(?<![\d.,])103(?:\.|,|%2E|%2C)8512", re.IGNORECASE),
    "the latitude": re.compile(r"(?<![\d.,])1(?:\.|,|%2E|%2C)298[78]", re.IGNORECASE),
}
PLACE = {"address": STREET, "area": "Bugis"}
# From one of these the public point differs in the digits that are looked for.
STEPS = 50


def found(text: str) -> list[str]:
    return [name for name, mark in MARKS.items() if mark.search(text)]


class Marked(World):
    """A world whose one listing has a marked place, given to it by its host as hosts do."""

    def __init__(self) -> None:
        super().__init__()
        for step in range(STEPS):
            point = self._point(LNG + step * 1e-7)
            if not found(str(point)):
                return
            self._unplace()
        raise AssertionError("Every public point looks like the exact one.")

    def _point(self, lng: float) -> list[float]:
        listing_id = ObjectId(self.own["listing_id"])
        version = (listings.find_one({"_id": listing_id}) or {})["version"]
        point = {"type": "Point", "coordinates": [lng, LAT]}
        reply = self.host.put(
            f"/api/properties/{listing_id}",
            {
                "version": version,
                "arrival_instructions": INSTRUCTIONS,
                "location": {**PLACE, "coordinates": point},
            },
        )
        assert reply.status_code == 200, reply.content
        self.version: int = reply.json()["version"]
        shown: list[float] = reply.json()["public_location"]["coordinates"]["coordinates"]
        return shown

    def _unplace(self) -> None:
        """Forgets the exact place, so that the next gets a public point of its own."""
        listings.update_one({"_id": ObjectId(self.own["listing_id"])}, {"$set": {"exact": None}})

    def queries(self, path: str, operation: dict[str, Any]) -> list[dict[str, str]]:
        """What a caller asks an operation with, who looks for the place."""
        needed = self.needed(operation)
        if path == "/api/properties/search":
            near = {"lat": str(LAT), "lng": str(LNG)}
            return [{}, near, {"location": STREET}, {"location": "Bugis"}]
        if path in {"/api/ai/activities", "/api/ai/weather"}:
            return [{**needed, "city": "Singapore"}]
        return [needed]
