"""What a search answers beside its cards."""

from typing import Annotated

from msgspec import Meta

from apps.common.replies import Pagination, Reply
from apps.properties.replies.cards import FoundCardReply


class FoundCardPageReply(Reply, frozen=True, kw_only=True, gc=False):
    results: list[FoundCardReply]
    pagination: Pagination
    next_cursor: Annotated[
        str | None,
        Meta(description="Send it as `cursor` for the next page; null on the last one."),
    ]
