"""Photos from the disk for role `all`; elsewhere the gateway serves them, or a bucket."""

import re
from pathlib import Path
from stat import S_ISREG

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils._os import safe_join
from django.views.decorators.http import condition
from django.views.static import serve

from airbnb.storage import IMMUTABLE

# Uploaded ones are written once under a random name; the gateway has the same rule.
UPLOADED = re.compile(r".+-[0-9]+\.webp")


def file(request: HttpRequest, path: str) -> HttpResponseBase:
    if "HTTP_IF_NONE_MATCH" in request.META:
        # It decides alone (RFC 9110); `serve` would look at the time, which counts in seconds.
        request.META.pop("HTTP_IF_MODIFIED_SINCE", None)
    response = _served(request, path)
    response["Cache-Control"] = IMMUTABLE if UPLOADED.fullmatch(path) else "max-age=3600"
    return response


def _etag(_request: HttpRequest, path: str) -> str | None:
    """A file that is written again has another time or size."""
    try:
        found = Path(safe_join(settings.MEDIA_ROOT, path)).stat()
    except (OSError, SuspiciousFileOperation, ValueError):
        return None
    return f'"{found.st_mtime_ns:x}-{found.st_size:x}"' if S_ISREG(found.st_mode) else None


@condition(etag_func=_etag)
def _served(request: HttpRequest, path: str) -> HttpResponseBase:
    return serve(request, path, document_root=settings.MEDIA_ROOT)
