"""What the e-mails about an account say: the one table of these sentences.

Where an e-mail has a link that works once, its token stands behind the `#`: a browser does not send
that part, so no log and no proxy sees it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from apps.accounts.services import link_token
from apps.common.addresses import address_mailed
from apps.notifications.rows import EmailRow

HIDDEN = "(only in the e-mail)"


@dataclass(frozen=True)
class AccountText:
    """`lead` may have the placeholders of the e-mail's values; `note` follows the button."""

    title: str
    lead: str
    label: str
    path: str
    note: str = ""
    # Who reads it may not be who typed the name, which could say anything.
    has_name: bool = True


NOT_YOU = "If this was not you, you need to do nothing."
ACCOUNT_TEXTS: Mapping[str, AccountText] = {
    "verify_address": AccountText(
        "Confirm your e-mail address",
        "You signed up at Staywell with this address. Confirm it, and you can book stays and offer "
        "a home. The link works for three days.",
        "Confirm the address",
        "/verify",
        NOT_YOU,
        has_name=False,
    ),
    "account_exists": AccountText(
        "You already have an account",
        "Somebody asked for an account at Staywell with this address, perhaps you. You have one "
        "already, for booking and for hosting: log in with it, and add what you need in your "
        "account settings.",
        "Log in",
        "/login",
        'If you do not remember the password, choose "Forgot your password?" there. ' + NOT_YOU,
    ),
    "reset_password": AccountText(
        "Choose a new password",
        "A new password was asked for. The link works for one hour. When you choose one, all your "
        "devices are logged out.",
        "Choose a password",
        "/reset",
        "If this was not you, you need to do nothing: your password stays as it is.",
    ),
    "password_changed": AccountText(
        "Your password was changed",
        "The password of your account was changed, and your other devices were logged out.",
        "Log in",
        "/login",
        'If this was not you, choose "Forgot your password?" there at once.',
    ),
    "new_device": AccountText(
        "A new device logged in",
        "{device} logged in to your account at {time}, for the first time as far as we know.",
        "See your sessions",
        "/account/sessions",
        "If this was not you, end that session there and choose a new password at once.",
    ),
    "passkey_added": AccountText(
        "A passkey was added",
        "{device} added a passkey to your account at {time}. Whoever has it can log in without "
        "your password.",
        "See your passkeys",
        "/account/security",
        "If this was not you, remove it there and choose a new password at once.",
    ),
    "passkey_removed": AccountText(
        "A passkey was removed",
        "{device} removed a passkey from your account at {time}. It no longer logs anybody in.",
        "See your passkeys",
        "/account/security",
        "If this was not you, choose a new password at once.",
    ),
    "confirm_new_address": AccountText(
        "Confirm your new e-mail address",
        "This address shall become the one of your account. The link works for one day; until you "
        "open it, the address stays as it was.",
        "Confirm the address",
        "/verify",
        NOT_YOU,
        has_name=False,
    ),
    "address_changed": AccountText(
        "Your e-mail address was changed",
        "Your account now has the address {address}, and e-mails go there.",
        "This was not me",
        "/restore",
        "If you changed it, you need to do nothing. The link works for two weeks: it brings this "
        "address back and logs all devices out.",
    ),
}


def account_message(
    email: EmailRow, *, first_name: str, headers: Mapping[str, str], shows_link: bool
) -> EmailMultiAlternatives:
    """Staff who look at an e-mail do not see its link: it would let them in."""
    text = ACCOUNT_TEXTS[email["kind"]]
    context = {
        "title": text.title,
        "first_name": first_name if text.has_name else "",
        "lead": text.lead.format(**(email.get("values") or {})),
        "label": text.label,
        "url": _url(text, email.get("nonce", ""), shows_link=shows_link),
        "note": text.note,
    }
    message = EmailMultiAlternatives(
        subject=text.title,
        body=render_to_string("notifications/account_email.txt", context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[address_mailed(email.get("recipient", ""))],
        headers=dict(headers),
    )
    html = render_to_string("notifications/account_email.html", context)
    message.attach_alternative(html, "text/html")
    return message


def _url(text: AccountText, nonce: str, *, shows_link: bool) -> str:
    page = f"{settings.SITE_URL}{text.path}"
    if not nonce:
        return page
    return f"{page}#{link_token(nonce) if shows_link else HIDDEN}"
