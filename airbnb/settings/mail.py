"""E-mail, and the address of the site in it."""

from django.core.exceptions import ImproperlyConfigured

from airbnb.settings.environment import BASE_DIR, IS_PRODUCTION, SERVICE_ROLE, env

# E-mails go to a mail server, or without one into a folder, a file for each.
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
EMAIL_FILE_PATH = env.str("EMAIL_FILE_PATH", default="")
if IS_PRODUCTION and SERVICE_ROLE == "worker" and not (EMAIL_HOST or EMAIL_FILE_PATH):
    raise ImproperlyConfigured(
        "EMAIL_HOST or EMAIL_FILE_PATH says where e-mails go; without both nobody gets theirs."
    )
EMAIL_FILE_PATH = EMAIL_FILE_PATH or str(BASE_DIR / ".local" / "emails")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Staywell <bookings@staywell.example>")
# Where people find the SPA: the links in e-mails begin with it.
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
