"""Static files, media, exchange rates and the SPA."""

from typing import Any

from airbnb.settings.environment import BASE_DIR, IS_PRODUCTION, ROLE, env
from airbnb.settings.strength import require_https
from airbnb.storage import s3_media

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 0
WHITENOISE_ALLOW_ALL_ORIGINS = False
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
if IS_PRODUCTION and "://" in MEDIA_URL:
    require_https("MEDIA_URL", MEDIA_URL)
# The European Central Bank's daily XML; empty: the bundled one.
EXCHANGE_RATES_FILE = env.str("EXCHANGE_RATES_FILE", default="")
# Pages are made of its index.html and pages.json; role `all` serves its other files too.
SPA_DIST = env.str("SPA_DIST", default="")
if SPA_DIST and "files" in ROLE.routes:
    WHITENOISE_ROOT = SPA_DIST
    WHITENOISE_IMMUTABLE_FILE_TEST = r"^/assets/"
