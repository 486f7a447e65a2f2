from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from unfold.decorators import display

from apps.common.admin import NoDirectWritesAdmin, one_line, rows
from apps.common.admin_actions import ActionContext, ServiceAction
from apps.common.money import money_text
from apps.payments.enums import CommandStatus
from apps.payments.models import LedgerEntry, Payment, PaymentCommand
from apps.payments.services import command_retry

PAYMENTS = {
    "started": "warning",
    "action_required": "warning",
    "authorised": "info",
    "captured": "success",
    "declined": "danger",
}
COMMANDS = {"due": "warning", "done": "success", "failed": "danger"}


def _retry(context: ActionContext) -> None:
    command_retry(context.id, now=context.now)


class OfBookingAdmin(NoDirectWritesAdmin):
    @admin.display(description="booking", ordering="booking_id")
    def booking(self, record: Payment | PaymentCommand | LedgerEntry) -> str:
        if record.booking_id is None:
            return "-"
        page = reverse("admin:bookings_booking_change", args=(record.booking_id,))
        return format_html('<a href="{}">{}</a>', page, record.booking_id)


@admin.register(Payment)
class PaymentAdmin(OfBookingAdmin):
    list_display = ("id", "guest", "booking", "state", "total", "method", "created_at")
    list_filter = ("status", "provider")
    list_select_related = ("guest",)
    ordering = ("-id",)
    search_fields = ("=id", "=booking_id", "=guest", "=provider_ref")
    search_help_text = "The id of a payment, a booking or a guest, or the provider's reference."
    fields = (
        ("guest", "booking"),
        ("status", "problem"),
        ("total", "captured_total", "refunded_total"),
        ("provider", "provider_ref", "method"),
        "commands",
        ("created_at", "updated_at", "dropped_at"),
    )

    @display(description="status", ordering="status", label=PAYMENTS)
    def state(self, payment: Payment) -> str:
        return payment.status

    @admin.display(description="amount", ordering="amount")
    def total(self, payment: Payment) -> str:
        return one_line(money_text(payment.amount, payment.currency))

    @admin.display(description="captured")
    def captured_total(self, payment: Payment) -> str:
        return money_text(payment.captured, payment.currency)

    @admin.display(description="refunded")
    def refunded_total(self, payment: Payment) -> str:
        return money_text(payment.refunded, payment.currency)

    @admin.display(description="commands")
    def commands(self, payment: Payment) -> str:
        return rows(
            (
                command.created_at.strftime("%Y-%m-%d %H:%M"),
                command.get_kind_display(),
                money_text(command.amount, payment.currency),
                command.get_status_display(),
                command.problem,
            )
            for command in payment.paymentcommand_set.order_by("id")
        )


@admin.register(PaymentCommand)
class PaymentCommandAdmin(OfBookingAdmin):
    list_display = ("id", "kind", "total", "state", "booking", "attempts", "problem", "created_at")
    list_filter = ("status", "kind")
    list_select_related = ("payment",)
    ordering = ("-id",)
    search_fields = ("=id", "=payment", "=booking_id")
    search_help_text = "The id of a command, a payment or a booking."
    fields = (
        ("kind", "total", "status"),
        ("payment", "booking"),
        ("attempts", "next_at", "problem"),
        "entries",
        ("created_at", "done_at"),
    )
    service_actions = (
        ServiceAction(
            name="retry",
            label="Try again",
            right="accounts.retry_payment",
            run=_retry,
            warning="The provider gets these commands again with the same keys, so that nothing is "
            "charged or refunded twice.",
            offered=lambda command: command.status == CommandStatus.FAILED,
        ),
    )

    @display(description="status", ordering="status", label=COMMANDS)
    def state(self, command: PaymentCommand) -> str:
        return command.status

    @admin.display(description="amount", ordering="amount")
    def total(self, command: PaymentCommand) -> str:
        return one_line(money_text(command.amount, command.payment.currency))

    @admin.display(description="postings once it is done")
    def entries(self, command: PaymentCommand) -> str:
        return rows(
            (posting.account, money_text(posting.amount, command.payment.currency))
            for posting in command.postings
        )


@admin.register(LedgerEntry)
class LedgerEntryAdmin(OfBookingAdmin):
    list_display = ("at", "text", "booking", "cash", "currency")
    list_filter = ("currency",)
    ordering = ("-id",)
    search_fields = ("=id", "=booking_id")
    search_help_text = "The id of an entry or of a booking."
    fields = ("at", "text", "booking", "entries")

    @admin.display(description="cash")
    def cash(self, entry: LedgerEntry) -> str:
        moved = sum(posting.amount for posting in entry.postings if posting.account == "cash")
        return one_line(money_text(moved, entry.currency))

    @admin.display(description="postings")
    def entries(self, entry: LedgerEntry) -> str:
        return rows(
            (posting.account, money_text(posting.amount, entry.currency))
            for posting in entry.postings
        )
