"""The terms of a stay: fees and how long things are kept open."""

from datetime import timedelta

SERVICE_FEE_PERCENT = 12
QUOTE_TTL = timedelta(minutes=15)
HOLD_TTL = timedelta(minutes=15)
HOLDS_A_GUEST = 3
ALTERATION_TTL = timedelta(hours=24)
BOOKING_REQUEST_TTL = timedelta(hours=24)
