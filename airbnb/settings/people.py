"""What follows when a person or a listing is suspended."""

from airbnb.settings.environment import env

# Where people write who think that a suspension is a mistake.
SUPPORT_EMAIL = env.str("SUPPORT_EMAIL", default="support@staywell.example")
# In this order, within one transaction.
PARTS = [
    "apps.properties.services.people.PART",
    "apps.bookings.services.people.PART",
]
