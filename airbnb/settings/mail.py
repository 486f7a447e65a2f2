"""E-mail, and the address of the site in it."""

from django.core.exceptions import ImproperlyConfigured

from airbnb.settings.environment import BASE_DIR, IS_PRODUCTION, SERVICE_ROLE, env
from airbnb.settings.strength import LOCAL, require_https

# E-mails go to a mail server, or without one, though never in production, into a folder.
EMAIL_HOST = env.str("EMAIL_HOST", default="")
EMAIL_PORT = env.int("EMAIL_PORT", default=587)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_SECURITY = env.str("EMAIL_SECURITY", default="starttls")
if EMAIL_SECURITY not in {"starttls", "tls", "none"}:
    raise ImproperlyConfigured(f"EMAIL_SECURITY={EMAIL_SECURITY!r}: choose starttls, tls or none.")
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_SECURITY == "starttls", EMAIL_SECURITY == "tls"
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "apps.notifications.clients.file_outbox.EmailBackend"
)
EMAIL_FILE_PATH = env.str("EMAIL_FILE_PATH", default="") or str(BASE_DIR / ".local" / "emails")
if IS_PRODUCTION and SERVICE_ROLE == "worker":
    if not EMAIL_HOST:
        raise ImproperlyConfigured(
            "EMAIL_HOST is not set: production sends e-mails by a mail server, as files in a "
            "folder nobody gets theirs."
        )
    if EMAIL_SECURITY == "none" and EMAIL_HOST not in LOCAL:
        raise ImproperlyConfigured(
            "EMAIL_SECURITY=none sends e-mails and the mail server's password in the open: "
            "choose starttls or tls."
        )
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Staywell <bookings@staywell.example>")
# Where people find the SPA: the links in e-mails begin with it.
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
if IS_PRODUCTION:
    require_https("SITE_URL", SITE_URL)
