"""What staff may do, by role. The groups follow it at each `manage.py migrate`, and `docs/staff.md`
is compared with it.

A right is `<app>.<codename>`: Django's own `view_...` and `change_...`, and ours below, each for
one kind of action.
"""

from collections.abc import Mapping

# Codename -> what it allows; stored with the permissions of the user model.
RIGHTS: Mapping[str, str] = {
    "answer_any_booking": "Can accept and decline any booking",
    "cancel_any_booking": "Can cancel any booking",
    "release_hold": "Can release holds of guests",
    "suspend_user": "Can suspend and restore users",
    "suspend_listing": "Can suspend and restore listings",
    "decide_report": "Can decide about reported messages",
    "read_exact_address": "Can read exact addresses of listings",
    "retry_payment": "Can send failed payment commands again",
    "resend_email": "Can send e-mails again",
    "replay_events": "Can send failed events again",
    "change_events": "Can edit and discard failed events",
    "end_session": "Can end sessions of users and of the admin",
    "reset_second_factor": "Can switch off the second factor of a user",
    "remove_passkey": "Can remove passkeys of a user",
    "edit_texts": "Can publish help, terms, privacy and imprint",
    "assign_roles": "Can make users staff and give them roles",
}


def own(*names: str) -> frozenset[str]:
    return frozenset(f"accounts.{name}" for name in names)


def view(*models: str) -> frozenset[str]:
    """`view("bookings.booking")` is `bookings.view_booking`."""
    pairs = (model.split(".") for model in models)
    return frozenset(f"{app}.view_{name}" for app, name in pairs)


_BOOKINGS = view("bookings.booking", "bookings.hold", "properties.nightclaim")
_LISTINGS = view(
    *("properties.listing", "properties.review", "properties.searchentry"),
    *("calendars.calendarfeed", "calendars.calendarexport"),
    "bookings.suspension",
)
_PEOPLE = view("accounts.user", "accounts.preference", "travelers.favorite")
_MAIL = view("notifications.email", "notifications.notificationpreference")
_MONEY = view("payments.payment", "payments.paymentcommand", "payments.ledgerentry")
_EVENTS = view("events.outboxmessage", "events.inboxmessage", "events.deadletter")
_RECORDS = view(
    *("admin.logentry", "auth.group", "accounts.secondfactor", "accounts.login"),
    *("accounts.passkey", "accounts.dataexport", "accounts.link"),
    *("properties.namedplace", "properties.searchword", "texts.textversion"),
)
# What two people wrote to each other: whoever opens it is noted.
_MESSAGES = view(
    *("messaging.thread", "messaging.message", "messaging.report", "messaging.block"),
    "messaging.savedreply",
)
_READS = _BOOKINGS | _LISTINGS | _PEOPLE | _MAIL | _MONEY | _EVENTS | _RECORDS
_KEYS = view("accounts.session", "bookings.idempotencykey")
_SECURITY = view("audit.securityevent", "audit.securitylogentry")

ROLES: Mapping[str, frozenset[str]] = {
    "support": _BOOKINGS
    | _LISTINGS
    | _PEOPLE
    | _MAIL
    | _MESSAGES
    | view("payments.payment")
    | {"accounts.change_user"}
    | own(
        "answer_any_booking",
        "cancel_any_booking",
        "release_hold",
        "resend_email",
        "decide_report",
        "read_exact_address",
    ),
    "moderator": _LISTINGS
    | _MESSAGES
    | view("accounts.user", "bookings.booking")
    | own("suspend_user", "suspend_listing", "decide_report"),
    "finance": _MONEY | view("accounts.user", "bookings.booking") | own("retry_payment"),
    "read only": _READS,
    "administrator": _READS
    | _KEYS
    | _SECURITY
    | _MESSAGES
    | {"accounts.change_user"}
    | own(*RIGHTS),
}
ADMINISTRATOR = "administrator"
