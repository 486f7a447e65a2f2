"""Every setting, and the only place that reads the environment (`.env.example` lists it)."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from corsheaders.defaults import default_headers
from django.core.exceptions import ImproperlyConfigured

from airbnb.admin_theme import UNFOLD  # noqa: F401
from airbnb.roles import role_current
from airbnb.storage import s3_media

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.FileAwareEnv()

SERVICE_ROLE, ROLE = role_current()
ENVIRONMENT = env.str("DJANGO_ENV", default="development")
if ENVIRONMENT not in {"development", "test", "production"}:
    raise ImproperlyConfigured(
        f"DJANGO_ENV={ENVIRONMENT!r}: choose development, test or production."
    )
IS_PRODUCTION = ENVIRONMENT == "production"
DEBUG = False


def _secret(name: str) -> str:
    value: str = env.str(name, default="").replace("\\n", "\n")
    if not value or "change-me" in value:
        raise ImproperlyConfigured(
            f"{name} is not set. `make up` makes one for development; in production set {name} "
            f"or {name}_FILE (see .env.example)."
        )
    return value


SECRET_KEY = _secret("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "testserver"])
if IS_PRODUCTION and (not env.list("ALLOWED_HOSTS", default=[]) or "*" in ALLOWED_HOSTS):
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts that this deployment serves.")

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "airbnb.contrib.AdminConfig",
    "airbnb.contrib.AuthConfig",
    "airbnb.contrib.ContentTypesConfig",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "corsheaders",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "apps.common",
    "apps.events",
    "apps.accounts",
    "apps.properties",
    "apps.payments",
    "apps.bookings",
    "apps.travelers",
    "apps.owners",
    "apps.notifications",
    "apps.ai",
]
MIGRATION_MODULES = {
    "admin": "airbnb.migrations.admin",
    "auth": "airbnb.migrations.auth",
    "contenttypes": "airbnb.migrations.contenttypes",
}
MIDDLEWARE = [
    "apps.common.middleware.RequestIdMiddleware",
    "apps.common.access.AccessMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
if "admin" in ROLE.routes:
    MIDDLEWARE += [
        "whitenoise.middleware.WhiteNoiseMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ]
ROOT_URLCONF = "airbnb.urls"
WSGI_APPLICATION = "airbnb.wsgi.application"
ASGI_APPLICATION = "airbnb.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

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
if ENVIRONMENT == "test":
    # MongoEngine has no test database of its own: both use this one.
    DATABASES["default"]["TEST"] = {"NAME": DATABASES["default"]["NAME"]}
DATABASE_ROUTERS = ["django_mongodb_backend.routers.MongoRouter"]
DEFAULT_AUTO_FIELD = "django_mongodb_backend.fields.ObjectIdAutoField"
TRANSACTION_SECONDS = 10.0

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6479/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": DATABASES["default"]["NAME"],
    }
}
SESSION_ENGINE = "apps.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = IS_PRODUCTION
LOGIN_REDIRECT_URL = "/admin/"
CSRF_COOKIE_SECURE = IS_PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

KAFKA_BOOTSTRAP_SERVERS = env.list("KAFKA_BOOTSTRAP_SERVERS", default=["127.0.0.1:9192"])
# Lets several installations share one Kafka cluster; empty gives the names of the table.
KAFKA_PREFIX = env.str("KAFKA_PREFIX", default="")
# A name that this consumer has for itself and keeps over a crash: it finds its partitions again.
KAFKA_INSTANCE_ID = env.str("KAFKA_INSTANCE_ID", default="")
CONSUMER_GROUPS = {
    "owners": "apps.owners.handlers.HANDLERS",
    "travelers": "apps.travelers.handlers.HANDLERS",
    "notifications": "apps.notifications.handlers.HANDLERS",
}
HEARTBEAT_FILE = env.str("HEARTBEAT_FILE", default="")
# Where a worker serves its metrics, for example 0.0.0.0:9100; a web role has /metrics.
METRICS_BIND = env.str("METRICS_BIND", default="")
RELAY_LEASE_SECONDS = 10
CONSUMER_MAX_ATTEMPTS = 5

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_DEFAULT_QUEUE = DATABASES["default"]["NAME"]
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULER = "airbnb.celery.HeartbeatScheduler"
CELERY_BEAT_SCHEDULE_FILENAME = env.str("BEAT_SCHEDULE_FILE", default="celerybeat-schedule")
CELERY_BEAT_MAX_LOOP_INTERVAL = 5
CELERY_BEAT_SCHEDULE = {
    "expire-requests": {"task": "bookings.expire_requests", "schedule": 60.0},
    "expire-holds": {"task": "bookings.expire_holds", "schedule": 60.0},
    "lapse-alterations": {"task": "bookings.lapse_alterations", "schedule": 60.0},
    "remind-guests": {"task": "bookings.remind_guests", "schedule": 600.0},
    "complete-stays": {"task": "bookings.complete_stays", "schedule": 3600.0},
    # One that waited for long would only do what the next does.
    "settle-payments": {
        "task": "bookings.settle_payments",
        "schedule": 10.0,
        "options": {"expires": 10.0},
    },
    "sweep-payments": {"task": "bookings.sweep_payments", "schedule": 60.0},
    "send-emails": {
        "task": "notifications.send_emails",
        "schedule": 10.0,
        "options": {"expires": 10.0},
    },
}

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.BCryptSHA256PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SIMPLE_JWT: dict[str, Any] = {
    "ALGORITHM": "RS256",
    "SIGNING_KEY": _secret("JWT_SECRET_KEY"),
    "ACCESS_TOKEN_LIFETIME": timedelta(hours=24),
    "AUDIENCE": "airbnb-api",
    "ISSUER": "airbnb",
}

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
SPECTACULAR_SETTINGS = {
    "TITLE": "Staywell API",
    "DESCRIPTION": "Vacation rentals: find a place, book its nights, host. Money is a number with "
    "two decimals beside a currency; dates are local to the listing, instants are UTC.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVERS": [{"url": "/", "description": "where this description was found"}],
    # The description covers every role, whichever of them serves it.
    "SERVE_URLCONF": "airbnb.every_url",
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "UserType": "apps.accounts.enums.UserType",
        "PropertyType": "apps.properties.enums.PropertyType",
        "ClaimKind": "apps.properties.enums.ClaimKind",
        "BookingStatus": "apps.bookings.enums.Status",
        "BookingAction": "apps.bookings.enums.Action",
        "BookingActor": "apps.bookings.enums.Actor",
        "PaymentStatus": "apps.bookings.enums.PaymentStatus",
        "ChargeStatus": "apps.payments.enums.PaymentState",
        "CancellationPolicy": "apps.properties.enums.CancellationPolicy",
        "ActivityCategory": "apps.ai.enums.Category",
        "PartOfDay": "apps.ai.enums.PartOfDay",
        "PlannerName": "apps.ai.enums.PlannerName",
        "WeatherSource": "apps.ai.enums.WeatherSource",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}
RATE_LIMIT_USER = env.str("RATE_LIMIT_USER", default="100/minute")
RATE_LIMIT_LOGIN = env.str("RATE_LIMIT_LOGIN", default="20/minute")
RATE_LIMIT_ANONYMOUS = env.str("RATE_LIMIT_ANONYMOUS", default="60/minute")
RATE_LIMIT_AI = env.str("RATE_LIMIT_AI", default="10/minute")
CORS_ALLOWED_ORIGINS = env.list("CORS_ALLOWED_ORIGINS", default=[])
if "*" in CORS_ALLOWED_ORIGINS:
    raise ImproperlyConfigured("CORS_ALLOWED_ORIGINS must name the origins that may call.")
CORS_ALLOW_HEADERS = [
    *default_headers,
    "idempotency-key",
    "last-event-id",
    "traceparent",
    "x-request-id",
]
CORS_EXPOSE_HEADERS = ["x-request-id", "retry-after"]
# Proxies whose X-Forwarded-For is believed: the gateway, and in the cloud the load balancer.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

# Without a key the embedded planner answers. The time-out stays below gunicorn's 30 s.
OPENAI_API_KEY = env.str("OPENAI_API_KEY", default="")
OPENAI_BASE_URL = env.str("OPENAI_BASE_URL", default="") or "https://api.openai.com/v1"
OPENAI_MODEL = env.str("OPENAI_MODEL", default="gpt-4.1-mini")
OPENAI_TIMEOUT_SECONDS = min(env.float("OPENAI_TIMEOUT_SECONDS", default=20.0), 25.0)
OPEN_METEO_URL = env.str("OPEN_METEO_URL", default="https://api.open-meteo.com")

# Who takes the guests' money. A call, tried twice at most, stays below gunicorn's 30 s.
PAYMENT_PROVIDER = env.str("PAYMENT_PROVIDER", default="sandbox")
STRIPE_SECRET_KEY = env.str("STRIPE_SECRET_KEY", default="")
STRIPE_WEBHOOK_SECRET = env.str("STRIPE_WEBHOOK_SECRET", default="")
STRIPE_API_BASE = env.str("STRIPE_API_BASE", default="") or "https://api.stripe.com"
PAYMENT_TIMEOUT_SECONDS = min(env.float("PAYMENT_TIMEOUT_SECONDS", default=8.0), 12.0)
if PAYMENT_PROVIDER not in {"sandbox", "stripe"}:
    raise ImproperlyConfigured(f"PAYMENT_PROVIDER={PAYMENT_PROVIDER!r}: choose sandbox or stripe.")
_pays = "payments" in ROLE.routes or SERVICE_ROLE == "worker"
if _pays and PAYMENT_PROVIDER == "stripe" and not (STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET):
    raise ImproperlyConfigured(
        "PAYMENT_PROVIDER=stripe needs STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET."
    )
# When an authorised payment without a booking is given up, and how long after an authorisation
# without an answer the provider is asked what became of it.
PAYMENT_ORPHAN_AFTER = timedelta(minutes=20)
PAYMENT_DROP_AFTER = timedelta(minutes=2)
# Ten seconds, then twice as long after each try up to an hour: seven hours in all.
PAYMENT_TRIES = 15
# What is paid for: a `Payable`, which payments must not import.
PAYABLE = "apps.bookings.services.charges.PAYABLE"

SERVICE_FEE_PERCENT = 12
QUOTE_TTL = timedelta(minutes=15)
HOLD_TTL = timedelta(minutes=15)
HOLDS_A_GUEST = 3
ALTERATION_TTL = timedelta(hours=24)
BOOKING_REQUEST_TTL = timedelta(hours=24)

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

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 0
MEDIA_URL = env.str("MEDIA_URL", default="/media/")
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(BASE_DIR / ".local" / "media"))
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_S3_BUCKET = env.str("MEDIA_S3_BUCKET", default="")
if MEDIA_S3_BUCKET:
    # Region and credentials come by AWS's own variables or the role of the pod.
    STORAGES["default"], MEDIA_URL = s3_media(
        MEDIA_S3_BUCKET, endpoint=env.str("MEDIA_S3_ENDPOINT", default=""), url=MEDIA_URL
    )
SPA_DIST = env.str("SPA_DIST", default="")
if SPA_DIST and "spa" in ROLE.routes:
    WHITENOISE_ROOT = SPA_DIST
    WHITENOISE_INDEX_FILE = True
    WHITENOISE_IMMUTABLE_FILE_TEST = r"^/assets/"
if IS_PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000

TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False
APPEND_SLASH = False
# Django makes a unique field a partial index, which MongoDB uses for no look-up (a collection scan
# for every login): INDEXES declares the full unique one.
SILENCED_SYSTEM_CHECKS = ["auth.E003"]
if "admin" not in ROLE.routes:
    SILENCED_SYSTEM_CHECKS += ["admin.E408", "admin.E409", "admin.E410"]
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
    "filters": {"request_id": {"()": "apps.common.middleware.RequestIdFilter"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "kafka": {"level": "WARNING"},
        "pymongo": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},
        "httpx2": {"level": "WARNING"},
        "stripe": {"level": "WARNING"},
    },
}
