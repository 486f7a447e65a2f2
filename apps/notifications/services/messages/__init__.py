"""Writes an e-mail: HTML and text from one set of facts, a calendar file where the stay of a
traveler changed. The same row gives the same message, so a second try is recognised."""

import datetime as dt
from collections.abc import Mapping
from email.mime.text import MIMEText
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from apps.common.addresses import address_mailed
from apps.events.notify import HOST, NotificationText, text_shown
from apps.notifications.rows import EmailRow
from apps.notifications.services.messages.account import account_message
from apps.notifications.services.messages.calendar import calendar_file
from apps.notifications.services.messages.facts import address_of, facts_of, listing_of
from apps.notifications.services.preferences import DeliveryPreference
from apps.notifications.tokens import token_issue


def email_message(
    email: EmailRow,
    preference: DeliveryPreference,
    *,
    now: dt.datetime | None,
    shows_link: bool = True,
) -> EmailMultiAlternatives:
    """Without `now` it is as somebody may read it who must not know where the stay is. Without
    `shows_link` a link that works once is left out."""
    if email.get("recipient"):
        return account_message(
            email,
            first_name=preference.first_name,
            headers=_headers(email["_id"]),
            shows_link=shows_link,
        )
    listing = listing_of(email["stay"])
    address = address_of(email, now=now) if now else ""
    links, text = _links(email), _text(email)
    context = {
        "title": text.title,
        "first_name": preference.first_name,
        "lead": text.note if email["stay"] else text.body,
        "facts": facts_of(email["stay"], listing, email["locale"], address=address),
        **links,
    }
    message = EmailMultiAlternatives(
        subject=_subject(text.title, listing if email["stay"] else {}),
        body=render_to_string("notifications/email.txt", context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[address_mailed(preference.address)],
        headers={**_headers(email["_id"]), **_stop_headers(links["one_click"])},
    )
    message.attach_alternative(render_to_string("notifications/email.html", context), "text/html")
    if "traveler" in preference.roles and email.get("variant") != HOST:
        for part in _calendar_parts(email, listing, links["booking_url"], address):
            message.attach(part)
    return message


def domain() -> str:
    """Returns that of the sender, whose signature covers the Message-ID."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]


def _text(email: EmailRow) -> NotificationText:
    return text_shown(
        email["kind"],
        email.get("variant", ""),
        email.get("values") or {},
        stored=NotificationText(email["title"], email["note"], email["body"]),
    )


def _subject(title: str, listing: Mapping[str, Any]) -> str:
    parts = (title, listing.get("title", ""))
    return ": ".join(" ".join(part.split()) for part in parts if part)


def _links(email: EmailRow) -> dict[str, str]:
    site, token = settings.SITE_URL, token_issue(email["user_id"], email["kind"])
    booking = f"{site}/bookings/{email['booking_id']}" if email["booking_id"] else ""
    preferences = f"{site}/preferences/notifications"
    thread_id = (email.get("values") or {}).get("thread_id")
    return {
        "booking_url": "" if thread_id else booking,
        "thread_url": f"{site}/messages/{thread_id}" if thread_id else "",
        "preferences_url": preferences,
        "stop_url": f"{preferences}?stop={token}",
        "one_click": f"{site}/api/notifications/unsubscribe/{token}",
    }


def _headers(event_id: str) -> dict[str, str]:
    """Has the headers by one of which providers recognise a message that they had already."""
    return {
        "Message-ID": f"<{event_id}@{domain()}>",
        "X-Entity-Ref-ID": event_id,
        "Idempotency-Key": event_id,
        "Auto-Submitted": "auto-generated",
    }


def _stop_headers(one_click: str) -> dict[str, str]:
    return {
        "List-Unsubscribe": f"<{one_click}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _calendar_parts(
    email: EmailRow, listing: Mapping[str, Any], url: str, address: str
) -> list[MIMEText]:
    file = calendar_file(email, listing, url=url, address=address)
    if file is None:
        return []
    part = MIMEText(file.content, "calendar", "utf-8")
    part.set_param("method", file.method)
    part.add_header("Content-Disposition", "attachment", filename="stay.ics")
    return [part]
