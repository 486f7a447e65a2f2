from django.contrib import admin

from apps.bookings.models import Booking
from apps.common.admin import NoDirectWritesAdmin


@admin.register(Booking)
class BookingAdmin(NoDirectWritesAdmin):
    list_display = ("id", "check_in", "check_out", "status", "total_price", "currency")
    list_filter = ("status",)
