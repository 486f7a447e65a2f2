import gzip
import json

import pytest
from django.test import Client
from whitenoise.compress import Compressor

SCRIPT = "run();" * 200
BUILT = """<!doctype html>
<html lang="en">
  <head>
    <meta name="description" content="Written at build time." />
    <title>SPA</title>
    <script type="module" src="/assets/app-1a2b.js"></script>
  </head>
  <body><div id="root"></div><noscript>Staywell needs JavaScript to run.</noscript></body>
</html>
"""
ROUTES = [
    {"path": "", "scripts": ["assets/home-1.js"], "styles": []},
    {"path": "bookings", "scripts": ["assets/b-1.js"], "styles": ["assets/b-1.css"]},
    {"path": "host/listings/:listingId/:tab?", "scripts": [], "styles": []},
    {"path": "listings/:listingId", "scripts": [], "styles": []},
]


@pytest.fixture
def build(tmp_path, settings):
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text(BUILT)
    (tmp_path / "pages.json").write_text(json.dumps({"routes": ROUTES}))
    (tmp_path / "assets" / "app-1a2b.js").write_text(SCRIPT)
    (tmp_path.parent / "secret.txt").write_text("secret")
    list(Compressor(use_brotli=False).compress(str(tmp_path / "assets" / "app-1a2b.js")))
    settings.SPA_DIST = settings.WHITENOISE_ROOT = str(tmp_path)
    settings.WHITENOISE_IMMUTABLE_FILE_TEST = r"^/assets/"
    return tmp_path


@pytest.fixture
def browser(build) -> Client:
    """A client whose WhiteNoise starts now, and so sees this build."""
    return Client()


def _body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.unit
@pytest.mark.parametrize(
    "path", ["/bookings?status=pending", "/host/listings/1", "/host/listings/1/photos"]
)
def test_pages_of_the_spa_get_its_index(browser, path):
    response = browser.get(path)
    assert response.status_code == 200
    body = _body(response).decode()
    assert '<script type="module" src="/assets/app-1a2b.js"></script>' in body
    assert body.count("<title>") == body.count('name="description"') == 1
    assert '<meta name="robots" content="noindex">' in body
    assert "max-age=3" not in response["Cache-Control"]


@pytest.mark.unit
def test_a_page_names_at_once_what_its_code_needs(browser):
    body = _body(browser.get("/bookings")).decode()
    assert '<link rel="modulepreload" crossorigin href="/assets/b-1.js">' in body
    assert '<link rel="stylesheet" crossorigin href="/assets/b-1.css">' in body
    assert "home-1.js" not in body


@pytest.mark.unit
@pytest.mark.parametrize(
    "path", ["/nothing", "/bookings/1/2", "/host/listings/1/photos/2", "/listings", "/bookings//x"]
)
def test_an_address_that_the_spa_does_not_know_is_a_404_with_its_page(browser, path):
    response = browser.get(path)
    assert response.status_code == 404
    assert b'<div id="root">' in _body(response)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/bookings/", "/bookings"),
        ("/bookings//?status=pending", "/bookings?status=pending"),
        ("/host/listings/a%0D%0Ab%3Fc/", "/host/listings/a%0D%0Ab%3Fc"),
    ],
)
def test_a_slash_at_the_end_leads_to_the_address_without(browser, path, to):
    response = browser.get(path)
    assert (response.status_code, response["Location"]) == (301, to)


@pytest.mark.unit
def test_who_has_the_page_is_told_that_it_holds(browser):
    etag = browser.get("/bookings")["ETag"]
    again = browser.get("/bookings", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert browser.get("/bookings", headers={"if-none-match": '"other"'}).status_code == 200


@pytest.mark.unit
def test_a_page_is_only_read(browser):
    assert browser.post("/bookings").status_code == 405


@pytest.mark.unit
def test_hashed_assets_are_compressed_and_kept_by_the_browser(browser):
    response = browser.get("/assets/app-1a2b.js", headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(_body(response)).decode() == SCRIPT
    assert response["Cache-Control"] == "max-age=315360000, public, immutable"


@pytest.mark.unit
@pytest.mark.parametrize("path", ["/../secret.txt", "/%2e%2e/secret.txt", "//etc/passwd"])
def test_nothing_outside_the_build_is_served(browser, path):
    body = _body(browser.get(path))
    assert b"secret" not in body
    assert b"root:" not in body


@pytest.mark.unit
@pytest.mark.parametrize("path", ["/api/nothing", "/assets/gone-0000.js"])
def test_unknown_files_and_calls_are_not_the_spa(browser, path):
    assert browser.get(path).json()["error"]["code"] == "NOT_FOUND"


@pytest.mark.unit
def test_admin_without_its_slash_leads_there(browser):
    assert browser.get("/admin")["Location"] == "/admin/"


def test_an_unbuilt_spa_says_so(settings, tmp_path, anonymous):
    settings.SPA_DIST = str(tmp_path)
    response = anonymous.get("/listings/1")
    assert response.status_code == 503
    assert b"make up" in response.content
