import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.hashers import make_password

from apps.accounts.enums import UserType
from apps.accounts.models import identity_normalised
from apps.common import mongo
from apps.properties.imports import values
from apps.properties.imports.errors import RowError
from apps.properties.imports.ids import stable_id
from apps.properties.imports.values import Row
from apps.properties.nights import midnight


def user_document(*, now: dt.datetime, **fields: Any) -> dict[str, Any]:
    """A user as it is stored, without a password. `fields` name what is known."""
    profile = dict.fromkeys(("about_me", "city", "country", "gender", "profile_picture"), "")
    return {
        "last_login": None,
        "is_superuser": False,
        "user_type": UserType.OWNER.value,
        "first_name": "",
        "last_name": "",
        "phone": "",
        "profile": profile | {"languages": []},
        "is_active": True,
        "is_staff": False,
        "source_id": "",
        "created_at": now,
        "updated_at": now,
        **fields,
    }


def host_document(row: Row, *, source: str, now: dt.datetime) -> dict[str, Any]:
    """An owner who cannot log in, at a domain that can never exist. Raises `RowError`."""
    host_id = values.required(row, "host_id")
    name = identity_normalised(f"{source.replace(':', '-')}-{host_id}")
    return user_document(
        now=now,
        _id=stable_id(source, "host", host_id),
        username=name,
        email=f"{name}@import.invalid",
        first_name=values.text(row, "host_name")[:150],
        source_id=f"{source}:{host_id}",
        created_at=_since(row) or now,
    )


def _since(row: Row) -> dt.datetime | None:
    try:
        return midnight(values.date(row, "host_since"))
    except RowError:
        return None


def hosts_write(documents: Iterable[dict[str, Any]]) -> dict[str, int]:
    """Adds those that are not there. What has changed in one since then stays."""
    by_id = {document["_id"]: document for document in documents}
    users, session = mongo.collection("users"), mongo.session()
    known = users.find({"_id": {"$in": list(by_id)}}, {"_id": 1}, session=session)
    found = {row["_id"] for row in known}
    missing = [
        {**document, "password_hash": make_password(None)}
        for key, document in by_id.items()
        if key not in found
    ]
    if missing:
        users.insert_many(missing, session=session)
    return {"created": len(missing)}
