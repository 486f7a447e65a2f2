"""The built SPA for role `all`; elsewhere the gateway or a CDN serves it."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.views.static import serve

NOT_BUILT = b"<!doctype html><title>Not built</title><p>Build the front end first: make up."


def index(request: HttpRequest, path: str) -> HttpResponse | FileResponse:
    """A file of the build, or its index.html, which then routes by itself."""
    root = Path(settings.SPA_DIST or "/nonexistent")
    if path and (root / path).is_file():
        response = serve(request, path, document_root=str(root))
        if path.startswith("assets/"):
            response["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
    if not (root / "index.html").is_file():
        return HttpResponse(NOT_BUILT, status=503)
    response = serve(request, "index.html", document_root=str(root))
    response["Cache-Control"] = "no-cache"
    return response
