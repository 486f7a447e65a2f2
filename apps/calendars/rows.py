import datetime as dt
from typing import TypedDict

from bson import ObjectId

from apps.calendars.models import CalendarExport, CalendarFeed
from apps.common.rows import Rows


class ImportedEventRow(TypedDict):
    key: str
    start: dt.datetime
    end: dt.datetime
    kind: str
    label: str


class ReportLineRow(TypedDict):
    line: int
    text: str


class CalendarFeedRow(TypedDict):
    _id: ObjectId
    listing_id: ObjectId
    host_id: ObjectId
    name: str
    url: str
    site: str
    state: str
    events: list[ImportedEventRow]
    report: list[ReportLineRow]
    added: int
    moved: int
    removed: int
    vanished: list[str]
    held_at: dt.datetime | None
    etag: str
    last_modified: str
    failures: int
    fetched_at: dt.datetime | None
    succeeded_at: dt.datetime | None
    read_at: dt.datetime | None
    due_at: dt.datetime
    lease: str
    leased_until: dt.datetime
    is_overlapping: bool
    notified: list[str]
    turns: int
    created_at: dt.datetime


class CalendarExportRow(TypedDict):
    _id: str
    host_id: ObjectId
    token: str
    digest: str
    changed_at: dt.datetime
    created_at: dt.datetime


calendar_feeds: Rows[CalendarFeedRow] = Rows(CalendarFeed)
calendar_exports: Rows[CalendarExportRow] = Rows(CalendarExport)
