"""Adds the headers of `content_policy` to each reply that has none of its own; nosniff, frames,
referrer and HSTS are Django's, by its settings."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from airbnb.content_policy import PERMISSIONS_POLICY, POLICIES, Policy, header, kind_of

PRIVATE = ("/api/", "/admin/")


class PageHeadersMiddleware:
    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.serves_spa = "pages" in settings.ROLE.routes
        self.policies = {kind: header(_with_photos(policy)) for kind, policy in POLICIES.items()}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        headers, path = response.headers, request.path
        kind = kind_of(path, serves_spa=self.serves_spa)
        headers.setdefault("Content-Security-Policy", self.policies[kind])
        headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if path.startswith(PRIVATE):
            headers.setdefault("Cache-Control", "no-store")
        return response


def _with_photos(policy: Policy) -> Policy:
    """In development photos may lie in a bucket without TLS."""
    photos = urlsplit(settings.MEDIA_URL)
    if photos.scheme != "http" or "img-src" not in policy:
        return policy
    return {**policy, "img-src": f"{policy['img-src']} http://{photos.netloc}"}
