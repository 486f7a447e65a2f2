"""The rights by which staff reach bookings of others (`apps.accounts.staff_roles`)."""

VIEW = "bookings.view_booking"
CANCEL = "accounts.cancel_any_booking"
