import datetime as dt

from bson import ObjectId
from pymongo.errors import DuplicateKeyError

from apps.common.errors import ConflictError
from apps.texts.enums import Kind
from apps.texts.rows import TextVersionRow, text_versions
from apps.texts.selectors import text_stored


class TextUnchangedError(ConflictError):
    code = "TEXT_UNCHANGED"
    sentence = "This is the text that is shown already."


class TextOvertakenError(ConflictError):
    code = "TEXT_OVERTAKEN"
    sentence = "Somebody else has just published a version. Look at it and write yours again."


def text_publish(*, kind: Kind, body: str, author_id: ObjectId, now: dt.datetime) -> TextVersionRow:
    """Adds the next version of a page, which is shown from now on."""
    known = text_stored(kind)
    if known["body"].strip() == body.strip():
        raise TextUnchangedError
    version = known["version"] + 1
    row: TextVersionRow = {
        "_id": f"{kind.value}:{version}",
        "kind": kind.value,
        "version": version,
        "body": body,
        "author_id": author_id,
        "created_at": now,
    }
    try:
        text_versions.insert_one(row)
    except DuplicateKeyError as error:
        raise TextOvertakenError from error
    return row
