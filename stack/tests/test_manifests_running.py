"""What the manifests say, carried out: settings, probes and Kafka's settings as a pod has them."""

import json
import os
import re
import shutil
import subprocess
import sys
import time

import pytest
import yaml

from stack.common.paths import ROOT
from stack.manifests import rendering
from stack.manifests.environment import environment
from stack.manifests.objects import containers, find, of_kind, pod_of, role_of
from stack.manifests.rendering import SOURCE
from stack.services.kafka import KafkaNode, Listener

SNIPPET = """
import django, io, json; django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client
call_command("check", stdout=io.StringIO())
hosts = {hosts!r}
statuses = [Client(headers={{"host": host}}).get("/health").status_code for host in hosts]
database = settings.DATABASES["default"]
print(json.dumps([settings.SERVICE_ROLE, database["HOST"], database["USER"], statuses]))
"""


@pytest.fixture(scope="module")
def local():
    return rendering.render("overlays/local")


def first_container(objects, name):
    return pod_of(find(objects, "Deployment", name))["containers"][0]


def run(words, env, **options):
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "airbnb.settings", **env},
        capture_output=True,
        text=True,
        check=False,
        **options,
    )


@pytest.mark.parametrize("name", ["booking-service", "admin-service", "notification-service"])
def test_the_application_starts_with_this_environment_and_answers_the_kubelet(local, name):
    variables = environment(local, first_container(local, name))
    hosts = ["10.1.2.3:5000", "airbnb.localhost", "evil.example"]
    done = run(["-c", SNIPPET.format(hosts=hosts)], variables)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [
        name.removesuffix("-service"),
        "mongodb://mongodb-0.mongodb:27017/?replicaSet=rs0&authSource=admin",
        "airbnb",
        [200, 200, 400],
    ]


@pytest.mark.parametrize(
    ("overlay", "media"),
    [
        ("production", "https://media.airbnb.example/"),
        ("eks", "https://media.airbnb.example/"),
        ("local", "/media/"),
    ],
)
def test_photos_go_where_the_overlay_says(overlay, media, local):
    objects = [*rendering.render(f"overlays/{overlay}"), *of_kind(local, "Secret")]
    container = first_container(objects, "property-service")
    env = [each for each in container["env"] if not each["name"].startswith("AWS_")]
    variables = environment(objects, {**container, "env": env})
    code = (
        "from airbnb import settings; "
        "print(settings.MEDIA_URL, 's3' in str(settings.STORAGES['default']).lower())"
    )
    done = run(["-c", code], variables)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [media, str(overlay != "local")]
    mounted = {each["mountPath"] for each in container["volumeMounts"]}
    assert ("/media" in mounted) == (overlay == "local")


def test_without_the_pods_own_address_its_probes_would_fail(local):
    variables = environment(local, first_container(local, "booking-service"))
    variables["ALLOWED_HOSTS"] = variables["PUBLIC_HOSTS"]
    done = run(["-c", SNIPPET.format(hosts=["10.1.2.3:5000"])], variables)
    assert json.loads(done.stdout)[-1] == [400]


# Whoever takes payments lacks these until a person has added them to app-secrets.
OF_THE_DEPLOYER = {
    "STRIPE_SECRET_KEY": "sk_live_of_no_account",
    "STRIPE_WEBHOOK_SECRET": "whsec_of_no_account",
}


@pytest.mark.parametrize("overlay", ["production", "eks"])
@pytest.mark.parametrize("name", ["booking-service", "worker"])
def test_without_the_deployers_keys_nothing_takes_money(overlay, name, local):
    objects = [*rendering.render(f"overlays/{overlay}"), *of_kind(local, "Secret")]
    refused = run(
        ["-c", "import airbnb.settings"], environment(objects, first_container(objects, name))
    )
    assert "PAYMENT_PROVIDER=stripe needs STRIPE_SECRET_KEY" in refused.stderr


@pytest.mark.parametrize(
    "kind_and_name",
    ["Deployment/booking-service", "Deployment/worker", "Deployment/relay", "Job/set-up"],
)
def test_production_is_fully_configured(kind_and_name, local):
    """The settings refuse to be imported with a secret or a host missing."""
    objects = [*rendering.render("overlays/production"), *of_kind(local, "Secret")]
    workload = find(objects, *kind_and_name.split("/"))
    for container in containers(workload):
        variables = {**environment(objects, container), **OF_THE_DEPLOYER}
        assert variables["DJANGO_ENV"] == "production"
        done = run(["-c", "import airbnb.settings"], variables)
        assert done.returncode == 0, done.stderr
    del variables["ALLOWED_HOSTS"]
    assert "ALLOWED_HOSTS must name" in run(["-c", "import airbnb.settings"], variables).stderr


def test_every_container_of_ours_gets_all_it_names(local):
    for workload in of_kind(local, "Deployment", "Job"):
        for container in containers(workload):
            variables = environment(local, container)
            assert "$(" not in " ".join(variables.values())


def test_redis_asks_for_the_password_that_our_address_gives(local):
    redis = pod_of(find(local, "StatefulSet", "redis"))["containers"][0]
    assert redis["command"][-2:] == ["--requirepass", "$(REDISCLI_AUTH)"]
    password = environment(local, redis)["REDISCLI_AUTH"]
    url = environment(local, first_container(local, "booking-service"))["REDIS_URL"]
    assert url == f"redis://:{password}@redis:6379/0"


def test_a_workers_probe_looks_at_the_age_of_its_heartbeat(local, tmp_path):
    container = first_container(local, "relay")
    command = container["livenessProbe"]["exec"]["command"]
    assert command == container["readinessProbe"]["exec"]["command"]
    heartbeat = tmp_path / "heartbeat"
    variables = {**environment(local, container), "HEARTBEAT_FILE": str(heartbeat)}
    assert run(command[1:], variables).returncode != 0
    heartbeat.touch()
    assert run(command[1:], variables).returncode == 0
    old = time.time() - 300
    os.utime(heartbeat, (old, old))
    stale = run(command[1:], variables)
    assert stale.returncode != 0
    assert "no heartbeat" in stale.stderr


def test_the_set_up_runs_the_commands_of_the_local_stack_in_their_order(local):
    words = [c["command"] for c in containers(find(local, "Job", "set-up"))]
    assert [word[:2] for word in words] == [["python3", "manage.py"]] * 3
    assert [word[2] for word in words] == ["migrate", "ensure_indexes", "create_topics"]


@pytest.mark.parametrize("overlay", ["local", "production", "eks"])
def test_topics_wait_for_every_broker(overlay):
    objects = rendering.render(f"overlays/{overlay}")
    command = pod_of(find(objects, "Job", "set-up"))["containers"][0]["command"]
    brokers = find(objects, "StatefulSet", "kafka")["spec"]["replicas"]
    assert command[3] == f"--brokers={brokers}"


def kafka_settings(objects):
    """As the image turns variables into settings: KAFKA_NODE_ID -> node.id."""
    container = pod_of(find(objects, "StatefulSet", "kafka"))["containers"][0]
    variables = environment(objects, container)
    return {
        name.removeprefix("KAFKA_").lower().replace("_", "."): value
        for name, value in variables.items()
        if name.startswith("KAFKA_") and name != "KAFKA_HEAP_OPTS"
    }


@pytest.mark.parametrize(("overlay", "nodes"), [("local", 1), ("production", 3)])
def test_kafka_is_set_as_the_tests_run_it(overlay, nodes, tmp_path):
    ours = kafka_settings(rendering.render(f"overlays/{overlay}"))
    listeners = [Listener(9092 + i, 9192 + i) for i in range(nodes)]
    lines = KafkaNode(1, listeners, tmp_path).settings().splitlines()
    tested = dict(line.split("=", 1) for line in lines)
    where = {"log.dirs", "listeners", "node.id", "controller.quorum.voters"}
    # Makes tests start quickly; costs a cluster needless rebalances.
    only_there = {"group.initial.rebalance.delay.ms"}
    assert {name: ours.get(name) for name in set(tested) - where - only_there} == {
        name: value for name, value in tested.items() if name not in where | only_there
    }
    voters = [f"{n}@kafka-{n}.kafka:9093" for n in range(nodes)]
    assert ours["controller.quorum.voters"] == ",".join(voters)
    assert ours["node.id"] == "0"
    assert ours["advertised.listeners"] == "PLAINTEXT://a-pod-0.kafka:9092"


@pytest.mark.parametrize("overlay", ["local", "production", "eks"])
def test_addresses_name_every_member_and_no_other(overlay):
    objects = rendering.render(f"overlays/{overlay}")
    config = find(objects, "ConfigMap", "app-config")["data"]
    for store, key, port in (
        ("mongodb", "mongodb_uri", 27017),
        ("kafka", "kafka_bootstrap_servers", 9092),
    ):
        replicas = find(objects, "StatefulSet", store)["spec"]["replicas"]
        members = re.findall(rf"{store}-(\d)\.{store}:{port}", config[key])
        assert members == [str(number) for number in range(replicas)]


@pytest.mark.parametrize("store", ["mongodb", "kafka", "redis"])
def test_the_images_are_those_of_compose(local, store):
    compose = yaml.safe_load((ROOT / "docker" / "compose.yaml").read_text())
    found = {each["image"] for each in containers(find(local, "StatefulSet", store))}
    assert found == {compose["services"][store]["image"]}


def test_one_image_for_all_roles(local):
    ours = [each for each in of_kind(local, "Deployment") if role_of(each)]
    assert {pod_of(each)["containers"][0]["image"] for each in ours} == {
        "localhost/staywell:latest"
    }


def test_secrets_are_made_once_and_never_shown(tmp_path):
    script = SOURCE / "overlays" / "secrets.sh"
    first = subprocess.run(["sh", script, tmp_path], capture_output=True, text=True, check=True)
    made = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert set(made) == {"app-secrets.env", "mongodb-auth.env"}
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.iterdir())
    subprocess.run(["sh", script, tmp_path], capture_output=True, check=True)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == made
    values = [line.split("=", 1)[1] for text in made.values() for line in text.splitlines()]
    assert all(value not in first.stdout for value in values)


@pytest.mark.parametrize("name", ["app-secrets.env", "mongodb-auth.env"])
def test_git_never_sees_a_secret(name):
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    path = f"kustomize/overlays/local/{name}"
    done = subprocess.run(["git", "check-ignore", "-q", path], cwd=ROOT, check=False)
    assert done.returncode == 0
