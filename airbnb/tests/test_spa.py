import pytest


@pytest.fixture
def build(tmp_path, settings):
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<title>SPA</title>")
    (tmp_path / "assets" / "app-1a2b.js").write_text("run()")
    settings.SPA_DIST = str(tmp_path)
    (tmp_path.parent / "secret.txt").write_text("secret")
    return tmp_path


def _body(response) -> bytes:
    return b"".join(response.streaming_content)


@pytest.mark.parametrize("path", ["/", "/rooms/1", "/bookings?status=pending"])
def test_pages_of_the_spa_get_its_index(build, anonymous, path):
    response = anonymous.get(path)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-cache"
    assert _body(response) == b"<title>SPA</title>"


def test_hashed_assets_are_kept_by_the_browser(build, anonymous):
    response = anonymous.get("/assets/app-1a2b.js")
    assert _body(response) == b"run()"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("path", ["/../secret.txt", "/%2e%2e/secret.txt", "//etc/passwd"])
def test_nothing_outside_the_build_is_served(build, anonymous, path):
    response = anonymous.get(path)
    body = _body(response) if response.streaming else response.content
    assert b"secret" not in body
    assert b"root:" not in body


def test_an_unknown_api_path_is_not_the_spa(build, anonymous):
    assert anonymous.get("/api/nothing").json()["error"]["code"] == "NOT_FOUND"


def test_admin_without_its_slash_leads_there(anonymous):
    assert anonymous.get("/admin")["Location"] == "/admin/"


def test_an_unbuilt_spa_says_so(settings, tmp_path, anonymous):
    settings.SPA_DIST = str(tmp_path)
    response = anonymous.get("/")
    assert response.status_code == 503
    assert b"make up" in response.content
