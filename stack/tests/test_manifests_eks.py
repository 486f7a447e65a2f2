"""The eks overlay beside the seed's AWS: what it asks for, and that it fits what it costs."""

import json
import re

import pytest
import yaml

from stack.common.paths import ROOT
from stack.manifests import rendering, schemas
from stack.manifests.objects import containers, find, name_of, of_kind, pod_of
from stack.manifests.rendering import SOURCE

AWS = SOURCE / "overlays" / "eks" / "aws"
REPOSITORIES = {
    *("traveler-service", "owner-service", "property-service", "booking-service", "ai-service"),
    "frontend",
}
# A t3.medium has 2 processors and 4 GiB; EKS keeps 70m and, for 29 pods, about 0.7 GiB.
NODE_CPU, NODE_MEMORY = 1930, 3200
# vpc-cni, kube-proxy, EBS driver, CloudWatch agent, Fluent Bit, on each node.
AGENTS_CPU, AGENTS_MEMORY = 480, 320
# coredns, metrics-server, EBS and ALB controllers, autoscaler, external-dns, external-secrets.
CONTROLLERS_CPU, CONTROLLERS_MEMORY = 700, 1200
UNITS = {"Mi": 1, "Gi": 1024}


@pytest.fixture(scope="module")
def eks():
    return rendering.render("overlays/eks")


@pytest.fixture(scope="module")
def cluster():
    return yaml.safe_load((AWS / "cluster.yaml").read_text())


def megabytes(text):
    number, unit = re.fullmatch(r"(\d+)([MG]i)", text).groups()
    return int(number) * UNITS[unit]


def test_the_cluster_is_the_seeds(cluster):
    assert schemas.problems(cluster) == []
    assert cluster["vpc"]["cidr"] == "10.0.0.0/16"
    assert cluster["availabilityZones"] == ["us-west-2a", "us-west-2b"]
    (nodes,) = cluster["managedNodeGroups"]
    assert (nodes["instanceType"], nodes["desiredCapacity"]) == ("t3.medium", 3)
    assert "amazon-cloudwatch-observability" in {addon["name"] for addon in cluster["addons"]}


def test_an_identity_belongs_to_a_service_account_that_exists(cluster, eks):
    ours = [
        each["serviceAccountName"]
        for each in cluster["iam"]["podIdentityAssociations"]
        if each["namespace"] == "airbnb-app"
    ]
    assert ours == ["traveler-service", "owner-service", "property-service"]
    assert all(find(eks, "ServiceAccount", name) for name in ours)
    policy = find(eks, "NetworkPolicy", "photo-writers-to-pod-identity")["spec"]
    assert policy["podSelector"]["matchExpressions"][0]["values"] == ours
    bucket = find_settings(eks)["MEDIA_S3_BUCKET"]
    assert f"arn:aws:s3:::{bucket}/*" in (AWS / "cluster.yaml").read_text()


def find_settings(objects):
    return next(
        each["data"]
        for each in of_kind(objects, "ConfigMap")
        if name_of(each).startswith("app-settings")
    )


def test_images_come_from_the_six_repositories(eks):
    used = {
        container["image"].removesuffix(":v2.0.0").rpartition("/")[2]
        for workload in of_kind(eks, "Deployment", "Job")
        for container in containers(workload)
    }
    assert used == REPOSITORIES
    made = json.loads((AWS / "registry.json").read_text())["Resources"].values()
    assert {each["Properties"]["RepositoryName"] for each in made} == REPOSITORIES
    assert all(each["Properties"]["ImageScanningConfiguration"]["ScanOnPush"] for each in made)


def test_the_load_balancer_is_public_and_speaks_tls_1_3_only(eks):
    (ingress,) = of_kind(eks, "Ingress")
    notes = {
        name.removeprefix("alb.ingress.kubernetes.io/"): value
        for name, value in ingress["metadata"]["annotations"].items()
    }
    assert ingress["spec"]["ingressClassName"] == "alb"
    assert (notes["scheme"], notes["target-type"]) == ("internet-facing", "ip")
    assert notes["ssl-policy"] == "ELBSecurityPolicy-TLS13-1-3-2021-06"
    assert json.loads(notes["listen-ports"]) == [{"HTTP": 80}, {"HTTPS": 443}]
    assert notes["ssl-redirect"] == "443"
    assert notes["external-dns.alpha.kubernetes.io/hostname"] == ingress["spec"]["rules"][0]["host"]


def test_volumes_are_gp3_encrypted_and_within_the_seeds_100_gb(eks):
    sizes = {}
    for each in of_kind(eks, "StatefulSet"):
        (claim,) = each["spec"]["volumeClaimTemplates"]
        assert claim["spec"]["storageClassName"] == "gp3"
        size = megabytes(claim["spec"]["resources"]["requests"]["storage"])
        sizes[name_of(each)] = each["spec"]["replicas"] * size // 1024
    assert sizes == {"mongodb": 60, "kafka": 30, "redis": 5}
    (stored,) = rendering.render("cluster/eks")
    assert (stored["parameters"]["type"], stored["parameters"]["encrypted"]) == ("gp3", "true")


def requested(objects, what, amount):
    """Of all lasting pods, each Deployment with an autoscaler at its smallest number."""
    smallest = {
        each["spec"]["scaleTargetRef"]["name"]: each["spec"]["minReplicas"]
        for each in of_kind(objects, "HorizontalPodAutoscaler")
    }
    return sum(
        (each["spec"].get("replicas") or smallest[name_of(each)])
        * sum(amount(c["resources"]["requests"][what]) for c in pod_of(each)["containers"])
        for each in of_kind(objects, "Deployment", "StatefulSet")
    )


def cpu(text):
    return int(text[:-1]) if text.endswith("m") else int(text) * 1000


def test_it_fits_the_seeds_three_nodes(eks, cluster):
    nodes = cluster["managedNodeGroups"][0]["minSize"]
    room = nodes * (NODE_CPU - AGENTS_CPU) - CONTROLLERS_CPU
    assert requested(eks, "cpu", cpu) <= room
    memory = nodes * (NODE_MEMORY - AGENTS_MEMORY) - CONTROLLERS_MEMORY
    assert requested(eks, "memory", megabytes) <= memory


def test_the_measure_is_no_formality(eks, cluster):
    """The production overlay, with two of each worker, would not fit."""
    nodes = cluster["managedNodeGroups"][0]["minSize"]
    room = nodes * (NODE_CPU - AGENTS_CPU) - CONTROLLERS_CPU
    production = rendering.render("overlays/production")
    assert requested(production, "cpu", cpu) > requested(eks, "cpu", cpu)
    assert requested(production, "cpu", cpu) + 2 * 250 > room


def alarms():
    return json.loads((AWS / "alarms.json").read_text())["Resources"]


def test_the_seeds_six_alerts_have_alarms_that_tell_somebody(eks):
    found = alarms()
    name, workloads, template = found.pop("Fn::ForEach::Restarts")
    (restarts,) = template.values()
    assert name == "Workload"
    assert set(workloads) == {name_of(e) for e in of_kind(eks, "Deployment", "StatefulSet")}
    made = [restarts, *found.values()]
    made = [each["Properties"] for each in made if each["Type"] == "AWS::CloudWatch::Alarm"]
    assert {threshold(each) for each in made} == {
        ("High error rate (> 5%)", 5),
        ("Slow response times (> 2s avg)", 2),
        ("Pod crashes/restarts: ${Workload}", 0),
        ("High resource utilization (> 90%): processors", 90),
        ("High resource utilization (> 90%): memory", 90),
        ("High resource utilization (> 90%): disks", 90),
        ("Kafka consumer lag: more than 1000 events wait", 1000),
        ("MongoDB connection issues", 5),
    }
    assert all(each["AlarmActions"] == [{"Ref": "Topic"}] for each in made)
    assert found["Topic"]["Type"] == "AWS::SNS::Topic"


def threshold(properties):
    description = properties["AlarmDescription"]
    return (
        description if isinstance(description, str) else description["Fn::Sub"],
        properties["Threshold"],
    )


def test_references_of_the_templates_lead_somewhere():
    for path in AWS.glob("*.json"):
        template = json.loads(path.read_text())
        named = set(re.findall(r'"Ref": "(\w+)"|\$\{(\w+)\}', path.read_text()))
        known = {*template["Resources"], *template.get("Parameters", {}), "Workload"}
        assert {name for pair in named for name in pair if name} <= known


def test_the_cost_table_adds_up():
    text = (ROOT / "docs" / "deployment.md").read_text()
    rows = re.findall(r"^\| ([^|*]+) \| [^|]* \| \$(\d+) \|$", text, re.MULTILINE)
    total = re.search(r"\*\*~\$(\d+)/month\*\*", text)
    assert len(rows) == 7
    assert sum(int(price) for _, price in rows) == int(total[1]) == 218
