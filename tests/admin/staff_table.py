"""Who of staff may see which page of the admin, do which of its actions, and call what of the API.

The truth table: `test_staff_roles.py` walks all pages and actions that there are, and fails for one
that is missing here. It is written by hand, so that a slip in `apps/accounts/staff_roles.py` shows.
"""

SUPPORT, MODERATOR, FINANCE, READ_ONLY, ADMINISTRATOR = (
    "support",
    "moderator",
    "finance",
    "read only",
    "administrator",
)
ALL = {SUPPORT, MODERATOR, FINANCE, READ_ONLY, ADMINISTRATOR}
READERS = {READ_ONLY, ADMINISTRATOR}

PAGES: dict[str, set[str]] = {
    "accounts.dataexport": READERS,
    "accounts.link": READERS,
    "accounts.login": READERS,
    "accounts.passkey": READERS,
    "accounts.preference": {SUPPORT, *READERS},
    "accounts.secondfactor": READERS,
    "accounts.session": {ADMINISTRATOR},
    "accounts.user": ALL,
    "admin.logentry": READERS,
    "audit.securityevent": {ADMINISTRATOR},
    "audit.securitylogentry": {ADMINISTRATOR},
    "auth.group": READERS,
    "bookings.booking": ALL,
    "bookings.hold": {SUPPORT, *READERS},
    "bookings.idempotencykey": {ADMINISTRATOR},
    "bookings.suspension": {SUPPORT, MODERATOR, *READERS},
    "calendars.calendarexport": {SUPPORT, MODERATOR, *READERS},
    "calendars.calendarfeed": {SUPPORT, MODERATOR, *READERS},
    "events.deadletter": READERS,
    "events.inboxmessage": READERS,
    "events.outboxmessage": READERS,
    "messaging.block": {SUPPORT, MODERATOR, ADMINISTRATOR},
    "messaging.message": {SUPPORT, MODERATOR, ADMINISTRATOR},
    "messaging.report": {SUPPORT, MODERATOR, ADMINISTRATOR},
    "messaging.savedreply": {SUPPORT, MODERATOR, ADMINISTRATOR},
    "messaging.thread": {SUPPORT, MODERATOR, ADMINISTRATOR},
    "notifications.email": {SUPPORT, *READERS},
    "notifications.notificationpreference": {SUPPORT, *READERS},
    "payments.ledgerentry": {FINANCE, *READERS},
    "payments.payment": {SUPPORT, FINANCE, *READERS},
    "payments.paymentcommand": {FINANCE, *READERS},
    "properties.listing": {SUPPORT, MODERATOR, *READERS},
    "properties.namedplace": READERS,
    "properties.nightclaim": {SUPPORT, *READERS},
    "properties.review": {SUPPORT, MODERATOR, *READERS},
    "properties.searchentry": {SUPPORT, MODERATOR, *READERS},
    "properties.searchword": READERS,
    "texts.textversion": READERS,
    "travelers.favorite": {SUPPORT, *READERS},
}

# Pages that can be edited or added to; every other form is read only for everybody.
EDITED: dict[str, set[str]] = {"accounts.user": {SUPPORT, ADMINISTRATOR}, "auth.group": set()}

ACTIONS: dict[tuple[str, str], set[str]] = {
    ("accounts.login", "end"): {ADMINISTRATOR},
    ("accounts.passkey", "remove"): {ADMINISTRATOR},
    ("accounts.secondfactor", "switch_off"): {ADMINISTRATOR},
    ("accounts.session", "end"): {ADMINISTRATOR},
    ("accounts.user", "restore"): {MODERATOR, ADMINISTRATOR},
    ("accounts.user", "suspend"): {MODERATOR, ADMINISTRATOR},
    ("bookings.booking", "accept"): {SUPPORT, ADMINISTRATOR},
    ("bookings.booking", "cancel"): {SUPPORT, ADMINISTRATOR},
    ("bookings.booking", "decline"): {SUPPORT, ADMINISTRATOR},
    ("bookings.hold", "release"): {SUPPORT, ADMINISTRATOR},
    ("bookings.suspension", "cancel_stays"): {SUPPORT, ADMINISTRATOR},
    ("bookings.suspension", "keep_stays"): {SUPPORT, ADMINISTRATOR},
    ("events.deadletter", "discard"): {ADMINISTRATOR},
    ("events.deadletter", "edit"): {ADMINISTRATOR},
    ("events.deadletter", "replay"): {ADMINISTRATOR},
    ("events.outboxmessage", "give_up"): {ADMINISTRATOR},
    ("events.outboxmessage", "try_again"): {ADMINISTRATOR},
    ("messaging.report", "dismiss"): {SUPPORT, MODERATOR, ADMINISTRATOR},
    ("messaging.report", "hide"): {SUPPORT, MODERATOR, ADMINISTRATOR},
    ("notifications.email", "again"): {SUPPORT, ADMINISTRATOR},
    ("payments.paymentcommand", "retry"): {FINANCE, ADMINISTRATOR},
    ("properties.listing", "restore"): {MODERATOR, ADMINISTRATOR},
    ("properties.listing", "suspend"): {MODERATOR, ADMINISTRATOR},
    ("texts.textversion", "publish"): {ADMINISTRATOR},
}

# What the API lets staff do with a booking of others.
READ_A_BOOKING = ALL
CANCEL_A_BOOKING = {SUPPORT, ADMINISTRATOR}
READ_AN_EXACT_ADDRESS = {SUPPORT, ADMINISTRATOR}
