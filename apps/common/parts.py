"""What each app does when a person or a listing is suspended, exported or erased. The settings list
the parts, `<app>.services.people.PART`, so that an app below can ask those above it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from bson import ObjectId
from django.conf import settings
from django.utils.module_loading import import_string

USER, LISTING = "user", "listing"


class Subject(NamedTuple):
    """Who or what is withdrawn: a `user` or a `listing`."""

    kind: str
    id: ObjectId


class Withdrawal(NamedTuple):
    """`reason` is staff's own and shown to nobody else. Without `staff_id` the person leaves by
    their own will."""

    subject: Subject
    now: dt.datetime
    reason: str = ""
    staff_id: ObjectId | None = None


class Hindrance(NamedTuple):
    """Why an account cannot be deleted yet, and the booking that it is about."""

    code: str
    message: str
    booking_id: ObjectId | None = None


class Part:
    """One app's. `keeps` names each stored field that leads to a person, as `collection.field`, and
    says what becomes of it when the account is erased; a test finds fields that no part names.

    `withdraw`, `restore` and `hindrances` run in the transaction of the change, `erase` outside of
    any. All may run again.
    """

    keeps: Mapping[str, str] = MappingProxyType({})

    def export(self, _user_id: ObjectId) -> Iterable[tuple[str, Any]]:
        """Yields what the app has of a person: the name of a collection and its rows."""
        return ()

    def files(self, _user_id: ObjectId) -> Iterable[str]:
        """Lists the person's files in the default storage."""
        return ()

    def hindrances(self, _user_id: ObjectId, *, now: dt.datetime) -> Iterable[Hindrance]:
        """Lists what must end before the account can be deleted."""
        del now
        return ()

    def erase(self, _user_id: ObjectId, *, now: dt.datetime) -> None:
        """Erases what the app has of a person who has left, but what the books need."""

    def withdraw(self, withdrawal: Withdrawal) -> None:
        """Stops at once what the subject sells or buys."""

    def restore(self, subject: Subject, *, now: dt.datetime) -> None:
        """Brings back what `withdraw` took, and nothing else."""


@cache
def _loaded(paths: tuple[str, ...]) -> Sequence[Part]:
    return [import_string(path) for path in paths]


def parts() -> Sequence[Part]:
    return _loaded(tuple(settings.PARTS))


def withdraw(withdrawal: Withdrawal) -> None:
    for part in parts():
        part.withdraw(withdrawal)


def restore(subject: Subject, *, now: dt.datetime) -> None:
    for part in parts():
        part.restore(subject, now=now)
