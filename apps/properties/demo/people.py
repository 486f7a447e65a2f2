"""The demo accounts. All have one password; the three that the README names are for visitors."""

import datetime as dt
import unicodedata
from random import Random

from bson import ObjectId

from apps.accounts.enums import UserType
from apps.accounts.services import NewUser
from apps.properties.demo.cities import words
from apps.properties.imports.ids import stable_id

PASSWORD = "demo-stay-2026"  # noqa: S105 printed by `make up`
TRAVELER = "traveler@example.com"
OWNER = "owner@example.com"
ADMIN = "admin@example.com"
HOSTS = 60
GUESTS = 24


def person_id(email: str) -> ObjectId:
    return stable_id("demo", "user", email)


def host_email(number: int) -> str:
    return f"{_ascii(*_names(number))}@hosts.example.com"


def guest_email(number: int) -> str:
    return f"{_ascii(*_names(number + HOSTS))}@guests.example.com"


def first_name(number: int) -> str:
    return _names(number)[0]


def people(now: dt.datetime) -> list[NewUser]:
    return [
        _person(TRAVELER, "Maya", "Okafor", UserType.TRAVELER, now, days=400),
        _person(OWNER, "Jonas", "Lindqvist", UserType.OWNER, now, days=1900),
        _person(ADMIN, "Ada", "Walsh", UserType.TRAVELER, now, days=2000, is_admin=True),
        *(_made_up(host_email(n), n, UserType.OWNER, now) for n in range(HOSTS)),
        *(_made_up(guest_email(n), n + HOSTS, UserType.TRAVELER, now) for n in range(GUESTS)),
    ]


def _made_up(email: str, number: int, kind: UserType, now: dt.datetime) -> NewUser:
    first, last = _names(number)
    days = Random(email).randint(120, 2800)  # noqa: S311 no secret
    return _person(email, first, last, kind, now, days=days)


def _person(
    email: str,
    first: str,
    last: str,
    kind: UserType,
    now: dt.datetime,
    *,
    days: int,
    is_admin: bool = False,
) -> NewUser:
    return NewUser(
        id=person_id(email),
        username=email.partition("@")[0],
        email=email,
        user_type=kind,
        first_name=first,
        last_name=last,
        is_admin=is_admin,
        source_id=f"demo:{email}",
        created_at=now - dt.timedelta(days=days),
    )


def _names(number: int) -> tuple[str, str]:
    first, last = words()["names"]["first"], words()["names"]["last"]
    return first[number % len(first)], last[(number * 7 + number // len(first)) % len(last)]


def _ascii(first: str, last: str) -> str:
    plain = unicodedata.normalize("NFKD", f"{first}.{last}").encode("ascii", "ignore")
    return plain.decode().lower()
