"""What a person is shown of their notifications, and of the choice of channels."""

from collections.abc import Mapping
from typing import Annotated, Any, Self

from msgspec import Meta

from apps.common.replies import (
    Instant,
    Pagination,
    Reply,
    choices,
    example,
    instant,
    instant_or_none,
)
from apps.events.notify import NotificationText, text_shown
from apps.notifications.enums import Channel
from apps.notifications.rows import NotificationRow

Unread = Annotated[int, Meta(ge=0)]
NOTIFICATION: dict[str, Any] = {
    "id": "0f8fad5bd9cb469fa16570867728950e",
    "kind": "booking_confirmed",
    "title": "Your stay is confirmed",
    "body": "A quiet flat by the river: 16 Dec 2026 to 18 Dec 2026.",
    "booking_id": "66f1c2a4b8e0d3f5a7c91e55",
    "thread_id": None,
    "created_at": "2026-11-22T08:15:00Z",
    "read_at": None,
}


@example(NOTIFICATION)
class NotificationReply(Reply, frozen=True, kw_only=True, gc=False):
    id: str
    kind: str
    title: str
    body: str
    booking_id: str | None
    thread_id: Annotated[str | None, Meta(description="Of the messages that it is about.")]
    created_at: Instant
    read_at: Instant | None

    @classmethod
    def of(cls, row: NotificationRow) -> Self:
        text = text_shown(
            row["kind"],
            row.get("variant", ""),
            row.get("values", {}),
            stored=NotificationText(row["title"], "", row["body"]),
        )
        return cls(
            id=row["_id"],
            kind=row["kind"],
            title=text.title,
            body=text.body,
            booking_id=row.get("booking_id"),
            thread_id=(row.get("values") or {}).get("thread_id"),
            created_at=instant(row["created_at"]),
            read_at=instant_or_none(row.get("read_at")),
        )


@example(
    {
        "results": [NOTIFICATION],
        "pagination": {
            "page": 1,
            "per_page": 20,
            "total": 1,
            "total_capped": False,
            "has_next": False,
        },
        "unread": 1,
    }
)
class FeedReply(Reply, frozen=True, kw_only=True, gc=False):
    results: list[NotificationReply]
    pagination: Pagination
    unread: Unread


@example({"unread": 0})
class UnreadReply(Reply, frozen=True, kw_only=True, gc=False):
    unread: Unread


class ShownChannelsReply(Reply, frozen=True, kw_only=True, gc=False):
    feed: bool
    email: bool


class KindReply(Reply, frozen=True, kw_only=True, gc=False):
    kind: str
    label: str
    fixed: Annotated[
        list[Annotated[str, choices(Channel)]],
        Meta(description="Channels that cannot be switched off."),
    ]


class LocaleReply(Reply, frozen=True, kw_only=True, gc=False):
    code: str
    name: str


@example(
    {
        "email": True,
        "locale": "en",
        "matrix": {"booking_completed": {"feed": True, "email": False}},
        "kinds": [{"kind": "booking_completed", "label": "A stay is over", "fixed": []}],
        "locales": [{"code": "en", "name": "English"}],
    }
)
class ShownNotificationPreferenceReply(Reply, frozen=True, kw_only=True, gc=False):
    email: Annotated[bool, Meta(description="False: no e-mails at all.")]
    locale: Annotated[str, Meta(description="How dates and money are written.")]
    matrix: Mapping[str, ShownChannelsReply]
    kinds: list[KindReply]
    locales: list[LocaleReply]


@example({"kind": "booking_completed", "label": "A stay is over"})
class StoppedReply(Reply, frozen=True, kw_only=True, gc=False):
    kind: str
    label: str
