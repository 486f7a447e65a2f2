"""The processes that decode photos: how many, with what, and what they cannot do."""

import io
import json
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from bson import ObjectId
from django.core.files.base import ContentFile
from PIL import Image

from apps.common import image_runner, images, slow_work
from apps.common.image_process import __main__ as process
from apps.common.slow_work import Places

WIDTHS = (64,)


def photo(size=(300, 200), kind="JPEG") -> ContentFile:
    written = io.BytesIO()
    Image.new("RGB", size, "red").save(written, kind)
    return ContentFile(written.getvalue(), name="photo.bin")


def run() -> tuple[int, list[bytes]]:
    return image_runner.run(photo(), "JPEG", WIDTHS)


@pytest.mark.unit
def test_the_process_has_limits_and_none_of_our_secrets():
    code = (
        "import json, os, resource as r\n"
        "from apps.common.image_process.__main__ import limit_self\n"
        "limit_self()\n"
        "print(json.dumps([dict(os.environ), os.nice(0),"
        " *(r.getrlimit(n)[0] for n in (r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_FSIZE))]))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        env=image_runner._ENVIRONMENT,
        capture_output=True,
        check=True,
    )
    environment, nice, *limits = json.loads(found.stdout)
    assert environment.keys() <= {*image_runner._ENVIRONMENT, "LC_CTYPE"}
    assert nice == min(19, os.nice(0) + process.NICE)
    assert limits == [process.MEMORY, process.CPU_SECONDS, 0]


@pytest.mark.unit
def test_a_photo_that_takes_more_memory_than_the_process_may_is_refused():
    """The negative control of the limit: with less of it the same photo is too much."""
    body = photo((5_000, 5_000), "PNG").read()
    outcomes = []
    for memory in (process.MEMORY, 96 * 1024 * 1024):
        script = (
            "import sys; from apps.common.image_process import __main__ as m;"
            f"m.MEMORY = {memory}; m.main('PNG', '64')"
        )
        done = subprocess.run(
            [sys.executable, "-c", script], input=body, capture_output=True, check=True
        )
        outcomes.append(json.loads(done.stdout.partition(b"\n")[0]))
    assert outcomes[0]["pixels"] == 25_000_000
    assert outcomes[1] == {"problem": "memory"}


@pytest.mark.unit
def test_who_finds_no_place_is_refused_at_once(monkeypatch):
    monkeypatch.setattr(image_runner, "_places", Places(2))
    entered, leave = threading.Barrier(3), threading.Event()

    def slow(*_arguments, **_options):
        entered.wait(20)
        leave.wait(20)
        raise image_runner.ImagesBusyError

    monkeypatch.setattr(image_runner, "_one_at_a_time", slow)
    with ThreadPoolExecutor(2) as pool:
        two = [pool.submit(run) for _ in range(2)]
        entered.wait(20)
        with pytest.raises(image_runner.ImagesBusyError) as refusal:
            run()
        assert (refusal.value.status, refusal.value.retry_after) == (503, 5)
        leave.set()
        assert [type(one.exception(20)) for one in two] == [image_runner.ImagesBusyError] * 2
    monkeypatch.undo()
    assert run()[0] == 60_000


@pytest.mark.unit
def test_slow_work_of_all_kinds_leaves_threads_to_other_calls(settings, monkeypatch):
    settings.WEB_THREADS = 5
    shared = slow_work._shared.__wrapped__()
    monkeypatch.setattr(slow_work, "_shared", lambda: shared)
    first, second = Places(2), Places(2)
    assert [first.acquire(), first.acquire(), first.acquire()] == [True, True, False]
    assert [second.acquire(), second.acquire()] == [True, False]
    first.release()
    assert second.acquire()


@pytest.mark.unit
def test_two_server_processes_decode_one_photo_at_a_time(monkeypatch):
    """The lock is held by another process, as by a second gunicorn worker."""
    monkeypatch.setattr(image_runner, "WAIT_SECONDS", 0.2)
    script = (
        "import fcntl, sys; lock = open(sys.argv[1], 'wb'); fcntl.flock(lock, fcntl.LOCK_EX);"
        "print(flush=True); sys.stdin.read()"
    )
    holding = [sys.executable, "-c", script, str(image_runner._lock_file())]
    with subprocess.Popen(holding, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        with pytest.raises(image_runner.ImagesBusyError):
            run()
        other.communicate(b"")
    assert run()[0] == 60_000


@pytest.mark.unit
def test_a_process_that_does_not_end_is_killed(monkeypatch):
    monkeypatch.setattr(image_runner, "RUN_SECONDS", 0.01)
    with pytest.raises(image_runner.ImagesBusyError):
        run()
    monkeypatch.undo()
    assert run()[0] == 60_000


def test_a_user_has_so_many_pixels_an_hour(settings):
    settings.RATE_LIMIT_PIXELS = "2/hour"
    one, other = ObjectId(), ObjectId()

    def send(user_id, body):
        return images.reencode(body, widths=WIDTHS, user_id=user_id)

    send(one, photo((1_000, 1_001)))
    with pytest.raises(images.ImageBudgetError) as refusal:
        send(one, photo())
    assert 1 <= refusal.value.retry_after <= 3600
    assert send(other, photo())


def test_a_photo_that_cannot_be_read_counts_as_the_largest(settings):
    settings.RATE_LIMIT_PIXELS = "50/hour"
    user_id = ObjectId()
    with pytest.raises(images.ImageInvalidError):
        images.reencode(ContentFile(photo().read()[:300]), widths=WIDTHS, user_id=user_id)
    with pytest.raises(images.ImageBudgetError):
        images.reencode(photo(), widths=WIDTHS, user_id=user_id)
