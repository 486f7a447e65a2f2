"""Secrets, hosts and transport."""

from django.core.exceptions import ImproperlyConfigured

from airbnb.settings.environment import IS_PRODUCTION, env, secret

SECRET_KEY = secret("SECRET_KEY")
# Former values, while second factors that they encrypted and links that they signed are about.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "testserver"])
if IS_PRODUCTION and (not env.list("ALLOWED_HOSTS", default=[]) or "*" in ALLOWED_HOSTS):
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts that this deployment serves.")

if IS_PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
