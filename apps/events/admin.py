import json

from django.contrib import admin

from apps.common.admin import NoDirectWritesAdmin, rows
from apps.common.admin_actions import Deed, ServiceAction
from apps.events.dead_letters import edits, page, replay
from apps.events.models import DeadLetter, InboxMessage, OutboxMessage
from apps.events.outbox import rejected


def _retry(deed: Deed) -> None:
    rejected.outbox_retry(row_id=deed.id)


def _give_up(deed: Deed) -> None:
    rejected.outbox_give_up(
        row_id=deed.id, reason=deed.reason, actor=deed.staff_email, now=deed.now
    )


@admin.register(OutboxMessage)
class OutboxMessageAdmin(NoDirectWritesAdmin):
    list_display = (
        "id",
        "aggregate_id",
        "version",
        "topics",
        "created_at",
        "published_at",
        "error",
    )
    list_filter = (
        ("published_at", admin.EmptyFieldListFilter),
        ("refused_at", admin.EmptyFieldListFilter),
    )
    ordering = ("-created_at",)
    search_fields = ("=id", "=aggregate_id", "=key")
    search_help_text = "The id of an event, an aggregate or a booking."
    fields = (
        "id",
        ("aggregate_id", "version"),
        ("topics", "key"),
        "content",
        "headers",
        ("created_at", "published_at"),
        ("refused_at", "error"),
    )
    service_actions = (
        ServiceAction(
            name="try_again",
            label="Try again",
            run=_retry,
            warning="Kafka refused these events. They are sent again, and what waits behind them.",
            offered=lambda message: message.refused_at is not None,
        ),
        ServiceAction(
            name="give_up",
            label="Give up",
            run=_give_up,
            warning="Nobody will ever be told of these events; later ones of the same go on.",
            needs_reason=True,
            offered=lambda message: message.refused_at is not None,
        ),
    )

    @admin.display(description="payload")
    def content(self, message: OutboxMessage) -> str:
        return json.dumps(message.payload, ensure_ascii=False, indent=1)


@admin.register(InboxMessage)
class InboxMessageAdmin(NoDirectWritesAdmin):
    list_display = ("id", "handled_at")
    ordering = ("-handled_at",)
    search_fields = ("^id",)
    search_help_text = "A consumer and the id of an event, such as owners:6f0c…"


def _replay(deed: Deed) -> None:
    replay.dead_letter_replay(letter_id=deed.id, actor=deed.staff_email, now=deed.now)


def _edit(deed: Deed) -> None:
    edits.dead_letter_edit(
        letter_id=deed.id, text=deed.text, reason=deed.reason, actor=deed.staff_email, now=deed.now
    )


def _discard(deed: Deed) -> None:
    replay.dead_letter_discard(
        letter_id=deed.id, reason=deed.reason, actor=deed.staff_email, now=deed.now
    )


@admin.register(DeadLetter)
class DeadLetterAdmin(NoDirectWritesAdmin):
    list_display = ("id", "topic", "key", "status", "error", "attempts", "last_failed_at")
    list_filter = ("status", "consumer", "topic")
    ordering = ("-last_failed_at",)
    search_fields = ("=id", "^key", "=event_id")
    search_help_text = "The id of a letter or an event, or how a key begins."
    fields = (
        "id",
        ("consumer", "status"),
        ("topic", "partition", "offset"),
        ("key", "event_id"),
        "error",
        "problems",
        "message",
        "chain",
        ("attempts", "replays"),
        ("first_failed_at", "last_failed_at", "replayed_at"),
        "deeds",
        "headers",
    )
    service_actions = (
        ServiceAction(
            name="replay",
            label="Replay",
            run=_replay,
            warning="These messages and those that wait behind them are sent to their consumer "
            "once more. What took effect already does not again.",
            offered=lambda letter: letter.status in {"failed", "parked", "replaying"},
        ),
        ServiceAction(
            name="edit",
            label="Edit and replay",
            run=_edit,
            warning="The message is replaced by this one and sent to its consumer, with those that "
            "wait behind it. The event's id and the key stay; the message as it came is kept.",
            needs_reason=True,
            text=lambda letter: edits.message_text(letter.value),
            offered=lambda letter: letter.status == "failed",
        ),
        ServiceAction(
            name="discard",
            label="Discard",
            run=_discard,
            warning="These messages are given up for good; what waits behind them is sent.",
            needs_reason=True,
            offered=lambda letter: letter.status in {"failed", "parked"},
        ),
    )

    @admin.display(description="what is wrong")
    def problems(self, letter: DeadLetter) -> str:
        return page.problems(letter)

    @admin.display(description="message")
    def message(self, letter: DeadLetter) -> str:
        return page.message_and_schema(letter)

    @admin.display(description="of the same key")
    def chain(self, letter: DeadLetter) -> str:
        return page.chain(letter)

    @admin.display(description="history")
    def deeds(self, letter: DeadLetter) -> str:
        return rows(
            (
                deed.at.strftime("%Y-%m-%d %H:%M"),
                deed.action,
                deed.actor,
                deed.note,
                f"it was: {edits.message_text(deed.value)}" if deed.value else "",
            )
            for deed in letter.history or ()
        )
