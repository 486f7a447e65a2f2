"""What a guest is notified of. Confirmations come on their own topic, all other changes on
`booking-updates`, which repeats the confirmations too."""

from apps.events.consumer import Handlers
from apps.events.schemas import BookingStatusUpdated
from apps.events.topics import BOOKING_CONFIRMATIONS, BOOKING_UPDATES
from apps.travelers.services import guest_notify_change, guest_notify_confirmation

HANDLERS: Handlers = {
    BOOKING_UPDATES: {BookingStatusUpdated: guest_notify_change},
    BOOKING_CONFIRMATIONS: {BookingStatusUpdated: guest_notify_confirmation},
}
