"""Holds and their claims as they are stored."""

from apps.bookings.rows import holds
from apps.properties.rows import night_claims

PATH = "/api/bookings/holds"


def claims(**query) -> list[tuple]:
    found = night_claims.find(query).sort("_id")
    return [(row["night"].date(), row["kind"], row["owner_id"]) for row in found]


def stored_holds() -> list[dict]:
    return list(holds.find({}).sort("_id"))


def code(reply) -> str:
    return reply.json()["error"]["code"]
