"""What nginx says by itself: page headers and errors, out of the tables that Django's replies and
gunicorn's refusals are made of. `python -m stack.processes.gateway` writes the files."""

from collections.abc import Mapping

from airbnb import content_policy
from airbnb.content_policy import POLICIES, header
from airbnb.http_errors import ERRORS, RETRY_SECONDS, as_json, as_page

WRITTEN = "# Written by python -m stack.processes.gateway out of airbnb/{source}.\n"
REQUEST_ID = "$passed_request_id"
# nginx's status -> the one that is sent. 494: a header is too large. An upstream's own answers pass
# as they are.
STATUSES: Mapping[int, int] = {
    **{status: status for status in (400, 403, 404, 405, 413, 414, 500, 501, 505)},
    494: 431,
    502: 503,
    503: 503,
    504: 503,
}
MAPS = """\

# A caller's request id is kept, so that one id follows a booking from the browser to Kafka.
map $http_x_request_id $passed_request_id {{
    default $request_id;
    "~^[A-Za-z0-9._-]{{8,64}}$" $http_x_request_id;
}}
map $http_x_forwarded_proto $transport_policy {{
    default "";
    https "max-age={seconds}";
}}
map $uri $content_policy {{
    default "{spa}";
    ~^/media/ "{file}";
    /_error/page "{error}";
    /_error/api "{data}";
}}
# What cannot be read has no $request_uri, but its first line.
map "$request_uri $request" $error_kind {{
    default page;
    ~^/api/ api;
    "~^ [A-Za-z]+ /api/" api;
}}
map $status $retry_after {{
    default "";
    503 {retry};
}}
"""
HEADERS = """\
add_header Content-Security-Policy $content_policy always;
add_header Permissions-Policy "{permissions}" always;
add_header Referrer-Policy {referrer} always;
add_header X-Content-Type-Options {sniff} always;
add_header X-Frame-Options {frame} always;
add_header Cross-Origin-Opener-Policy {opener} always;
add_header Strict-Transport-Security $transport_policy always;
"""
LOCATION = """\

location = /_error/{kind} {{
    internal;
    default_type {content_type};
    include page_headers.conf;
    add_header Cache-Control no-store always;
    add_header Retry-After $retry_after always;
    add_header X-Request-ID $passed_request_id always;
    return 200 '{body}';
}}
"""


def files() -> dict[str, str]:
    """By their names in docker/nginx/."""
    return {
        "maps.conf": WRITTEN.format(source="content_policy.py and airbnb/http_errors.py") + maps(),
        "page_headers.conf": WRITTEN.format(source="content_policy.py") + headers(),
        "error_pages.conf": WRITTEN.format(source="http_errors.py") + error_pages(),
    }


def maps() -> str:
    kinds = {kind: header(POLICIES[kind]) for kind in ("spa", "file", "error", "data")}
    text = MAPS.format(seconds=content_policy.TRANSPORT_SECONDS, retry=RETRY_SECONDS, **kinds)
    return text + "".join(table(part) for part in ("code", "title", "message"))


def table(part: str) -> str:
    """The variable $error_<part>."""
    said = {status: getattr(ERRORS[status], part) for status in sorted(set(STATUSES.values()))}
    rows = "".join(f'    {status} "{text}";\n' for status, text in said.items())
    return f'map $status $error_{part} {{\n    default "{said[500]}";\n{rows}}}\n'


def headers() -> str:
    return HEADERS.format(
        permissions=content_policy.PERMISSIONS_POLICY,
        referrer=content_policy.REFERRER_POLICY,
        sniff=content_policy.CONTENT_TYPE_OPTIONS,
        frame=content_policy.FRAME_OPTIONS,
        opener=content_policy.OPENER_POLICY,
    )


def error_pages() -> str:
    lines = []
    for sent in sorted(set(STATUSES.values())):
        own = " ".join(str(status) for status, becomes in STATUSES.items() if becomes == sent)
        changed = "" if own == str(sent) else f" ={sent}"
        lines.append(f"error_page {own}{changed} /_error/$error_kind;\n")
    api = as_json("$error_code", "$error_message", REQUEST_ID)
    page = as_page("$error_title", "$error_message", REQUEST_ID)
    return (
        "".join(lines)
        + LOCATION.format(kind="api", content_type="application/json", body=api)
        + LOCATION.format(kind="page", content_type="text/html", body=page)
    )
