import gzip

import pytest
from django.test import Client
from whitenoise.compress import Compressor

SCRIPT = "run();" * 200


@pytest.fixture
def build(tmp_path, settings):
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<title>SPA</title>")
    (tmp_path / "assets" / "app-1a2b.js").write_text(SCRIPT)
    (tmp_path.parent / "secret.txt").write_text("secret")
    list(Compressor(use_brotli=False).compress(str(tmp_path / "assets" / "app-1a2b.js")))
    settings.SPA_DIST = settings.WHITENOISE_ROOT = str(tmp_path)
    settings.WHITENOISE_INDEX_FILE = True
    settings.WHITENOISE_IMMUTABLE_FILE_TEST = r"^/assets/"
    return tmp_path


@pytest.fixture
def browser(build) -> Client:
    """A client whose WhiteNoise starts now, and so sees this build."""
    return Client()


def _body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.unit
@pytest.mark.parametrize("path", ["/", "/listings/1", "/bookings?status=pending"])
def test_pages_of_the_spa_get_its_index(browser, path):
    response = browser.get(path)
    assert response.status_code == 200
    assert _body(response) == b"<title>SPA</title>"
    assert "max-age=3" not in response["Cache-Control"]


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
