import json
import logging
import os
import subprocess
import sys

from prometheus_client.parser import text_string_to_metric_families

from apps.common import metrics


def samples(text):
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def counted(client, **labels):
    text = client.get("/metrics").content.decode()
    return samples(text).get(("http_request_seconds_count", tuple(sorted(labels.items()))), 0)


def test_a_request_is_counted_by_its_route_and_never_by_its_path(anonymous, listing_id):
    labels = {"method": "GET", "route": "api/properties/<str:listing_id>", "status": "200"}
    before = counted(anonymous, **labels)
    assert anonymous.get(f"/api/properties/{listing_id}").status_code == 200
    assert counted(anonymous, **labels) == before + 1
    assert str(listing_id) not in anonymous.get("/metrics").content.decode()


def test_an_unknown_address_is_one_route_whatever_it_says(anonymous):
    labels = {"method": "GET", "route": "unmatched", "status": "404"}
    before = counted(anonymous, **labels)
    anonymous.get("/api/nowhere/1")
    anonymous.get("/api/nowhere/2")
    assert counted(anonymous, **labels) == before + 2


def test_commands_and_connections_of_mongodb_are_measured(anonymous, listing_id):
    found = samples(anonymous.get("/metrics").content.decode())
    finds = ("mongodb_command_seconds_count", (("command", "find"), ("outcome", "ok")))
    before = found.get(finds, 0)
    anonymous.get(f"/api/properties/{listing_id}")
    after = samples(anonymous.get("/metrics").content.decode())
    assert after[finds] > before
    assert after["mongodb_pool_connections", ()] >= 1


def test_a_request_writes_one_line_with_its_id_and_a_probe_none(anonymous, caplog):
    with caplog.at_level(logging.INFO, "access"):
        reply = anonymous.get("/api/properties", headers={"X-Request-ID": "from-the-gateway"})
        anonymous.get("/health")
    assert reply.headers["X-Request-ID"] == "from-the-gateway"
    (line,) = [record for record in caplog.records if record.name == "access"]
    assert (line.method, line.path, line.status) == ("GET", "/api/properties", 200)
    assert line.milliseconds > 0


def test_the_log_is_json_with_the_request_id(settings, capfd):
    code = (
        "import django; django.setup(); import logging;"
        "from apps.common.middleware import request_id_bind;"
        "request_id_bind('abcdefgh'); logging.getLogger('access').info('request', extra={'n': 1})"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "airbnb.settings"}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    line = json.loads(capfd.readouterr().err.splitlines()[-1])
    assert (line["request_id"], line["n"], line["role"]) == ("abcdefgh", 1, "all")


def test_several_processes_add_up(tmp_path):
    """As gunicorn's workers do: each in its own files, one answer for all."""
    code = (
        "from apps.common import metrics;"
        "metrics.REQUESTS.labels('GET', 'somewhere', 200).observe(0.1)"
    )
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    for _ in range(3):
        subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    read = "from apps.common import metrics; print(metrics.text().decode())"
    done = subprocess.run(
        [sys.executable, "-c", read], env=environment, check=True, capture_output=True, text=True
    )
    labels = (("method", "GET"), ("route", "somewhere"), ("status", "200"))
    assert samples(done.stdout)["http_request_seconds_count", labels] == 3


def test_a_worker_serves_its_figures_at_an_address_of_its_own():
    import socket
    import urllib.request

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    metrics.serve(f"127.0.0.1:{port}")
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as reply:
        assert b"http_request_seconds" in reply.read()
