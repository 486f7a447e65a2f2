"""MongoDB, Redis and the cache."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from airbnb.gdal import skip_gdal
from airbnb.settings.environment import ENVIRONMENT, IS_PRODUCTION, SERVICE_ROLE, env
from airbnb.settings.strength import is_on_this_machine

skip_gdal()
MONGODB_URI = env.str("MONGODB_URI", default="mongodb://127.0.0.1:27117/?replicaSet=rs0")
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django_mongodb_backend",
        "HOST": MONGODB_URI,
        "NAME": env.str("MONGODB_DATABASE", default="airbnb"),
        # Empty where MongoDB asks for no password, or where MONGODB_URI holds it.
        "USER": env.str("MONGODB_USERNAME", default=""),
        "PASSWORD": env.str("MONGODB_PASSWORD", default=""),
        "OPTIONS": {"w": "majority", "serverSelectionTimeoutMS": 5000, "appname": SERVICE_ROLE},
    }
}
_knows_us = DATABASES["default"]["PASSWORD"] or "@" in MONGODB_URI or "authMechanism" in MONGODB_URI
if IS_PRODUCTION and not (_knows_us or is_on_this_machine(MONGODB_URI)):
    raise ImproperlyConfigured(
        "MONGODB_PASSWORD is not set: a MongoDB that other machines reach asks for one. Set it and "
        "MONGODB_USERNAME, or put both into MONGODB_URI."
    )
if ENVIRONMENT == "test":
    # MongoEngine has no test database of its own: both use this one.
    DATABASES["default"]["TEST"] = {"NAME": DATABASES["default"]["NAME"]}
DATABASE_ROUTERS = ["django_mongodb_backend.routers.MongoRouter"]
DEFAULT_AUTO_FIELD = "django_mongodb_backend.fields.ObjectIdAutoField"
TRANSACTION_SECONDS = 10.0

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6479/0")
if IS_PRODUCTION and not (urlsplit(REDIS_URL).password or is_on_this_machine(REDIS_URL)):
    raise ImproperlyConfigured(
        "REDIS_URL has no password: a Redis that other machines reach asks for one, "
        "redis://:<password>@<host>:6379/0."
    )
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": DATABASES["default"]["NAME"],
        "OPTIONS": {"pool_class": "apps.common.redis_guard.GuardedPool"},
    }
}
