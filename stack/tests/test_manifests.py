"""The overlays of kustomize/ are valid and keep our rules; every rule notices what breaks it."""

import copy

import pytest

from stack.manifests import policies, rendering, schemas
from stack.manifests.objects import find, of_kind, pod_of
from stack.manifests.rendering import NAMES, OVERLAYS


@pytest.fixture(params=OVERLAYS)
def overlay(request):
    return rendering.render(request.param)


@pytest.fixture
def broken():
    """The production overlay, to be damaged."""
    return copy.deepcopy(list(rendering.render("overlays/production")))


def found(objects):
    return [finding for policy in policies.POLICIES for finding in policy(objects)]


@pytest.mark.parametrize("name", NAMES)
def test_every_object_is_strictly_valid(name):
    objects = rendering.render(name)
    assert schemas.findings(objects) == []
    assert schemas.skipped(objects) == set()


def test_validity_spans_the_seeds_release_and_the_newest():
    versions = schemas.versions()
    assert versions[0] == "1.28"
    assert len(versions) >= 2


def test_the_overlay_keeps_our_rules(overlay):
    assert found(overlay) == []


def test_everything_is_in_the_namespace(overlay):
    assert {
        each["metadata"].get("namespace") for each in overlay if each["kind"] != "Namespace"
    } == {"airbnb-app"}


def service(objects, name="booking-service"):
    return find(objects, "Deployment", name)


def container(objects, name="booking-service"):
    return pod_of(service(objects, name))["containers"][0]


def policy_named(objects, name):
    return find(objects, "NetworkPolicy", name)["spec"]


def ingress_path(objects, path):
    return next(
        item
        for each in of_kind(objects, "Ingress")
        for item in each["spec"]["rules"][0]["http"]["paths"]
        if item["path"] == path
    )


def set_role(objects):
    entry = next(i for i in container(objects, "relay")["env"] if i["name"] == "SERVICE_ROLE")
    entry["value"] = "beat"


def misroute(objects):
    ingress_path(objects, "/api/bookings")["backend"]["service"]["name"] = "owner-service"


def shadow(objects):
    """A longer prefix takes one path away from its role."""
    item = copy.deepcopy(ingress_path(objects, "/api/owner"))
    item["path"] = "/api/bookings/x"
    of_kind(objects, "Ingress")[0]["spec"]["rules"][0]["http"]["paths"].append(item)


def publish_metrics(objects):
    item = copy.deepcopy(ingress_path(objects, "/api/owner"))
    item["path"] = "/metrics"
    of_kind(objects, "Ingress")[0]["spec"]["rules"][0]["http"]["paths"].append(item)


def open_to_all(objects):
    policy_named(objects, "clients-to-kafka")["podSelector"] = {}
    policy_named(objects, "kafka-from-clients")["ingress"][0]["from"] = [{"podSelector": {}}]


def misspell(objects):
    container(objects)["env"].append({"name": "MONGO_URI", "value": "x"})


def forget_secret(objects):
    entry = next(item for item in container(objects)["env"] if item["name"] == "SECRET_KEY")
    entry["valueFrom"]["secretKeyRef"]["key"] = "secretkey"


def take_key(objects):
    own = container(objects, "owner-service")
    own["env"] = [entry for entry in own["env"] if entry["name"] != "JWT_SECRET_KEY"]


def read_secrets(objects):
    rule = {"apiGroups": [""], "resources": ["pods", "secrets"], "verbs": ["get"]}
    find(objects, "Role", "deployer")["rules"].append(rule)


def bind_account(objects):
    find(objects, "RoleBinding", "deployer")["subjects"].append({"kind": "ServiceAccount"})


def delete(objects, kind, name):
    objects.remove(find(objects, kind, name))


BREAKS = {
    "a role without a Deployment": (
        lambda o: delete(o, "Deployment", "worker"),
        "Deployment/worker: runs nothing, not role worker",
    ),
    "a Deployment of another role": (set_role, "Deployment/relay: runs beat, not role relay"),
    "a role without a Service": (
        lambda o: delete(o, "Service", "ai-service"),
        "ai-service: a Deployment and a Service must go together",
    ),
    "a Service to the wrong port": (
        lambda o: find(o, "Service", "ai-service")["spec"]["ports"][0].update(targetPort=80),
        "Service/ai-service: leads to a port that is not [5000]",
    ),
    "a misrouted path": (misroute, "/api/bookings: reaches owner, but booking serves it"),
    "a shadowed path": (shadow, "/api/bookings/x: reaches owner, but booking serves it"),
    "metrics outside": (publish_metrics, "/metrics: the outside reaches owner"),
    "no limits": (
        lambda o: container(o)["resources"].pop("limits"),
        "Deployment/booking-service: booking-service: no limits of memory",
    ),
    "no readiness": (
        lambda o: container(o).pop("readinessProbe"),
        "Deployment/booking-service: booking-service: no readinessProbe",
    ),
    "root": (
        lambda o: pod_of(service(o))["securityContext"].pop("runAsNonRoot"),
        "Deployment/booking-service: may run as root",
    ),
    "a token": (
        lambda o: pod_of(service(o)).pop("automountServiceAccountToken"),
        "Deployment/booking-service: carries a token",
    ),
    "a roll-out with a gap": (
        lambda o: service(o)["spec"]["strategy"]["rollingUpdate"].update(maxUnavailable=1),
        "Deployment/booking-service: a roll-out ends pods before new ones are ready",
    ),
    "a short good-bye": (
        lambda o: pod_of(service(o)).update(terminationGracePeriodSeconds=30),
        "Deployment/booking-service: is killed before its last requests are answered",
    ),
    "two of beat": (
        lambda o: service(o, "beat")["spec"].update(replicas=2),
        "Deployment/beat: must never run twice",
    ),
    "replicas beside an autoscaler": (
        lambda o: service(o)["spec"].update(replicas=2),
        "Deployment/booking-service: replicas undo the autoscaler at every deploy",
    ),
    "no budget": (
        lambda o: delete(o, "PodDisruptionBudget", "kafka"),
        "StatefulSet/kafka: no PodDisruptionBudget of its own",
    ),
    "a private key too many": (
        lambda o: container(o)["env"].append({"name": "JWT_SECRET_KEY", "value": "pem"}),
        "Deployment/booking-service: booking-service: has JWT_SECRET_KEY",
    ),
    "no private key": (
        take_key,
        "Deployment/owner-service: owner-service: lacks JWT_SECRET_KEY",
    ),
    "a missing key": (
        forget_secret,
        "Deployment/booking-service: booking-service: SECRET_KEY: no key secretkey in app-secrets",
    ),
    "a misspelt variable": (
        misspell,
        "Deployment/booking-service: booking-service: MONGO_URI is in no .env.example",
    ),
    "an image from nowhere": (
        lambda o: container(o).update(image="ecr-repo/x"),
        "Deployment/booking-service: booking-service: the overlay names no registry for ecr-repo/x",
    ),
    "a closed edge": (
        lambda o: delete(o, "NetworkPolicy", "clients-to-redis"),
        "booking-service cannot reach redis:6379",
    ),
    "an open edge": (open_to_all, "frontend must not reach kafka:9092"),
    "no deny-all": (
        lambda o: delete(o, "NetworkPolicy", "deny-all"),
        "mongodb-initiate: no network policy restricts its ingress",
    ),
    "a right to secrets": (read_secrets, "Role/deployer: ['pods', 'secrets'] ['get']"),
    "a right for a pod": (bind_account, "RoleBinding/deployer: gives rights to a ServiceAccount"),
}


@pytest.mark.parametrize("case", BREAKS)
def test_a_rule_notices(broken, case):
    damage, finding = BREAKS[case]
    damage(broken)
    assert finding in found(broken)


@pytest.mark.parametrize(
    ("damage", "finding"),
    [
        (
            lambda o: container(o).update(livenesProbe={}),
            "Additional properties are not allowed ('livenesProbe' was unexpected)",
        ),
        (lambda o: service(o)["spec"].update(replicas="2"), "'2' is not of type"),
        (lambda o: o.append({**service(o), "apiVersion": "apps/v2"}), "SKIPPED"),
    ],
    ids=["an unknown field", "text for a number", "an unknown kind"],
)
def test_validation_is_strict(broken, damage, finding):
    damage(broken)
    assert any(finding in problem for problem in schemas.findings(broken))


def test_our_schemas_are_strict():
    objects = copy.deepcopy(list(rendering.render("overlays/eks")))
    external = find(objects, "ExternalSecret", "app-secrets")
    external["spec"]["data"][0]["remoteRef"]["propery"] = "typo"
    assert any("propery" in problem for problem in schemas.findings(objects))
