"""Who may open a connection to whom, as the network policies say it."""

from collections.abc import Mapping, Sequence
from typing import Any

from stack.manifests.objects import Object, Objects, matches, of_kind

Labels = Mapping[str, str]
NAMESPACE = "airbnb-app"


def reaches(objects: Objects, source: Labels, target: Labels, port: int) -> bool:
    """Between two pods of ours: both sides must let it through."""
    return allows(objects, "egress", source, target, port) and allows(
        objects, "ingress", target, source, port
    )


def allows(objects: Objects, side: str, own: Labels, other: Labels, port: int) -> bool:
    """Whether the pod labelled `own` may talk to (egress) or hear (ingress) the other one."""
    rules = rules_of(objects, side, own)
    return rules is None or any(
        has_port(rule, port) and has_peer(rule["to" if side == "egress" else "from"], other)
        for rule in rules
    )


def rules_of(objects: Objects, side: str, labels: Labels) -> Sequence[Object] | None:
    """All rules of one direction that apply to a pod; None where no policy restricts it."""
    policies = [
        each["spec"]
        for each in of_kind(objects, "NetworkPolicy")
        if side.capitalize() in each["spec"]["policyTypes"]
        and matches(each["spec"]["podSelector"], labels)
    ]
    if not policies:
        return None
    return [rule for spec in policies for rule in spec.get(side, [])]


def has_port(rule: Object, port: int) -> bool:
    return any(each["port"] == port and each["protocol"] == "TCP" for each in rule["ports"])


def has_peer(peers: Sequence[Mapping[str, Any]], labels: Labels) -> bool:
    """A peer without a namespace means pods of ours; blocks of addresses mean none of them."""
    return any(
        "namespaceSelector" not in peer
        and "podSelector" in peer
        and matches(peer["podSelector"], labels)
        for peer in peers
    )
