"""Photos from the disk for role `all`; elsewhere the gateway serves them, or a bucket."""

import re

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve

from airbnb.storage import IMMUTABLE

# Uploaded ones are written once under a random name; the gateway has the same rule.
UPLOADED = re.compile(r".+-[0-9]+\.webp")


def file(request: HttpRequest, path: str) -> HttpResponseBase:
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    response["Cache-Control"] = IMMUTABLE if UPLOADED.fullmatch(path) else "max-age=3600"
    return response
