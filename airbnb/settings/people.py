"""What follows when a person or a listing is suspended, and when an account is deleted."""

from datetime import timedelta

from airbnb.settings.environment import env

# Where people write who think that a suspension is a mistake.
SUPPORT_EMAIL = env.str("SUPPORT_EMAIL", default="support@staywell.example")
# So long does the file with a person's data wait for them, and a link to it work.
EXPORT_KEPT = timedelta(days=7)
EXPORT_LINK = timedelta(minutes=10)
# So long can somebody who deletes their account change their mind, by logging in.
LEAVING_TIME = timedelta(days=14)
# Each app that keeps something of a person, in the order in which it is erased: the account last.
PARTS = [
    "apps.messaging.services.people.PART",
    "apps.travelers.services.people.PART",
    "apps.ai.services.people.PART",
    "apps.owners.services.people.PART",
    "apps.notifications.services.people.PART",
    "apps.bookings.services.people.PART",
    "apps.calendars.services.people.PART",
    "apps.properties.services.people.PART",
    "apps.payments.services.people.PART",
    "apps.accounts.services.people.PART",
]
