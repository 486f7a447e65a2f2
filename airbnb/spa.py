"""The built SPA for role `all`; elsewhere the gateway or a CDN serves it. WhiteNoise answers for
the files of the build, so that only the SPA's own routes come here."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse

NOT_BUILT = b"<!doctype html><title>Not built</title><p>Build the front end first: make up."


def index(request: HttpRequest) -> HttpResponse:
    file = Path(settings.SPA_DIST or "/nonexistent") / "index.html"
    if not file.is_file():
        return HttpResponse(NOT_BUILT, status=503)
    response = HttpResponse(file.read_bytes())
    response["Cache-Control"] = "no-cache"
    return response
