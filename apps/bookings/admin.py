from django.contrib import admin

from apps.bookings.models import Booking
from apps.common.admin import NoDirectWritesAdmin
from apps.common.money import money_text


@admin.register(Booking)
class BookingAdmin(NoDirectWritesAdmin):
    list_display = ("id", "check_in", "check_out", "status", "total")
    list_filter = ("status",)

    @admin.display(description="total price", ordering="total_price")
    def total(self, booking: Booking) -> str:
        return money_text(booking.total_price, booking.currency)
