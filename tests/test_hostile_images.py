"""Every door that takes a photo, with every hostile image."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.hostile_images import HOSTILE, SCRIPT

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    settings.RATE_LIMIT_PIXELS = ""
    return tmp_path


@pytest.fixture(params=["listing", "traveler", "owner"])
def upload(request, host, guest, listing_id):
    """A door: sends a file, whose name and type say that it is a JPEG."""
    doors = {
        "listing": (host, f"/api/properties/{listing_id}/images"),
        "traveler": (guest, "/api/traveler/profile/picture"),
        "owner": (host, "/api/owner/profile/picture"),
    }
    person, path = doors[request.param]

    def send(body: bytes):
        file = SimpleUploadedFile("holiday.jpg", body, "image/jpeg")
        return person.http.post(path, {"image": file})

    return send


def test_a_hostile_image_is_refused_or_written_anew(upload, folder):
    found = {name: _outcome(upload(make()), folder) for name, (make, _) in HOSTILE.items()}
    assert found == {name: code for name, (_, code) in HOSTILE.items()}


def _outcome(reply, folder) -> str | None:
    """The code; None for a photo, whose files are then plain WebP files."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    if reply.status_code == 400:
        assert files == []
        return reply.json()["error"]["code"]
    assert reply.status_code in {200, 201}, reply.content
    assert files
    for file in files:
        body = file.read_bytes()
        image = Image.open(io.BytesIO(body))
        assert (image.format, getattr(image, "n_frames", 1)) == ("WEBP", 1)
        assert SCRIPT not in body
        assert len(body) < 400_000
        file.unlink()
    return None
