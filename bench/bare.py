"""The ceiling: the same queries and replies from a WSGI function, with nothing around them."""

import datetime as dt
import os
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import django
import jwt
import orjson
from bson import ObjectId
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.contrib.auth.hashers import BCryptSHA256PasswordHasher
from pymongo import MongoClient
from pymongo.database import Database

from bench import bare_booking

# For the hasher of passwords: no request below reaches Django.
django.setup()

Environ = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], Any]


@cache
def database() -> Database[dict[str, Any]]:
    client: MongoClient[dict[str, Any]] = MongoClient(os.environ["MONGODB_URI"], w="majority")
    return client[os.environ["MONGODB_DATABASE"]]


@cache
def signing_key() -> Any:
    with open(os.environ["JWT_SECRET_KEY_FILE"], "rb") as file:  # noqa: PTH123
        return load_pem_private_key(file.read(), password=None)


def detail(environ: Environ) -> Any:
    listing_id = ObjectId(environ["PATH_INFO"].rsplit("/", 1)[-1])
    row = database().listings.find_one({"_id": listing_id, "is_active": True})
    if row is None:
        raise LookupError(listing_id)
    host = database().users.find_one({"_id": row["host_id"]}, {"first_name": 1, "created_at": 1})
    return {**row, "host": host}


def login(environ: Environ) -> Any:
    sent = _body(environ)
    user = database().users.find_one({"email": sent["email"]})
    if user is None:
        raise LookupError(sent["email"])
    if not BCryptSHA256PasswordHasher().verify(sent["password"], user["password_hash"]):
        raise PermissionError
    now = dt.datetime.now(dt.UTC)
    claims = {"sub": str(user["_id"]), "iat": now, "exp": now + dt.timedelta(hours=24)}
    return {"token": jwt.encode(claims, signing_key(), algorithm="RS256")}


def book(environ: Environ) -> Any:
    size = int(environ["CONTENT_LENGTH"])
    body = environ["wsgi.input"].read(size)
    return bare_booking.book(database(), body, environ["HTTP_IDEMPOTENCY_KEY"])


def _body(environ: Environ) -> dict[str, Any]:
    size = int(environ["CONTENT_LENGTH"])
    sent: dict[str, Any] = orjson.loads(environ["wsgi.input"].read(size))
    return sent


def livez(_environ: Environ) -> Any:
    return {}


ROUTES: dict[str, Callable[[Environ], Any]] = {
    "/livez": livez,
    "/api/traveler/auth/login": login,
    "/api/bookings": book,
}


def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    status = "200 OK"
    try:
        reply = ROUTES.get(environ["PATH_INFO"], detail)(environ)
    except bare_booking.TakenError:
        status, reply = "409 Conflict", {"error": {"code": "NIGHTS_TAKEN"}}
    body = reply if isinstance(reply, bytes) else orjson.dumps(reply, default=str)
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    start_response(status, headers)
    return [body]
