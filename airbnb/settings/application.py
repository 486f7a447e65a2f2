"""Django itself: apps, middleware, templates, checks."""

from airbnb.settings.environment import ROLE

DEBUG = False

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
    "apps.audit",
    "apps.accounts",
    "apps.texts",
    "apps.properties",
    "apps.payments",
    "apps.calendars",
    "apps.bookings",
    "apps.travelers",
    "apps.owners",
    "apps.notifications",
    "apps.messaging",
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
    "airbnb.page_headers.PageHeadersMiddleware",
    "apps.common.plain_refusals.RefusalMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "apps.common.parameters.ParametersMiddleware",
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

TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False
APPEND_SLASH = False
# Django makes a unique field a partial index, which MongoDB uses for no look-up (a collection scan
# for every login): INDEXES declares the full unique one.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
if "admin" not in ROLE.routes:
    SILENCED_SYSTEM_CHECKS += ["admin.E408", "admin.E409", "admin.E410"]
