import pytest

from apps.texts.enums import Kind
from apps.texts.rows import first, text_versions
from apps.texts.services import TextOvertakenError, TextUnchangedError, text_publish


@pytest.fixture
def publish(host, now):
    def make(body, kind=Kind.TERMS):
        return text_publish(kind=kind, body=body, author_id=host.id, now=now)

    return make


@pytest.mark.parametrize("kind", Kind.values)
def test_a_page_has_a_text_before_staff_write_one(anonymous, kind):
    shown = anonymous.get(f"/api/texts/{kind}").json()
    assert (shown["kind"], shown["version"]) == (kind, 1)
    assert shown["html"].startswith("<p><strong>Sample text")


def test_the_newest_version_is_shown_and_the_others_stay(anonymous, publish):
    publish("# Two")
    publish("# Three")
    publish("# Help", kind=Kind.HELP)
    shown = anonymous.get("/api/texts/terms").json()
    assert (shown["version"], shown["html"]) == (3, "<h2>Three</h2>\n")
    stored = sorted((row["_id"], row["body"]) for row in text_versions.find({}))
    assert stored == [("help:2", "# Help"), ("terms:2", "# Two"), ("terms:3", "# Three")]


def test_the_same_text_is_no_version(publish):
    with pytest.raises(TextUnchangedError):
        publish(f"{first(Kind.TERMS)['body']}\n")
    assert text_versions.count({}) == 0


def test_two_who_publish_at_once_make_one_version(publish, monkeypatch):
    seen = first(Kind.TERMS)
    publish("# Two")
    monkeypatch.setattr("apps.texts.services.text_stored", lambda _kind: seen)
    with pytest.raises(TextOvertakenError):
        publish("# Two as well")
    assert [row["body"] for row in text_versions.find({})] == ["# Two"]


def test_no_text_runs_anything(anonymous, publish):
    publish("[a](javascript:alert(1)) <script>alert(1)</script>\n\n<img src=x onerror=alert(1)>")
    html = anonymous.get("/api/texts/terms").json()["html"]
    assert "<script" not in html
    assert "<img" not in html
    assert "href" not in html


def test_an_unknown_page_is_a_404(anonymous):
    assert anonymous.get("/api/texts/secrets").status_code == 404
