from typing import Annotated, Self

from msgspec import Meta

from apps.common.markdown import rendered
from apps.common.replies import Instant, Reply, choices, example, instant
from apps.texts.enums import Kind
from apps.texts.rows import TextVersionRow


@example(
    {
        "kind": "terms",
        "title": "Terms",
        "version": 3,
        "html": "<h2>What you agree to</h2>\n<p>A booking is a contract with its host.</p>\n",
        "published_at": "2026-11-29T09:00:00Z",
    }
)
class TextReply(Reply, frozen=True, kw_only=True, gc=False):
    kind: Annotated[str, choices(Kind)]
    title: str
    version: Annotated[int, Meta(description="A booking names the version that its guest read.")]
    html: Annotated[str, Meta(description="Made of Markdown, sanitised. Headings begin with h2.")]
    published_at: Instant

    @classmethod
    def of(cls, row: TextVersionRow) -> Self:
        return cls(
            kind=row["kind"],
            title=Kind(row["kind"]).label,
            version=row["version"],
            html=rendered(row["body"]),
            published_at=instant(row["created_at"]),
        )
