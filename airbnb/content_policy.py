"""What a browser may do with a reply of ours, by its kind. Django's replies and those of nginx
(`docker/nginx/page_headers.conf`) are made of this table (docs/decisions/0036)."""

from collections.abc import Mapping

from airbnb.http_errors import STYLE_SOURCE

Policy = Mapping[str, str]

DATA: Policy = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
PAGE: Policy = {
    **DATA,
    "script-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    # Imported listings name pictures on hosts of others; a picture runs nothing.
    "img-src": "'self' data: blob: https:",
}
POLICIES: Mapping[str, Policy] = {
    "data": DATA,
    "file": {**DATA, "sandbox": ""},
    "error": {**DATA, "style-src": STYLE_SOURCE},
    "spa": PAGE,
    "docs": PAGE,
    # Alpine, with which django-unfold is built, compiles the expressions in its attributes.
    "admin": {**PAGE, "script-src": "'self' 'unsafe-eval'"},
}
PREFIXES = {"/admin/": "admin", "/api/docs": "docs", "/media/": "file", "/static/": "file"}
NO_PAGES = ("/api/", "/health", "/livez", "/readyz", "/metrics")

CONTENT_TYPE_OPTIONS = "nosniff"
FRAME_OPTIONS = "DENY"
OPENER_POLICY = "same-origin"
PERMISSIONS_POLICY = "camera=(), geolocation=(self), microphone=(), payment=(), usb=()"
# A tile server or a host of pictures learns the site, not the page.
REFERRER_POLICY = "strict-origin-when-cross-origin"
TRANSPORT_SECONDS = 31_536_000


def header(policy: Policy) -> str:
    return "; ".join(f"{name} {value}".strip() for name, value in policy.items())


def kind_of(path: str, *, serves_spa: bool) -> str:
    """A key of `POLICIES`."""
    for prefix, kind in PREFIXES.items():
        if path.startswith(prefix):
            return kind
    return "spa" if serves_spa and not path.startswith(NO_PAGES) else "data"
