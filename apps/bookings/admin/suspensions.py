import datetime as dt
from collections.abc import Callable

from bson import ObjectId
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from unfold.decorators import display

from apps.bookings.enums import Choice, Stage
from apps.bookings.models import Suspension
from apps.bookings.services.suspended_stays import (
    WORK,
    has_begun,
    items_left,
    listing_ids_of,
    stays_shown,
)
from apps.bookings.services.suspensions import suspension_choose, suspension_stored
from apps.common.admin import NoDirectWritesAdmin, one_line, rows
from apps.common.admin_actions import ActionContext, ServiceAction
from apps.common.clock import utc_now
from apps.common.money import money_text
from apps.properties.selectors import listing_summaries

SHOWN = 100
COLOURS = {str(stage): "info" for stage in WORK} | {"choice": "warning", "done": "success"}
COUNTED = (
    (Stage.REQUESTS, "closed", "Requests closed"),
    (Stage.PROPOSALS, "refused", "Proposed changes refused"),
    (Stage.HOLDS, "released", "Holds released"),
    (Stage.GUESTS, "notified", "People with stays ahead notified"),
    (Stage.CANCEL, "cancelled", "Stays cancelled with a full refund"),
    (Stage.KEEP, "kept", "Stays kept"),
)


def _choose(choice: Choice) -> Callable[[ActionContext], None]:
    def run(context: ActionContext) -> None:
        suspension_choose(
            suspension_id=context.id, choice=choice, staff_id=context.staff_id, now=context.now
        )

    return run


def _id(suspension: Suspension) -> ObjectId:
    return ObjectId(str(suspension.pk))


def _is_choosable(suspension: Suspension) -> bool:
    return suspension.stage in {Stage.CHOICE, Stage.DONE}


@admin.register(Suspension)
class SuspensionAdmin(NoDirectWritesAdmin):
    list_display = ("subject", "state", "done", "chosen", "created_at")
    list_filter = ("stage", "subject_kind", "choice")
    ordering = ("-id",)
    search_fields = ("=id", "=subject_id")
    search_help_text = "The id of a user, a listing or a suspension."
    fields = (
        "subject",
        ("state", "chosen"),
        "reason",
        "progress",
        "stays",
        ("failed", "problem"),
        ("created_at", "updated_at"),
    )
    service_actions = (
        ServiceAction(
            name="keep_stays",
            label="Keep the stays",
            right="accounts.cancel_any_booking",
            run=_choose(Choice.KEEP),
            warning="The stays ahead go on as booked, and the guests are notified. You can cancel "
            "them later.",
            offered=_is_choosable,
        ),
        ServiceAction(
            name="cancel_stays",
            label="Cancel the stays ahead",
            right="accounts.cancel_any_booking",
            run=_choose(Choice.CANCEL),
            warning="All stays that have not begun are cancelled with a full refund, and the "
            "guests are notified. Guests who have arrived stay: cancel theirs one by one, on the "
            "page of the booking. Restoring stops the rest, and brings no cancelled stay back.",
            needs_reason=True,
            offered=_is_choosable,
        ),
    )

    @admin.display(description="who or what")
    def subject(self, suspension: Suspension) -> str:
        app = {"user": "accounts_user", "listing": "properties_listing"}[suspension.subject_kind]
        url = reverse(f"admin:{app}_change", args=[suspension.subject_id])
        return format_html('<a href="{}" class="underline">{}</a>', url, str(suspension))

    @display(description="stage", ordering="stage", label=COLOURS)
    def state(self, suspension: Suspension) -> tuple[str, str]:
        waits = suspension.stage == Stage.CHOICE
        return suspension.stage, "waits for a choice" if waits else suspension.stage

    @admin.display(description="choice")
    def chosen(self, suspension: Suspension) -> str:
        return suspension.get_choice_display() or "none yet"

    @admin.display(description="done")
    def done(self, suspension: Suspension) -> str:
        closed, cancelled = suspension.closed, suspension.cancelled
        return one_line(f"{closed} requests closed, {cancelled} stays cancelled")

    @admin.display(description="progress")
    def progress(self, suspension: Suspension) -> str:
        """The work goes on in the background: a page that is loaded again shows how far it is."""
        now, case = utc_now(), suspension_stored(_id(suspension))
        return rows(
            (text, getattr(suspension, count), f"{items_left(case, stage, now)} left")
            if suspension.stage == stage
            else (text, getattr(suspension, count), "")
            for stage, count, text in COUNTED
        )

    @admin.display(description="stays ahead")
    def stays(self, suspension: Suspension) -> str:
        now = utc_now()
        found = stays_shown(suspension_stored(_id(suspension)), now=now, limit=SHOWN)
        titles = listing_summaries(listing_ids_of(found))
        table = rows(
            (
                _booking_link(row["_id"], row["check_in"], row["check_out"]),
                titles[row["listing_id"]].title if row["listing_id"] in titles else "-",
                one_line(money_text(row["total_price"], row["currency"])),
                "The guest is there now: cancelled only on the booking's own page."
                if has_begun(row, now)
                else "",
            )
            for row in found
        )
        return format_html("{}{}", table, f"The first {SHOWN}." if len(found) == SHOWN else "")


def _booking_link(booking_id: object, check_in: dt.datetime, check_out: dt.datetime) -> str:
    url = reverse("admin:bookings_booking_change", args=[booking_id])
    stay = f"{check_in:%Y-%m-%d} to {check_out:%Y-%m-%d}"
    return format_html('<a href="{}" class="underline whitespace-nowrap">{}</a>', url, stay)
