"""Django's sessions in the collection `sessions`, with the seed's fields. Expiry is checked here:
MongoDB's TTL sweep only tidies up, up to a minute later."""

from typing import Any

from bson import ObjectId
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from pymongo.errors import DuplicateKeyError

from apps.common import mongo
from apps.common.clock import utc_now


class SessionStore(SessionBase):
    def load(self) -> dict[str, Any]:
        alive = {"_id": self.session_key, "expires_at": {"$gt": utc_now()}}
        found = mongo.collection("sessions").find_one(alive, {"data": 1})
        if found is None:
            self._session_key = None
            return {}
        data: dict[str, Any] = found["data"]
        return data

    def exists(self, session_key: str) -> bool:
        return mongo.collection("sessions").find_one({"_id": session_key}, {"_id": 1}) is not None

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            self.create()
            return
        sessions, values = mongo.collection("sessions"), self._values(must_create)
        if not must_create:
            if not sessions.update_one({"_id": self.session_key}, {"$set": values}).matched_count:
                raise UpdateError
            return
        try:
            sessions.insert_one({"_id": self.session_key, **values, "created_at": utc_now()})
        except DuplicateKeyError as error:
            raise CreateError from error

    def _values(self, must_create: bool) -> dict[str, Any]:
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        user_id = data.get(SESSION_KEY)
        return {
            "user_id": ObjectId(user_id) if user_id else None,
            "data": data,
            "expires_at": self.get_expiry_date(),
        }

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            mongo.collection("sessions").delete_one({"_id": key})

    @classmethod
    def clear_expired(cls) -> None:
        mongo.collection("sessions").delete_many({"expires_at": {"$lte": utc_now()}})
