"""Who may call what: the table in docs/access.md, and calls that would succeed for somebody."""

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bson import ObjectId
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from apps.accounts.models import User
from apps.accounts.services.staff import staff_roles_ensure
from apps.accounts.staff_roles import ROLES
from apps.bookings.enums import Action, Actor
from apps.bookings.services import booking_alter, booking_change
from apps.calendars.rows import calendar_feeds
from conftest import Person
from tests.bad_input import JSON, body_media
from tests.contract import CheckedClient
from tests.world import World

TABLE = Path(settings.BASE_DIR) / "docs" / "access.md"
Operation = tuple[str, str, dict[str, Any]]


def table() -> tuple[list[str], dict[str, list[str]]]:
    """The names of the principals, and what each gets of an operation."""
    lines = [line for line in TABLE.read_text().splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    (_, *names), _, *others = rows
    return names, {name: cells for name, *cells in others}


def as_row(cells: list[str]) -> str:
    first, *others = cells
    return "| " + " | ".join([f"{first:58}", *(f"{cell:11}" for cell in others)]) + " |"


def people(world: World) -> Mapping[str, User | None]:
    staff_roles_ensure()
    return {
        "anonymous": None,
        "unverified": world.person("unverified", "traveler", email_verified_at=None).user,
        "guest A": world.guest.user,
        "guest B": world.other_guest.user,
        "owner": world.host.user,
        "other owner": world.other_host.user,
        "suspended": world.person("suspended", "traveler", is_active=False).user,
        "staff": _staff(world, None),
        **{role: _staff(world, role) for role in ROLES},
    }


def _staff(world: World, role: str | None) -> User:
    name = (role or "staff").replace(" ", "-")
    made = world.person(name, "traveler", is_staff=True).user
    if role:
        made.groups.add(Group.objects.get(name=role))
    return made


def client(user: User | None) -> CheckedClient:
    """With a new token: some calls end those that there are."""
    if user is None:
        return CheckedClient()
    user.refresh_from_db()
    return Person(user).http


@dataclass(frozen=True)
class Call:
    """How an operation is called so that who may do it can: what has to be there before, and what
    is sent instead of the example in the API's description."""

    prepare: Callable[[World], object] = lambda _world: None
    body: Callable[[World], Any] | None = None


def _stay(world: World) -> dict[str, Any]:
    return {
        "listing_id": world.own["listing_id"],
        "check_in": world.day(60),
        "check_out": world.day(62),
        "guest_count": 1,
    }


def _new_stay(world: World) -> dict[str, Any]:
    stay = _stay(world)
    del stay["listing_id"]
    return stay


def _confirm(world: World) -> None:
    booking_change(
        booking_id=world.booking_id,
        action=Action.ACCEPT,
        actor=Actor.OWNER,
        actor_id=world.host.id,
        now=world.now,
    )


def _propose(world: World) -> None:
    _confirm(world)
    stay = {"check_in": world.date(60), "check_out": world.date(62), "guest_count": 1}
    booking_alter(
        booking_id=world.booking_id,
        action=None,
        actor=Actor.GUEST,
        actor_id=world.guest.id,
        changes=stay,
        now=world.now,
    )


def _photo(world: World) -> None:
    path = f"/api/properties/{world.own['listing_id']}/images"
    reply = client(world.host.user).post(path, {"image": png()})
    world.query["image"] = reply.json()["images"][0]


def _hold(world: World) -> None:
    """Something has vanished from the calendar of another site."""
    feed_id = ObjectId(world.own["feed_id"])
    calendar_feeds.update_one({"_id": feed_id}, {"$set": {"vanished": ["0" * 32]}})


def _favorite(world: World) -> None:
    listing = {"listing_id": world.own["listing_id"]}
    client(world.guest.user).post("/api/traveler/favorites", json.dumps(listing), content_type=JSON)


def png() -> SimpleUploadedFile:
    made = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(made, "PNG")
    return SimpleUploadedFile("a.png", made.getvalue())


def _itinerary(world: World) -> dict[str, Any]:
    return {
        "destination": "Singapore",
        "start_date": world.day(50),
        "end_date": world.day(52),
        "guests": 2,
    }


def _spans(world: World) -> dict[str, Any]:
    return {"block": [{"start": world.day(70), "end": world.day(72)}]}


def _change(world: World) -> dict[str, Any]:
    season = {"name": "Spring", "start": world.day(90), "end": world.day(120)}
    return {"version": 1, "title": "Another title", "seasons": [season]}


def _text(world: World) -> dict[str, Any]:
    return {"text": "Is there a desk?", "client_id": f"text-of-world-{world.made}"}


def _question(world: World) -> dict[str, Any]:
    return {**_text(world), "listing_id": world.own["listing_id"]}


# Logging in and signing up are the same for everybody and slow: the body is a mistake.
NOTHING = Call(body=lambda _world: {})
PROPOSED = Call(prepare=_propose, body=lambda _world: {})
CALLS: Mapping[str, Call] = {
    "POST /api/account/email": NOTHING,
    "POST /api/account/email/restore": NOTHING,
    "POST /api/account/passkeys/begin": NOTHING,
    "DELETE /api/account/passkeys/{passkey_id}": NOTHING,
    "POST /api/account/password": NOTHING,
    "POST /api/account/password/forgot": NOTHING,
    "POST /api/account/password/reset": NOTHING,
    "POST /api/account/roles": NOTHING,
    "POST /api/account/session": NOTHING,
    "POST /api/account/session/passkey": NOTHING,
    "POST /api/account/verify": NOTHING,
    "POST /api/ai/itinerary": Call(body=_itinerary),
    "DELETE /api/traveler/favorites/{listing_id}": Call(prepare=_favorite),
    "PUT /api/notifications/preferences": Call(body=lambda _world: {"email": True}),
    "POST /api/bookings": Call(body=_stay),
    "POST /api/bookings/holds": Call(body=_stay),
    "PUT /api/bookings/{booking_id}": Call(body=lambda _world: {"guest_count": 2}),
    "GET /api/bookings/{booking_id}/alter": Call(prepare=_confirm),
    "POST /api/bookings/{booking_id}/alter": Call(prepare=_confirm, body=_new_stay),
    "POST /api/bookings/{booking_id}/alter/withdraw": PROPOSED,
    "GET /api/bookings/{booking_id}/arrival": Call(prepare=_confirm),
    "POST /api/bookings/{booking_id}/contact": Call(prepare=_confirm),
    "POST /api/bookings/{booking_id}/cancel": NOTHING,
    "POST /api/messages/threads": Call(body=_question),
    "POST /api/messages/threads/{thread_id}/messages": Call(body=_text),
    "POST /api/owner/auth/login": NOTHING,
    "POST /api/owner/auth/register": NOTHING,
    "POST /api/owner/listings/{listing_id}/calendars/feeds/{feed_id}/confirm": Call(prepare=_hold),
    "PUT /api/owner/availability/{listing_id}": Call(body=_spans),
    "POST /api/owner/bookings/{booking_id}/accept": NOTHING,
    "POST /api/owner/bookings/{booking_id}/alteration/agree": PROPOSED,
    "POST /api/owner/bookings/{booking_id}/alteration/refuse": PROPOSED,
    "POST /api/owner/bookings/{booking_id}/cancel": Call(prepare=_confirm, body=lambda _world: {}),
    "POST /api/owner/bookings/{booking_id}/decline": NOTHING,
    "DELETE /api/properties/{listing_id}": Call(prepare=World.renew_listing),
    "PUT /api/properties/{listing_id}": Call(body=_change),
    "DELETE /api/properties/{listing_id}/images": Call(prepare=_photo),
    "PUT /api/properties/{listing_id}/images": Call(
        body=lambda _world: {"images": [], "version": 1}
    ),
    "POST /api/traveler/auth/login": NOTHING,
    "POST /api/traveler/auth/register": NOTHING,
}


def body_of(world: World, operation: Operation) -> Any:
    method, path, described = operation
    call = CALLS.get(f"{method} {path}", Call())
    return call.body(world) if call.body else world.body(described)


def ask(world: World, user: User | None, operation: Operation) -> Any:
    method, path, described = operation
    caller, address = client(user), world.address(path)
    if "multipart/form-data" in described.get("requestBody", {}).get("content", {}):
        return caller.post(address, {"image": png()})
    needed = world.needed(described)
    query = "?" + "&".join(f"{name}={value}" for name, value in needed.items()) if needed else ""
    if body_media(described):
        body = json.dumps(body_of(world, operation))
        return caller.generic(method, address + query, body, JSON, headers=_headers(described))
    return caller.generic(method, address + query, headers=_headers(described))


def _headers(described: dict[str, Any]) -> dict[str, str]:
    return {
        one["name"]: one["schema"]["enum"][0]
        for one in described.get("parameters", ())
        if one["in"] == "header" and one.get("required")
    }


def prepare(world: World, operation: Operation) -> None:
    method, path, _ = operation
    CALLS.get(f"{method} {path}", Call()).prepare(world)
