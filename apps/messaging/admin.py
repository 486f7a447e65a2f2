"""Threads as staff may read them, each time with an entry in the audit log, and the queue of what
was reported."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from unfold.decorators import display

from apps.common import mongo
from apps.common.admin import NoDirectWritesAdmin, rows
from apps.common.admin_actions import ActionContext, ServiceAction
from apps.messaging.enums import MessageKind, ReportStatus
from apps.messaging.models import Block, Message, Report, SavedReply, Thread
from apps.messaging.services import report_decide

MOST_SHOWN = 200
COLOURS = {"open": "warning", "hidden": "danger", "dismissed": "info"}
PEOPLE = ("=id", "=guest", "=host")


class ReadIsNotedAdmin(NoDirectWritesAdmin):
    """Whoever opens a record is noted: it is what two people wrote to each other."""

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        shown = super().change_view(request, object_id, form_url, extra_context)
        if shown.status_code == HTTPStatus.OK:
            record = self.get_object(request, unquote(object_id))
            mongo.run_in_transaction(partial(_note_reading, str(request.user.pk), record))
        return shown


def _note_reading(staff_id: str, record: Any) -> None:
    LogEntry.objects.log_actions(
        user_id=staff_id,
        queryset=[record],
        action_flag=CHANGE,
        change_message="Read.",
        single_object=True,
    )


@admin.register(Thread)
class ThreadAdmin(ReadIsNotedAdmin):
    list_display = ("id", "listing", "guest", "host", "length", "last_at")
    list_select_related = ("listing", "guest", "host")
    ordering = ("-id",)
    search_fields = (*PEOPLE, "=listing")
    search_help_text = "The id of a thread, a guest, a host or a listing."
    fields = (
        "listing",
        ("guest", "host"),
        "texts",
        ("asked_at", "answered_at", "confirmed_at"),
        ("created_at", "last_at"),
    )

    @admin.display(description="messages, the newest first")
    def texts(self, thread: Thread) -> str:
        newest = Message.objects.filter(thread=thread).order_by("-number")[:MOST_SHOWN]
        return rows((_at(one), one.get_by_display(), _said(one)) for one in newest)


def _at(message: Message) -> str:
    return message.at.strftime("%Y-%m-%d %H:%M")


def _said(message: Message) -> str:
    text = message.text if message.kind == MessageKind.TEXT else message.event
    return f"{text} (hidden)" if message.hidden_at else text


@admin.register(Message)
class MessageAdmin(ReadIsNotedAdmin):
    list_display = ("id", "thread", "number", "kind", "by", "at")
    list_filter = ("kind", "by")
    list_select_related = ("thread",)
    ordering = ("-at",)
    search_fields = (*PEOPLE, "=thread")
    search_help_text = "The id of a message, a thread, a guest or a host."
    fields = (("thread", "number"), ("kind", "by", "at"), "text", "booking_id", "hidden_at")


def _decide(status: ReportStatus) -> Callable[[ActionContext], None]:
    def run(context: ActionContext) -> None:
        report_decide(
            report_id=context.id,
            status=status,
            decision=context.reason,
            staff_id=context.staff_id,
            now=context.now,
        )

    return run


def _is_open(report: Report) -> bool:
    return report.status == ReportStatus.OPEN


@admin.register(Report)
class ReportAdmin(ReadIsNotedAdmin):
    list_display = ("created_at", "reason", "state", "reporter_person", "reported_person")
    list_filter = ("status", "reason")
    list_select_related = ("reporter_person", "reported_person")
    ordering = ("created_at",)
    search_fields = ("=id", "=reporter_person", "=reported_person", "=thread")
    search_help_text = "The id of a report, a person or a thread."
    fields = (
        ("reason", "created_at"),
        ("reporter_person", "reported_person"),
        "text",
        "quoted",
        "thread",
        ("status", "decided_at", "staff"),
        "decision",
    )
    service_actions = (
        ServiceAction(
            name="hide",
            label="Hide the message",
            right="accounts.decide_report",
            run=_decide(ReportStatus.HIDDEN),
            warning="The messages are hidden in their threads. Both people read the reason.",
            needs_reason=True,
            offered=_is_open,
        ),
        ServiceAction(
            name="dismiss",
            label="Leave the message",
            right="accounts.decide_report",
            run=_decide(ReportStatus.DISMISSED),
            warning="The messages stay as they are. Those who reported them read the reason.",
            needs_reason=True,
            offered=_is_open,
        ),
    )

    @display(description="status", ordering="status", label=COLOURS)
    def state(self, report: Report) -> str:
        return report.status


@admin.register(Block)
class BlockAdmin(NoDirectWritesAdmin):
    list_display = ("blocker", "blocked_person", "created_at")
    list_select_related = ("blocker", "blocked_person")
    ordering = ("-created_at",)
    search_fields = ("=blocker", "=blocked_person")
    search_help_text = "The id of a user."


@admin.register(SavedReply)
class SavedReplyAdmin(NoDirectWritesAdmin):
    list_display = ("title", "host", "updated_at")
    list_select_related = ("host",)
    ordering = ("-id",)
    search_fields = ("=host",)
    search_help_text = "The id of a host."
