import json

from django.contrib import admin

from apps.common.admin import NoDirectWritesAdmin, rows
from apps.common.admin_actions import ActionContext, ServiceAction
from apps.events.dead_letters import edits, page, replay
from apps.events.models import DeadLetter, InboxMessage, OutboxMessage
from apps.events.outbox import rejected


def _retry(context: ActionContext) -> None:
    rejected.outbox_retry(row_id=context.id)


def _give_up(context: ActionContext) -> None:
    rejected.outbox_give_up(
        row_id=context.id, reason=context.reason, actor=context.staff_email, now=context.now
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
            right="accounts.replay_events",
            run=_retry,
            warning="Kafka rejected these events. They are sent again, with the later ones of "
            "their aggregate.",
            offered=lambda message: message.refused_at is not None,
        ),
        ServiceAction(
            name="give_up",
            label="Give up",
            right="accounts.change_events",
            run=_give_up,
            warning="No consumer will ever get these events. Later ones of their aggregate are "
            "sent.",
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


def _replay(context: ActionContext) -> None:
    replay.dead_letter_replay(dead_letter_id=context.id, actor=context.staff_email, now=context.now)


def _edit(context: ActionContext) -> None:
    edits.dead_letter_edit(
        dead_letter_id=context.id,
        text=context.text,
        reason=context.reason,
        actor=context.staff_email,
        now=context.now,
    )


def _discard(context: ActionContext) -> None:
    replay.dead_letter_discard(
        dead_letter_id=context.id, reason=context.reason, actor=context.staff_email, now=context.now
    )


@admin.register(DeadLetter)
class DeadLetterAdmin(NoDirectWritesAdmin):
    list_display = ("id", "topic", "key", "status", "error", "attempts", "last_failed_at")
    list_filter = ("status", "consumer", "topic")
    ordering = ("-last_failed_at",)
    search_fields = ("=id", "^key", "=event_id")
    search_help_text = "The id of a dead letter or an event, or how a key begins."
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
        "audit_entries",
        "headers",
    )
    service_actions = (
        ServiceAction(
            name="replay",
            label="Replay",
            right="accounts.replay_events",
            run=_replay,
            warning="These messages and those blocked behind them are sent to their consumer once "
            "more. What took effect already does not again.",
            offered=lambda dead_letter: dead_letter.status in {"failed", "parked", "replaying"},
        ),
        ServiceAction(
            name="edit",
            label="Edit and replay",
            right="accounts.change_events",
            run=_edit,
            warning="The message is replaced by this one and sent to its consumer, with those "
            "blocked behind it. The event's id and the key stay; the message as it came is kept.",
            needs_reason=True,
            text=lambda dead_letter: edits.message_text(dead_letter.value),
            offered=lambda dead_letter: dead_letter.status == "failed",
        ),
        ServiceAction(
            name="discard",
            label="Discard",
            right="accounts.change_events",
            run=_discard,
            warning="These messages are discarded for good. Those blocked behind them are sent.",
            needs_reason=True,
            offered=lambda dead_letter: dead_letter.status in {"failed", "parked"},
        ),
    )

    @admin.display(description="what is wrong")
    def problems(self, dead_letter: DeadLetter) -> str:
        return page.problems(dead_letter)

    @admin.display(description="message")
    def message(self, dead_letter: DeadLetter) -> str:
        return page.message_and_schema(dead_letter)

    @admin.display(description="of the same key")
    def chain(self, dead_letter: DeadLetter) -> str:
        return page.chain(dead_letter)

    @admin.display(description="history")
    def audit_entries(self, dead_letter: DeadLetter) -> str:
        return rows(
            (
                entry.at.strftime("%Y-%m-%d %H:%M"),
                entry.action,
                entry.actor,
                entry.note,
                f"it was: {edits.message_text(entry.value)}" if entry.value else "",
            )
            for entry in dead_letter.history or ()
        )
