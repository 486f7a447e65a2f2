from collections.abc import Callable

from django.contrib import admin
from unfold.decorators import display

from apps.bookings import states
from apps.bookings.enums import Action, Actor, Status
from apps.bookings.models import Booking, IdempotencyKey
from apps.bookings.services import booking_change
from apps.common.admin import NoDirectWritesAdmin, one_line, rows
from apps.common.admin_actions import ActionContext, ServiceAction
from apps.common.money import money_text

COLOURS = {
    "pending": "warning",
    "confirmed": "success",
    "declined": "danger",
    "cancelled": "danger",
    "completed": "info",
}


def _change(action: Action) -> Callable[[ActionContext], None]:
    def run(context: ActionContext) -> None:
        booking_change(
            booking_id=context.id,
            action=action,
            actor=Actor.STAFF,
            actor_id=context.staff_id,
            reason=context.reason,
            now=context.now,
        )

    return run


def _allowed(action: Action) -> Callable[[Booking], bool]:
    def offered(booking: Booking) -> bool:
        allowed = states.actions_allowed(
            Status(booking.status), Actor.STAFF, has_proposal=booking.alteration is not None
        )
        return action in allowed

    return offered


def _action(action: Action, right: str, warning: str, *, needs_reason: bool) -> ServiceAction:
    return ServiceAction(
        name=action.value,
        label=action.label,
        right=right,
        run=_change(action),
        warning=warning,
        needs_reason=needs_reason,
        offered=_allowed(action),
    )


@admin.register(Booking)
class BookingAdmin(NoDirectWritesAdmin):
    list_display = ("stay", "listing", "guest", "state", "total", "created_at")
    list_filter = ("status", "payment_status")
    list_select_related = ("listing", "guest")
    date_hierarchy = "created_at"
    ordering = ("-id",)
    search_fields = ("=id", "=listing", "=guest", "=host")
    search_help_text = "The id of a booking, a listing, a guest or a host."
    fields = (
        "stay",
        "listing",
        ("guest", "host"),
        ("status", "payment_status"),
        "cancellation_reason",
        ("guest_count", "special_requests"),
        "terms_version",
        "price_lines",
        "total",
        "changes",
        ("version", "expires_at"),
        ("created_at", "updated_at"),
    )
    service_actions = (
        _action(
            Action.ACCEPT,
            "accounts.answer_any_booking",
            "These bookings are confirmed in place of the host.",
            needs_reason=False,
        ),
        _action(
            Action.DECLINE,
            "accounts.answer_any_booking",
            "These requests are declined; guests read the reason.",
            needs_reason=True,
        ),
        _action(
            Action.CANCEL,
            "accounts.cancel_any_booking",
            "These bookings are cancelled and their nights freed; guest and host are notified.",
            needs_reason=True,
        ),
    )

    @admin.display(description="stay", ordering="check_in")
    def stay(self, booking: Booking) -> str:
        return one_line(f"{booking.check_in} to {booking.check_out}")

    @display(description="status", ordering="status", label=COLOURS)
    def state(self, booking: Booking) -> str:
        return booking.status

    @admin.display(description="total", ordering="total_price")
    def total(self, booking: Booking) -> str:
        return one_line(money_text(booking.total_price, booking.currency))

    @admin.display(description="price")
    def price_lines(self, booking: Booking) -> str:
        return rows(
            (line.label, f"{line.quantity} x", money_text(line.amount, booking.currency))
            for line in booking.lines
        )

    @admin.display(description="history")
    def changes(self, booking: Booking) -> str:
        return rows(
            (
                change.at.strftime("%Y-%m-%d %H:%M"),
                change.get_action_display(),
                change.get_actor_display(),
                change.reason,
            )
            for change in booking.history
        )


@admin.register(IdempotencyKey)
class IdempotencyKeyAdmin(NoDirectWritesAdmin):
    list_display = ("id", "status", "created_at")
    ordering = ("-created_at",)
    search_fields = ("^id",)
    search_help_text = "The id of a user."
