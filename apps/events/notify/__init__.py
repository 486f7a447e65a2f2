"""Asking for a notification: `requests` makes its event, `wording` is what it says."""

from apps.events.notify.requests import notify
from apps.events.notify.wording import HOST, INSTANT, OWN, WORDING, Worded, word

__all__ = ["HOST", "INSTANT", "OWN", "WORDING", "Worded", "notify", "word"]
