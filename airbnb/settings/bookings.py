"""The terms of a stay: fees and how long things are kept open."""

from datetime import timedelta

SERVICE_FEE_PERCENT = 12
QUOTE_TTL = timedelta(minutes=15)
HOLD_TTL = timedelta(minutes=15)
HOLDS_A_GUEST = 3
# An account that is younger has fewer, or a dozen new ones would hold a whole street.
NEW_GUEST = timedelta(hours=24)
HOLDS_A_NEW_GUEST = 2
ALTERATION_TTL = timedelta(hours=24)
BOOKING_REQUEST_TTL = timedelta(hours=24)
