"""Who reaches whom: what a role needs is open, everything else is closed; and nobody has rights."""

from airbnb.roles import ROLES
from stack.manifests.objects import Objects, labels_of, of_kind, role_of, title
from stack.manifests.reach import reaches, rules_of

STORES = {"mongodb": 27017, "redis": 6379, "kafka": 9092}
# Beyond what a role's readiness checks: who else opens a connection.
JOBS = {"set-up": {"mongodb", "kafka"}, "mongodb-initiate": {"mongodb"}}
FORBIDDEN = {"*", "escalate", "bind", "impersonate"}


def needs(objects: Objects) -> dict[str, set[str]]:
    """The `app` of each workload and the stores it must reach; a store reaches its peers."""
    found = {
        labels_of(each)["app"]: set(ROLES[role].needs) if (role := role_of(each)) else set()
        for each in of_kind(objects, "Deployment")
    }
    return {**found, **JOBS, "mongodb": {"mongodb"}, "kafka": {"kafka"}, "redis": set()}


def edges(objects: Objects) -> list[str]:
    return [
        f"{app} {'must not reach' if store not in wanted else 'cannot reach'} {store}:{port}"
        for app, wanted in needs(objects).items()
        for store, port in STORES.items()
        if reaches(objects, {"app": app}, {"app": store}, port) != (store in wanted)
    ]


def closed(objects: Objects) -> list[str]:
    """No pod is left out, and none of ours calls another of ours by http."""
    apps = needs(objects)
    problems = [
        f"{app}: no network policy restricts its {side}"
        for app in apps
        for side in ("ingress", "egress")
        if rules_of(objects, side, {"app": app}) is None
    ]
    return problems + [
        f"{source} must not reach {target}:5000"
        for source in apps
        for target in apps
        if reaches(objects, {"app": source}, {"app": target}, 5000)
    ]


def rights(objects: Objects) -> list[str]:
    """Only people get rights, and never the one to read secrets or to take more rights."""
    problems = [
        f"{title(each)}: gives rights to a ServiceAccount"
        for each in of_kind(objects, "RoleBinding", "ClusterRoleBinding")
        for subject in each["subjects"]
        if subject["kind"] == "ServiceAccount"
    ]
    for each in of_kind(objects, "Role", "ClusterRole"):
        for rule in each["rules"]:
            if FORBIDDEN & {*rule["verbs"], *rule["resources"]} or "secrets" in rule["resources"]:
                problems.append(f"{title(each)}: {rule['resources']} {rule['verbs']}")
            if set(rule["resources"]) & {"roles", "rolebindings"} and rule["verbs"] != ["get"]:
                problems.append(f"{title(each)}: may change what it may do")
    return problems
