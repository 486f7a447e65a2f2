"""Secrets, hosts and transport."""

from django.core.exceptions import ImproperlyConfigured

from airbnb.content_policy import FRAME_OPTIONS, OPENER_POLICY, REFERRER_POLICY, TRANSPORT_SECONDS
from airbnb.settings.environment import IS_PRODUCTION, env, secret
from airbnb.settings.strength import require_strong

SECRET_KEY = secret("SECRET_KEY")
# Former values, while second factors that they encrypted and links that they signed are about.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
if IS_PRODUCTION:
    require_strong("SECRET_KEY", SECRET_KEY)
    for _former in SECRET_KEY_FALLBACKS:
        require_strong("SECRET_KEY_FALLBACKS", _former)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "testserver"])
if IS_PRODUCTION and (not env.list("ALLOWED_HOSTS", default=[]) or "*" in ALLOWED_HOSTS):
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts that this deployment serves.")

SECURE_REFERRER_POLICY = REFERRER_POLICY
SECURE_CROSS_ORIGIN_OPENER_POLICY = OPENER_POLICY
X_FRAME_OPTIONS = FRAME_OPTIONS
if IS_PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = TRANSPORT_SECONDS
