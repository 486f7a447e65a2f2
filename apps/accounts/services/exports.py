"""A person gets all that is stored of them, as a zip of JSON and of their files. Asked for by a
row, made by a timer, kept in GridFS: nothing of it is ever under the public address of photos."""

import datetime as dt
import logging
import zipfile
from collections.abc import Callable
from tempfile import SpooledTemporaryFile
from typing import IO, Any, ClassVar

import gridfs
import orjson
from bson import ObjectId
from django.conf import settings
from django.core import signing
from django.core.files.storage import default_storage
from gridfs.errors import NoFile
from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError

from apps.accounts.enums import ExportState
from apps.accounts.replies import DataExportReply
from apps.accounts.rows import DataExportRow, data_exports, users
from apps.audit.enums import Kind
from apps.audit.services import security_event
from apps.common import json, mongo, parts
from apps.common.errors import ConflictError, InvalidInputError, NotFoundError

logger = logging.getLogger(__name__)
Clock = Callable[[], dt.datetime]
SIGNER = signing.TimestampSigner(salt="accounts.export")
LOCK = dt.timedelta(minutes=2)
TRIES = 3
IN_MEMORY = 5_000_000
PATH = "/api/account/export/file"
ABOUT = """What Staywell stores of you, one file for each kind. Amounts are in the smallest unit of
their currency, instants in UTC. `files/` has your photos. Passwords and other secrets are left out.
"""


class ExportRunningError(ConflictError):
    code = "EXPORT_RUNNING"
    sentence = "Your data is being put together already. Wait for it."


class ExportUnknownError(NotFoundError):
    sentence = "You have not asked for your data yet."


class ExportLinkError(InvalidInputError):
    code = "LINK_INVALID"
    field: ClassVar[str] = "token"
    sentence = "This link is over. Load the page again for a new one."


def _bucket() -> gridfs.GridFSBucket:
    return gridfs.GridFSBucket(mongo.database(), bucket_name="export_files")


def export_request(*, user_id: ObjectId, now: dt.datetime) -> DataExportReply:
    """Replaces the last one, whose file is deleted. Raises `ExportRunningError`."""
    row: DataExportRow = {
        "_id": ObjectId(),
        "user_id": user_id,
        "state": ExportState.WAITING.value,
        "is_open": True,
        "done": 0,
        "total": len(parts.parts()),
        "size": 0,
        "attempts": 0,
        "locked_until": now,
        "created_at": now,
        "expires_at": now + settings.EXPORT_KEPT,
    }
    try:
        data_exports.insert_one(row)
    except DuplicateKeyError as error:
        raise ExportRunningError from error
    _delete({"user_id": user_id, "is_open": False})
    return DataExportReply.of(row, url=None)


def export_shown(*, user_id: ObjectId, now: dt.datetime) -> DataExportReply:
    """Returns the last one with a link, where it is ready. Raises `ExportUnknownError`."""
    query = {"user_id": user_id, "expires_at": {"$gt": now}}
    row = data_exports.find_one(query, sort=[("_id", -1)])
    if row is None:
        raise ExportUnknownError
    is_ready = row["state"] == ExportState.READY
    url = f"{PATH}?token={SIGNER.sign(str(row['_id']))}" if is_ready else None
    return DataExportReply.of(row, url=url)


def export_open(token: str, *, now: dt.datetime) -> IO[bytes]:
    """Returns the file of a link. Raises `ExportLinkError`."""
    try:
        export_id = ObjectId(SIGNER.unsign(token, max_age=settings.EXPORT_LINK))
    except (signing.BadSignature, UnicodeEncodeError) as error:
        raise ExportLinkError from error
    ready = {"_id": export_id, "state": ExportState.READY.value, "expires_at": {"$gt": now}}
    row = data_exports.find_one(ready)
    if row is None or not users.exists({"_id": row["user_id"], "is_active": True}):
        raise ExportLinkError
    found: IO[bytes] = _bucket().open_download_stream(export_id)
    return found


def exports_make(*, clock: Clock) -> int:
    """Makes those that wait, and deletes those whose time is over; returns how many were made.
    One that was cut off is made anew when its lock is over."""
    _delete({"expires_at": {"$lte": clock()}})
    made = 0
    while (row := _lock(clock())) is not None:
        try:
            made += _make(row, clock)
        except Exception:
            logger.exception("exports.broken", extra={"export_id": str(row["_id"])})
            if row["attempts"] >= TRIES:
                _set(row, {"state": ExportState.FAILED.value, "is_open": False})
    return made


def _lock(now: dt.datetime) -> DataExportRow | None:
    values = {"state": ExportState.RUNNING.value, "locked_until": now + LOCK, "done": 0}
    return data_exports.find_one_and_update(
        {"is_open": True, "locked_until": {"$lte": now}},
        {"$set": values, "$inc": {"attempts": 1}},
        sort=[("_id", 1)],
        return_document=ReturnDocument.AFTER,
    )


def _make(row: DataExportRow, clock: Clock) -> bool:
    with SpooledTemporaryFile(IN_MEMORY) as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("about.txt", ABOUT)
            for done, part in enumerate(parts.parts(), start=1):
                _add(archive, part, row["user_id"])
                if not _set(row, {"done": done, "locked_until": clock() + LOCK}):
                    return False
        size = file.tell()
        file.seek(0)
        _file_delete(row["_id"])
        _bucket().upload_from_stream_with_id(row["_id"], f"{row['_id']}.zip", file)
    return _finish(row, size, clock())


def _add(archive: zipfile.ZipFile, part: parts.Part, user_id: ObjectId) -> None:
    for name, rows in part.export(user_id):
        archive.writestr(f"{name}.json", orjson.dumps(orjson.Fragment(json.dumps(rows))))
    for name in part.files(user_id):
        if default_storage.exists(name):
            with default_storage.open(name) as photo:
                archive.writestr(f"files/{name}", photo.read())


def _finish(row: DataExportRow, size: int, now: dt.datetime) -> bool:
    def transaction() -> bool:
        values = {
            "state": ExportState.READY.value,
            "is_open": False,
            "size": size,
            "expires_at": now + settings.EXPORT_KEPT,
        }
        if not _set(row, values):
            return False
        security_event(Kind.DATA_EXPORTED, user_id=row["user_id"], now=now)
        return True

    return mongo.run_in_transaction(transaction)


def _set(row: DataExportRow, values: dict[str, Any]) -> bool:
    """Returns whether it is still ours: another took over what was locked for too long."""
    mine = {"_id": row["_id"], "is_open": True, "attempts": row["attempts"]}
    return bool(data_exports.update_one(mine, {"$set": values}).matched_count)


def exports_delete(*, user_id: ObjectId) -> None:
    _delete({"user_id": user_id})


def _delete(query: dict[str, Any]) -> None:
    """The file first: a row that is left finds it again."""
    for row in data_exports.find(query, {"_id": 1}):
        _file_delete(row["_id"])
        data_exports.delete_one({"_id": row["_id"]})


def _file_delete(export_id: ObjectId) -> None:
    try:
        _bucket().delete(export_id)
    except NoFile:
        return
