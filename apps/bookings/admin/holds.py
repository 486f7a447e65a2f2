from django.contrib import admin

from apps.bookings.models import Hold
from apps.bookings.services import hold_release
from apps.common.admin import NoDirectWritesAdmin, one_line, rows
from apps.common.admin_actions import ActionContext, ServiceAction
from apps.common.money import money_text


def _release(context: ActionContext) -> None:
    hold_release(hold_id=context.id)


@admin.register(Hold)
class HoldAdmin(NoDirectWritesAdmin):
    list_display = ("stay", "listing", "guest", "total", "expires_at")
    list_select_related = ("listing", "guest")
    ordering = ("-id",)
    search_fields = ("=id", "=listing", "=guest")
    search_help_text = "The id of a hold, a listing or a guest."
    fields = (
        "stay",
        "listing",
        ("guest", "guest_count", "slot"),
        "price_lines",
        "total",
        ("created_at", "expires_at"),
    )
    service_actions = (
        ServiceAction(
            name="release",
            label="Release",
            right="accounts.release_hold",
            run=_release,
            warning="The nights of these holds can be booked by everybody again.",
            needs_reason=False,
        ),
    )

    @admin.display(description="stay", ordering="check_in")
    def stay(self, hold: Hold) -> str:
        return one_line(f"{hold.check_in} to {hold.check_out}")

    @admin.display(description="total", ordering="total_price")
    def total(self, hold: Hold) -> str:
        return one_line(money_text(hold.total_price, hold.currency))

    @admin.display(description="price")
    def price_lines(self, hold: Hold) -> str:
        return rows(
            (line.label, f"{line.quantity} x", money_text(line.amount, hold.currency))
            for line in hold.lines
        )
