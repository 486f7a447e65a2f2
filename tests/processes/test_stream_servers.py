"""How many streams a process holds, in the loop of the ASGI role and in the threads of role all."""

import asyncio
import shutil
import signal
import socket
import subprocess
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from types import SimpleNamespace

import httpx
import pytest

from apps.common.clock import utc_now
from apps.notifications.services import notification_deliver
from stack.common.waiting import wait_until
from stack.processes import gateway, gateway_pages
from tests.processes.serving import PATH, WAIT_SECONDS, Crowd, listening

pytestmark = pytest.mark.slow

CROWD = 2_000


def deliver(person) -> str:
    made = uuid.uuid4().hex
    notification_deliver(
        notification_id=made,
        user_id=person.id,
        kind="k",
        title="t",
        body="b",
        booking_id="b1",
        now=utc_now(),
    )
    return made


@pytest.mark.parametrize(("role", "streams"), [("notification", 5), ("all", 2)])
def test_sigterm_ends_open_streams_and_the_process(start, role, streams, guest):
    server = start(role)
    with ExitStack() as stack:
        opened = [stack.enter_context(listening(server, guest.token)) for _ in range(streams)]
        for stream in opened:
            stream.until("ready")
        with ThreadPoolExecutor(1) as thread:
            stopping = thread.submit(server.stop)
            # To their proper end: a broken body would raise.
            assert [stream.next() for stream in opened] == [None] * streams
            seconds, log = stopping.result()
    assert seconds < 10
    assert log.count('"ended":"shutdown"') == streams
    assert "Traceback" not in log


@pytest.fixture
def through_nginx(start, tmp_path):
    """The gateway's configuration, before a server of the notification role."""
    server = start("notification")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    upstreams = dict.fromkeys(gateway.routes().values(), f"127.0.0.1:{server.port}")
    text = gateway.gateway_conf(
        upstreams, USER="", WRITABLE="", LISTEN=f"127.0.0.1:{port}", SPA_DIST="", MEDIA_ROOT=""
    )
    proxy = gateway.TEMPLATE.with_name("proxy.conf").read_text()
    files = {"gateway.conf": text, "proxy.conf": proxy, **gateway_pages.files()}
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    binary = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    nginx = subprocess.Popen([binary, "-p", f"{tmp_path}/", "-c", "gateway.conf", "-e", "stderr"])
    made = SimpleNamespace(url=f"http://127.0.0.1:{port}", nginx=nginx)
    wait_until(lambda: _answers(made.url), "nginx", seconds=WAIT_SECONDS)
    yield made
    nginx.terminate()
    nginx.wait(WAIT_SECONDS)


def _answers(url) -> bool:
    try:
        return httpx.get(f"{url}{PATH}").status_code == 401
    except httpx.TransportError:
        return False


@pytest.mark.skipif(not shutil.which("nginx", path="/usr/sbin:/usr/bin"), reason="no nginx")
def test_the_gateway_passes_items_on_at_once_and_stops_with_streams_open(through_nginx, guest):
    with listening(through_nginx, guest.token) as stream:
        stream.until("ready")
        made = deliver(guest)
        began = time.monotonic()
        assert stream.ids_until(made) == [made]
        assert time.monotonic() - began < 5
        assert "content-encoding" not in stream.reply.headers
        through_nginx.nginx.send_signal(signal.SIGQUIT)
        through_nginx.nginx.wait(15)


def test_role_all_streams_too_but_only_to_a_few_and_not_all_to_one(start, guest, host):
    server = start("all")
    headers = {"Authorization": f"Bearer {guest.token}"}
    with ExitStack() as stack:
        streams = [stack.enter_context(listening(server, guest.token)) for _ in range(2)]
        for stream in streams:
            stream.until("ready")
        assert _refusal(server, guest) == (429, "15", "TOO_MANY_OWN_STREAMS")
        theirs = stack.enter_context(listening(server, host.token))
        theirs.until("ready")
        assert _refusal(server, host) == (503, "15", "TOO_MANY_STREAMS")
        # Five threads are left to everything else.
        assert httpx.get(f"{server.url}/api/notifications", headers=headers).status_code == 200
        made = deliver(guest)
        assert [stream.ids_until(made) for stream in streams] == [[made]] * 2
        position = streams[0].last_id
    missed = deliver(guest)
    wait_until(lambda: _opens(server, headers), "room", seconds=WAIT_SECONDS)
    with listening(server, guest.token, position) as stream:
        assert missed in stream.ids_until(missed)


def _refusal(server, person) -> tuple[int, str, str]:
    headers = {"Authorization": f"Bearer {person.token}"}
    refused = httpx.get(f"{server.url}{PATH}", headers=headers)
    code = refused.json()["error"]["code"]
    return refused.status_code, refused.headers["retry-after"], code


def test_one_account_has_ten_streams_in_a_process_and_the_eleventh_is_refused(start, guest, host):
    server = start("notification")
    with ExitStack() as stack:
        mine = [stack.enter_context(listening(server, guest.token)) for _ in range(10)]
        for stream in mine:
            stream.until("ready")
        assert _refusal(server, guest) == (429, "15", "TOO_MANY_OWN_STREAMS")
        theirs = stack.enter_context(listening(server, host.token))
        theirs.until("ready")
    headers = {"Authorization": f"Bearer {guest.token}"}
    wait_until(lambda: _opens(server, headers), "room", seconds=WAIT_SECONDS)


def _opens(server, headers) -> bool:
    with httpx.stream("GET", f"{server.url}{PATH}", headers=headers) as reply:
        return reply.status_code == 200


def test_one_process_holds_thousands_of_idle_streams_and_reaches_the_one_concerned(
    start, guest, make_person
):
    server, others = start("notification"), [make_person() for _ in range(CROWD // 10)]
    asyncio.run(_reach_one(server, guest, [person.token for person in others]))


async def _reach_one(server, guest, tokens):
    crowd = Crowd(server.port)
    await crowd.grow([tokens[n % len(tokens)] for n in range(CROWD)])
    await crowd.grow([guest.token])
    assert server.figure("notification_streams_open") == CROWD + 1
    made = await asyncio.to_thread(deliver, guest)
    reader, _ = crowd.open[-1]
    async with asyncio.timeout(5):
        await reader.readuntil(made.encode())
    assert server.figure("notification_stream_items_total") == 1
    crowd.leave()
