"""Every role of airbnb/roles.py runs, is found, is replaced without a gap and can be moved."""

from airbnb.roles import ROLES
from stack.manifests.objects import (
    Object,
    Objects,
    containers,
    find,
    labels_of,
    matches,
    name_of,
    of_kind,
    pod_of,
    role_of,
    title,
)

DEPLOYED = {name: role for name, role in ROLES.items() if name != "all"}
FRONTEND = "frontend"
# Two of it would send every timer twice.
ALONE = {"beat"}
GUNICORN_GRACE = 20


def workload_name(role: str) -> str:
    return f"{role}-service" if DEPLOYED[role].is_web else role


def deployments(objects: Objects) -> list[str]:
    found = {name_of(each): role_of(each) for each in of_kind(objects, "Deployment")}
    wanted: dict[str, str | None] = {workload_name(role): role for role in DEPLOYED}
    wanted[FRONTEND] = None
    return [
        f"Deployment/{name}: runs {found.get(name, 'nothing')}, not role {wanted.get(name)}"
        for name in sorted(set(found) | set(wanted))
        if name not in found or name not in wanted or found[name] != wanted[name]
    ]


def services(objects: Objects) -> list[str]:
    wanted = [workload_name(role) for role, entry in DEPLOYED.items() if entry.is_web]
    return [problem for name in [*wanted, FRONTEND] for problem in service_problems(objects, name)]


def service_problems(objects: Objects, name: str) -> list[str]:
    service, workload = find(objects, "Service", name), find(objects, "Deployment", name)
    if not service or not workload:
        return [f"{name}: a Deployment and a Service must go together"]
    listening = {p["containerPort"] for c in containers(workload) for p in c.get("ports", [])}
    problems = []
    if not matches({"matchLabels": service["spec"]["selector"]}, labels_of(workload)):
        problems.append(f"Service/{name}: its selector misses its Deployment's pods")
    if {port["targetPort"] for port in service["spec"]["ports"]} != listening:
        problems.append(f"Service/{name}: leads to a port that is not {sorted(listening)}")
    return problems


def rollouts(objects: Objects) -> list[str]:
    return [
        problem
        for each in of_kind(objects, "Deployment")
        for problem in rollout_problems(each, pod_of(each))
    ]


def rollout_problems(each: Object, pod: Object) -> list[str]:
    if name_of(each) in ALONE:
        one = each["spec"]["replicas"] == 1 and each["spec"]["strategy"] == {"type": "Recreate"}
        return [] if one else [f"{title(each)}: must never run twice"]
    problems = []
    wanted = {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}}
    if each["spec"]["strategy"] != wanted:
        problems.append(f"{title(each)}: a roll-out ends pods before new ones are ready")
    if not pod["containers"][0].get("ports"):
        return problems
    stop = pod["containers"][0].get("lifecycle", {}).get("preStop", {}).get("exec")
    if not stop or stop["command"][0] != "sleep":
        return [*problems, f"{title(each)}: stops while load balancers still send to it"]
    if pod["terminationGracePeriodSeconds"] < int(stop["command"][1]) + (
        GUNICORN_GRACE if role_of(each) else 0
    ):
        problems.append(f"{title(each)}: is killed before its last requests are answered")
    return problems


def scaling(objects: Objects) -> list[str]:
    """An autoscaler needs its Deployment, and a Deployment with one must not fix the number."""
    problems = []
    for each in of_kind(objects, "HorizontalPodAutoscaler"):
        target = find(objects, "Deployment", each["spec"]["scaleTargetRef"]["name"])
        if not target:
            problems.append(f"{title(each)}: its target does not exist")
        elif "replicas" in target["spec"]:
            problems.append(f"{title(target)}: replicas undo the autoscaler at every deploy")
    return problems


def disruptions(objects: Objects) -> list[str]:
    budgets = [each["spec"] for each in of_kind(objects, "PodDisruptionBudget")]
    return [
        f"{title(each)}: no PodDisruptionBudget of its own"
        for each in of_kind(objects, "Deployment", "StatefulSet")
        if sum(matches(spec["selector"], labels_of(each)) for spec in budgets) != 1
    ]
