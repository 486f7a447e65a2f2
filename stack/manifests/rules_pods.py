"""What holds for every pod: bounds, probes, no needless right, no name that leads nowhere."""

import re
from collections.abc import Container, Iterator

from airbnb.roles import ROLES
from stack.common.paths import ROOT
from stack.manifests.objects import (
    PODS,
    Object,
    Objects,
    containers,
    find,
    name_of,
    of_kind,
    pod_of,
    role_of,
    title,
)

# Secrets that a deployer makes by overlays/secrets.sh where the overlay itself holds none.
BY_HAND = {
    "app-secrets": {"jwt_secret_key", "jwt_public_keys", "secret_key", "mongodb_password"}
    | {"redis_password", "aws_access_key_id", "aws_secret_access_key"},
    "mongodb-auth": {"keyfile", "root_password"},
}
SETTINGS = "app-settings"
LOCKED = {
    "allowPrivilegeEscalation": False,
    "readOnlyRootFilesystem": True,
    "capabilities": {"drop": ["ALL"]},
}


def each_container(objects: Objects) -> Iterator[tuple[str, Object]]:
    for workload in of_kind(objects, *PODS):
        for container in containers(workload):
            yield f"{title(workload)}: {container['name']}", container


def resources(objects: Objects) -> list[str]:
    return [
        f"{where}: no {side} of {what}"
        for where, container in each_container(objects)
        for side in ("requests", "limits")
        for what in ("cpu", "memory")
        if what not in container.get("resources", {}).get(side, {})
    ]


def probes(objects: Objects) -> list[str]:
    return [
        f"{title(workload)}: {container['name']}: no {probe}"
        for workload in of_kind(objects, "Deployment", "StatefulSet")
        for container in pod_of(workload)["containers"]
        for probe in ("livenessProbe", "readinessProbe")
        if not container.get(probe)
    ]


def security(objects: Objects) -> list[str]:
    problems = [
        f"{where}: securityContext is not {LOCKED}"
        for where, container in each_container(objects)
        if container.get("securityContext") != LOCKED
    ]
    for workload in of_kind(objects, *PODS):
        pod = pod_of(workload)
        context = pod.get("securityContext", {})
        found = {
            "may run as root": context.get("runAsNonRoot") is True and context.get("runAsUser"),
            "has no seccomp profile": context.get("seccompProfile") == {"type": "RuntimeDefault"},
            "carries a token": pod.get("automountServiceAccountToken") is False,
            "gets a variable for every Service": pod.get("enableServiceLinks") is False,
            "has no ServiceAccount of its own": find(
                objects, "ServiceAccount", pod.get("serviceAccountName", "")
            ),
        }
        problems += [f"{title(workload)}: {what}" for what, fine in found.items() if not fine]
    return problems


def keys(objects: Objects) -> list[str]:
    """The private key of the tokens is in no pod but those of the roles that sign."""
    problems = []
    for workload in of_kind(objects, *PODS):
        role = role_of(workload)
        signs = role is not None and ROLES[role].signs
        for container in containers(workload):
            has = "JWT_SECRET_KEY" in {entry["name"] for entry in container.get("env", [])}
            if has != signs:
                what = "has" if has else "lacks"
                problems.append(f"{title(workload)}: {container['name']}: {what} JWT_SECRET_KEY")
    return problems


def references(objects: Objects) -> list[str]:
    return [
        f"{where}: {problem}"
        for where, container in each_container(objects)
        for problem in unknown_references(objects, container)
    ]


def unknown_references(objects: Objects, container: Object) -> Iterator[str]:
    for source in container.get("envFrom", []):
        name = source["configMapRef"]["name"]
        if not find(objects, "ConfigMap", name):
            yield f"no ConfigMap {name}"
    for entry in container.get("env", []):
        for reference, keys in offered(objects, entry.get("valueFrom", {})):
            if reference["key"] not in keys and not reference.get("optional"):
                yield f"{entry['name']}: no key {reference['key']} in {reference['name']}"


def offered(objects: Objects, source: Object) -> Iterator[tuple[Object, Container[str]]]:
    """The reference of a variable, if it is one, and the keys that there are."""
    if reference := source.get("configMapKeyRef"):
        yield reference, (find(objects, "ConfigMap", reference["name"]) or {}).get("data", {})
    if reference := source.get("secretKeyRef"):
        yield reference, secret_keys(objects, reference["name"])


def secret_keys(objects: Objects, name: str) -> set[str]:
    """Of the Secret, of what the External Secrets Operator makes, or by the deployer's hands."""
    if found := find(objects, "Secret", name):
        return set(found["data"])
    if of_kind(objects, "ExternalSecret"):
        made = [
            e for e in of_kind(objects, "ExternalSecret") if e["spec"]["target"]["name"] == name
        ]
        return {item["secretKey"] for each in made for item in each["spec"]["data"]}
    return BY_HAND.get(name, set())


def images(objects: Objects) -> list[str]:
    return [
        f"{where}: the overlay names no registry for {container['image']}"
        for where, container in each_container(objects)
        if container["image"].startswith("ecr-repo/")
    ]


def variables(objects: Objects) -> list[str]:
    """A variable of ours that nothing reads is a misspelt one."""
    known = documented()
    return [
        f"{where}: {name} is in no .env.example"
        for where, container in each_container(objects)
        if takes_settings(container)
        for name in sorted(names_given(objects, container) - known - expanded(container))
    ]


def takes_settings(container: Object) -> bool:
    sources = [source["configMapRef"]["name"] for source in container.get("envFrom", [])]
    return any(name.startswith(SETTINGS) for name in sources)


def names_given(objects: Objects, container: Object) -> set[str]:
    return {entry["name"] for entry in container["env"]} | set(settings_map(objects))


def expanded(container: Object) -> set[str]:
    """Names that serve a later value as $(NAME)."""
    return set(re.findall(r"\$\((\w+)\)", " ".join(e.get("value", "") for e in container["env"])))


def settings_map(objects: Objects) -> Object:
    found = [e for e in of_kind(objects, "ConfigMap") if name_of(e).startswith(SETTINGS)]
    data: Object = found[0]["data"] if found else {}
    return data


def documented() -> set[str]:
    text = (ROOT / ".env.example").read_text() + (ROOT / "docker" / "replica_set.py").read_text()
    read = set(re.findall(r"^#?\s?([A-Z_0-9]+)=|environ\[\"([A-Z_]+)\"\]", text, re.MULTILINE))
    aws = {"AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}
    return {name for pair in read for name in pair if name} | aws
