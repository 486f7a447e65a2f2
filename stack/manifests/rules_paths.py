"""The way in: each path reaches the role that serves it, and what is ours alone stays inside."""

from collections.abc import Mapping

from stack.manifests.objects import Object, Objects, find, of_kind, role_of, title
from stack.manifests.rules_roles import DEPLOYED, FRONTEND
from stack.processes import gateway

PAGES = {
    "/": "property-service",
    "/listings/1": "property-service",
    "/sitemap.xml": "property-service",
    "/assets/app.js": FRONTEND,
    "/favicon.svg": FRONTEND,
}
INSIDE = ("/metrics", "/health", "/livez", "/readyz")


def paths(objects: Objects) -> dict[str, str]:
    """Path prefix -> Service, over all Ingresses."""
    return {
        path["path"]: path["backend"]["service"]["name"]
        for each in of_kind(objects, "Ingress")
        for rule in each["spec"]["rules"]
        for path in rule["http"]["paths"]
    }


def service_for(prefixes: Mapping[str, str], url: str) -> str | None:
    """By the longest prefix that ends where a part of the path ends, as Ingress defines it."""
    fitting = [
        prefix
        for prefix in prefixes
        if url == prefix.rstrip("/") or url.startswith(f"{prefix.rstrip('/')}/")
    ]
    return prefixes[max(fitting, key=len)] if fitting else None


def role_behind(objects: Objects, url: str) -> str | None:
    """The role whose pods answer; None for the front end and for nobody."""
    workload = find(objects, "Deployment", service_for(paths(objects), url) or "")
    return role_of(workload) if workload else None


def routes(objects: Objects) -> list[str]:
    wanted = {path.rstrip("/"): role for path, role in gateway.routes().items()}
    problems = [
        f"{url}: reaches {found or 'no role'}, but {role} serves it"
        for path, role in wanted.items()
        for url in (path, f"{path}/x")
        if (found := role_behind(objects, url)) != role
    ]
    problems += [
        f"{url}: does not reach {name}"
        for url, name in PAGES.items()
        if service_for(paths(objects), url) != name
    ]
    if role_behind(objects, "/api/nothing") not in DEPLOYED:
        problems.append("/api/nothing: is not answered by a role's JSON 404")
    return problems


def inside_only(objects: Objects) -> list[str]:
    return [
        f"{url}: the outside reaches {role}"
        for url in INSIDE
        if (role := role_behind(objects, url)) is not None
    ]


def backends(objects: Objects) -> list[str]:
    return [
        f"{title(each)}: {path['path']}: {problem}"
        for each in of_kind(objects, "Ingress")
        for rule in each["spec"]["rules"]
        for path in rule["http"]["paths"]
        if (problem := backend_problem(objects, path))
    ]


def backend_problem(objects: Objects, path: Object) -> str:
    if path["pathType"] != "Prefix":
        return "not a Prefix"
    backend = path["backend"]["service"]
    service = find(objects, "Service", backend["name"])
    if not service:
        return f"no Service {backend['name']}"
    names = [port["name"] for port in service["spec"]["ports"]]
    return "" if backend["port"].get("name") in names else "a port that its Service has not"
