"""Reading rendered objects: plain dicts in, plain values out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Object = dict[str, Any]
Objects = Sequence[Object]
PODS = {"Deployment", "StatefulSet", "Job"}


def of_kind(objects: Objects, *kinds: str) -> list[Object]:
    return [each for each in objects if each["kind"] in kinds]


def name_of(each: Object) -> str:
    return str(each["metadata"]["name"])


def title(each: Object) -> str:
    return f"{each['kind']}/{name_of(each)}"


def find(objects: Objects, kind: str, name: str) -> Object | None:
    return next((each for each in of_kind(objects, kind) if name_of(each) == name), None)


def pod_of(workload: Object) -> Object:
    spec: Object = workload["spec"]["template"]["spec"]
    return spec


def labels_of(workload: Object) -> dict[str, str]:
    labels: dict[str, str] = workload["spec"]["template"]["metadata"]["labels"]
    return labels


def containers(workload: Object) -> Iterator[Object]:
    """The lasting containers of a workload and those that run before them."""
    pod = pod_of(workload)
    yield from pod.get("initContainers", [])
    yield from pod["containers"]


def variable(container: Object, name: str) -> str | None:
    """The literal value of a variable; None where it is missing or comes from elsewhere."""
    for entry in container.get("env", []):
        if entry["name"] == name:
            return entry.get("value")
    return None


def role_of(workload: Object) -> str | None:
    return variable(pod_of(workload)["containers"][0], "SERVICE_ROLE")


def matches(selector: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    """A label selector; of the expressions only `In`, which is all that is used here."""
    if any(labels.get(key) != value for key, value in selector.get("matchLabels", {}).items()):
        return False
    for expression in selector.get("matchExpressions", []):
        if expression["operator"] != "In":
            raise NotImplementedError(expression["operator"])
        if labels.get(expression["key"]) not in expression["values"]:
            return False
    return True
