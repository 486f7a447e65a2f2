"""Stores Django's sessions in the collection `sessions`, with the seed's fields. Expiry is checked
here: MongoDB's TTL index deletes up to a minute later."""

from typing import Any

from bson import ObjectId
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from pymongo.errors import DuplicateKeyError

from apps.accounts.rows import SessionRow, sessions
from apps.common.clock import utc_now


class SessionStore(SessionBase):
    def load(self) -> dict[str, Any]:
        alive = {"_id": self.session_key, "expires_at": {"$gt": utc_now()}}
        found = sessions.find_one(alive, {"data": 1})
        if found is None:
            self._session_key = None
            return {}
        return found["data"]

    def exists(self, session_key: str) -> bool:
        return sessions.exists({"_id": session_key})

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
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        row = self._row(self.session_key, data)
        if must_create:
            self._insert(row)
        else:
            self._update(row)

    def _row(self, key: str, data: dict[str, Any]) -> SessionRow:
        user_id = data.get(SESSION_KEY)
        return {
            "_id": key,
            "user_id": ObjectId(user_id) if user_id else None,
            "data": data,
            "expires_at": self.get_expiry_date(),
            "created_at": utc_now(),
        }

    def _insert(self, row: SessionRow) -> None:
        try:
            sessions.insert_one(row)
        except DuplicateKeyError as error:
            raise CreateError from error

    def _update(self, row: SessionRow) -> None:
        values = {name: row[name] for name in ("user_id", "data", "expires_at")}
        if not sessions.update_one({"_id": row["_id"]}, {"$set": values}).matched_count:
            raise UpdateError

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            sessions.delete_one({"_id": key})

    @classmethod
    def clear_expired(cls) -> None:
        sessions.delete_many({"expires_at": {"$lte": utc_now()}})
