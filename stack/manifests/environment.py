"""The environment that a container of ours would start with, as the kubelet puts it together."""

import base64
import re
from collections.abc import Mapping

from stack.manifests.objects import Object, Objects, find

FIELDS = {"status.podIP": "10.1.2.3", "metadata.name": "a-pod-0"}


def environment(objects: Objects, container: Object) -> dict[str, str]:
    """Raises LookupError where a name leads nowhere. An entry sees earlier ones as $(NAME)."""
    shared: dict[str, str] = {}
    for source in container.get("envFrom", []):
        shared |= config_map(objects, source["configMapRef"]["name"])
    own: dict[str, str] = {}
    for entry in container.get("env", []):
        value = entry_value(objects, entry, own)
        if value is not None:
            own[entry["name"]] = value
    return {**shared, **own}


def entry_value(objects: Objects, entry: Object, earlier: Mapping[str, str]) -> str | None:
    if "value" in entry:
        return re.sub(r"\$\((\w+)\)", lambda found: earlier[found[1]], entry["value"])
    source = entry["valueFrom"]
    if reference := source.get("configMapKeyRef"):
        return config_map(objects, reference["name"])[reference["key"]]
    if reference := source.get("secretKeyRef"):
        return secret(objects, reference)
    path = source["fieldRef"]["fieldPath"]
    return FIELDS.get(path, "0")


def config_map(objects: Objects, name: str) -> dict[str, str]:
    found = find(objects, "ConfigMap", name)
    if not found:
        raise LookupError(f"no ConfigMap {name}")
    data: dict[str, str] = found["data"]
    return data


def secret(objects: Objects, reference: Object) -> str | None:
    found = find(objects, "Secret", reference["name"])
    value = (found or {}).get("data", {}).get(reference["key"])
    if value is None and not reference.get("optional"):
        raise LookupError(f"no key {reference['key']} in Secret {reference['name']}")
    return None if value is None else base64.b64decode(value).decode()
