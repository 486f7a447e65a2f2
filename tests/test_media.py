"""Photos in a bucket, over S3's real protocol, and where the roles keep them on a disk."""

import io
import os
import subprocess
import sys
import urllib.request

import boto3
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from moto.server import ThreadedMotoServer
from PIL import Image

from airbnb.storage import s3_media
from stack.common.instances import TEST_PORTS, Instance
from stack.processes import environment, gateway

BUCKET = "photos-of-listings"


@pytest.fixture
def bucket(monkeypatch, settings):
    for name, value in {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-west-2",
    }.items():
        monkeypatch.setenv(name, value)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    s3 = boto3.client("s3", endpoint_url=endpoint)
    place = {"LocationConstraint": "us-west-2"}
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration=place)
    s3.put_bucket_policy(Bucket=BUCKET, Policy=OPEN)
    storage, settings.MEDIA_URL = s3_media(BUCKET, endpoint=endpoint, url="/media/")
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    yield s3
    server.stop()


OPEN = (
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",'
    f' "Action": "s3:GetObject", "Resource": "arn:aws:s3:::{BUCKET}/*"}}]}}'
)


def _keys(s3) -> list[str]:
    return sorted(row["Key"] for row in s3.list_objects_v2(Bucket=BUCKET).get("Contents", []))


def _photo() -> SimpleUploadedFile:
    written = io.BytesIO()
    Image.new("RGB", (1000, 500), "red").save(written, "PNG")
    return SimpleUploadedFile("a.png", written.getvalue(), "image/png")


def test_photos_live_in_the_bucket(bucket, host, listing_id):
    path = f"/api/properties/{listing_id}/images"
    [url] = host.http.post(path, {"image": _photo()}).json()["images"]

    assert url.startswith(f"{bucket.meta.endpoint_url}/{BUCKET}/listings/{listing_id}/")
    keys = _keys(bucket)
    assert [key.rsplit("-", 1)[1] for key in keys] == ["1600.webp", "320.webp", "800.webp"]
    with urllib.request.urlopen(url.replace("-1600.", "-320.")) as served:
        assert served.headers["Content-Type"] == "image/webp"
        assert served.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert Image.open(io.BytesIO(served.read())).size == (320, 160)

    assert host.http.delete(f"{path}?image={url}").json() == {"images": [], "version": 3}
    assert _keys(bucket) == []


@pytest.mark.parametrize(
    ("endpoint", "url", "wanted"),
    [
        ("", "/media/", f"https://{BUCKET}.s3.amazonaws.com/a/b.webp"),
        ("http://127.0.0.1:9000", "/media/", f"http://127.0.0.1:9000/{BUCKET}/a/b.webp"),
        ("", "https://photos.example.com/", "https://photos.example.com/a/b.webp"),
    ],
)
def test_the_address_of_a_photo(monkeypatch, endpoint, url, wanted):
    from storages.backends.s3 import S3Storage

    storage, media_url = s3_media(BUCKET, endpoint=endpoint, url=url)
    assert S3Storage(**storage["OPTIONS"]).url("a/b.webp") == wanted
    assert f"{media_url}a/b.webp" == wanted


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("", "FileSystemStorage /media/"),
        (BUCKET, f"S3Storage https://{BUCKET}.s3.amazonaws.com/"),
    ],
)
def test_the_environment_chooses_the_storage(given, wanted):
    code = (
        "import django; django.setup()\n"
        "from django.conf import settings; from django.core.files.storage import default_storage\n"
        "default_storage.exists\n"
        "print(type(default_storage._wrapped).__name__, settings.MEDIA_URL)"
    )
    environ = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "airbnb.settings",
        "MEDIA_S3_BUCKET": given,
        "MEDIA_URL": "/media/",
    }
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == wanted


def test_roles_write_where_the_gateway_reads(tmp_path):
    instance = Instance("x", TEST_PORTS, base=tmp_path)
    written = environment.instance_environment(instance, {**os.environ})["MEDIA_ROOT"]
    text = gateway.configuration(instance)["gateway.conf"]
    assert text.count(f'alias "{written}/') == 2
