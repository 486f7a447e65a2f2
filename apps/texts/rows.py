"""What is stored of the pages, and what stands there before staff write anything."""

import datetime as dt
from functools import cache
from pathlib import Path
from typing import TypedDict

from bson import ObjectId

from apps.common.rows import Rows
from apps.texts.enums import Kind
from apps.texts.models import TextVersion

DEFAULTS = Path(__file__).with_name("defaults")
WRITTEN = dt.datetime(2026, 11, 29, tzinfo=dt.UTC)


class TextVersionRow(TypedDict):
    _id: str
    kind: str
    version: int
    body: str
    author_id: ObjectId | None
    created_at: dt.datetime


text_versions: Rows[TextVersionRow] = Rows(TextVersion)


@cache
def first(kind: Kind) -> TextVersionRow:
    """The text that comes with the software, as version 1."""
    return {
        "_id": f"{kind.value}:1",
        "kind": kind.value,
        "version": 1,
        "body": (DEFAULTS / f"{kind.value}.md").read_text(),
        "author_id": None,
        "created_at": WRITTEN,
    }
