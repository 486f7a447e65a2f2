"""The API: DRF, rate limits and origins."""

from corsheaders.defaults import default_headers
from django.core.exceptions import ImproperlyConfigured

from airbnb.settings.environment import IS_PRODUCTION, env
from airbnb.settings.strength import require_https

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["apps.accounts.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["apps.common.renderers.OrjsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["apps.common.parsers.BoundedJsonParser"],
    "DEFAULT_THROTTLE_CLASSES": ["apps.common.throttling.UserThrottle"],
    "EXCEPTION_HANDLER": "apps.common.exception_handler.handle",
    "UNAUTHENTICATED_USER": "apps.common.permissions.Anonymous",
    "DEFAULT_SCHEMA_CLASS": "apps.common.api_schema.Schema",
}

RATE_LIMIT_USER = env.str("RATE_LIMIT_USER", default="100/minute")
RATE_LIMIT_LOGIN = env.str("RATE_LIMIT_LOGIN", default="20/minute")
RATE_LIMIT_MAIL = env.str("RATE_LIMIT_MAIL", default="5/hour")
RATE_LIMIT_ANONYMOUS = env.str("RATE_LIMIT_ANONYMOUS", default="60/minute")
RATE_LIMIT_AI = env.str("RATE_LIMIT_AI", default="10/minute")
RATE_LIMIT_CONTACT = env.str("RATE_LIMIT_CONTACT", default="20/day")
RATE_LIMIT_MESSAGES = env.str("RATE_LIMIT_MESSAGES", default="20/minute")
# Calls that anybody may make, by address; an expensive search counts for several.
RATE_LIMIT_READS = env.str("RATE_LIMIT_READS", default="3000/minute")
# For how many seconds replies of hot searches are kept in Redis, 30 at most; 0: not at all.
SEARCH_KEPT_SECONDS = min(env.int("SEARCH_KEPT_SECONDS", default=10), 30)
# Holds by address, and the minutes in which one guest may hold nights of one listing.
RATE_LIMIT_HOLDS = env.str("RATE_LIMIT_HOLDS", default="40/hour")
RATE_LIMIT_HOLD_MINUTES = env.str("RATE_LIMIT_HOLD_MINUTES", default="60/day")
# Millions of pixels of uploaded photos for each user.
RATE_LIMIT_PIXELS = env.str("RATE_LIMIT_PIXELS", default="1500/hour")
CORS_ALLOWED_ORIGINS = env.list("CORS_ALLOWED_ORIGINS", default=[])
if "*" in CORS_ALLOWED_ORIGINS:
    raise ImproperlyConfigured("CORS_ALLOWED_ORIGINS must name the origins that may call.")
if IS_PRODUCTION:
    for _origin in CORS_ALLOWED_ORIGINS:
        require_https("CORS_ALLOWED_ORIGINS", _origin)
CORS_ALLOW_HEADERS = [
    *default_headers,
    "idempotency-key",
    "if-none-match",
    "last-event-id",
    "traceparent",
    "x-request-id",
]
CORS_EXPOSE_HEADERS = ["x-request-id", "retry-after", "etag"]
# Proxies whose X-Forwarded-For is believed: the gateway, and in the cloud the load balancer.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
# gunicorn's threads in a process (docker/gunicorn.conf.py); slow work may take all but two of them.
WEB_THREADS = env.int("WEB_THREADS", default=8)
