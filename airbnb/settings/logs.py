"""Log lines in JSON."""

from airbnb.settings.environment import SERVICE_ROLE, env

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.orjson.OrjsonFormatter",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
            "static_fields": {"role": SERVICE_ROLE},
        }
    },
    "filters": {
        "request_id": {"()": "apps.common.middleware.RequestIdFilter"},
        "token": {"()": "apps.common.access.TokenFilter"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.request": {"level": "ERROR", "filters": ["token"]},
        "kafka": {"level": "WARNING"},
        "pymongo": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},
        "httpx2": {"level": "WARNING"},
        "stripe": {"level": "WARNING"},
    },
}
