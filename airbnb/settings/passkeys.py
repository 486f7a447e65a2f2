"""Where passkeys count: at the site's own name."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from airbnb.settings.environment import env
from airbnb.settings.mail import SITE_URL

# Browsers make no passkeys for a bare address: on a laptop `localhost` stands for it.
PASSKEY_ORIGIN = SITE_URL.replace("//127.0.0.1", "//localhost", 1)
_HOST = urlsplit(PASSKEY_ORIGIN).hostname or ""
# Each passkey belongs to this name for good: with another one all of them are useless.
PASSKEY_DOMAIN = env.str("PASSKEY_DOMAIN", default="") or _HOST
if _HOST != PASSKEY_DOMAIN and not _HOST.endswith(f".{PASSKEY_DOMAIN}"):
    raise ImproperlyConfigured("PASSKEY_DOMAIN must be the host of SITE_URL or a domain above it.")
